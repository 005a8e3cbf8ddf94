import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHmac, hash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import autocannon from "autocannon";
import Table from "cli-table3";
import { Wallet } from "ethers";

import type { Address } from "../../../sdk/src/codec/hex.ts";
import { deploymentOf } from "../../../sdk/src/deployments/deployment.ts";
import { GATEWAY_HEADERS, requestHeader, signedText, vouchersHeader } from "../../../sdk/src/gateway/wire.ts";
import { uncheckedHasher } from "../../../sdk/src/signing/voucher.ts";
import { stopLocalChain } from "../../../sdk/test/chain.ts";
import { liveChain } from "../test/support/chain.ts";
import { testFile } from "../test/support/gateways.ts";
import { freePort, newDatabase, stopPostgres } from "../test/support/postgres.ts";
import { openClient } from "../test/support/rawClient.ts";
import type { RawClient } from "../test/support/rawClient.ts";
import { newUser } from "../test/support/users.ts";
import { Sessions } from "../src/auth/sessions.ts";
import { loadCryptography } from "../src/signatures/cryptography.ts";
import { BENCH_SECRET } from "./secret.ts";

/**
 * `npm run bench`: requests a second and latency of the gateway, with PostgreSQL and with the embedded store, beside the
 * same server without metering and one that only passes requests on, in one run. The server has the first core; the model's
 * server, the load (autocannon), the store's server and the chain share the second.
 */
const { values } = parseArgs({
  options: {
    connections: { type: "string", default: "48" },
    requests: { type: "string", default: "250" },
    rounds: { type: "string", default: "3" },
    stream: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const [connections, requests, rounds] = [values.connections, values.requests, values.rounds].map(Number) as [
  number,
  number,
  number,
];

/** What each request costs: the model's server here always counts the same. */
const USED = { units: 140n, list: 240n, paid: 240n };
const BODY = JSON.stringify({
  model: "qwen-alice",
  max_tokens: 100,
  ...(values.stream ? { stream: true } : {}),
  messages: [{ role: "user", content: "word ".repeat(40) }],
});
const PATH = "/v1/chat/completions";
const MAIN = join(import.meta.dirname, "..", "src", "main.ts");

interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
  /** How busy the gateway's process was [share of a core]. */
  busy: number;
}

const folder = mkdtempSync(join(tmpdir(), "fomo-bench-"));
const children: ChildProcess[] = [];
const cryptography = await loadCryptography();
const deployment = deploymentOf(31_337);
const hashVoucher = uncheckedHasher(deployment, cryptography);

/** What Node is told by `npm start`: all servers that are compared are told the same. */
const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as {
  scripts: Record<"start", string>;
};
const FLAGS = scripts.start.split(" ").filter((word) => word.startsWith("--"));

/** Starts a process on one core. */
function startOn(core: number, script: string, args: string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const command = [process.execPath, ...FLAGS, script, ...args];
  const pinned = process.platform === "linux" ? ["taskset", "-c", core.toString(), ...command] : command;
  const child = spawn(pinned[0]!, pinned.slice(1), {
    ...{ stdio: ["ignore", "pipe", "inherit"] as const, env: { ...process.env, ...environment } },
    cwd: join(MAIN, "..", ".."),
  });
  children.push(child);
  return child;
}

/** The port that a process prints. */
async function portOf(child: ChildProcess): Promise<number> {
  const [text] = (await once(child.stdout!, "data")) as [Buffer];
  return Number(text.toString());
}

/** The processor time that a process has taken [s]. */
function cpuOf({ pid }: ChildProcess): number {
  if (process.platform !== "linux") return Number.NaN;
  const fields = readFileSync(`/proc/${pid!.toString()}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Everything that one client will send, signed before; without vouchers if nothing is metered. */
function signedRequests(session: { session: string; secret: string }, wallet: Wallet, from: bigint | undefined) {
  const key = Buffer.from(wallet.privateKey.slice(2), "hex");
  const time = BigInt(Math.floor(Date.now() / 1_000));
  const bodyHash = `0x${hash("sha256", BODY, "hex")}` as const;
  return Array.from({ length: requests }, (_, index) => {
    const count = from === undefined ? 0n : from + BigInt(index);
    const sums = { units: USED.units * count, list: USED.list * count, paid: USED.paid * count };
    const signed = cryptography.sign(
      hashVoucher({ user: wallet.address, key: wallet.address, modelId: 1n, ...sums }),
      key,
    );
    const vouchers = count === 0n ? "" : vouchersHeader([{ modelId: 1n, ...sums, ...signed }]);
    const request = requestHeader(`0x${randomBytes(32).toString("hex")}`, time);
    const text = signedText({ method: "POST", path: PATH, request, vouchers, bodyHash });
    const mac = createHmac("sha256", Buffer.from(session.secret, "hex")).update(text).digest("hex");
    return {
      headers: {
        ...{
          [GATEWAY_HEADERS.session]: session.session,
          [GATEWAY_HEADERS.request]: request,
          [GATEWAY_HEADERS.mac]: mac,
        },
        ...(vouchers === "" ? {} : { [GATEWAY_HEADERS.vouchers]: vouchers }),
      },
    };
  });
}

type Requests = { headers?: Record<string, string> }[];

async function load(url: string, child: ChildProcess, perClient: (index: number) => Requests): Promise<Measured> {
  const [began, used] = [performance.now(), cpuOf(child)];
  let [index, last] = [0, began];
  const result = await autocannon({
    ...{ url: `${url}${PATH}`, method: "POST", body: BODY, connections, amount: connections * requests },
    headers: { "content-type": "application/json" },
    setupClient: (client) => {
      // What autocannon itself says is in whole seconds.
      client.on("response", () => {
        last = performance.now();
      });
      client.setRequests(perClient(index++).map((request) => ({ ...request, method: "POST", path: PATH, body: BODY })));
    },
  });
  const seconds = (last - began) / 1_000;
  return {
    perSecond: result["2xx"] / seconds,
    ...{ p50: result.latency.p50, p99: result.latency.p99 },
    failed: result.non2xx + result.errors,
    busy: (cpuOf(child) - used) / seconds,
  };
}

/** A server without sessions. */
async function bareServer(config: string) {
  const child = startOn(0, join(import.meta.dirname, "bare.ts"), [config]);
  const url = `http://127.0.0.1:${(await portOf(child)).toString()}`;
  return () => load(url, child, () => [{}]);
}

/** The gateway without metering, with its clients. */
async function unmeteredGateway(config: string) {
  const child = startOn(0, join(import.meta.dirname, "unmetered.ts"), [config]);
  const url = `http://127.0.0.1:${(await portOf(child)).toString()}`;
  const sessions = new Sessions(BENCH_SECRET);
  const clients = Array.from({ length: connections }, () => {
    const wallet = new Wallet(`0x${randomBytes(32).toString("hex")}`);
    const [user, expiresAt] = [wallet.address as Address, BigInt(Math.floor(Date.now() / 1_000) + 3_600)];
    const { name, secret } = sessions.open({ user, key: user, expiresAt });
    return { wallet, session: { session: name, secret } };
  });
  return () => {
    const prepared = clients.map(({ wallet, session }) => signedRequests(session, wallet, undefined));
    return load(url, child, (index) => prepared[index]!);
  };
}

/** A metered gateway with its clients. */
async function meteredGateway(name: string, file: object, environment: NodeJS.ProcessEnv) {
  const chain = await liveChain();
  const config = join(folder, `${name}.json`);
  const port = await freePort();
  writeFileSync(
    config,
    JSON.stringify({ ...file, listen: { port }, store: { folder: join(folder, name) }, log: { level: "warn" } }),
  );
  const child = startOn(0, MAIN, ["--config", config], environment);
  child.stdout!.resume();
  const url = `http://127.0.0.1:${port.toString()}`;
  while ((await fetch(`${url}/healthz`).catch(() => undefined))?.ok !== true) {
    if (child.exitCode !== null) throw new Error("The gateway has ended before it was ready: see what it said.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { gateway } = (await (await fetch(`${url}/v1/terms`)).json()) as { gateway: string };
  const clients: { wallet: Wallet; client: RawClient }[] = [];
  for (let index = 0; index < connections; ++index) {
    const wallet = await newUser(chain, 50_000_000n);
    clients.push({ wallet, client: await openClient({ url, address: gateway }, wallet) });
  }
  let sent = 0n;
  return {
    measure: async () => {
      const prepared = clients.map(({ wallet, client }) => signedRequests(client.session!, wallet, sent));
      sent += BigInt(requests);
      return await load(url, child, (index) => prepared[index]!);
    },
  };
}

async function measureAll(): Promise<Map<string, Measured[]>> {
  const upstream = startOn(1, join(import.meta.dirname, "upstream.ts"), []);
  const file = await testFile({
    upstream: { url: `http://127.0.0.1:${(await portOf(upstream)).toString()}/v1` },
    models: { maxOutputTokens: 1_024 },
  });
  const plain = join(folder, "plain.json");
  writeFileSync(plain, JSON.stringify(file));
  const candidates: [string, () => Promise<Measured>][] = [
    ["without metering", await unmeteredGateway(plain)],
    ["passing on alone", await bareServer(plain)],
    ["metered, PostgreSQL", (await meteredGateway("postgres", file, { DATABASE_URL: await newDatabase() })).measure],
    ["metered, PGlite", (await meteredGateway("pglite", file, {})).measure],
  ];
  const measured = new Map<string, Measured[]>(candidates.map(([name]) => [name, []]));
  // Each in turn, so that whatever else the machine does falls on all of them.
  for (let round = 0; round < rounds; ++round) {
    for (const [name, measure] of candidates) {
      process.stderr.write(`round ${(round + 1).toString()} of ${rounds.toString()}: ${name}\n`);
      measured.get(name)!.push(await measure());
    }
  }
  return measured;
}

/** Leaves nothing behind: a chain that still runs would be measured with whatever is measured next. */
async function stopAll(): Promise<void> {
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }),
  );
  await Promise.all([stopLocalChain(), stopPostgres()]);
  rmSync(folder, { recursive: true, force: true });
}

if (process.platform === "linux") spawn("taskset", ["-acp", "1", process.pid.toString()]);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stopAll().then(() => process.exit(1)));
try {
  tell(await measureAll());
} finally {
  await stopAll();
}
process.exit(0);

function tell(measured: Map<string, Measured[]>): void {
  const median = (numbers: number[]) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)]!;
  const rows = [...measured].map(([name, runs]) => ({
    name,
    ...{ perSecond: median(runs.map((run) => run.perSecond)), p50: median(runs.map((run) => run.p50)) },
    ...{ p99: median(runs.map((run) => run.p99)), busy: median(runs.map((run) => run.busy)) },
    failed: runs.reduce((sum, run) => sum + run.failed, 0),
  }));
  const [base] = rows;
  const document = rows.map((row) => ({
    ...row,
    share: row.perSecond / base!.perSecond,
    p99Times: row.p99 / base!.p99,
  }));
  if (values.json) {
    console.log(
      JSON.stringify(
        { cpu: cpus()[0]!.model, connections, requests, rounds, stream: values.stream, measured: document },
        null,
        2,
      ),
    );
    return;
  }
  const table = new Table({
    head: ["server", "requests a second", "share", "p50 (ms)", "p99 (ms)", "times", "core", "failed"],
    style: { head: [] },
  });
  for (const { name, perSecond, share, p50, p99, p99Times, busy, failed } of document) {
    table.push([
      name,
      perSecond.toFixed(0),
      share.toFixed(2),
      p50.toFixed(0),
      p99.toFixed(0),
      p99Times.toFixed(1),
      busy.toFixed(2),
      failed,
    ]);
  }
  console.log(
    `${connections.toString()} connections, ${requests.toString()} requests each${values.stream ? " with a stream of 100 events" : ""}, the middle one of ${rounds.toString()} rounds, ${cpus()[0]!.model}.`,
  );
  console.log(table.toString());
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import Table from "cli-table3";

import { harmless } from "../../sdk/src/text/plainText.ts";
import { installedApps } from "./apps.ts";
import { Service, requireFree } from "./service.ts";
import { tellStory } from "./story.ts";

/** `npm run up`: everything on one machine, until Ctrl-C. */
const ROOT = join(import.meta.dirname, "..", "..");
const HARDHAT = join(ROOT, "node_modules", "hardhat", "dist", "src", "cli.js");
const CHAIN = "http://127.0.0.1:8545";
const KEEPER_PORT = "9464";
const KEEPER = `http://127.0.0.1:${KEEPER_PORT}`;

/** Everybody on this machine may know it: the chain is worth nothing. */
const OPERATOR_TOKEN = "local";

const services: Service[] = [];
const stopping = new AbortController();
process.once("SIGINT", stop).once("SIGTERM", stop);

function stop(): void {
  stopping.abort();
}

// A model's words and those of the processes are among what is said.
const say = (text: string) => {
  console.log(harmless(text));
};

const answers = (url: string) => async () => (await fetch(url)).ok;

/** Runs a command of the house, and shows what it says. */
async function command(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [HARDHAT, "fomo", ...args], {
    ...{ cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] as const },
    env: { ...process.env, FOMO_OPERATOR_TOKEN: OPERATOR_TOKEN },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`fomo ${args.join(" ")} has failed.`);
}

async function startAll(): Promise<void> {
  const apps = await installedApps(ROOT, say);
  const places = [
    { name: "the chain", url: CHAIN },
    ...apps.map(({ name, url }) => ({ name: `apps/${name}`, url })),
    { name: "the keeper", url: KEEPER },
  ];
  for (const { name, url } of places) await requireFree(name, url);
  say(
    "Starting a local chain with a live model; the first time it compiles the contracts, which takes a minute or two …",
  );
  await start({
    ...{ name: "the chain", command: process.execPath, folder: ROOT, patience: 600 },
    args: [HARDHAT, "fomo", "node", "--live-model"],
    isReady: hasLiveModel,
  });
  for (const { name, folder, what, url, ready } of apps) {
    say(`Starting ${what} …`);
    await start({
      ...{ name: `apps/${name}`, command: "npm", args: ["run", "-s", "up"], folder, patience: 120 },
      environment: { FOMO_OPERATOR_TOKEN: OPERATOR_TOKEN },
      isReady: answers(`${url}${ready}`),
    });
  }
  say("Starting the keeper …");
  await start({
    ...{ name: "the keeper", command: process.execPath, folder: ROOT, patience: 120 },
    args: [HARDHAT, "fomo", "keeper", "--from", "keeper", "--yes", "--metrics-port", KEEPER_PORT],
    isReady: answers(`${KEEPER}/healthz`),
  });
  const table = new Table({ head: ["what", "where"], style: { head: [], border: [] } });
  table.push(["the chain (JSON-RPC)", CHAIN]);
  for (const { what, url } of apps) table.push([what, url]);
  table.push(["the keeper (metrics)", `${KEEPER}/metrics`]);
  say(`\n${table.toString()}\n`);
  const gateway = apps.find(({ name }) => name === "gateway");
  if (gateway !== undefined) await tellStory({ chainUrl: CHAIN, gatewayUrl: gateway.url, say, command });
  say("Everything runs. Ctrl-C stops it.");
}

async function start(terms: Parameters<typeof Service.start>[0]): Promise<void> {
  if (stopping.signal.aborted) throw new Error("stopped");
  services.push(await Service.start(terms));
}

/** Whether somebody is at the address of the chain, and its model is live: the node says so last. */
async function hasLiveModel(): Promise<boolean> {
  const { deploymentOf } = await import("../../sdk/src/deployments/deployment.ts");
  const { answerOf, readOf, requestOf } = await import("../../sdk/src/reads/read.ts");
  const read = readOf(deploymentOf(31_337), "registry", "apiIdOf", [1n]);
  const body = { jsonrpc: "2.0", id: 1, method: "eth_call", params: [requestOf(read), "latest"] };
  const headers = { "content-type": "application/json" };
  const response = await fetch(CHAIN, { method: "POST", headers, body: JSON.stringify(body) });
  const { result } = (await response.json()) as { result?: string };
  return result !== undefined && answerOf(read, result) !== "";
}

const interrupted = once(stopping.signal, "abort");
let failure: Error | undefined;
try {
  await Promise.race([startAll(), interrupted]);
  // Whatever ends by itself ends all.
  if (!stopping.signal.aborted) {
    const ended = await Promise.race([interrupted, ...services.map((service) => service.ended())]);
    if (typeof ended === "string") throw new Error(ended);
  }
} catch (error) {
  if (!stopping.signal.aborted) failure = error instanceof Error ? error : new Error("Something has failed.");
}
say("Stopping …");
for (const service of services.reverse()) await service.stop();
if (failure !== undefined) {
  console.error(harmless(failure.message));
  process.exitCode = 1;
}
process.exit();

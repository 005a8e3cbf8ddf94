import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChildProcessWithoutNullStreams } from "node:child_process";

import { expect } from "chai";
import JSON5 from "json5";

import { DEPLOYED_CONTRACTS } from "../../deploy/config/deployed.ts";
import Fomo from "../../deploy/modules/Fomo.ts";
import { fomoTasks } from "../../scripts/tasks/index.ts";
import { collect, commandLine, freePort, start, stop, until } from "../support/commandLine.ts";
import type { CommandLine } from "../support/commandLine.ts";

/** A local chain that nobody else uses. */
const CHAIN_ID = 31396;
const RECORD = `deploy/deployments/chain-${CHAIN_ID.toString()}`;
/** The stand-ins of the chain have a record of their own. */
const CHAIN_RECORD = `${RECORD}-chain`;

describe("fomo deploy", function () {
  this.timeout(60_000);

  let node: ChildProcessWithoutNullStreams;
  let url: string;
  let cli: CommandLine;
  const folder = mkdtempSync(join(tmpdir(), "fomo-"));
  const parameters = join(folder, "parameters.json5");

  /** Writes the local parameters with changes. */
  const write = (changes: object) => {
    const local = JSON5.parse<object>(readFileSync("deploy/parameters/local.json5", "utf8"));
    writeFileSync(parameters, JSON5.stringify({ ...local, chainId: CHAIN_ID, ...changes }));
  };
  const deploy = ["deploy", "--network", "localhost", "--parameters", parameters];

  before(async () => {
    for (const record of [RECORD, CHAIN_RECORD]) rmSync(record, { recursive: true, force: true });
    const port = (await freePort()).toString();
    node = start(["node", "--hostname", "127.0.0.1", "--port", port, "--chain-id", CHAIN_ID.toString()]);
    const output = collect(node);
    await until(node, () => output.stdout.includes("Started HTTP"));
    url = `http://127.0.0.1:${port}`;
    cli = commandLine(url);
  });
  after(async () => {
    await stop(node, "SIGTERM");
    for (const record of [RECORD, CHAIN_RECORD]) rmSync(record, { recursive: true, force: true });
    rmSync(folder, { recursive: true });
  });

  it("leaves a record in which every contract is found", () => {
    const ids = Object.entries(Fomo.results).map(([name, { id }]) => [name, id]);
    expect(DEPLOYED_CONTRACTS).to.deep.equal(Object.fromEntries(ids));
  });

  it("refuses parameters that cannot be used, and sends nothing", async () => {
    write({ treasury: null, creatorFeeBps: 101, launchFeeFlock: "100001" });
    const refusal = await cli.refusal(...deploy);
    expect(refusal).to.match(/`treasury` is not known: put the address here before you deploy/);
    expect(refusal).to.match(/`creatorFeeBps` must be a whole number from 0 to 100/);
    expect(refusal).to.match(/`launchFeeFlock` must be from 0 to 100000/);
    write({ flock: "0x5aB3D4c385B400F3aBB49e80DE2fAF6a88A7B691" });
    expect(await cli.refusal(...deploy)).to.match(/`flock` names 0x5aB3.* where this chain has no contract/);
    write({ chainId: 1 });
    expect(await cli.refusal(...deploy)).to.match(/is for chain 1, but localhost is chain 31396/);
    expect(await cli.refusal("deploy")).to.match(/^Say where to deploy with --network/);
    expect(await cli.refusal("status")).to.match(/^There is no deployment of the protocol on chain 31396/);
  });

  for (const network of ["base", "baseSepolia", "bsc", "bscTestnet"]) {
    it(`stops on ${network} while its parameters are unknown, without a key or a connection`, async () => {
      expect(await cli.refusal("deploy", "--network", network)).to.match(/`administrator` is not known/);
    });
  }

  it("goes on where an interrupted deployment stopped", async () => {
    write({});
    const first = start(["fomo", ...deploy], { FOMO_LOCALHOST_URL: url });
    collect(first);
    // Killed in the middle: when the registry is there, and the offering is not.
    const file = join(RECORD, "deployed_addresses.json");
    const recorded = () => (existsSync(file) ? readFileSync(file, "utf8") : "");
    while (!recorded().includes("Access#AccessManager")) await new Promise((resolve) => setTimeout(resolve, 5));
    await stop(first, "SIGKILL");
    const before = JSON.parse(recorded()) as Record<string, string>;
    expect(before).not.to.have.property("Offering#RealModelOffering");
    expect(await cli.refusal("status")).to.match(/is not finished: run `fomo deploy` again/);

    const { addresses } = await cli.json(...deploy);
    const after = JSON.parse(recorded()) as Record<string, string>;
    const chainFile = join(CHAIN_RECORD, "deployed_addresses.json");
    const chain = JSON.parse(readFileSync(chainFile, "utf8")) as Record<string, string>;
    expect(after).to.include(before);
    expect(addresses).to.include({
      accessManager: after["Access#AccessManager"],
      offering: after["Offering#RealModelOffering"],
      flock: chain["LocalChain#LocalFlock"],
    });
  });

  it("is found by every other command, and has nothing left to do", async () => {
    const status = await cli.json("status");
    expect(status).to.deep.include({
      chainId: CHAIN_ID,
      models: [],
      pausedUntil: { launches: null, buys: null, deposits: null, buybacks: null },
    });
    const again = await cli.json(...deploy);
    expect(again.addresses).to.deep.equal(status.addresses);
  });
});

describe("fomo --help", () => {
  const names = fomoTasks.map(({ id }) => id).filter((id) => id.length > 1);

  it("explains every command and each of its options", function () {
    for (const definition of fomoTasks) {
      expect(definition.description, definition.id.join(" ")).to.match(/^[A-Z].{15,}/);
      if (!("options" in definition)) continue;
      for (const option of Object.values(definition.options)) {
        expect(option.description, `${definition.id.join(" ")} --${option.name}`).to.have.length.greaterThan(5);
      }
    }
  });

  it("is shown for every command", async function () {
    this.timeout(180_000);
    const cli = commandLine("http://127.0.0.1:1");
    for (const id of names) {
      const { code, stdout } = await cli.fomo(...id.slice(1), "--help");
      expect(code, id.join(" ")).to.equal(0);
      expect(stdout).to.contain(`fomo ${id[1]!}`).and.to.contain("--network").and.to.contain("--json");
    }
  });
});

import { readFileSync } from "node:fs";

import { expect } from "chai";

import { LIVE_API_ID } from "../../scripts/lib/chain/liveModel.ts";
import { commandLine } from "../support/commandLine.ts";
import type { CommandLine } from "../support/commandLine.ts";
import { START_TIMEOUT } from "../support/node.ts";
import { collect, freePort, startHardhat, stop, until } from "../support/process.ts";
import type { Child, Printed } from "../support/process.ts";
import { forgetChain, journalsOf, recordsOf } from "../support/records.ts";

/** A local chain that nobody else uses. */
const CHAIN_ID = "31390";

/** A node as a process of its own, and a command line that talks to it. */
interface Started {
  port: string;
  cli: CommandLine;
  child: Child;
  output: Printed;
}

async function startNode(...flags: string[]): Promise<Started> {
  const port = (await freePort()).toString();
  const child = startHardhat(["fomo", "node", "--json", "--port", port, "--chain-id", CHAIN_ID, ...flags]);
  const output = collect(child);
  await until(child, () => output.stdout.endsWith("\n}\n")); // the end of its document
  return { port, child, output, cli: commandLine(`http://127.0.0.1:${port}`) };
}

describe("fomo node", function () {
  this.timeout(60_000);

  let node: Started;
  before(async function () {
    this.timeout(START_TIMEOUT);
    forgetChain(CHAIN_ID);
    node = await startNode("--live-model");
  });
  after(async () => {
    await Promise.all([stop(node.child, "SIGINT"), node.cli.close()]);
    forgetChain(CHAIN_ID);
  });

  it("is found by the next command", async () => {
    expect(await node.cli.json("status")).to.include({ chainId: Number(CHAIN_ID) });
  });

  it("has a model that is live, with --live-model", async () => {
    expect(await node.cli.json("status --model 1")).to.nested.include({ "live.apiId": LIVE_API_ID });
  });

  it("refuses a port that is taken", async () => {
    const sentence = await node.cli.refusal(`node --chain-id 31391 --port ${node.port}`);
    expect(sentence).to.match(/^Port \d+ of 127\.0\.0\.1 is taken/);
  });

  describe("beside another with the same chain id", function () {
    this.timeout(START_TIMEOUT);

    let second: Started;
    let third: Started;
    let records: string[];
    before(async () => {
      records = recordsOf(CHAIN_ID);
      second = await startNode();
    });
    after(() => Promise.all([second.cli.close(), third.cli.close()]));

    it("has a record of its own", async () => {
      expect(records).to.have.length(1);
      expect(recordsOf(CHAIN_ID)).to.have.length(2).and.to.include(records[0]);
      expect(await second.cli.json("status")).to.include({ chainId: Number(CHAIN_ID) });
    });

    it("forgets the other when that was killed, and a third node starts", async () => {
      await stop(second.child, "SIGKILL");
      const [left] = recordsOf(CHAIN_ID).filter((record) => record !== records[0]);
      third = await startNode();
      expect(recordsOf(CHAIN_ID)).to.have.length(2).and.to.include(records[0]).and.not.to.include(left);
    });

    it("is still found when the other is stopped", async () => {
      const text = readFileSync(records[0]!, "utf8");
      await stop(third.child, "SIGINT");
      expect(third.child.exitCode).to.equal(0);
      expect(recordsOf(CHAIN_ID)).to.deep.equal(records);
      expect(journalsOf(CHAIN_ID)).to.have.length(2); // of the protocol and of the stand-ins
      expect(readFileSync(records[0]!, "utf8")).to.equal(text);
      expect(await node.cli.json("status")).to.include({ chainId: Number(CHAIN_ID) });
    });
  });

  describe("that is stopped", () => {
    it("forgets its deployment and exits with 0", async () => {
      expect(recordsOf(CHAIN_ID)).to.have.length(1);
      await stop(node.child, "SIGINT");
      expect(node.child.exitCode).to.equal(0);
      expect(recordsOf(CHAIN_ID)).to.deep.equal([]);
      expect(journalsOf(CHAIN_ID)).to.deep.equal([]);
    });

    it("is missed by the next command", async () => {
      const sentence = await node.cli.refusal("status");
      expect(sentence).to.match(/^Nothing answers on the network localhost: start a local chain/);
    });
  });
});

import { existsSync } from "node:fs";

import { expect } from "chai";

import { commandLine } from "../support/commandLine.ts";
import type { CommandLine, Running } from "../support/commandLine.ts";
import { START_TIMEOUT } from "../support/node.ts";
import { freePort } from "../support/process.ts";

/** A local chain that nobody else uses. */
const CHAIN_ID = "31390";
const RECORD = `deploy/deployments/chain-${CHAIN_ID}`;

describe("fomo node", function () {
  this.timeout(60_000);

  let cli: CommandLine;
  let running: Running;
  let port: string;
  before(async function () {
    this.timeout(START_TIMEOUT);
    port = (await freePort()).toString();
    cli = commandLine(`http://127.0.0.1:${port}`);
    running = cli.start(`node --json --port ${port} --chain-id ${CHAIN_ID}`);
    await running.printed(/\n\}\n$/); // the end of its document
  });
  after(async () => {
    await Promise.all([running.stop(), cli.close()]);
  });

  it("is found by the next command", async () => {
    expect(await cli.json("status")).to.include({ chainId: Number(CHAIN_ID) });
  });

  it("refuses a port that is taken", async () => {
    const sentence = await cli.refusal(`node --chain-id 31391 --port ${port}`);
    expect(sentence).to.match(/^Port \d+ of 127\.0\.0\.1 is taken/);
  });

  it("forgets its deployment when it is stopped, and exits with 0", async () => {
    expect(existsSync(RECORD)).to.equal(true);
    expect((await running.stop()).code).to.equal(0);
    expect(existsSync(RECORD)).to.equal(false);
  });

  it("is missed by the next command", async () => {
    const sentence = await cli.refusal("status");
    expect(sentence).to.match(/^Nothing answers on the network localhost: start a local chain/);
  });
});

import { existsSync } from "node:fs";

import { expect } from "chai";

import { COMMAND_NAMES } from "../support/commandNames.ts";
import { EMBEDDED, RAISE_EXAMPLES, USAGE_EXAMPLES, playAsProcesses, withNodeProcess } from "../support/examples.ts";

/** A local chain that nobody else uses. */
const CHAIN_ID = "31390";

describe("fomo commands, each as a process of its own", function () {
  this.timeout(60_000);

  const node = withNodeProcess(CHAIN_ID);

  it("leave none out", () => {
    const started = [...RAISE_EXAMPLES, ...USAGE_EXAMPLES].map(({ line }) => line.split(" ")[0]);
    expect([...started, ...EMBEDDED]).to.have.members(COMMAND_NAMES);
  });

  playAsProcesses(RAISE_EXAMPLES, node);

  for (const name of EMBEDDED) {
    it(`prints nothing on stdout if an option does not exist, and exits with 1: ${name}`, async () => {
      const { code, stdout } = await node().cli.processes.fomo(`${name} --jsn`);
      expect(code).to.equal(1);
      expect(stdout).to.equal("");
    });
  }

  for (const line of ["status", "graduate --model 1 --json"]) {
    it(`shows the same in one process with others: ${line}`, async () => {
      const { cli } = node();
      expect(await cli.fomo(line)).to.deep.equal(await cli.processes.fomo(line));
    });
  }

  describe("the node", () => {
    const record = `deploy/deployments/chain-${CHAIN_ID}`;

    it("refuses a port that is taken", async () => {
      const sentence = await node().cli.refusal(`node --chain-id 31399 --port ${node().port}`);
      expect(sentence).to.match(/^Port \d+ of 127\.0\.0\.1 is taken/);
    });

    it("forgets its deployment when it is stopped, and exits with 0", async () => {
      expect(existsSync(record)).to.equal(true);
      expect((await node().running.stop()).code).to.equal(0);
      expect(existsSync(record)).to.equal(false);
    });

    it("is missed by the next command", async () => {
      const sentence = await node().cli.refusal("status");
      expect(sentence).to.match(/^Nothing answers on the network localhost: start a local chain/);
    });
  });
});

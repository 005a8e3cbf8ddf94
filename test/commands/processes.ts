import { expect } from "chai";

import { COMMAND_NAMES } from "../support/commandNames.ts";
import { EMBEDDED, RAISE_EXAMPLES, USAGE_EXAMPLES, playAsProcesses } from "../support/examples.ts";

describe("fomo commands, each as a process of its own", function () {
  this.timeout(60_000);

  it("leave none out", () => {
    const started = [...RAISE_EXAMPLES, ...USAGE_EXAMPLES].map(({ line }) => line.split(" ")[0]);
    expect([...new Set([...started, ...EMBEDDED])]).to.have.members(COMMAND_NAMES);
  });

  const node = playAsProcesses(RAISE_EXAMPLES);

  for (const name of EMBEDDED) {
    it(`prints nothing on stdout if an option does not exist, and exits with 1: ${name}`, async () => {
      const { code, stdout } = await node().processes.fomo(`${name} --jsn`);
      expect(code).to.equal(1);
      expect(stdout).to.equal("");
    });
  }

  for (const line of ["status", "graduate --model 1 --json"]) {
    it(`shows the same in one process with others: ${line}`, async () => {
      expect(await node().fomo(line)).to.deep.equal(await node().processes.fomo(line));
    });
  }
});

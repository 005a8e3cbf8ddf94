import { expect } from "chai";

import { fomoTasks } from "../../scripts/tasks/index.ts";
import { commandLine } from "../support/commandLine.ts";
import type { CommandLine } from "../support/commandLine.ts";
import { COMMAND_NAMES } from "../support/commandNames.ts";

describe("fomo --help", function () {
  this.timeout(60_000);

  let cli: CommandLine;
  before(() => {
    cli = commandLine("http://127.0.0.1:1"); // where nothing answers
  });
  after(() => cli.close());

  it("explains every command and each of its options", () => {
    for (const definition of fomoTasks) {
      expect(definition.description, definition.id.join(" ")).to.match(/^[A-Z].{15,}/);
      if (!("options" in definition)) continue;
      for (const option of Object.values(definition.options)) {
        expect(option.description, `${definition.id.join(" ")} --${option.name}`).to.have.length.greaterThan(5);
      }
    }
  });

  for (const name of COMMAND_NAMES) {
    it(`is shown for ${name}`, async () => {
      const { code, stdout } = await cli.fomo(name, "--help");
      expect(code).to.equal(0);
      expect(stdout).to.contain(`fomo ${name}`).and.to.contain("--network").and.to.contain("--json");
    });
  }
});

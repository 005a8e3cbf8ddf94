import { readFileSync } from "node:fs";

import { expect } from "chai";

import { fomoTasks } from "../../scripts/tasks/index.ts";

/** Options that Hardhat itself defines. */
const GLOBAL_OPTIONS = ["help", "network"];

/** `creditFor` is typed as `--credit-for`. */
const typed = (option: string) => option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe("docs/commands.md", () => {
  const text = readFileSync("docs/commands.md", "utf8");
  const commands = new Map(
    fomoTasks
      .filter(({ id }) => id.length === 2)
      .map((task) => [task.id[1]!, "options" in task ? Object.keys(task.options).map(typed) : []]),
  );

  it("has a row with an example for every command", () => {
    const inTables = [...text.matchAll(/^\| `([\w-]+)` +\| `fomo ([\w-]+)/gm)];
    expect(inTables.every(([, name, example]) => name === example)).to.equal(true);
    expect(new Set(inTables.map(([, name]) => name))).to.deep.equal(new Set(commands.keys()));
  });

  it("names no option that does not exist", () => {
    const examples = [...text.matchAll(/`(?:npx hardhat )?fomo ([\w-]+)([^`]*)`/g)];
    expect(examples.length).to.be.greaterThan(commands.size - 1);
    for (const [example, name, rest] of examples) {
      for (const [, option] of rest!.matchAll(/--([\w-]+)/g)) {
        expect([...(commands.get(name!) ?? []), ...GLOBAL_OPTIONS], example).to.include(option);
      }
    }
  });
});

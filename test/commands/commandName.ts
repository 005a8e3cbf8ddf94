import { expect } from "chai";

import { nameOfCommand } from "../../scripts/lib/sending/commandName.ts";

describe("the name of a command in the journal", () => {
  const settle = { store: "postgres://fomo:secret@host/books", from: "platform", json: false };

  it("is the same for the same work, however it is told and sent", () => {
    const again = { ...settle, json: true, yes: true, dryRun: true, maxGas: "1", priorityFeeGwei: "2", log: undefined };
    expect(nameOfCommand("settle", again)).to.equal(nameOfCommand("settle", settle));
  });

  it("is another one for other work", () => {
    const names = [
      nameOfCommand("settle", settle),
      nameOfCommand("settle", { ...settle, from: "alice" }),
      nameOfCommand("usage", settle),
    ];
    expect(new Set(names).size).to.equal(names.length);
  });

  it("does not tell what it was asked for: a password may be among it", () => {
    expect(nameOfCommand("settle", settle)).to.match(/^settle [0-9a-f]{64}$/);
  });
});

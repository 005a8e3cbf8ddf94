import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

const SCRIPTS = join(import.meta.dirname, "..", "..", "scripts");

/** Who may write to a terminal: the one place that shows foreign text by its numbers, and what prints only its own words. */
const WRITERS = [
  "lib/command/foreignLog.ts", // turns what the build says to stderr
  "lib/command/output.ts",
  "tasks/chain/bench.ts", // figures of an embedded chain
  "tasks/chain/definitions.ts", // what is said before anything is loaded
  "tasks/chain/demo.ts",
  "test/deep.ts",
  "up/main.ts", // makes it harmless, as output.ts does
];

describe("output of the commands", () => {
  const files = globSync("**/*.ts", { cwd: SCRIPTS }).map((file) => file.replaceAll("\\", "/"));
  const containing = (pattern: RegExp) =>
    files.filter((file) => pattern.test(readFileSync(join(SCRIPTS, file), "utf8"))).sort();

  it("goes through one place, so that no terminal obeys what a chain, a file or a node says", () => {
    expect(files).to.have.length.greaterThan(100);
    expect(containing(/process\.std(?:out|err)\.write|console\.\w+/)).to.deep.equal(WRITERS);
  });

  it("comes from contracts that are bound so that every text is decoded", () => {
    expect(containing(/connectProtocol\(/)).to.include("lib/chain/session.ts");
    expect(containing(/new (?:ethers\.)?Contract\(|getContractAt\(/)).to.deep.equal([
      "bench/buyback.ts", // the DEX's router, to trade
    ]);
  });
});

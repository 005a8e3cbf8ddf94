import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { expect } from "chai";
import { Wallet } from "ethers";
import JSON5 from "json5";

import { PARAMETERS_DIR, readParameters } from "../../deploy/config/parameters.ts";
import { checkHolders } from "../../scripts/lib/deployment/preflight/accounts.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** What the comment above an open value has to say, and how long it must be at least [characters]. */
const PARTS = [/Decided by \S/, /Example: \S/, /To find it: \S/];
const LEAST = 150;

/** Answers of the right kind; every other key takes an address. */
const ANSWERS: Record<string, unknown> = {
  route: [],
  flockBurns: true,
  guaranteesUri: "https://example.org/standard.json",
  guaranteesSha256: `0x${"6c".repeat(32)}`,
};

/** The values of a file that are not known, each with the comment directly above it. */
function openValues(text: string): { key: string; comment: string }[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const key = /^\s+(\w+): null,/.exec(line)?.[1];
    if (key === undefined) return [];
    let first = index;
    while (/^\s+\/\/ /.test(lines[first - 1]!)) first--;
    const comment = lines.slice(first, index).map((one) => one.replace(/^\s+\/\/ /, ""));
    return [{ key, comment: comment.join(" ") }];
  });
}

describe("Parameter files of public networks", () => {
  const folder = temporaryFolder();
  const files = globSync("*.json5", { cwd: PARAMETERS_DIR }).filter((file) => file !== "local.json5");

  it("are found", () => {
    expect(files).to.have.members(["base.json5", "baseSepolia.json5", "bsc.json5", "bscTestnet.json5"]);
  });

  for (const file of files) {
    const text = readFileSync(join(PARAMETERS_DIR, file), "utf8");
    const open = openValues(text);

    it(`say of every value that is not known what it is, who decides it and how to find it: ${file}`, () => {
      expect(open.length)
        .to.equal((text.match(/\bnull,/g) ?? []).length)
        .and.to.be.greaterThan(5);
      for (const { key, comment } of open) {
        expect(comment.length, key).to.be.greaterThan(LEAST);
        for (const part of PARTS) expect(comment, key).to.match(part);
      }
    });

    it(`can be used as soon as these are answered: ${file}`, () => {
      let answered = text;
      for (const { key } of open) {
        const answer = JSON5.stringify(ANSWERS[key] ?? Wallet.createRandom().address);
        answered = answered.replace(new RegExp(`\\b${key}: null,`), () => `${key}: ${answer},`);
      }
      const copy = join(folder, basename(file));
      writeFileSync(copy, answered);
      const parameters = readParameters(copy);
      expect(checkHolders(parameters, Wallet.createRandom().address).filter(({ problem }) => problem)).to.deep.equal(
        [],
      );
      // Stand-ins are for local chains.
      expect(text).to.not.match(/"local"/);
    });
  }
});

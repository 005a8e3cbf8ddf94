import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { runHardhat } from "../support/process.ts";

/** Processes start a whole Hardhat; a slow machine may have to build first [ms]. */
const PROCESS_TIMEOUT = 180_000;

describe("npm start", function () {
  this.timeout(PROCESS_TIMEOUT);

  it("is the command that is tested here", () => {
    const file = readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8");
    const { scripts } = JSON.parse(file) as { scripts: Record<string, string> };
    expect(scripts.start).to.equal("hardhat fomo demo");
  });

  it("prints one JSON document and nothing else with --json", async () => {
    const { code, stdout } = await runHardhat(["fomo", "demo", "--json"]);
    expect(code).to.equal(0);
    const document = JSON.parse(stdout) as { ok: boolean; figures: number; chapters: { figures: unknown[] }[] };
    expect(document.ok).to.equal(true);
    expect(document.chapters.flatMap(({ figures }) => figures)).to.have.length(document.figures);
  });
});

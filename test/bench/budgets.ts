import { expect } from "chai";
import { network } from "hardhat";

import { BUDGETS } from "../../scripts/bench/budgets.ts";
import { exitCodeOf, rowsOf } from "../../scripts/bench/measurement.ts";
import type { Measurement } from "../../scripts/bench/measurement.ts";
import { renderJson, renderText } from "../../scripts/bench/render.ts";
import { runBench } from "../../scripts/bench/run.ts";

/** The bench at a small scale; `npm run bench` measures with 1,000 offerings and 10,000 supporters. */
const SMALL_CROWD = { offerings: 30, supporters: 300 };

/** What was promised: how many rows stand for it. */
const PROMISED: [budget: bigint, rows: number][] = [
  [BUDGETS.launch, 3],
  [BUDGETS.firstBuy, 3],
  [BUDGETS.repeatBuy, 5], // claims have the same budget
  [BUDGETS.launchAndGraduation, 1],
  [BUDGETS.firstRelease, 3],
  [BUDGETS.repeatRelease, 3],
];

describe("the gas bench", function () {
  this.timeout(120_000);
  let measurements: Measurement[];

  before(async () => {
    measurements = await runBench(await network.create(), SMALL_CROWD, () => undefined);
  });

  it("keeps every budget", () => {
    expect(measurements.filter(({ ok }) => !ok)).to.deep.equal([]);
    expect(exitCodeOf(measurements)).to.equal(0);
  });

  it("measures everything that has a budget", () => {
    for (const [budget, rows] of PROMISED) {
      expect(
        measurements.filter((row) => row.budget === budget),
        `budget ${budget}`,
      ).to.have.length.at.least(rows);
    }
  });

  it("measures transactions, not nothing", () => {
    for (const { what, value, unit } of measurements)
      expect(value > (unit === "gas" ? 21_000n : 0n), what).to.equal(true);
  });

  it("shows the same rows to a person and to a machine", () => {
    const { ok, measurements: rows } = JSON.parse(renderJson(measurements)) as { ok: boolean; measurements: unknown[] };
    expect(ok).to.equal(true);
    expect(rows).to.have.length(measurements.length);
    for (const { what } of measurements) expect(renderText(measurements)).to.contain(what);
  });

  describe("given a budget that is missed", () => {
    const row = rowsOf("Test");
    const missed = [row("kept", 10n, 10n), row("missed", 11n, 10n), row("free", 1_000n)];

    it("exits with 1 and says which", () => {
      expect(exitCodeOf(missed)).to.equal(1);
      expect(renderText(missed)).to.contain("1 budgets are missed").and.to.contain("Test, missed: 11, budget 10");
      expect((JSON.parse(renderJson(missed)) as { ok: boolean }).ok).to.equal(false);
    });
  });

  it("does not take an empty run for a success", () => {
    expect(exitCodeOf([])).to.equal(1);
  });
});

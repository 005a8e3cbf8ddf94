import { expect } from "chai";
import { network } from "hardhat";

import { BUDGETS } from "../../scripts/bench/budgets.ts";
import { exitCodeOf, rowsOf } from "../../scripts/bench/measurement.ts";
import type { Measurement } from "../../scripts/bench/measurement.ts";
import { renderJson, renderText } from "../../scripts/bench/render.ts";
import { measureForSnapshot, readSnapshot, snapshotOf } from "../../scripts/bench/snapshot.ts";
import { checkDocument } from "../support/documents.ts";

/** What was promised: how many rows stand for it. */
const PROMISED: [budget: bigint, rows: number][] = [
  [BUDGETS.launch, 3],
  [BUDGETS.firstBuy, 3],
  [BUDGETS.repeatBuy, 5], // claims have the same budget
  [BUDGETS.expectToken, 1],
  [BUDGETS.launchAndGraduation, 1],
  [BUDGETS.firstRelease, 3],
  [BUDGETS.repeatRelease, 3],
  [BUDGETS.firstStake, 1],
  [BUDGETS.repeatStake, 2],
  [BUDGETS.ownVoucher, 2],
  [BUDGETS.keyVoucher, 2],
  [BUDGETS.voucherWithRewards, 1],
  [BUDGETS.firstVoucherOfDay, 1],
  [BUDGETS.buybackLot, 3],
  [BUDGETS.furtherPair, 2],
  [BUDGETS.rewardClaim, 1],
  [BUDGETS.rewardClaimWithRoll, 1],
];

describe("the gas bench", function () {
  this.timeout(120_000);
  let measurements: Measurement[];

  before(async () => {
    measurements = await measureForSnapshot(network);
  });

  it("measures what the committed snapshot says (npm run bench:update writes it anew)", () => {
    expect(snapshotOf(measurements)).to.deep.equal(readSnapshot());
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
    for (const { group, what, value, unit } of measurements) {
      // A voucher's part of a batch, the pair that a route has more, and an expectation are no transactions of their own.
      const isPart = group.endsWith("gas each") || what.startsWith("pair") || what.startsWith("the expectation's part");
      const min = unit === "gas" && !isPart ? 21_000n : 0n;
      expect(value > min, what).to.equal(true);
    }
  });

  it("measures what a voucher costs before its rewards as less than with them", () => {
    const rows = measurements.filter(({ group }) => group.endsWith("gas each"));
    const before = rows.filter(({ what }) => what.endsWith("*"));
    expect(before).to.have.lengthOf(8);
    for (const { group, what, value } of before) {
      const [batch] = what.split(", before");
      const all = rows.find((row) => row.group === group && row.what === `${batch}, everything`);
      expect(value < all!.value, what).to.equal(true);
    }
  });

  it("shows the same rows to a person and to a machine", () => {
    const stdout = renderJson(measurements);
    checkDocument(["fomo", "bench", "--json"], { code: 0, stdout });
    const { ok, measurements: rows } = JSON.parse(stdout) as { ok: boolean; measurements: unknown[] };
    expect(ok).to.equal(true);
    expect(rows).to.have.length(measurements.length);
    const shown = renderText(measurements);
    for (const { what } of measurements) expect(shown).to.contain(what);
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

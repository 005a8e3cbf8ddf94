import { expect } from "chai";

import { drawRate, MAX_TARGET } from "../support/cases.ts";
import { deployFormulas } from "../support/formulas.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { feeOn, grossFor, rateWad, splitFees } from "../support/model/fees.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";

const CASES = scaled(1_500, 15_000);

describe("FeeSchedule against the model", () => {
  const random = new Random("fees");

  it("charges the exact straight line, rounded up", async () => {
    const formulas = await networkHelpers.loadFixture(deployFormulas);
    const cases = Array.from({ length: CASES }, () => {
      const baseBps = random.uniform(0n, 300n);
      const startBps = random.uniform(baseBps, 9_900n);
      const window = random.pick([0n, 1n, 5_880n, 21_600n, random.uniform(0n, 21_600n)]);
      const elapsed = random.pick([0n, 1n, window, window + 1n, random.uniform(0n, 30_000n)]);
      return { terms: { baseBps, startBps, window }, elapsed };
    });
    const values = await formulas(
      cases.map(({ terms: { baseBps, startBps, window }, elapsed }) => ({
        name: "rateWad",
        args: [baseBps, startBps, window, elapsed],
      })),
    );
    for (const [i, { terms, elapsed }] of cases.entries()) {
      expect(values[i]![0]).to.equal(rateWad(terms, elapsed));
    }
  });

  it("rounds fees and gross payments up, and divides them as the paper does", async () => {
    const formulas = await networkHelpers.loadFixture(deployFormulas);
    const cases = Array.from({ length: CASES }, () => ({
      amount: random.magnitude(1n, MAX_TARGET),
      rate: drawRate(random),
      creatorBps: random.uniform(0n, 100n),
    }));
    const fees = await formulas(cases.map(({ amount, rate }) => ({ name: "feeOn", args: [amount, rate] })));
    const grosses = await formulas(cases.map(({ amount, rate }) => ({ name: "grossFor", args: [amount, rate] })));
    const shares = await formulas(
      cases.map(({ amount, creatorBps }) => ({ name: "creatorShare", args: [amount, creatorBps] })),
    );
    for (const [i, { amount, rate, creatorBps }] of cases.entries()) {
      expect(fees[i]![0]).to.equal(feeOn(amount, rate));
      expect(grosses[i]![0]).to.equal(grossFor(amount, rate));
      expect(shares[i]![0]).to.equal(splitFees(amount, 0n, creatorBps).creator);
    }
  });
});

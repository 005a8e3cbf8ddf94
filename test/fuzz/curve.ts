import { expect } from "chai";

import { drawTerms, drawUpTo } from "../support/cases.ts";
import { deployFormulas } from "../support/formulas.ts";
import type { FormulaCall } from "../support/formulas.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { curveWith, idealCurve } from "../support/model/curve.ts";
import { ceil, floor, ratio } from "../support/model/rational.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { SALE_SUPPLY, WAD } from "../support/units.ts";

const CASES = scaled(1_500, 15_000);

/**
 * The library against exact rational arithmetic: tiny and huge targets, start prices from nearly 0 to nearly G / S. The
 * chain keeps x0 in whole wei; against the curve through that x0 nothing may differ, and how far that curve is from the
 * paper's is bounded exactly.
 */
describe("BondingCurve against the model", () => {
  const random = new Random("curve");
  const terms = Array.from({ length: CASES }, () => drawTerms(random));

  /** Evaluates one formula for every case with the virtual reserve that the library derives. */
  async function evaluate(call: (target: bigint, virtualFlock: bigint, i: number) => FormulaCall) {
    const formulas = await networkHelpers.loadFixture(deployFormulas);
    const reserves = await formulas(
      terms.map(({ target, startPriceWad }) => ({ name: "virtualFlockFor", args: [target, startPriceWad] })),
    );
    const virtualFlocks = reserves.map((result) => result[0] as bigint);
    const results = await formulas(terms.map(({ target }, i) => call(target, virtualFlocks[i]!, i)));
    return terms.map((term, i) => ({
      ...term,
      virtualFlock: virtualFlocks[i]!,
      curve: curveWith(term.target, virtualFlocks[i]!),
      value: results[i]![0] as bigint,
    }));
  }

  it("rounds virtualFlock down", async () => {
    for (const { target, startPriceWad, virtualFlock } of await evaluate((g, x) => ({
      name: "virtualMt",
      args: [g, x],
    }))) {
      expect(virtualFlock).to.equal(floor(idealCurve(target, startPriceWad).virtualFlock));
    }
  });

  it("rounds virtualMt down", async () => {
    for (const { curve, value } of await evaluate((g, x) => ({ name: "virtualMt", args: [g, x] }))) {
      expect(value).to.equal(floor(curve.virtualMt));
    }
  });

  it("gives S(D) rounded down", async () => {
    const raised = terms.map(({ target }) => drawUpTo(random, target));
    const cases = await evaluate((g, x, i) => ({ name: "soldAt", args: [g, x, raised[i]] }));
    for (const [i, { curve, value }] of cases.entries()) {
      expect(value).to.equal(floor(curve.soldAt(ratio(raised[i]!))));
    }
  });

  it("gives the inverse of S rounded up", async () => {
    const sold = terms.map(() => drawUpTo(random, SALE_SUPPLY));
    const cases = await evaluate((g, x, i) => ({ name: "raisedAt", args: [g, x, sold[i]] }));
    for (const [i, { curve, value }] of cases.entries()) {
      expect(value).to.equal(ceil(curve.raisedAt(ratio(sold[i]!))));
    }
  });

  it("gives the marginal price to within one wei of its two roundings down", async () => {
    const raised = terms.map(({ target }) => drawUpTo(random, target));
    const cases = await evaluate((g, x, i) => ({ name: "priceAt", args: [g, x, raised[i]] }));
    for (const [i, { curve, target, value }] of cases.entries()) {
      const exact = curve.priceAt(ratio(raised[i]!)).mul(ratio(WAD));
      expect(value <= floor(exact), `${value} is above ${exact.toString()}`).to.equal(true);
      // The first rounding loses less than one of a ratio in WAD squared, which the second step scales by G / (S WAD).
      const lost = ratio(target, SALE_SUPPLY * WAD).add(ratio(1n));
      expect(exact.sub(ratio(value)).compare(lost) < 0, `${value} is far below ${exact.toString()}`).to.equal(true);
    }
  });

  it("is never below the paper's curve, and above it by less than the rounding of virtualFlock explains", async () => {
    const raised = terms.map(({ target }) => drawUpTo(random, target));
    const cases = await evaluate((g, x, i) => ({ name: "soldAt", args: [g, x, raised[i]] }));
    for (const [i, { target, startPriceWad, virtualFlock, value }] of cases.entries()) {
      const d = raised[i]!;
      const ideal = idealCurve(target, startPriceWad).soldAt(ratio(d));
      expect(value >= floor(ideal)).to.equal(true);
      // dS/dx0 = -S D (G - D) / (G (x0 + D)^2), steepest at the smaller x0, and x0 lost less than one wei.
      const x = virtualFlock + d;
      const bound = ratio(SALE_SUPPLY * d * (target - d), target * x * x);
      expect(ratio(value).sub(ideal).compare(bound) <= 0, `S(${d}) = ${value} of ${target}, ${virtualFlock}`).to.equal(
        true,
      );
      // Within the bounds of a launch, x0 >= G - 1 wei, that is at most a quarter of S / G.
      if (virtualFlock >= target) expect(bound.compare(ratio(SALE_SUPPLY, 4n * target)) <= 0).to.equal(true);
    }
  });

  it("is exact for one-wei targets and reserves", async () => {
    const formulas = await networkHelpers.loadFixture(deployFormulas);
    const tiny = [1n, 2n, 3n, 7n].flatMap((target) =>
      [1n, 2n, 99n].flatMap((virtualFlock) =>
        Array.from({ length: Number(target) + 1 }, (_, d) => ({ target, virtualFlock, d: BigInt(d) })),
      ),
    );
    const values = await formulas(
      tiny.map(({ target, virtualFlock, d }) => ({ name: "soldAt", args: [target, virtualFlock, d] })),
    );
    for (const [i, { target, virtualFlock, d }] of tiny.entries()) {
      expect(values[i]![0]).to.equal(floor(curveWith(target, virtualFlock).soldAt(ratio(d))));
    }
  });
});

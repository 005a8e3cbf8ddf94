import type { Result } from "ethers";
import { expect } from "chai";

import { drawRate, drawTerms, drawUpTo, MAX_TARGET } from "../support/cases.ts";
import { deployFormulas } from "../support/formulas.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { curveWith, idealCurve } from "../support/model/curve.ts";
import { fillExactIn, fillExactOut } from "../support/model/fill.ts";
import type { ModelFill, ModelSale } from "../support/model/fill.ts";
import { grossFor } from "../support/model/fees.ts";
import { floor } from "../support/model/rational.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { SALE_SUPPLY } from "../support/units.ts";

const CASES = scaled(1_500, 15_000);

/** A sale somewhere on a curve of any shape. */
function drawSale(random: Random): ModelSale {
  const { target, startPriceWad } = drawTerms(random);
  const curve = curveWith(target, floor(idealCurve(target, startPriceWad).virtualFlock));
  return { curve, raised: drawUpTo(random, target - 1n), rate: drawRate(random) };
}

/** A sale as the library takes it. */
const argsOf = ({ curve, raised, rate }: ModelSale) => [floor(curve.target), floor(curve.virtualFlock), raised, rate];

const readFill = (result: Result): ModelFill => {
  const [flockIn, flockNet, mtOut] = result[0] as [bigint, bigint, bigint];
  return { flockIn, flockNet, mtOut };
};

describe("CurveFill against the model", () => {
  const random = new Random("fill");
  const sales = Array.from({ length: CASES }, () => drawSale(random));

  it("fills exact payments, up to the target", async () => {
    const formulas = await networkHelpers.loadFixture(deployFormulas);
    const payments = sales.map(({ curve, raised, rate }) => {
      const max = grossFor(floor(curve.target) - raised, rate);
      return random.pick([drawUpTo(random, max), max + random.magnitude(1n, MAX_TARGET), max]);
    });
    const results = await formulas(sales.map((sale, i) => ({ name: "exactIn", args: [...argsOf(sale), payments[i]] })));
    for (const [i, sale] of sales.entries()) {
      const fill = readFill(results[i]!);
      expect(fill).to.deep.equal(fillExactIn(sale, payments[i]!));
      expect(fill.flockIn <= payments[i]!).to.equal(true);
    }
  });

  it("fills exact outputs, up to the target", async () => {
    const formulas = await networkHelpers.loadFixture(deployFormulas);
    const wanted = sales.map(() => 1n + drawUpTo(random, SALE_SUPPLY));
    const results = await formulas(sales.map((sale, i) => ({ name: "exactOut", args: [...argsOf(sale), wanted[i]] })));
    for (const [i, sale] of sales.entries()) {
      expect(readFill(results[i]!)).to.deep.equal(fillExactOut(sale, wanted[i]!));
    }
  });
});

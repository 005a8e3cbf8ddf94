import { expect } from "chai";

import { drawTerms, drawUpTo } from "../support/cases.ts";
import { deployFormulas } from "../support/formulas.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { curveWith, idealCurve } from "../support/model/curve.ts";
import { idealOpeningMt, splitProceeds, splitSupply } from "../support/model/graduation.ts";
import { floor, ratio } from "../support/model/rational.ts";
import { vestedAfter } from "../support/model/vesting.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { NO_DEADLINE, VESTING_DURATION } from "../support/time.ts";

const CASES = scaled(1_000, 10_000);
const MODES = ["AveragePrice", "CurvePrice"] as const;

describe("GraduationSplit and LinearVesting against the model", () => {
  const random = new Random("graduation");
  const raises = Array.from({ length: CASES }, () => {
    const { target, startPriceWad } = drawTerms(random);
    const curve = curveWith(target, floor(idealCurve(target, startPriceWad).virtualFlock));
    const raised = target / 4n + drawUpTo(random, target - target / 4n);
    const sold = floor(curve.soldAt(ratio(raised)));
    return { curve, raised, sold, bundleMt: drawUpTo(random, sold / 4n), mode: random.pick(MODES) };
  });

  it("opens the pool with the right amount of MT, rounded down, in both modes", async () => {
    const formulas = await networkHelpers.loadFixture(deployFormulas);
    const values = await formulas(
      raises.map(({ curve, raised, sold, mode }) => ({
        name: "openingMt",
        args: [MODES.indexOf(mode), sold, floor(curve.virtualFlock), raised],
      })),
    );
    for (const [i, { curve, raised, mode }] of raises.entries()) {
      const ideal = idealOpeningMt(mode, curve, raised);
      const value = values[i]![0] as bigint;
      // `sold` was rounded down before, so that up to one wei more is lost than in a single rounding.
      expect(value <= floor(ideal) && value >= floor(ideal) - 1n, `${value} for ${ideal.toString()}`).to.equal(true);
      if (mode === "CurvePrice") {
        // The pool never opens below the price of the last purchase.
        const openingPrice = ratio(splitProceeds(raised).pool, value);
        expect(openingPrice.compare(curve.priceAt(ratio(raised))) >= 0).to.equal(true);
      }
    }
  });

  it("splits supply and proceeds", async () => {
    const formulas = await networkHelpers.loadFixture(deployFormulas);
    const pools = raises.map(({ mode, curve, raised }) => floor(idealOpeningMt(mode, curve, raised)));
    const supplies = await formulas(
      raises.map(({ sold, bundleMt }, i) => ({ name: "ofSupply", args: [sold, bundleMt, pools[i]] })),
    );
    const proceeds = await formulas(raises.map(({ raised }) => ({ name: "ofProceeds", args: [raised] })));
    for (const [i, { raised, sold, bundleMt }] of raises.entries()) {
      const supply = splitSupply(sold, bundleMt, pools[i]!);
      expect([...(supplies[i]![0] as bigint[])]).to.deep.equal(Object.values(supply));
      expect([...(proceeds[i]![0] as bigint[])]).to.deep.equal(Object.values(splitProceeds(raised)));
    }
  });

  it("vests linearly", async () => {
    const formulas = await networkHelpers.loadFixture(deployFormulas);
    const cases = Array.from({ length: CASES }, () => ({
      total: drawUpTo(random, 2n ** 128n - 1n),
      start: random.uniform(0n, NO_DEADLINE),
      elapsed: drawUpTo(random, 2n * VESTING_DURATION),
    }));
    const values = await formulas(
      cases.map(({ total, start, elapsed }) => ({ name: "vested", args: [total, start, start + elapsed] })),
    );
    for (const [i, { total, elapsed }] of cases.entries()) {
      expect(values[i]![0]).to.equal(vestedAfter(total, elapsed));
    }
  });
});

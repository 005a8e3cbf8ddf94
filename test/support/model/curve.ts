import type Fraction from "fraction.js";

import { ratio, WAD } from "./rational.ts";

/** S: 40% of 1,000,000 tokens are sold on the curve [MT wei] (sections 3.2 and 3.3.2). */
export const SALE_SUPPLY = 400_000n * WAD;

/** A constant-product curve with virtual reserves (section 3.3.1): x y = k, and x grows by what is raised. */
export interface Curve {
  /** G [FLOCK wei]. */
  target: Fraction;
  /** x0 [FLOCK wei]. */
  x0: Fraction;
  /** y0 [MT wei]. */
  y0: Fraction;
}

/** Whether the paper's curve exists: G > S P0 (section 3.3.2). */
export function isFeasible(target: bigint, startPriceWad: bigint): boolean {
  return ratio(SALE_SUPPLY * startPriceWad, WAD).compare(ratio(target)) < 0;
}

/**
 * The curve of section 3.3.2, not rounded anywhere: y0 = G S / (G - S P0), x0 = P0 y0.
 * @param target G [FLOCK wei].
 * @param startPriceWad P0 [WAD].
 */
export function idealCurve(target: bigint, startPriceWad: bigint): Curve {
  const goal = ratio(target);
  const sale = ratio(SALE_SUPPLY);
  const price = ratio(startPriceWad, WAD);
  const y0 = goal.mul(sale).div(goal.sub(sale.mul(price)));
  return { target: goal, x0: price.mul(y0), y0 };
}

/**
 * The curve through a given virtual FLOCK reserve that sells exactly S at G: y0 = S (x0 + G) / G (section 3.3.2). This
 * is the curve that a chain can keep, because it stores x0 in whole wei.
 */
export function curveWith(target: bigint, x0: bigint): Curve {
  const goal = ratio(target);
  const reserve = ratio(x0);
  return { target: goal, x0: reserve, y0: ratio(SALE_SUPPLY).mul(reserve.add(goal)).div(goal) };
}

/** S(D) = y0 D / (x0 + D) [MT wei] (section 3.3.1). */
export function soldAt(curve: Curve, raised: bigint): Fraction {
  return curve.y0.mul(ratio(raised)).div(curve.x0.add(ratio(raised)));
}

/** The D at which S(D) = sold [FLOCK wei], from s (x0 + D) = y0 D: D = s x0 / (y0 - s). */
export function raisedAt(curve: Curve, sold: bigint): Fraction {
  const tokens = ratio(sold);
  return tokens.mul(curve.x0).div(curve.y0.sub(tokens));
}

/** The marginal price dD/dS = (x0 + D)^2 / (x0 y0) [FLOCK per MT]. */
export function priceAt(curve: Curve, raised: bigint): Fraction {
  const x = curve.x0.add(ratio(raised));
  return x.mul(x).div(curve.x0.mul(curve.y0));
}

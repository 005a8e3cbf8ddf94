import type Fraction from "fraction.js";

import { ratio } from "./rational.ts";
import { SALE_SUPPLY, WAD } from "../units.ts";

/** A constant-product curve with virtual reserves (section 3.3.1): x y = k, and x grows by what is raised. */
export interface Curve {
  /** G [FLOCK wei]. */
  target: Fraction;
  /** x0 [FLOCK wei]. */
  virtualFlock: Fraction;
  /** y0 [MT wei]. */
  virtualMt: Fraction;
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
  const virtualMt = goal.mul(sale).div(goal.sub(sale.mul(price)));
  return { target: goal, virtualFlock: price.mul(virtualMt), virtualMt };
}

/**
 * The curve through a given virtual FLOCK reserve that sells exactly S at G: y0 = S (x0 + G) / G (section 3.3.2). This
 * is the curve that a chain can keep, because it stores x0 in whole wei.
 */
export function curveWith(target: bigint, virtualFlock: bigint): Curve {
  const goal = ratio(target);
  const reserve = ratio(virtualFlock);
  return { target: goal, virtualFlock: reserve, virtualMt: ratio(SALE_SUPPLY).mul(reserve.add(goal)).div(goal) };
}

/** S(D) = y0 D / (x0 + D) [MT wei] (section 3.3.1). */
export function soldAt(curve: Curve, raised: bigint): Fraction {
  return curve.virtualMt.mul(ratio(raised)).div(curve.virtualFlock.add(ratio(raised)));
}

/** The D at which S(D) = sold [FLOCK wei], from s (x0 + D) = y0 D: D = s x0 / (y0 - s). */
export function raisedAt(curve: Curve, sold: bigint): Fraction {
  const tokens = ratio(sold);
  return tokens.mul(curve.virtualFlock).div(curve.virtualMt.sub(tokens));
}

/** The marginal price dD/dS = (x0 + D)^2 / (x0 y0) [FLOCK per MT]. */
export function priceAt(curve: Curve, raised: bigint): Fraction {
  const x = curve.virtualFlock.add(ratio(raised));
  return x.mul(x).div(curve.virtualFlock.mul(curve.virtualMt));
}

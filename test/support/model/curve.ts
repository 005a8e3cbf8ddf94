import type { Fraction } from "fraction.js";

import { ratio } from "./rational.ts";
import { SALE_SUPPLY, WAD } from "../units.ts";

/**
 * The curve of section 3.3 in exact rational arithmetic, written from the paper and not from the contracts. All amounts
 * are in wei.
 */
export class Curve {
  /**
   * @param target G [FLOCK wei].
   * @param virtualFlock x0 [FLOCK wei].
   * @param virtualMt y0 [MT wei].
   */
  private constructor(
    readonly target: Fraction,
    readonly virtualFlock: Fraction,
    readonly virtualMt: Fraction,
  ) {}

  /**
   * The curve of section 3.3.2, not rounded anywhere: y0 = G S / (G - S P0), x0 = P0 y0.
   * @param target G [FLOCK wei].
   * @param startPrice P0 [FLOCK per MT].
   * @param sale S [MT wei].
   */
  static fromTerms(target: Fraction, startPrice: Fraction, sale: Fraction): Curve {
    const virtualMt = target.mul(sale).div(target.sub(sale.mul(startPrice)));
    return new Curve(target, virtualMt.mul(startPrice), virtualMt);
  }

  /**
   * The curve through a given virtual FLOCK reserve that sells exactly S at G: y0 = S (x0 + G) / G (section 3.3.2). This
   * is the curve that a chain can keep, because it stores x0 in whole wei.
   * @param target G [FLOCK wei].
   * @param virtualFlock x0 [FLOCK wei].
   * @param sale S [MT wei].
   */
  static throughReserve(target: Fraction, virtualFlock: Fraction, sale: Fraction): Curve {
    return new Curve(target, virtualFlock, sale.mul(virtualFlock.add(target)).div(target));
  }

  /** S(D) = y0 D / (x0 + D) [MT wei]. */
  soldAt(raised: Fraction): Fraction {
    return this.virtualMt.mul(raised).div(this.virtualFlock.add(raised));
  }

  /** The D at which `sold` tokens are sold: x0 s / (y0 - s) [FLOCK wei]. */
  raisedAt(sold: Fraction): Fraction {
    return this.virtualFlock.mul(sold).div(this.virtualMt.sub(sold));
  }

  /** P(D) = (x0 + D)^2 / (x0 y0) [FLOCK per MT]. */
  priceAt(raised: Fraction): Fraction {
    const x = this.virtualFlock.add(raised);
    return x.mul(x).div(this.virtualFlock.mul(this.virtualMt));
  }
}

/** Whether the paper's curve exists: G > S P0 (section 3.3.2). */
export function isFeasible(target: bigint, startPriceWad: bigint): boolean {
  return ratio(SALE_SUPPLY * startPriceWad, WAD).compare(ratio(target)) < 0;
}

/**
 * The curve of the terms of a launch, not rounded anywhere.
 * @param target G [FLOCK wei].
 * @param startPriceWad P0 [WAD].
 */
export const idealCurve = (target: bigint, startPriceWad: bigint): Curve =>
  Curve.fromTerms(ratio(target), ratio(startPriceWad, WAD), ratio(SALE_SUPPLY));

/**
 * The curve that a chain keeps.
 * @param target G [FLOCK wei].
 * @param virtualFlock x0 [FLOCK wei].
 */
export const curveWith = (target: bigint, virtualFlock: bigint): Curve =>
  Curve.throughReserve(ratio(target), ratio(virtualFlock), ratio(SALE_SUPPLY));

import { Fraction } from "fraction.js";

import { ceilWei, floorWei } from "./figure.ts";

/** S, the tokens that a curve sells (section 3.3.2) [MT]. */
export const SALE_SUPPLY = new Fraction(400_000);

/** Creator and protocol fee together (section 3.2): 0.30% + 0.95%. */
export const BASE_FEE = new Fraction("0.0125");

/**
 * The curve of section 3.3 in exact rational arithmetic, written from the paper and not from the contracts. All amounts
 * are in one unit: in whole tokens for the main command, in wei for the tests.
 */
export class PaperCurve {
  /**
   * @param target G [FLOCK].
   * @param virtualFlock x0 [FLOCK].
   * @param virtualMt y0 [MT].
   */
  private constructor(
    readonly target: Fraction,
    readonly virtualFlock: Fraction,
    readonly virtualMt: Fraction,
  ) {}

  /**
   * The curve of section 3.3.2, not rounded anywhere: y0 = G S / (G - S P0), x0 = P0 y0.
   * @param target G [FLOCK].
   * @param startPrice P0 [FLOCK per MT].
   * @param sale S [MT].
   */
  static fromTerms(target: Fraction, startPrice: Fraction, sale: Fraction): PaperCurve {
    const virtualMt = target.mul(sale).div(target.sub(sale.mul(startPrice)));
    return new PaperCurve(target, virtualMt.mul(startPrice), virtualMt);
  }

  /**
   * The curve through a given virtual FLOCK reserve that sells exactly S at G: y0 = S (x0 + G) / G (section 3.3.2). This
   * is the curve that a chain can keep, because it stores x0 in whole wei.
   * @param target G [FLOCK].
   * @param virtualFlock x0 [FLOCK].
   * @param sale S [MT].
   */
  static throughReserve(target: Fraction, virtualFlock: Fraction, sale: Fraction): PaperCurve {
    return new PaperCurve(target, virtualFlock, sale.mul(virtualFlock.add(target)).div(target));
  }

  /** S(D) = y0 D / (x0 + D) [MT]. */
  soldAt(raised: Fraction): Fraction {
    return this.virtualMt.mul(raised).div(this.virtualFlock.add(raised));
  }

  /** The D at which `sold` tokens are sold: x0 s / (y0 - s) [FLOCK]. */
  raisedAt(sold: Fraction): Fraction {
    return this.virtualFlock.mul(sold).div(this.virtualMt.sub(sold));
  }

  /** P(D) = (x0 + D)^2 / (x0 y0) [FLOCK per MT]. */
  priceAt(raised: Fraction): Fraction {
    const x = this.virtualFlock.add(raised);
    return x.mul(x).div(this.virtualFlock.mul(this.virtualMt));
  }
}

/** An amount in wei as an exact number of tokens. */
export function fromWei(wei: bigint): Fraction {
  return new Fraction(wei, 10n ** 18n);
}

/** The curve of terms in whole tokens: G [FLOCK] and P0 [FLOCK per MT]. */
export function paperCurve(target: string, startPrice: string): PaperCurve {
  return PaperCurve.fromTerms(new Fraction(target), new Fraction(startPrice), SALE_SUPPLY);
}

/** What a supporter gets for moving the raise from one sum to another, in whole wei [MT]; the curve is in whole tokens. */
export function tokensBetween(curve: PaperCurve, before: Fraction, after: Fraction): Fraction {
  return fromWei(floorWei(curve.soldAt(after)) - floorWei(curve.soldAt(before)));
}

/** What reaches the curve of a payment: the fee rounds up to whole wei [FLOCK]. */
export function netOf(gross: Fraction): Fraction {
  return gross.sub(fromWei(ceilWei(gross.mul(BASE_FEE))));
}

/** The payment that leaves `net` after the fee, rounded up to whole wei [FLOCK]. */
export function grossFor(net: Fraction): Fraction {
  return fromWei(ceilWei(net.div(new Fraction(1).sub(BASE_FEE))));
}

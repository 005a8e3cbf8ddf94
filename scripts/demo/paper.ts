import { Fraction } from "fraction.js";

import { ceilWei, floorWei } from "./figure.ts";

/** S, the tokens that a curve sells (section 3.3.2) [MT]. */
export const SALE_SUPPLY = new Fraction(400_000);

/** Creator and protocol fee together (section 3.2): 0.30% + 0.95%. */
export const BASE_FEE = new Fraction("0.0125");

/** The curve of section 3.3 in exact rational arithmetic, written from the paper and not from the contracts. */
export class PaperCurve {
  readonly target: Fraction;
  /** x0 = G S P0 / (G - S P0) [FLOCK]. */
  readonly virtualFlock: Fraction;
  /** y0 = G S / (G - S P0) [MT]. */
  readonly virtualMt: Fraction;

  /** @param target G [FLOCK]. @param startPrice P0 [FLOCK per MT]. */
  constructor(target: string, startPrice: string) {
    this.target = new Fraction(target);
    const rest = this.target.sub(SALE_SUPPLY.mul(startPrice));
    this.virtualMt = this.target.mul(SALE_SUPPLY).div(rest);
    this.virtualFlock = this.virtualMt.mul(startPrice);
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

  /** What a supporter gets for moving the raise from one sum to another, in whole wei [MT]. */
  tokensBetween(before: Fraction, after: Fraction): Fraction {
    return fromWei(floorWei(this.soldAt(after)) - floorWei(this.soldAt(before)));
  }
}

/** An amount in wei as an exact number of tokens. */
export function fromWei(wei: bigint): Fraction {
  return new Fraction(wei, 10n ** 18n);
}

/** What reaches the curve of a payment: the fee rounds up to whole wei [FLOCK]. */
export function netOf(gross: Fraction): Fraction {
  return gross.sub(fromWei(ceilWei(gross.mul(BASE_FEE))));
}

/** The payment that leaves `net` after the fee, rounded up to whole wei [FLOCK]. */
export function grossFor(net: Fraction): Fraction {
  return fromWei(ceilWei(net.div(new Fraction(1).sub(BASE_FEE))));
}

import { WAD, ceilDiv } from "../units/numbers.ts";

/**
 * The curve of section 3.3 as the contracts compute it (`BondingCurve`), to the wei. Prices are FLOCK per MT in WAD;
 * everything else is wei. All of it rounds down but `raisedAt`. What has been raised is 0 to `target`, what is sold 0 to
 * `SALE_SUPPLY`.
 */

/** S, what the curve sells [MT wei]. */
export const SALE_SUPPLY = 400_000n * WAD;

/** The whole supply of every MT [MT wei]. */
export const MT_SUPPLY = 1_000_000n * WAD;

/** What decides a curve. */
export interface CurveTerms {
  /** G [FLOCK wei]. */
  target: bigint;
  /** P0 [WAD]. */
  startPriceWad: bigint;
}

/** How a pool opens: at the average price of the raise, or where the curve ended. */
export type OpeningMode = "averagePrice" | "curvePrice";

/** A curve at one sum raised. */
export interface CurvePoint {
  raised: bigint;
  sold: bigint;
  marginalPriceWad: bigint;
  averagePriceWad: bigint;
  /** Price at which the pool would open if the raise ended here. */
  openingPriceWad: bigint;
  /** MT that would go into the pool. */
  poolMt: bigint;
  /** FLOCK that would go into the pool. */
  poolFlock: bigint;
}

/** x0, the virtual FLOCK reserve; zero if the terms are not feasible (G <= S P0). */
export function virtualFlock({ target, startPriceWad }: CurveTerms): bigint {
  const atFirstPrice = SALE_SUPPLY * startPriceWad;
  const denominator = target * WAD - atFirstPrice;
  return denominator <= 0n ? 0n : (target * atFirstPrice) / denominator;
}

/** y0, the virtual MT reserve. */
export function virtualMt({ target }: CurveTerms, x0: bigint): bigint {
  return (SALE_SUPPLY * (x0 + target)) / target;
}

/** S(D), what is sold when D has been raised. */
export function soldAt(target: bigint, x0: bigint, raised: bigint): bigint {
  return (SALE_SUPPLY * raised * (x0 + target)) / (target * (x0 + raised));
}

/** D, what must come in so that `sold` is sold [FLOCK wei]; the one that rounds up, so that the curve is paid in full. */
export function raisedAt(target: bigint, x0: bigint, sold: bigint): bigint {
  return ceilDiv(sold * target * x0, SALE_SUPPLY * (x0 + target) - sold * target);
}

/** P(D), the marginal price. */
export function priceAt(target: bigint, x0: bigint, raised: bigint): bigint {
  const x = x0 + raised;
  const ratio = (x * x * WAD * WAD) / (x0 * (x0 + target));
  return (ratio * target) / (SALE_SUPPLY * WAD);
}

/** The curve where `raised` has come in, and the pool that would open there. */
export function pointAt(
  { target }: Pick<CurveTerms, "target">,
  x0: bigint,
  raised: bigint,
  mode: OpeningMode,
): CurvePoint {
  const sold = soldAt(target, x0, raised);
  const marginalPriceWad = priceAt(target, x0, raised);
  const poolFlock = raised - 2n * (raised / 4n);
  const poolMt = mode === "curvePrice" ? (sold * x0) / (2n * (x0 + raised)) : sold / 2n;
  return {
    raised,
    sold,
    marginalPriceWad,
    averagePriceWad: sold === 0n ? marginalPriceWad : (raised * WAD) / sold,
    openingPriceWad: poolMt === 0n ? marginalPriceWad : (poolFlock * WAD) / poolMt,
    poolMt,
    poolFlock,
  };
}

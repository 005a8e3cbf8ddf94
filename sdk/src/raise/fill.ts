import { FomoError } from "../errors/fomoError.ts";
import { sentenceOf } from "../errors/words.ts";
import { WAD } from "../units/numbers.ts";
import { SALE_SUPPLY, priceAt, raisedAt, soldAt } from "./curve.ts";
import { feeOn, grossFor, priceWithFee } from "./fees.ts";

/** What the price of a purchase depends on. `saleOf` of the offering answers one, `saleAt` works one out for any second. */
export interface Sale {
  /** D, what the raise has brought before the purchase [FLOCK wei]; below the target. */
  raised: bigint;
  /** G [FLOCK wei]. */
  target: bigint;
  /** x0 [FLOCK wei]. */
  virtualFlock: bigint;
  /** The fee rate of that second [WAD]. */
  feeRate: bigint;
}

/** What one purchase takes and gives. */
export interface Fill {
  /** What the buyer pays, with the fee [FLOCK wei]. */
  flockIn: bigint;
  /** What of it reaches the curve [FLOCK wei]. */
  flockNet: bigint;
  /** What the buyer gets [MT wei]. */
  mtOut: bigint;
}

/** What somebody wants to buy: for an exact payment [FLOCK wei], or an exact amount of tokens [MT wei]. */
export type Wish = { kind: "exactIn"; flock: bigint } | { kind: "exactOut"; mt: bigint };

/** A priced wish. Prices are FLOCK per MT in WAD, rounded down, and include the fee unless they are the curve's. */
export interface PurchaseQuote extends Fill {
  wish: Wish;
  /** Whether less was left than wanted, so that the purchase is cut to it and pays only for that. */
  clamped: boolean;
  /** What the buyer pays for a token on average. */
  averagePriceWad: bigint;
  /** The curve's price after the purchase. */
  priceAfterWad: bigint;
  /** What the buyer pays for the last token. */
  lastPriceWad: bigint;
}

/**
 * The purchase that a payment makes, as the contract fills it. One that would pass the target takes what is missing.
 * @param flockIn The payment, with the fee [FLOCK wei].
 * @throws FomoError `badValue` if the payment is zero, `yieldsNothing` if it is too little for one wei of MT.
 */
export function quoteExactIn(sale: Sale, flockIn: bigint): PurchaseQuote {
  requireAmount(flockIn);
  const fill = exactIn(sale, flockIn);
  if (fill.mtOut === 0n) throw new FomoError("yieldsNothing", sentenceOf("Offering_YieldsNothing", { flockIn }));
  return quoteOf(sale, { kind: "exactIn", flock: flockIn }, fill);
}

/**
 * The purchase that yields an amount, or all that is left if that is less. Only whole wei are paid, so it yields up to as
 * much more as one wei of FLOCK buys.
 * @param mtOut The amount [MT wei].
 * @throws FomoError `badValue` if the amount is zero.
 */
export function quoteExactOut(sale: Sale, mtOut: bigint): PurchaseQuote {
  requireAmount(mtOut);
  return quoteOf(sale, { kind: "exactOut", mt: mtOut }, exactOut(sale, mtOut));
}

/** Prices a wish. Throws what `quoteExactIn` and `quoteExactOut` throw. */
export const quotePurchase = (sale: Sale, wish: Wish): PurchaseQuote =>
  wish.kind === "exactIn" ? quoteExactIn(sale, wish.flock) : quoteExactOut(sale, wish.mt);

/** The quote of a purchase whose fill is known, from `quoteExactIn` or `quoteExactOut` of the lens for example. */
export function quoteOf(sale: Sale, wish: Wish, { flockIn, flockNet, mtOut }: Fill): PurchaseQuote {
  const priceAfterWad = priceAt(sale.target, sale.virtualFlock, sale.raised + flockNet);
  return {
    ...{ flockIn, flockNet, mtOut, wish, priceAfterWad },
    clamped: wish.kind === "exactIn" ? flockIn < wish.flock : mtOut < wish.mt,
    averagePriceWad: (flockIn * WAD) / mtOut,
    lastPriceWad: priceWithFee(priceAfterWad, sale.feeRate),
  };
}

/** What a payment takes and gives, which may be nothing; the issuer's bundle is filled by it too. */
export function exactIn({ raised, target, virtualFlock, feeRate }: Sale, payment: bigint): Fill {
  const missing = target - raised;
  const max = grossFor(missing, feeRate);
  const [flockIn, flockNet] = payment < max ? [payment, payment - feeOn(payment, feeRate)] : [max, missing];
  const mtOut = soldAt(target, virtualFlock, raised + flockNet) - soldAt(target, virtualFlock, raised);
  return { flockIn, flockNet, mtOut };
}

function exactOut({ raised, target, virtualFlock, feeRate }: Sale, wanted: bigint): Fill {
  const soldBefore = soldAt(target, virtualFlock, raised);
  const isLeft = wanted < SALE_SUPPLY - soldBefore;
  const raisedAfter = isLeft ? raisedAt(target, virtualFlock, soldBefore + wanted) : target;
  const flockNet = raisedAfter - raised;
  const mtOut = soldAt(target, virtualFlock, raisedAfter) - soldBefore;
  return { flockIn: grossFor(flockNet, feeRate), flockNet, mtOut };
}

function requireAmount(amount: bigint): void {
  if (amount <= 0n) throw new FomoError("badValue", sentenceOf("Offering_ZeroAmount", {}));
}

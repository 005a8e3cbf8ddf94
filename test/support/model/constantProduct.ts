import { BPS } from "../units.ts";

/** A constant-product pair in one direction: what goes in, what comes out, and the fee on the input [bps]. */
export interface Pool {
  reserveIn: bigint;
  reserveOut: bigint;
  feeBps: bigint;
}

/** A fraction, never reduced: exact, and compared by cross-multiplication. */
export interface Ratio {
  numerator: bigint;
  denominator: bigint;
}

/**
 * What the pair lets go for `amountIn` before anything is rounded: with g = 1 - fee, the y that keeps
 * (reserveIn + g in)(reserveOut - y) = reserveIn reserveOut.
 */
export function exactOut({ reserveIn, reserveOut, feeBps }: Pool, amountIn: bigint): Ratio {
  const effective = amountIn * (BPS - feeBps);
  return { numerator: reserveOut * effective, denominator: reserveIn * BPS + effective };
}

/** What can really be taken out: whole wei. */
export function amountOut(pool: Pool, amountIn: bigint): bigint {
  const { numerator, denominator } = exactOut(pool, amountIn);
  return numerator / denominator;
}

/** Whether a pair's own check lets `out` go for `amountIn`: the product after the fee does not fall. */
export function keepsProduct({ reserveIn, reserveOut, feeBps }: Pool, amountIn: bigint, out: bigint): boolean {
  if (out >= reserveOut) return false;
  const balanceIn = (reserveIn + amountIn) * BPS - amountIn * feeBps;
  return balanceIn * (reserveOut - out) * BPS >= reserveIn * reserveOut * BPS * BPS;
}

/** The pair after a trade in its direction. */
export function afterTrade(pool: Pool, amountIn: bigint): Pool {
  return { ...pool, reserveIn: pool.reserveIn + amountIn, reserveOut: pool.reserveOut - amountOut(pool, amountIn) };
}

/** The same pair in the other direction. */
export function reversed({ reserveIn, reserveOut, feeBps }: Pool): Pool {
  return { reserveIn: reserveOut, reserveOut: reserveIn, feeBps };
}

/** The largest whole number up to `max` for which `holds`, which holds from 0 on and then no more; by bisection. */
export function largestFor(max: bigint, holds: (value: bigint) => boolean): bigint {
  let low = 0n;
  let high = max;
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (holds(middle)) low = middle;
    else high = middle - 1n;
  }
  return low;
}

/** One in the pair's prices, which have 112 bits after the point. */
export const Q112 = 1n << 112n;
/** The price of a pool as the pair counts it. */
export const priceQ = ({ reserveIn, reserveOut }: Pool): bigint => (reserveOut * Q112) / reserveIn;

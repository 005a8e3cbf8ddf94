import { BPS, MAX_WORD } from "../units/numbers.ts";

/** What a Uniswap v2 pair gives for an input, as the pair itself computes it, and the inverse of that (`PairMath`). */

/** A pair in one direction [wei of its tokens]. */
export interface PairReserves {
  reserveIn: bigint;
  reserveOut: bigint;
}

/**
 * What a pair gives for an input [wei of the output token], rounded down.
 * @param feeBps Fee of the pair [bps].
 */
export function pairOut(amountIn: bigint, { reserveIn, reserveOut }: PairReserves, feeBps: bigint): bigint {
  const afterFee = amountIn * (BPS - feeBps);
  return (afterFee * reserveOut) / (reserveIn * BPS + afterFee);
}

/**
 * The largest input for which a pair gives at most `maxOut` [wei of the input token], rounded down. If the pair holds no
 * more than that, every input does; then it is the largest number.
 * @param feeBps Fee of the pair [bps].
 */
export function pairInFor(maxOut: bigint, { reserveIn, reserveOut }: PairReserves, feeBps: bigint): bigint {
  if (maxOut >= reserveOut) return MAX_WORD;
  return (reserveIn * maxOut * BPS) / ((reserveOut - maxOut) * (BPS - feeBps));
}

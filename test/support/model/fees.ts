import type Fraction from "fraction.js";

import { ceil, floor, ratio } from "./rational.ts";
import { BPS, WAD } from "../units.ts";

/** How the fee of a sale falls (section 3.10). */
export interface FeeTerms {
  /** Creator and protocol fee together [bps]. */
  baseBps: bigint;
  /** Total fee at the first moment [bps]. */
  startBps: bigint;
  /** How long it falls [s]. */
  window: bigint;
}

/** The total rate `elapsed` seconds after the sale began: a straight line from the start to the base (section 3.10). */
export function idealRate({ baseBps, startBps, window }: FeeTerms, elapsed: bigint): Fraction {
  if (elapsed >= window) return ratio(baseBps, BPS);
  return ratio(startBps, BPS).sub(ratio(startBps - baseBps, BPS).mul(ratio(elapsed, window)));
}

/** The rate as it is charged: in WAD, rounded up. */
export function rateWad(terms: FeeTerms, elapsed: bigint): bigint {
  return ceil(idealRate(terms, elapsed).mul(ratio(WAD)));
}

/** What of a payment reaches the curve [FLOCK wei]: gross (1 - rate), rounded down because the fee rounds up. */
export function netOf(gross: bigint, rate: bigint): bigint {
  return floor(ratio(gross).mul(ratio(WAD - rate, WAD)));
}

/** The fee in a payment [FLOCK wei], rounded up. */
export function feeOn(gross: bigint, rate: bigint): bigint {
  return gross - netOf(gross, rate);
}

/** The payment that is asked for `net` [FLOCK wei]: net / (1 - rate), rounded up. */
export function grossFor(net: bigint, rate: bigint): bigint {
  return ceil(ratio(net).div(ratio(WAD - rate, WAD)));
}

/** How the fees of all purchases so far divide (section 3.2): the creator's part rounds down, the protocol has the rest. */
export function splitFees(gross: bigint, raised: bigint, creatorBps: bigint) {
  const creator = floor(ratio(gross).mul(ratio(creatorBps, BPS)));
  return { creator, protocol: gross - raised - creator };
}

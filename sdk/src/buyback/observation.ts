import type { PairReserves } from "./pair.ts";

/** Time-weighted prices of a pair, from two observations, as the buyback works them out (`PriceObservation`, decision 19). */

/** How old the last observation must be before the next one is made [s]. */
export const OBSERVATION_AGE = 1_800n;
/** The longest time that an average may cover for anything to be bought at it [s]. */
const MAX_SPAN = 7_200n;

/** The number 1 in UQ112.112. */
const Q112 = 1n << 112n;
/** Cumulative prices wrap around here. */
const WORD = 1n << 256n;

/** What is known of a pair in one direction. */
export interface Observation {
  /** When it was observed last [s]; 0 if never. */
  observedAt: bigint;
  /** Since when its average price runs [s]; 0 if there is none yet. */
  averageSince: bigint;
  /** The input reserve that was noted last [wei of the input token]. */
  notedReserve: bigint;
  /** The pair's cumulative price at `averageSince` [UQ112.112 · s, wraps]. */
  olderCumulative: bigint;
}

/** A Uniswap v2 pair in one direction: `getReserves` of the pair, and its cumulative price of the input. */
export interface PairState extends PairReserves {
  /** The cumulative price as of its last change [UQ112.112 · s, wraps]. */
  cumulativeLast: bigint;
  /** When it changed last [s, modulo 2^32]. */
  touchedAt: bigint;
}

/** When the next observation is due [s]; `time` itself if the pair was never observed. */
export const observationDueAt = ({ observedAt }: Pick<Observation, "observedAt">, time: bigint): bigint =>
  observedAt === 0n ? time : observedAt + OBSERVATION_AGE;

/** Whether something can be bought at the average at a time [s]. */
export const isUsable = ({ averageSince }: Pick<Observation, "averageSince">, time: bigint): boolean =>
  averageSince !== 0n && time <= averageSince + MAX_SPAN;

/** Seconds since a pair changed last; it keeps time modulo 2^32. */
const sinceTouched = ({ touchedAt }: Pick<PairState, "touchedAt">, time: bigint): bigint =>
  BigInt.asUintN(32, time - touchedAt);

/** Whether a pair has changed in the very second: then a tighter bound holds. */
export const isTouched = (pair: Pick<PairState, "touchedAt">, time: bigint): boolean => sinceTouched(pair, time) === 0n;

/** The cumulative price of a pair at a time: as of its last change, and the time since then at the present reserves. */
function cumulativeAt(pair: PairState, time: bigint): bigint {
  const { reserveIn, reserveOut, cumulativeLast } = pair;
  const price = reserveIn === 0n ? 0n : (reserveOut * Q112) / reserveIn;
  return (cumulativeLast + price * sinceTouched(pair, time)) % WORD;
}

/**
 * What an input is worth at the average price since the older observation [wei of the output token], rounded down. Ask
 * only if `isUsable`.
 */
export function worthAt(observation: Observation, pair: PairState, amountIn: bigint, time: bigint): bigint {
  const change = BigInt.asUintN(256, cumulativeAt(pair, time) - observation.olderCumulative);
  return ((change / (time - observation.averageSince)) * amountIn) / Q112;
}

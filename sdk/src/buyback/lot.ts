import type { Address } from "../codec/hex.ts";
import { ZERO_ADDRESS } from "../codec/address.ts";
import { WAITS, nameOf } from "../names/enums.ts";
import { BPS, MAX_WORD, larger, smaller } from "../units/numbers.ts";
import { emptyAt, roomAt } from "./bucket.ts";
import type { Bucket, BucketTerms } from "./bucket.ts";
import { isTouched, isUsable, observationDueAt, worthAt } from "./observation.ts";
import type { Observation, PairState } from "./observation.ts";
import { pairInFor, pairOut } from "./pair.ts";

/** Why nothing can be bought now, or `none`; `WAIT_WORDS` says it in words. */
export type Wait = (typeof WAITS)[number];

/** What can be bought now. */
export interface Lot {
  wait: Wait;
  /** The pair that is the reason; the zero address if no pair is. */
  pair: Address;
  /** What waits to be spent [USDC units or FLOCK wei]. */
  credit: bigint;
  /** What the lot spends of it [USDC units or FLOCK wei]. */
  amountIn: bigint;
  /** What it buys [FLOCK wei or MT wei]. */
  amountOut: bigint;
  /** The smallest amount that it may buy, by the protocol's own bound [FLOCK wei or MT wei]. */
  amountOutMin: bigint;
  /**
   * When to try again [s]. After a lot: when all buckets will be empty. With `bucketEmpty`: when the buckets up to the one
   * that is the reason will be empty. With `noObservation`: when the next observation is due. With `paused`: when the
   * pause ends. Otherwise 0, which means in a later block.
   */
  nextAt: bigint;
}

/**
 * One pair on the way of a lot, in the direction of the trade. From the pair: `token0` decides the direction,
 * `getReserves` has reserves and `touchedAt`, `price0CumulativeLast` or `price1CumulativeLast` is `cumulativeLast`, that
 * of the input token. From the buyback: `observationOf(pair, tokenIn)` and `bucketOf(pair, tokenIn)`. No view has
 * `olderCumulative`: it stands in the last `Poked` event of the pair and the input token.
 */
export interface LotHop {
  pair: Address;
  /** The smallest input reserve with which it is used [wei of its input token]. */
  minReserve: bigint;
  state: PairState;
  observation: Observation;
  bucket: Bucket;
}

/** What a lot is planned from. `flockOrder` and `mtOrder` say which settings hold for which step. */
export interface LotOrder {
  /** The pairs on its way, at most three. */
  hops: readonly LotHop[];
  /** What waits to be spent [wei of the first input token]. */
  credit: bigint;
  /** Until when buybacks are paused [s]: `buybacksPausedUntil`; 0 if they are not. */
  pausedUntil: bigint;
  /** Fee of the DEX's pairs [bps]: `PAIR_FEE_BPS`. */
  pairFeeBps: bigint;
  /** Capacity of the buckets [bps of an input reserve]. */
  bucketBps: bigint;
  /** The smallest output of a pair that nobody has touched [bps of what its average price gives]. */
  bandBps: bigint;
  /** How long a full bucket takes to empty [s]. */
  refillDuration: bigint;
}

/** The band in a second in which a pair was touched [bps]. */
const TOUCHED_BAND_BPS = 9_940n;

/**
 * The lot that can be bought at a time, as the buyback plans it: the largest input that the credit covers and with which
 * no pair passes its bucket, and what each pair gives for it.
 * @param time Of the block in which it is bought [s]: that of the reading, or a later one if no pair is traded, observed
 * or filled in between.
 */
export function planLot(order: LotOrder, time: bigint): Lot {
  const { hops, credit, pausedUntil, pairFeeBps } = order;
  const lot: Lot = {
    ...{ wait: "none", pair: ZERO_ADDRESS, credit },
    ...{ amountIn: 0n, amountOut: 0n, amountOutMin: 0n, nextAt: 0n },
  };
  if (time < pausedUntil) return { ...lot, wait: "paused", nextAt: pausedUntil };
  if (hops.length === 0) return { ...lot, wait: "noRoute" };
  if (credit === 0n) return { ...lot, wait: "noCredit" };

  let max = MAX_WORD;
  for (const { pair, minReserve, state, observation, bucket } of hops.toReversed()) {
    const { reserveIn } = state;
    if (reserveIn < minReserve || reserveIn === 0n) return { ...lot, wait: "shallowPool", pair, nextAt: 0n };
    if (!isUsable(observation, time)) {
      return { ...lot, wait: "noObservation", pair, nextAt: observationDueAt(observation, time) };
    }
    const terms = bucketTermsOf(order, reserveIn, observation);
    lot.nextAt = larger(lot.nextAt, emptyAt(bucket, terms, time));
    max = smaller(pairInFor(max, state, pairFeeBps), roomAt(bucket, terms, time));
    if (terms.capacity === 0n) return { ...lot, wait: "shallowPool", pair, nextAt: 0n };
    if (max === 0n) return { ...lot, wait: "bucketEmpty", pair };
  }
  lot.amountIn = smaller(credit, max);

  let amount = lot.amountIn;
  for (const hop of hops) {
    lot.amountOutMin = minOutOf(order, hop, amount, time);
    amount = pairOut(amount, hop.state, pairFeeBps);
    lot.amountOut = amount;
    if (amount === 0n || amount < lot.amountOutMin) return { ...lot, wait: "priceOff", pair: hop.pair, nextAt: 0n };
  }
  return lot;
}

/** The settings of the buyback: `buybackSettings`. */
export interface BuybackSettings {
  bucketBps: bigint;
  bandBps: bigint;
  /** [FLOCK wei] */
  modelMinReserve: bigint;
  /** [s] */
  routeRefillDuration: bigint;
  modelRefillDuration: bigint;
}

/** What is asked of every lot, beside its settings. */
export type LotCircumstances = Pick<LotOrder, "pausedUntil" | "pairFeeBps">;

/**
 * The order that spends the credit of a seat along the route.
 * @param hops The pairs of `routePairs`, in their order.
 * @param credit `creditOf` of the waterfall for the seat, or 0 if the buyback does not hold it [USDC units].
 */
export const flockOrder = (
  { bucketBps, bandBps, routeRefillDuration: refillDuration }: BuybackSettings,
  hops: readonly LotHop[],
  credit: bigint,
  circumstances: LotCircumstances,
): LotOrder => ({ ...circumstances, hops, credit, bucketBps, bandBps, refillDuration });

/**
 * The order that spends a model's FLOCK in its pool.
 * @param hop The model's pair, from FLOCK to its MT.
 * @param credit `flockOf` of the buyback [FLOCK wei].
 */
export const mtOrder = (
  { bucketBps, bandBps, modelMinReserve, modelRefillDuration: refillDuration }: BuybackSettings,
  hop: Omit<LotHop, "minReserve">,
  credit: bigint,
  circumstances: LotCircumstances,
): LotOrder => ({
  ...circumstances,
  ...{ hops: [{ ...hop, minReserve: modelMinReserve }], credit, bucketBps, bandBps, refillDuration },
});

/** A lot as the chain tells it, in `nextFlockLot`, `nextMtLot` and the lens's `dueOf`. */
export function lotOf(told: Omit<Lot, "wait" | "pair"> & { wait: bigint | number; pair: string }): Lot {
  const { credit, amountIn, amountOut, amountOutMin, nextAt } = told;
  return {
    ...{ credit, amountIn, amountOut, amountOutMin, nextAt },
    wait: nameOf(WAITS, BigInt(told.wait)),
    pair: told.pair as Address,
  };
}

/**
 * Whether a lot is worth its gas: a whole one, or all that waits. A part of a lot can be bought at any time. Before
 * graduation the lens tells a lot of zeros, which is none.
 * @param time The time of the chain [s].
 */
export const isWholeLot = (lot: Pick<Lot, "wait" | "amountIn" | "credit" | "nextAt">, time: bigint): boolean =>
  lot.wait === "none" && lot.amountIn !== 0n && (lot.amountIn === lot.credit || lot.nextAt <= time);

/**
 * The least that a lot may buy for a caller who accepts so much less than what it buys now [FLOCK wei or MT wei].
 * @param slippageBps [bps]
 */
export const leastOutOf = ({ amountOut }: Pick<Lot, "amountOut">, slippageBps: bigint): bigint =>
  (amountOut * (BPS - slippageBps)) / BPS;

function bucketTermsOf(order: LotOrder, reserveIn: bigint, { notedReserve }: Observation): BucketTerms {
  const capacity = (smaller(reserveIn, notedReserve) * order.bucketBps) / BPS;
  return { capacity, refillDuration: order.refillDuration };
}

/** The smallest amount that a pair may give: a band below its time-weighted price, rounded down. */
function minOutOf({ bandBps }: LotOrder, { state, observation }: LotHop, amountIn: bigint, time: bigint): bigint {
  const band = isTouched(state, time) ? TOUCHED_BAND_BPS : bandBps;
  return (worthAt(observation, state, amountIn, time) * band) / BPS;
}

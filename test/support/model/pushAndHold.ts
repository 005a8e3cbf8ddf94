import { afterTrade, amountOut, largestFor, reversed } from "./constantProduct.ts";
import type { Pool } from "./constantProduct.ts";
import { min } from "../bigints.ts";
import { DAY, HOUR } from "../time.ts";
import { BPS } from "../units.ts";

/** A push that is held while a whole backlog is bought. */
export interface Hold {
  /** The model's pool before it: FLOCK in, MT out. */
  pool: Pool;
  /** FLOCK that waits for the model's MT. */
  backlog: bigint;
  /** A lot [bps of the reserve]. */
  bucketBps: bigint;
  /** How long a bucket takes to empty [s]. */
  refill: bigint;
  /** Whether every lot is whole. On the chain a bucket that shrinks under sales still holds some of the lot before. */
  wholeLots: boolean;
  /** What the attacker buys MT for first [FLOCK wei]. */
  push: bigint;
  /** What all others sell while the price is above the one at which everything began [MT wei a day]. */
  soldADay: bigint;
  /** The attacker's share of the liquidity [bps]. */
  shareBps: bigint;
}

/** How it ends. */
export interface Held {
  /** What its two trades bring [FLOCK wei]. */
  traded: bigint;
  /**
   * What the attacker has more than if it had only watched [FLOCK wei, in ten-thousandths]: its trades, and its share of
   * what the pool holds, MT at the price at which everything began.
   */
  profit: bigint;
  /** How long it holds what it has bought [s]. */
  duration: bigint;
  /** What each lot spends [FLOCK wei]. */
  lots: bigint[];
  /** The pool in the end. */
  pool: Pool;
}

/** How long the average takes to follow a push: two observations, half an hour apart [s]. */
const AVERAGE_FOLLOWS = HOUR;

/** The attacker buys, waits until the backlog is spent lot by lot, and sells all. Exact, as pair and buyback compute it. */
export function pushAndHold(hold: Hold): Held {
  const { pool, push, shareBps } = hold;
  const bought = push === 0n ? 0n : amountOut(pool, push);
  const held = backlogSpent(hold, push === 0n ? pool : afterTrade(pool, push));
  const bid = reversed(held.pool);
  const back = bought === 0n ? 0n : amountOut(bid, bought);
  const left = bought === 0n ? bid : afterTrade(bid, bought);
  const watched = reversed(backlogSpent(hold, pool).pool);

  const worth = ({ reserveIn: mt, reserveOut: flock }: Pool) => flock + (mt * pool.reserveIn) / pool.reserveOut;
  const traded = back - push;
  const profit = traded * BPS + (worth(left) - worth(watched)) * shareBps;
  return { ...held, traded, profit, pool: reversed(left) };
}

/** How much others must sell a day so that a push does not pay any more [MT wei a day]. */
export const breakEven = (hold: Hold, max: bigint): bigint =>
  largestFor(max, (soldADay) => pushAndHold({ ...hold, soldADay }).profit >= 0n);

/** Buys the backlog: each refill, others sell first, then comes a lot at the reserve of then. */
function backlogSpent({ backlog, bucketBps, refill, wholeLots, soldADay, pool: fair }: Hold, begin: Pool) {
  let pool = begin;
  let left = backlog;
  let duration = AVERAGE_FOLLOWS;
  let level = 0n;
  const lots: bigint[] = [];
  while (left > 0n) {
    duration += refill;
    const sold = (soldADay * refill) / DAY;
    if (sold > 0n && pool.reserveIn * fair.reserveOut > fair.reserveIn * pool.reserveOut) {
      pool = reversed(afterTrade(reversed(pool), sold));
    }
    const capacity = (pool.reserveIn * bucketBps) / BPS;
    level = wholeLots || level < capacity ? 0n : level - capacity;
    const lot = min(left, capacity - level);
    level += lot;
    pool = afterTrade(pool, lot);
    left -= lot;
    lots.push(lot);
  }
  return { duration, lots, pool };
}

import { afterTrade, amountOut, largestFor, reversed } from "./constantProduct.ts";
import type { Pool } from "./constantProduct.ts";
import { BPS } from "../units.ts";

/** An attack on lots in one pool. */
export interface Attack {
  /** The pool as it stood at its average price. */
  pool: Pool;
  /** What the buyback puts in between the attacker's two trades, one after the other. */
  lots: readonly bigint[];
  /** The attacker's share of the liquidity [bps]. */
  shareBps: bigint;
}

/** How an attack ends. */
export interface Outcome {
  /**
   * What the attacker has more than if it had done nothing [wei of the input token, in ten-thousandths]: its trades, and
   * its share of what the pool holds, the output token at the price at which everything began.
   */
  profit: bigint;
  /** What the first lot bought. */
  lotOut: bigint;
}

/** The attacker buys for `push`, the lots buy, the attacker sells all of it. Exact, as the pair computes it. */
export function sandwich({ pool, lots, shareBps }: Attack, push: bigint): Outcome {
  const bought = amountOut(pool, push);
  const pushed = push === 0n ? pool : afterTrade(pool, push);
  const lotOut = amountOut(pushed, lots[0]!);
  const bid = reversed(lots.reduce(afterTrade, pushed));
  const back = amountOut(bid, bought);
  const attacked = bought === 0n ? bid : afterTrade(bid, bought);
  const untouched = lots.reduce(afterTrade, pool);

  // The attacker's share of each pool's worth, at the opening price; differences do not depend on how much it is.
  const worth = (input: bigint, output: bigint) => input + (output * pool.reserveIn) / pool.reserveOut;
  const gainOfPool = worth(attacked.reserveOut, attacked.reserveIn) - worth(untouched.reserveIn, untouched.reserveOut);
  return { profit: (back - push) * BPS + gainOfPool * shareBps, lotOut };
}

/** The largest push after which the first lot still buys `outMin`. */
export function largestPush(attack: Attack, outMin: bigint): bigint {
  return largestFor(attack.pool.reserveIn, (push) => sandwich(attack, push).lotOut >= outMin);
}

/** A size of the attacker's first trade and what the attack then brings, as in `Outcome`. */
export interface Push {
  push: bigint;
  profit: bigint;
}

/** The most profitable push up to `max`, by trying many sizes of every order of magnitude and then their neighbourhood. */
export function bestPush(attack: Attack, max: bigint): Push {
  const profitOf = (push: bigint): Push => ({ push, profit: sandwich(attack, push).profit });
  const better = (a: Push, b: Push) => (b.profit > a.profit ? b : a);
  const STEPS = 400n;
  const sizes = [];
  for (let step = 1n; step <= STEPS; ++step) sizes.push((max * step) / STEPS);
  for (let size = max; size > 0n; size /= 2n) sizes.push(size);
  let best = sizes
    .filter((size) => size > 0n)
    .map(profitOf)
    .reduce(better);
  for (let reach = max / STEPS; reach > 0n; reach /= 2n) {
    const near = [best.push - reach, best.push + reach].filter((size) => size > 0n && size <= max);
    best = near.map(profitOf).reduce(better, best);
  }
  return best;
}

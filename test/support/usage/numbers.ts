import { min } from "../bigints.ts";
import { VESTING_DURATION } from "../time.ts";
import { BPS, MILLION, WAD } from "../units.ts";

/**
 * What the whitepaper and the design ask of staking, metering and the waterfall, in plain bigint arithmetic: the expected
 * values of the tests. Nothing here is read from a contract.
 */

/** The discount of section 3.6: min(X', stake / circulating · M) [WAD], rounded down. */
export function discount(stake: bigint, circulating: bigint, multiplier = 2n, capBps = 3_000n): bigint {
  return circulating === 0n ? 0n : min((capBps * WAD) / BPS, (stake * multiplier * WAD) / circulating);
}

/** What has not vested of `total` `elapsed` seconds after graduation [MT wei]; what has vested is rounded down. */
export function unvested(total: bigint, elapsed: bigint): bigint {
  return elapsed >= VESTING_DURATION ? 0n : total - (total * elapsed) / VESTING_DURATION;
}

/** Cumulative or partial sums of usage. */
export interface Sums {
  units: bigint;
  list: bigint;
  paid: bigint;
}

/** What stands for `amount` of `due.paid`: paid exactly, units and list in proportion, rounded down. */
export function part(due: Sums, amount: bigint): Sums {
  return { units: (due.units * amount) / due.paid, list: (due.list * amount) / due.paid, paid: amount };
}

/** What a settlement divides into, and what the model owes after it [USDC units · 1e6] (section 3.5). */
export function waterfall(paid: bigint, units: bigint, computeCost: bigint, owedBefore = 0n) {
  const owed = owedBefore + units * computeCost;
  const opex = min(paid, owed / MILLION);
  const net = paid - opex;
  const flockBuyback = (net * 3n) / 10n;
  const treasury = (net * 3n) / 10n;
  const issuer = net / 10n;
  const mtBuyback = net - flockBuyback - treasury - issuer;
  return { opex, net, flockBuyback, treasury, issuer, mtBuyback, owed: owed - opex * MILLION };
}

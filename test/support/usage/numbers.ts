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

/** Compute cost of a row: what its units cost, but at most its payment divided by 1.1, rounded down (decision 44). */
export function opexOf(paid: bigint, units: bigint, computeCost: bigint): bigint {
  return min((units * computeCost) / MILLION, (paid * 10n) / 11n);
}

/** What is left of `amount` collected of a row, of which a part bears its part of the compute cost. */
export function netOf(due: Sums, amount: bigint, computeCost: bigint): bigint {
  const opex = opexOf(due.paid, due.units, computeCost);
  return amount - (amount === due.paid ? opex : (opex * amount) / due.paid);
}

/** What net revenue divides into (section 3.5). */
export function divide(net: bigint) {
  const flockBuyback = (net * 3n) / 10n;
  const treasury = (net * 3n) / 10n;
  const issuer = net / 10n;
  return { flockBuyback, treasury, issuer, mtBuyback: net - flockBuyback - treasury - issuer };
}

/** What a single row divides into. */
export function waterfall(paid: bigint, units: bigint, computeCost: bigint) {
  const opex = opexOf(paid, units, computeCost);
  return { opex, net: paid - opex, ...divide(paid - opex) };
}

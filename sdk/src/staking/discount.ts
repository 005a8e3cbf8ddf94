import { BPS, WAD, ceilDiv, rateOfBps, smaller } from "../units/numbers.ts";

/** The discount of section 3.6 as the contracts compute it (`Discount`): min(X', stake / circulating · M). */

/** X, the largest discount that the protocol allows, a constant [bps]. */
const MAX_DISCOUNT_BPS = 3_000n;

/** What is paid at least of a list spend [bps]. */
export const MIN_PAID_BPS = BPS - MAX_DISCOUNT_BPS;

/** How long a stake warms up before it counts [s]. */
export const WARM_UP = 86_400n;

/** How long after the last request a stake can be withdrawn [s]. */
export const COOLDOWN = 7n * 86_400n;

/** What decides a discount beside the stake: `circulatingSupply` and `discountSettings` of the staking contract. */
export interface DiscountTerms {
  /** [MT wei]; none before graduation. */
  circulating: bigint;
  /** M. */
  multiplier: bigint;
  /** X' [bps]. */
  capBps: bigint;
}

/** A stake as the staking contract keeps it; what is on its way out does not count. */
export interface StakeRecord {
  /** What counts [MT wei]. */
  active: bigint;
  /** What does not count yet [MT wei], and from when on it does [s]. */
  warming: bigint;
  warmAt: bigint;
}

/** What counts of a stake at a time [MT wei], if nothing is staked or asked back before. */
export const stakeThatCounts = ({ active, warming, warmAt }: StakeRecord, time: bigint): bigint =>
  time < warmAt ? active : active + warming;

/**
 * The discount of a stake [WAD], rounded down; none if nothing circulates.
 * @param stake What counts of it [MT wei].
 */
export function discountOf(stake: bigint, terms: DiscountTerms): bigint {
  const { circulating, multiplier, capBps } = terms;
  return circulating === 0n ? 0n : smaller(rateOfBps(capBps), (stake * multiplier * WAD) / circulating);
}

/**
 * The least stake that brings a discount [MT wei]; undefined if no stake does, because it is above the cap or because
 * nothing circulates.
 * @param discountWad [WAD]
 */
export function stakeForDiscount(discountWad: bigint, terms: DiscountTerms): bigint | undefined {
  if (discountWad <= 0n) return 0n;
  if (terms.circulating === 0n || discountWad > rateOfBps(terms.capBps)) return undefined;
  return ceilDiv(discountWad * terms.circulating, terms.multiplier * WAD);
}

/** The least stake that brings the largest discount [MT wei]. */
export const stakeForCap = ({ circulating, capBps, multiplier }: DiscountTerms): bigint =>
  ceilDiv(circulating * capBps, BPS * multiplier);

/** What is paid for a list spend at a discount [USDC units], rounded up: what enters the protocol does. */
export const paidAt = (list: bigint, discountWad: bigint): bigint => ceilDiv(list * (WAD - discountWad), WAD);

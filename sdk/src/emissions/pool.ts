import { WAD, ceilDiv, smaller } from "../units/numbers.ts";

/**
 * What the pool of a model gets in one epoch, and what one user earns of it, as the contracts compute it (section 3.8;
 * `RewardPool`, decisions 21 and 49).
 */

/** Pools and epochs give out at most the allowance divided by this. */
export const ALLOWANCE_DIVISOR = 2n;

/** What there is for a pool when its epoch is closed, and what bounds it. */
export interface PoolSources {
  /** What has vested of the staking fund and was not released [FLOCK wei]. */
  fund: bigint;
  /** What has vested of the incentive reserve and was not released [MT wei]. */
  reserve: bigint;
  /** The users' part of emissions, carried and new [FLOCK wei]. */
  emission: bigint;
  /** What the net revenue of eligible use can earn at the cap [FLOCK wei]. */
  allowance: bigint;
  /** What MT counts for [WAD, FLOCK per MT]; above zero. */
  price: bigint;
}

/** What is released into a pool: FLOCK of the fund, MT of the reserve, FLOCK of emissions [wei]. */
export type PoolRelease = Pick<PoolSources, "fund" | "reserve" | "emission">;

/** The pool of a model in an epoch: `poolOf` of the emission distributor, or `closeEpoch`. */
export interface RewardPool {
  /** [FLOCK wei] */
  flock: bigint;
  /** [MT wei] */
  mt: bigint;
  /** All eligible weight [USDC units]; zero if there was none. */
  weight: bigint;
  /** What MT counts for [WAD, FLOCK per MT]. */
  price: bigint;
  /** The most that one USDC of net revenue can earn [WAD, FLOCK per USDC]. */
  cap: bigint;
}

/** A user's eligible use of a model in one epoch: `weightOf` of the emission distributor. */
export interface OwnUse {
  /** [USDC units] */
  weight: bigint;
  /** Net revenue of the same use [USDC units]. */
  net: bigint;
}

/** FLOCK and MT of a user [wei]. */
export interface Reward {
  flock: bigint;
  mt: bigint;
}

/**
 * The most that net revenue can earn at a cap [FLOCK wei], rounded down.
 * @param net [USDC units]
 * @param cap [WAD, FLOCK per USDC]
 */
export const allowanceOf = (net: bigint, cap: bigint, usdcDecimals: number): bigint =>
  (net * cap) / 10n ** BigInt(usdcDecimals);

/** What MT counts for at a price [FLOCK wei], rounded up. */
export const worthOf = (mt: bigint, price: bigint): bigint => ceilDiv(mt * price, WAD);

/**
 * What the sources release into a pool: together worth at most half of the allowance, the model's own money first. All
 * round down, and what MT counts for rounds up. What is not released waits.
 */
export function releaseOf({ fund, reserve, emission, allowance, price }: PoolSources): PoolRelease {
  const most = allowance / ALLOWANCE_DIVISOR;
  const ofFund = smaller(fund, most);
  const ofReserve = smaller(reserve, ((most - ofFund) * WAD) / price);
  const left = most - ofFund - worthOf(ofReserve, price);
  return { fund: ofFund, reserve: ofReserve, emission: smaller(emission, left) };
}

/**
 * A user's reward of an epoch: its part of the pool by weight, but worth at most what its own net revenue can earn at the
 * cap. FLOCK and MT are cut alike, everything rounds down.
 * @returns The reward, and what the cap has cut from the part by weight.
 */
export function rewardOf(pool: RewardPool, { weight, net }: OwnUse, usdcDecimals: number): Reward & { cut: Reward } {
  if (pool.weight === 0n) return { flock: 0n, mt: 0n, cut: { flock: 0n, mt: 0n } };
  const [flock, mt] = [(pool.flock * weight) / pool.weight, (pool.mt * weight) / pool.weight];
  const worth = flock + worthOf(mt, pool.price);
  const max = allowanceOf(net, pool.cap, usdcDecimals);
  const kept = (part: bigint) => (worth <= max ? part : (part * max) / worth);
  const [flockKept, mtKept] = [kept(flock), kept(mt)];
  return { flock: flockKept, mt: mtKept, cut: { flock: flock - flockKept, mt: mt - mtKept } };
}

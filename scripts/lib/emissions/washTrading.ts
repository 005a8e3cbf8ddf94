import { BPS, WAD } from "../command/amounts.ts";
import { MIN_PAID_BPS } from "../staking/discount.ts";

/**
 * When washing one's own usage pays: docs/wash-trading.md. It is excluded while
 * (0.1 + k · (1 + MT price / opening price)) · cap · FLOCK price < 0.6 USD,
 * where k is 1 for somebody who uses a model alone, and beside others how much more a unit of the washer's net revenue
 * weighs than one of theirs.
 */

/** The issuer's bonus for each FLOCK of the cap [WAD]. */
const BONUS_PART = WAD / 10n;
/** What washing costs for each USDC of net revenue [USD, WAD]. */
const COST = (6n * WAD) / 10n;

/** The weight of a unit of net revenue, against that of the others, of somebody who uses a model alone [WAD]. */
export const ALONE = WAD;

/**
 * The maximum that a unit of a washer's net revenue can weigh against one of others, whose revenue is at best all net
 * [WAD], rounded up: it lists at the price floor, pays with the largest discount, and pays the compute cost.
 * @param minimumPrice Price floor of the model [USDC units per million units].
 * @param computeCost Its compute cost [USDC units per million units].
 */
export function maxWeight(minimumPrice: bigint, computeCost: bigint): bigint {
  const netBps = MIN_PAID_BPS * minimumPrice - computeCost * BPS; // above zero: the floor is 1.1 times the cost
  return (BPS * minimumPrice * WAD + netBps - 1n) / netBps;
}

/** A model's price against its opening price [WAD], rounded up, because a higher one needs a lower cap. */
export function priceRatio(priceWad: bigint, openingPriceWad: bigint): bigint {
  return (priceWad * WAD + openingPriceWad - 1n) / openingPriceWad;
}

/** What one USDC of net revenue can earn a washer at most [USD, WAD], rounded up. */
export function washGain(ratioWad: bigint, weightWad: bigint, cap: bigint, flockPriceWad: bigint): bigint {
  return (partOf(ratioWad, weightWad) * cap * flockPriceWad + WAD * WAD - 1n) / (WAD * WAD);
}

/** Whether washing is excluded, exactly. */
export function isSafe(ratioWad: bigint, weightWad: bigint, cap: bigint, flockPriceWad: bigint): boolean {
  return partOf(ratioWad, weightWad) * cap * flockPriceWad < COST * WAD * WAD;
}

/** The largest whole cap at which washing is excluded [FLOCK per USDC]. */
export function largestSafeCap(ratioWad: bigint, weightWad: bigint, flockPriceWad: bigint): bigint {
  return (COST * WAD * WAD - 1n) / (partOf(ratioWad, weightWad) * flockPriceWad);
}

/** What a washer can earn for each FLOCK of the cap [WAD · WAD]. */
const partOf = (ratioWad: bigint, weightWad: bigint) => BONUS_PART * WAD + weightWad * (WAD + ratioWad);

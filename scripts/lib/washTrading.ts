import { WAD } from "./amounts.ts";

/**
 * When washing one's own usage pays: docs/wash-trading.md. It is excluded while
 * (1.1 + MT price / opening price) · cap · FLOCK price < 0.6 USD.
 */

/** What a washer can earn for each FLOCK of the cap beside the reserve: users' part and issuer's bonus [WAD]. */
const FLOCK_PART = (11n * WAD) / 10n;
/** What washing costs for each USDC of net revenue [USD, WAD]. */
const COST = (6n * WAD) / 10n;

/** A model's price against its opening price [WAD], rounded up, because a higher one needs a lower cap. */
export function priceRatio(priceWad: bigint, openingPriceWad: bigint): bigint {
  return (priceWad * WAD + openingPriceWad - 1n) / openingPriceWad;
}

/** What one USDC of net revenue can earn a washer at most [USD, WAD], rounded up. */
export function washGain(ratioWad: bigint, cap: bigint, flockPriceWad: bigint): bigint {
  return ((FLOCK_PART + ratioWad) * cap * flockPriceWad + WAD - 1n) / WAD;
}

/** Whether washing is excluded, exactly. */
export function isSafe(ratioWad: bigint, cap: bigint, flockPriceWad: bigint): boolean {
  return (FLOCK_PART + ratioWad) * cap * flockPriceWad < COST * WAD;
}

/** The largest whole cap at which washing is excluded [FLOCK per USDC]. */
export function largestSafeCap(ratioWad: bigint, flockPriceWad: bigint): bigint {
  return (COST * WAD - 1n) / ((FLOCK_PART + ratioWad) * flockPriceWad);
}

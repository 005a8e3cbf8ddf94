import { WAD, ceilDiv } from "../units/numbers.ts";

/**
 * When washing one's own usage pays: docs/wash-trading.md. A user earns at most the cap for each USDC of its own net
 * revenue, FLOCK and MT together, and the issuer a tenth of what the model emits, which is at most half of the cap. So
 * washing is excluded while 1.05 · cap · FLOCK price is below what is lost for each USDC of net revenue.
 */

/** Who washes, and what it loses for each USDC of net revenue [USD, WAD]. */
export const WASH_CIRCLES = [
  // The user with the issuer's seat, its provider and all MT: what the treasury and the FLOCK buyback get is lost.
  { name: "outsiders", costWad: (6n * WAD) / 10n },
  // With the treasury, too: what buys back FLOCK is lost.
  { name: "insiders", costWad: (3n * WAD) / 10n },
] as const;

/** What the user and the issuer can earn for the cap: 1 + 0.1 / 2 [percent of the cap]. */
const EARNED_PERCENT = 105n;
const PERCENT = 100n;

/** What one USDC of net revenue can earn a circle at most [USD, WAD], rounded up. */
export function washGain(cap: bigint, flockPriceWad: bigint): bigint {
  return ceilDiv(cap * EARNED_PERCENT * flockPriceWad, PERCENT * WAD);
}

/** Whether washing is excluded for a circle, exactly. */
export function isWashingExcluded(cap: bigint, costWad: bigint, flockPriceWad: bigint): boolean {
  return cap * EARNED_PERCENT * flockPriceWad < costWad * PERCENT * WAD;
}

/** The largest cap at which washing is excluded for a circle [WAD, FLOCK per USDC], rounded down. */
export function largestSafeCap(costWad: bigint, flockPriceWad: bigint): bigint {
  return (costWad * WAD * PERCENT - 1n) / (EARNED_PERCENT * flockPriceWad);
}

/** What was promised, in gas. "First" means storage that this user has not touched before. */
export const BUDGETS = {
  launch: 310_000n,
  firstBuy: 82_000n,
  repeatBuy: 65_000n,
  claim: 65_000n,
  launchAndGraduation: 4_500_000n,
  firstRelease: 75_000n,
  repeatRelease: 55_000n,
} as const;

/** The largest contract that Ethereum takes (EIP-170) [bytes]. */
export const LARGEST_CONTRACT = 24_576n;

/**
 * By how much a purchase may differ in a crowd: nothing it does depends on how many others there are, but the arithmetic
 * of another sum takes another path through 512-bit division [gas].
 */
export const CROWD_TOLERANCE = 200n;

/** What was promised, in gas. "First" means storage that this user has not touched before. */
export const BUDGETS = {
  launch: 310_000n,
  firstBuy: 82_000n,
  repeatBuy: 65_000n,
  claim: 65_000n,
  expectToken: 6_000n,
  launchAndGraduation: 4_500_000n,
  firstRelease: 75_000n,
  repeatRelease: 55_000n,
  firstStake: 95_000n,
  repeatStake: 70_000n,
  ownVoucher: 30_000n,
  keyVoucher: 34_500n,
  voucherWithRewards: 39_900n,
  firstVoucherOfDay: 48_300n,
  buybackLot: 150_000n,
  furtherPair: 75_000n,
  rewardClaim: 95_000n,
  rewardClaimWithRoll: 190_000n,
} as const;

/** The largest contract that we deploy [bytes]. A chain takes 24,576 (EIP-170); what remains is for changes to come. */
export const LARGEST_CONTRACT = 21_000n;

/**
 * By how much a call may differ in a crowd or after a long time: nothing it does depends on how many others there are,
 * but the arithmetic of another sum takes another path through 512-bit division [gas].
 */
export const CROWD_TOLERANCE = 200n;

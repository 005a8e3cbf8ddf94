/**
 * Vesting as the vault computes it (`LinearVesting`): linear, without a cliff, over 180 days from graduation (sections
 * 3.2 and 3.4). The vault's `recordOf` tells when a model graduated, its `allocationOf` what a share is; the lens has both
 * in `pool.graduatedAt` and `pool.shares`.
 */

/** Time from graduation until everything has vested [s]. */
export const VESTING_DURATION = 180n * 86_400n;

/** One share that vests. */
export interface VestingShare {
  /** The whole share [wei of its token]. */
  total: bigint;
  /** What has left the vault of it [wei of its token]. */
  released: bigint;
}

/**
 * What has vested of a share at a time [wei of its token], rounded down; nothing before graduation.
 * @param graduatedAt [s]
 * @param time [s]
 */
export function vestedAt(total: bigint, graduatedAt: bigint, time: bigint): bigint {
  const elapsed = time - graduatedAt;
  if (elapsed <= 0n) return 0n;
  return elapsed < VESTING_DURATION ? (total * elapsed) / VESTING_DURATION : total;
}

/** What can be released of a share at a time if nothing is released before [wei of its token]. */
export const releasableAt = ({ total, released }: VestingShare, graduatedAt: bigint, time: bigint): bigint =>
  vestedAt(total, graduatedAt, time) - released;

/**
 * MT of a model that have not vested at a time [MT wei].
 * @param totals The whole shares in MT: of the issuer, of the treasury, and the incentive reserve [MT wei].
 */
export function unvestedAt(totals: readonly bigint[], graduatedAt: bigint, time: bigint): bigint {
  const total = totals.reduce((sum, one) => sum + one, 0n);
  return total - vestedAt(total, graduatedAt, time);
}

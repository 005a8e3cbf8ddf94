import { vestedAt } from "../vesting/vesting.ts";
import { endOfEpoch } from "./epochs.ts";
import { allowanceOf, releaseOf } from "./pool.ts";
import type { PoolRelease, RewardPool } from "./pool.ts";
import { shareOf } from "./score.ts";

/** A model whose epoch is open: `modelRewardsOf` of the emission distributor. */
export interface OpenModel {
  /** The epoch that is not closed yet; 0 if none is open. */
  openEpoch: bigint;
  /** The epoch of the last sweep, from the first one of which on fund and reserve release nothing; 0 if there was none. */
  sweptEpoch: bigint;
  /** [USDC units · 180ths] */
  openScore: bigint;
  /** [USDC units] */
  openWeight: bigint;
  /** [USDC units] */
  openNet: bigint;
  /** [WAD, FLOCK per MT] */
  openPrice: bigint;
  /** [WAD, FLOCK per USDC] */
  openCap: bigint;
  /** [FLOCK wei] */
  carriedEmission: bigint;
  releasedFund: bigint;
  /** [MT wei] */
  releasedReserve: bigint;
}

/** What closing an epoch also depends on. */
export interface EpochContext {
  /** All models in that epoch: `epochTotalsOf(openEpoch)` of the emission distributor. */
  totals: { emission: bigint; totalScore: bigint };
  /** When the model graduated [s]: `recordOf` of the vault. */
  graduatedAt: bigint;
  /** The whole staking fund [FLOCK wei] and incentive reserve [MT wei]: `allocationOf` of the vault. */
  fund: bigint;
  reserve: bigint;
  usdcDecimals: number;
}

/** What closing an epoch comes to. */
export interface ClosedEpoch {
  /** The model's part of the epoch's emission [FLOCK wei], and the issuer's tenth of it. */
  share: bigint;
  bonus: bigint;
  /** What the three sources release into the pool [wei]. */
  released: PoolRelease;
  /** The pool; without any weight if there was no eligible use. */
  pool: RewardPool;
  /** The users' part of emissions that waits for later [FLOCK wei]. */
  carriedEmission: bigint;
}

/**
 * What closing the open epoch of a model comes to, as the contract computes it with the first touch after its end. Once
 * the epoch is over it does not change any more; before, it says what would come of it if nothing more were used.
 */
export function closeEpoch(model: OpenModel, context: EpochContext): ClosedEpoch {
  const { totals, graduatedAt, fund, reserve, usdcDecimals } = context;
  const { share, bonus } = shareOf(totals.emission, model.openScore, totals.totalScore);
  const emission = model.carriedEmission + share - bonus;
  const vested = (total: bigint, released: bigint) =>
    model.sweptEpoch === 0n ? vestedAt(total, graduatedAt, endOfEpoch(model.openEpoch)) - released : 0n;
  const released: PoolRelease =
    model.openWeight === 0n
      ? { fund: 0n, reserve: 0n, emission: 0n }
      : releaseOf({
          fund: vested(fund, model.releasedFund),
          reserve: vested(reserve, model.releasedReserve),
          emission,
          allowance: allowanceOf(model.openNet, model.openCap, usdcDecimals),
          price: model.openPrice,
        });
  return {
    ...{ share, bonus, released },
    pool: {
      flock: released.fund + released.emission,
      mt: released.reserve,
      weight: model.openWeight,
      price: model.openPrice,
      cap: model.openCap,
    },
    carriedEmission: emission - released.emission,
  };
}

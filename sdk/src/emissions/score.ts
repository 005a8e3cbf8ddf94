import { BPS, WAD, larger, smaller } from "../units/numbers.ts";
import { ALLOWANCE_DIVISOR, allowanceOf } from "./pool.ts";

/** Deployment Scores, and what an epoch emits, as the contracts compute them (section 3.7; `DeploymentScore`). */

/** The age factor of a model on its first day [180ths]. */
export const MAX_AGE_FACTOR = 180n;
/** The smallest age factor: 20% [180ths]. */
const MIN_AGE_FACTOR = 36n;
/** The issuer's part of a model's emission [bps]. */
const ISSUER_BONUS_BPS = 1_000n;

/**
 * The age factor in `epoch` of a model that went live in `liveEpoch` [180ths]: max(0.2, 1 - t / 180), where t counts days.
 * A score is net revenue times this, so nothing is rounded.
 */
export const ageFactor = (liveEpoch: bigint, epoch: bigint): bigint =>
  larger(MIN_AGE_FACTOR, MAX_AGE_FACTOR - (epoch - liveEpoch));

/** The age factor of section 3.7 [WAD], rounded down. */
export const ageFactorWad = (liveEpoch: bigint, epoch: bigint): bigint =>
  (ageFactor(liveEpoch, epoch) * WAD) / MAX_AGE_FACTOR;

/** A model's part of an emission [FLOCK wei], rounded down, and the issuer's tenth of that. */
export function shareOf(emission: bigint, score: bigint, totalScore: bigint): { share: bigint; bonus: bigint } {
  const share = totalScore === 0n ? 0n : (emission * score) / totalScore;
  return { share, bonus: (share * ISSUER_BONUS_BPS) / BPS };
}

/**
 * What an epoch wants to emit at the scores that have come in [FLOCK wei], rounded down: the daily rate, but at most half
 * of what the net revenue behind the scores can earn at full age. The budget may hold less; it never falls.
 * @param totalScore Sum of all scores [USDC units · 180ths].
 * @param cap The cap of the epoch [WAD, FLOCK per USDC].
 * @param dailyRate [FLOCK wei]
 */
export const emissionFor = (totalScore: bigint, cap: bigint, dailyRate: bigint, usdcDecimals: number): bigint =>
  smaller(dailyRate, allowanceOf(totalScore, cap, usdcDecimals) / (MAX_AGE_FACTOR * ALLOWANCE_DIVISOR));

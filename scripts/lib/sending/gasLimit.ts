import { EPOCH_DURATION } from "../../../sdk/src/emissions/epochs.ts";
import { ceilDiv } from "../../../sdk/src/units/numbers.ts";

/** The largest gas limit of a transaction that every chain of the protocol takes (EIP-7825) [gas]. */
export const MAX_GAS = 2n ** 24n;

/** Before midnight by so much, a transaction may be executed after it [s]: it waits for half an hour at most. */
const NIGHTFALL = 1_800n;

/**
 * By how much more than its estimate a transaction may take, as it may when the day changes before it is executed: whoever
 * comes first in a day closes the one before, for a model and for each of its users.
 */
const OVERNIGHT = 6n;

/**
 * The gas limit of a transaction: a tenth above its estimate, because state may change until it is executed; shortly before
 * midnight, as much as a new day may ask, so far as one transaction may have that. What is not used is not paid.
 * @param estimated [gas]
 * @param time Time of the next block [s].
 */
export function gasLimitOf(estimated: bigint, time: bigint): bigint {
  const usual = ceilDiv(estimated * 11n, 10n);
  if (EPOCH_DURATION - (time % EPOCH_DURATION) > NIGHTFALL) return usual;
  const overnight = estimated * OVERNIGHT;
  return overnight < MAX_GAS ? overnight : usual > MAX_GAS ? usual : MAX_GAS;
}

/** The gas that a batch may be estimated at, so that its limit stays within `maxGas` [gas]. */
export function largestEstimate(maxGas: bigint, time: bigint): bigint {
  return EPOCH_DURATION - (time % EPOCH_DURATION) > NIGHTFALL ? (maxGas * 10n) / 11n : maxGas / OVERNIGHT;
}

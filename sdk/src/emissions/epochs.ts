/** One epoch [s]: a UTC day. */
export const EPOCH_DURATION = 86_400n;

/** The epoch of a moment [s]. */
export const epochAt = (time: bigint) => time / EPOCH_DURATION;

/** The first moment after an epoch [s]. */
export const endOfEpoch = (epoch: bigint) => (epoch + 1n) * EPOCH_DURATION;

/** The UTC day of an epoch. */
export const dayOf = (epoch: bigint) => new Date(Number(epoch * EPOCH_DURATION) * 1000).toISOString().slice(0, 10);

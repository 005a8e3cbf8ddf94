import { networkHelpers } from "./fixtures.ts";

/** The moment of the newest block [s]. */
export const now = async () => BigInt(await networkHelpers.time.latest());

/** Puts the next block at exactly `time` [s]. */
export const at = (time: bigint) => networkHelpers.time.setNextBlockTimestamp(time);

/** Waits until the newest block is at `time` [s]. */
export const until = (time: bigint) => networkHelpers.time.increaseTo(time);

/** What is known of the clock of raises, which stands still while purchases are paused. */
export interface ClockReading {
  /** Wall time of the block in which a raise was read [s]: its `block.timestamp`. */
  readAt: bigint;
  /**
   * Until when purchases are paused, read in the same block [s]: `buysPausedUntil` of the offering. Zero, or left out, if
   * they are not.
   */
  pausedUntil?: bigint;
}

/**
 * With which time the times of a `RaiseView` are to be compared at a later wall time [s]. They are wall times too, but
 * while a pause lasts they lie as if it ended at once; it moves on what has not come yet. It is assumed that no pause
 * begins after the reading, and that one that is running is not ended early.
 */
export function viewTimeAt({ readAt, pausedUntil = 0n }: ClockReading, time: bigint): bigint {
  if (pausedUntil <= readAt) return time;
  return time < pausedUntil ? readAt : time - (pausedUntil - readAt);
}

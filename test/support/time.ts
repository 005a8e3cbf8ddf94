/** Seconds, as the chain counts them. The durations are the design's; none is read from a contract. */

/** [s] */
export const MINUTE = 60n;
/** [s] */
export const HOUR = 60n * MINUTE;
/** [s] */
export const DAY = 24n * HOUR;

/** A deadline that no test reaches [s]. */
export const NO_DEADLINE = 2n ** 40n;

/** The longest pause [s]. */
export const MAX_PAUSE_DURATION = 7n * DAY;
/** The shortest time from the end of a pause to the beginning of the next [s]. */
export const MIN_PAUSE_INTERVAL = 30n * DAY;

/** After what time the fee is down to its base, by the local parameters: 98 minutes [s]. */
export const ANTI_SNIPE_WINDOW = 98n * MINUTE;
/** How long a success may wait before anyone can fail it [s]. */
export const STUCK_AFTER = 30n * DAY;
/** From graduation to the last token that vests [s] (sections 3.2 and 3.4). */
export const VESTING_DURATION = 180n * DAY;
/** How long liquidity stays locked: 48 months [s] (section 3.4). */
export const LOCK_DURATION = 1_461n * DAY;
/** How long after vesting what nobody earned can be swept [s]. */
export const SWEEP_DELAY = 360n * DAY;

/** How long a stake warms up [s]. */
export const WARM_UP = DAY;
/** How long an exit cools down [s]. */
export const COOLDOWN = 7n * DAY;
/** How long withdrawals mature, and how long whatever takes power from a key waits [s]. */
export const USAGE_DELAY = 48n * HOUR;

/** How old the newest observation is when the next can be made [s]. */
export const OBSERVATION_AGE = 30n * MINUTE;
/** How long the bucket of a pair of the route takes to empty, by the local parameters [s]. */
export const REFILL = 5n * MINUTE;
/** How long the bucket of a model's pair takes to empty, by the local parameters [s]. */
export const MODEL_REFILL = 5n * HOUR;

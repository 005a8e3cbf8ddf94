import { floor, ratio } from "./rational.ts";

/** From graduation to the last token [s]: six months of 30 days (sections 3.2 and 3.4). */
export const VESTING_DURATION = 180n * 86_400n;

/** What of `total` has vested `elapsed` seconds after graduation, rounded down. */
export function vestedAfter(total: bigint, elapsed: bigint): bigint {
  return elapsed >= VESTING_DURATION ? total : floor(ratio(total).mul(ratio(elapsed, VESTING_DURATION)));
}

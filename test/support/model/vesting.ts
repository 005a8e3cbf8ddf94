import { floor, ratio } from "./rational.ts";
import { VESTING_DURATION } from "../time.ts";

/** What of `total` has vested `elapsed` seconds after graduation, rounded down. */
export function vestedAfter(total: bigint, elapsed: bigint): bigint {
  return elapsed >= VESTING_DURATION ? total : floor(ratio(total).mul(ratio(elapsed, VESTING_DURATION)));
}

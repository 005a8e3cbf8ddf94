import { BPS, WAD } from "../../../sdk/src/units/numbers.ts";

/** The largest discount, a constant of the protocol [bps]. */
const MAX_DISCOUNT_BPS = 3_000n;

/** What is paid at least of a list spend [bps]. */
export const MIN_PAID_BPS = BPS - MAX_DISCOUNT_BPS;

/** What is paid for a list spend at a discount [USDC units], rounded up: what enters the protocol does. */
export function paidAt(list: bigint, discountWad: bigint): bigint {
  return (list * (WAD - discountWad) + WAD - 1n) / WAD;
}

import { exact } from "../../../../sdk/src/units/numbers.ts";

/** Amounts of a row of `signed_vouchers` [USDC units]. */
export type RowAmounts = Record<"list" | "paid" | "collected", string>;

/** The same as a row of a log has them. */
export function inUsdc({ list, paid, collected }: RowAmounts, usdcDecimals: number) {
  const usdc = (units: string) => exact(BigInt(units), usdcDecimals);
  return { listUsdc: usdc(list), paidUsdc: usdc(paid), collectedUsdc: usdc(collected) };
}

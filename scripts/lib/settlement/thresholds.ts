import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { parseDecimal, parseWhole, unitsOf } from "../command/amounts.ts";
import type { Thresholds } from "./due.ts";

/** The oldest that something may be asked to become [h]: ten years. */
const MAX_AGE = 87_600n;
/** [s] */
const HOUR = 3_600n;

/** Reads `--min-usdc` and `--max-age-hours`: the thresholds, once the decimals of USDC are known. */
export function parseThresholds(args: {
  minUsdc: string | undefined;
  maxAgeHours: string | undefined;
}): (usdcDecimals: number) => Thresholds {
  const { minUsdc, maxAgeHours } = args;
  const open = minUsdc === undefined ? undefined : parseDecimal("--min-usdc", minUsdc, MAX_AMOUNT);
  const age = maxAgeHours === undefined ? undefined : parseWhole("--max-age-hours", maxAgeHours, 0n, MAX_AGE) * HOUR;
  return (usdcDecimals) => ({ open: open === undefined ? undefined : unitsOf(open, usdcDecimals), age });
}

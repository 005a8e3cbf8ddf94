import { z } from "zod";

import { MAX_AMOUNT, MAX_UNITS } from "../../../sdk/src/units/numbers.ts";
import { parseDecimal, unitsOf } from "../command/amounts.ts";
import { usdcText, wholeText } from "../command/schemas.ts";
import type { Sums } from "./voucher.ts";

/** What a voucher or a card row says about usage in a file: amounts in USDC as text. */
export const usageShape = {
  modelId: z.int({ error: "must be a whole number" }).min(1, "must be at least 1"),
  units: wholeText(MAX_UNITS),
  listUsdc: usdcText,
  paidUsdc: usdcText,
};

/**
 * Units, list and paid of an entry of a file [units, USDC units].
 * @throws CommandError if an amount has too many decimals, or is larger than a row can hold.
 */
export function sumsOf(entry: { units: string; listUsdc: string; paidUsdc: string }, usdcDecimals: number): Sums {
  return {
    units: BigInt(entry.units),
    list: unitsOf(parseDecimal("`listUsdc`", entry.listUsdc, MAX_AMOUNT, true), usdcDecimals),
    paid: unitsOf(parseDecimal("`paidUsdc`", entry.paidUsdc, MAX_AMOUNT, true), usdcDecimals),
  };
}

import { z } from "zod";

import { parseDecimal, unitsOf } from "../command/amounts.ts";
import { usdcText } from "../command/schemas.ts";
import type { Sums } from "./voucher.ts";

/** What a voucher or a card row says about usage in a file: amounts in USDC as text. */
export const usageShape = {
  modelId: z.int({ error: "must be a whole number" }).min(1, "must be at least 1"),
  units: z
    .string({ error: "must be a whole number in quotes" })
    .regex(/^\d{1,19}$/, "must be a whole number in quotes, below 1e19"),
  listUsdc: usdcText,
  paidUsdc: usdcText,
};

/** Units, list and paid of an entry of a file [units, USDC units]. */
export function sumsOf(entry: { units: string; listUsdc: string; paidUsdc: string }, usdcDecimals: number): Sums {
  return {
    units: BigInt(entry.units),
    list: unitsOf(parseDecimal("`listUsdc`", entry.listUsdc, true), usdcDecimals),
    paid: unitsOf(parseDecimal("`paidUsdc`", entry.paidUsdc, true), usdcDecimals),
  };
}

import { z } from "zod";

import { parseDecimal, unitsOf } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { usdcText } from "../command/schemas.ts";
import type { Sums } from "./voucher.ts";

/** The most units that a row can count: 64 bits. */
export const MAX_UNITS = 2n ** 64n - 1n;
/** The largest sum of a row [USDC units]: 96 bits. */
const MAX_SUM = 2n ** 96n - 1n;

const UNITS = `must be a whole number in quotes, up to ${MAX_UNITS.toString()}`;

/** What a voucher or a card row says about usage in a file: amounts in USDC as text. */
export const usageShape = {
  modelId: z.int({ error: "must be a whole number" }).min(1, "must be at least 1"),
  units: z
    .string({ error: UNITS })
    .regex(/^\d{1,20}$/, { error: UNITS, abort: true })
    .refine((typed) => BigInt(typed) <= MAX_UNITS, UNITS),
  listUsdc: usdcText,
  paidUsdc: usdcText,
};

/**
 * Units, list and paid of an entry of a file [units, USDC units].
 * @throws CommandError if an amount has too many decimals, or is larger than a row can hold.
 */
export function sumsOf(entry: { units: string; listUsdc: string; paidUsdc: string }, usdcDecimals: number): Sums {
  const sum = (key: "listUsdc" | "paidUsdc") => {
    const amount = unitsOf(parseDecimal(`\`${key}\``, entry[key], true), usdcDecimals);
    if (amount > MAX_SUM) throw new CommandError(`\`${key}\` is larger than a row can hold.`);
    return amount;
  };
  return { units: BigInt(entry.units), list: sum("listUsdc"), paid: sum("paidUsdc") };
}

import { getAddress, isAddress } from "ethers";
import { z } from "zod";

import { DECIMAL, DECIMAL_IN_QUOTES } from "../../../sdk/src/units/decimal.ts";
import { DECIMALS, exact, MAX_MOMENT, unitsOfDecimal } from "../../../sdk/src/units/numbers.ts";

/** An address in a file; without a checksum or with a valid one. */
export const addressText = z
  .string({ error: "must be an address in quotes" })
  .refine((typed): boolean => isAddress(typed), "must be an address with a valid checksum")
  .meta({ pattern: "^0x[0-9a-fA-F]{40}$" }) // for JSON Schema, which knows no checksum
  .transform((typed) => getAddress(typed));

/**
 * An amount of USDC in a file. How many decimals it may have, the network says; the most of it is compared when it becomes
 * units.
 */
export const usdcText = z.string({ error: DECIMAL_IN_QUOTES }).regex(DECIMAL, DECIMAL_IN_QUOTES);

/**
 * An amount of a token with 18 decimals in a file.
 * @param max The most that the contract's parameter can hold [wei].
 */
export const amountText = (max: bigint) =>
  z
    .string({ error: DECIMAL_IN_QUOTES })
    .regex(/^\d+(\.\d{1,18})?$/, {
      error: 'must be a decimal number with at most 18 decimals, such as "1000" or "0.25"',
      abort: true, // what is no number is not compared as well
    })
    .refine((typed) => unitsOfDecimal(typed, DECIMALS) <= max, `must be at most ${exact(max)}: no contract holds more`);

/**
 * A whole number in quotes in a file, which may be larger than a number of JSON can be.
 * @param max The most that the contract's parameter can hold.
 */
export function wholeText(max: bigint) {
  const error = `must be a whole number in quotes, up to ${max.toString()}`;
  return z
    .string({ error })
    .regex(/^\d+$/, { error, abort: true })
    .refine((typed) => BigInt(typed) <= max, error);
}

/** A moment in a file. */
export const momentNumber = z
  .int({ error: "must be a moment in Unix time" })
  .min(0, "must be a moment in Unix time")
  .max(Number(MAX_MOMENT), `must be a moment in Unix time, at most ${MAX_MOMENT.toString()}`);

/** What a user has signed, in a file: r, s and v. */
export const signatureText = z
  .string({ error: "must be 0x and 130 hexadecimal digits" })
  .regex(/^0x[0-9a-fA-F]{130}$/, "must be 0x and 130 hexadecimal digits")
  .describe("EIP-712 by the user: 65 bytes.");

/** The id of a chain in a file. */
export const chainIdNumber = z.int({ error: "must be a whole number" }).describe("EIP-155 id of the chain.");

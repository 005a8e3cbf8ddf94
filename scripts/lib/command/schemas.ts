import { getAddress, isAddress } from "ethers";
import { z } from "zod";

/** An address in a file; without a checksum or with a valid one. */
export const addressText = z
  .string({ error: "must be an address in quotes" })
  .refine((typed): boolean => isAddress(typed), "must be an address with a valid checksum")
  .transform((typed) => getAddress(typed));

/** An amount of USDC in a file; how many decimals it may have, the network says. */
export const usdcText = z
  .string({ error: 'must be a decimal number in quotes, such as "100" or "0.25"' })
  .regex(/^\d+(\.\d+)?$/, 'must be a decimal number in quotes, such as "100" or "0.25"');

/** A signature in a file: r, s and v. */
export const signatureText = z
  .string({ error: "must be 0x and 130 hexadecimal digits" })
  .regex(/^0x[0-9a-f]{130}$/i, "must be 0x and 130 hexadecimal digits");

/** The id of a chain in a file. */
export const chainIdNumber = z.int({ error: "must be a whole number" });

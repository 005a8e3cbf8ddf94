import { z } from "zod";

import type { UsageEntry } from "../../../sdk/src/signing/entries.ts";
import type { VoucherEntry } from "../../../sdk/src/signing/voucherJson.ts";
import { MAX_UNITS } from "../../../sdk/src/units/numbers.ts";
import { addressText, chainIdNumber, usdcText, wholeText } from "../../lib/command/schemas.ts";
import type { CardRow } from "../../lib/usage/cardFile.ts";
import { MAX_ID_LENGTH } from "../../lib/usage/rows.ts";

/**
 * Vouchers and card rows in words of JSON Schema. They are read by the rules of the SDK, which has no schemas; a test
 * compares the two.
 */
const usage = {
  modelId: z.int().min(1).describe("The model that was used."),
  units: wholeText(MAX_UNITS).describe("Units of inference, such as tokens."),
  listUsdc: usdcText.describe("What they cost at list price [USDC]; as many decimals as the chain's USDC has."),
  paidUsdc: usdcText.describe(
    "What is paid for them after the discount [USDC]; as many decimals as the chain's USDC has.",
  ),
};

/** A voucher: what a user owes in all, for one user, key and model. A file holds a list of them, or one alone. */
export const voucherSchema = z.strictObject({
  chainId: chainIdNumber.describe("EIP-155 id of the chain on which it is good."),
  meter: addressText.describe("The InferenceMeter in which it is good."),
  user: addressText.describe("Who pays."),
  key: addressText.describe("Who has signed: the user itself, or a key that it authorised."),
  ...usage,
  signature: z
    .string()
    .regex(/^0x([0-9a-fA-F]{128}|[0-9a-fA-F]{130})$/)
    .describe("EIP-712 by the key: 65 bytes, or 64 in the compact form."),
}) satisfies z.ZodType<VoucherEntry>;

/** A card row: usage that was paid by card. It is not cumulative. A file holds a list of them, or one alone. */
export const cardRowSchema = z.strictObject({
  id: z.string().min(1).max(MAX_ID_LENGTH).describe("The platform's own name for the row, which is settled once."),
  ...usage,
}) satisfies z.ZodType<UsageEntry & Pick<CardRow, "id">>;

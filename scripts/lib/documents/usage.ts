import { z } from "zod";

import { SKIPS } from "../decode/names.ts";
import {
  address,
  count,
  modelId,
  orNull,
  signature,
  time,
  timeOrNull,
  transactions,
  usdc,
  usdcOrNull,
  wholeText,
} from "./vocabulary.ts";

/** A user's prepaid USDC. */
export const prepaid = {
  ...usdc("deposited"),
  ...usdc("credit"),
  ...usdc("requested"),
  ...timeOrNull("maturesAt"),
  ...timeOrNull("lapsesAt"),
  ...usdc("available"),
};

/** `fomo deposit`; with `--sign-to` what was signed. */
export const deposit = z.union([
  z.strictObject({ payer: address, user: address, byCard: z.boolean(), ...usdc("paid"), ...prepaid, transactions }),
  z.strictObject({ user: address, file: z.string(), ...usdc("signed"), ...time("validUntil"), transactions }),
]);

/** `fomo withdraw`; `to` and what was withdrawn are null unless it was executed. */
export const withdraw = z.strictObject({
  user: address,
  to: orNull(address),
  ...usdcOrNull("withdrawn"),
  ...prepaid,
  transactions,
});

/** `fomo authorize`: what a key may do; with `--sign-to` what was signed, with `--cancel-signed` for whom nothing counts. */
export const authorize = z.union([
  z.strictObject({
    user: address,
    key: address,
    authorised: z.boolean(),
    ...usdc("cap"),
    ...usdc("spent"),
    ...timeOrNull("expiresAt"),
    ...timeOrNull("collectedUntil"),
    nextCap: orNull(z.strictObject({ ...usdc("cap"), ...time("at") })),
    transactions,
  }),
  z.strictObject({ user: address, key: address, file: z.string(), ...time("validUntil"), transactions }),
  z.strictObject({ user: address, transactions }),
]);

/** Why the meter skips a row. */
const skip = z.enum(SKIPS).exclude(["none"]);

/** `fomo voucher`: with `--sign` the voucher that was signed, with `--check` what each of a file would bring. */
export const voucher = z.union([
  z.strictObject({
    file: z.string(),
    vouchers: count,
    user: address,
    key: address,
    modelId,
    units: wholeText,
    ...usdc("list"),
    ...usdc("paid"),
    signature,
  }),
  z.strictObject({
    file: z.string(),
    vouchers: z.array(
      z.strictObject({
        modelId,
        user: address,
        key: address,
        ...usdc("paid"),
        skipped: orNull(skip),
        reason: z.string(),
        units: wholeText,
        ...usdc("collectableList"),
        ...usdc("collectablePaid"),
      }),
    ),
  }),
]);

/** `fomo settle`; a card row that is skipped has no user and no key. */
export const settle = z.strictObject({
  collected: count,
  settled: z.array(
    z.strictObject({
      modelId,
      byCard: z.boolean(),
      units: wholeText,
      ...usdc("list"),
      ...usdc("paid"),
      ...usdc("net"),
    }),
  ),
  skipped: z.array(
    z.strictObject({
      modelId,
      row: count,
      user: orNull(address),
      key: orNull(address),
      skipped: z.enum(SKIPS),
      reason: z.string(),
    }),
  ),
  transactions,
});

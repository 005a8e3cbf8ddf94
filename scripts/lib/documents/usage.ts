import { z } from "zod";

import { SKIPS } from "../../../sdk/src/names/enums.ts";
import {
  address,
  count,
  day,
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

/** Why a row is not collected: what the meter says, or what is wrong with it in its file. */
const skip = z.enum([
  ...SKIPS.filter((name) => name !== "none"),
  ...(["unreadable", "foreign", "superseded", "duplicate", "settledBefore", "tooMuchGas"] as const),
]);

/** A row of a file that was not collected; what it does not say of itself is null. */
const skippedRow = z.strictObject({
  file: z.enum(["vouchers", "cards"]),
  row: count,
  modelId: orNull(z.int()),
  user: orNull(address),
  key: orNull(address),
  id: orNull(z.string()),
  skipped: skip,
  reason: z.string(),
});

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
        row: count,
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
    skipped: z.array(skippedRow),
  }),
]);

/** How many rows or vouchers were left out for a reason. */
const reasonCounts = z.array(z.strictObject({ reason: z.string(), count }));

/** What was found in logs and a store. Of what was left out a hundred are listed, and all are counted. */
export const reduced = z.strictObject({
  ...{ rows: count, series: count, good: count, superseded: count },
  bad: reasonCounts,
  badRows: z.array(z.strictObject({ file: z.string(), row: count, reason: z.string(), sentence: z.string() })),
  ...{ collectedBefore: count, waiting: count, ...usdc("waiting"), due: count },
  hurried: count.describe("Due because a withdrawal or the end of a key is near."),
  skipped: reasonCounts,
  skippedVouchers: z.array(z.strictObject({ modelId, user: address, key: address, skipped: skip, reason: z.string() })),
});

/**
 * `fomo settle`; `skipped` lists what was left out of files, because it was settled before or something is wrong with it;
 * `reduced` tells of logs and a store.
 */
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
  skipped: z.array(skippedRow),
  reduced: orNull(reduced),
  transactions,
});

/** `fomo usage`; what a store alone knows is null without one. `openSeries` has the thousand series with the most open. */
export const usageReport = z.strictObject({
  from: day,
  to: day,
  days: z.array(
    z.strictObject({
      ...{ day, modelId, user: address, requests: orNull(count) },
      ...{ inputTokens: orNull(wholeText), cachedTokens: orNull(wholeText), outputTokens: orNull(wholeText) },
      ...{ usedUnits: orNull(wholeText), ...usdcOrNull("usedList"), ...usdcOrNull("usedPaid") },
      ...{ settledUnits: wholeText, ...usdc("settledList"), ...usdc("settledPaid") },
    }),
  ),
  skips: z.array(
    z.strictObject({ day, modelId: count, user: address, key: address, skipped: skip, reason: z.string() }),
  ),
  models: orNull(
    z.array(
      z.strictObject({
        ...{ modelId, series: count },
        ...{ ...usdc("signed"), ...usdc("settled"), ...usdc("open"), ...usdc("collectable") },
      }),
    ),
  ),
  openSeries: orNull(
    z.array(
      z.strictObject({
        ...{ modelId, user: address, key: address },
        ...{ ...usdc("signed"), ...usdc("settled"), ...usdc("open"), ...usdc("collectable") },
        ...{ skipped: orNull(skip), reason: z.string() },
      }),
    ),
  ),
});

/** Units, list price and payment of a series. */
const usageOf = <Key extends string>(key: Key) => ({
  ...({ [`${key}Units`]: wholeText } as Record<`${Key}Units`, typeof wholeText>),
  ...usdc(`${key}List`),
  ...usdc(`${key}Paid`),
});

/** `fomo receipts`; `contradictions` lists what cannot be true, by file, with its line if it stands in one. */
export const receipts = z.strictObject({
  folder: z.string(),
  series: z.array(
    z.strictObject({
      file: z.string(),
      url: z.string(),
      gateway: address,
      user: address,
      key: address,
      modelId,
      apiId: orNull(z.string()),
      receipts: count,
      ...usageOf("served"),
      ...usageOf("signed"),
      ...usageOf("collected"),
    }),
  ),
  contradictions: z.array(
    z.strictObject({ file: z.string(), line: orNull(count), modelId: orNull(z.int()), sentence: z.string() }),
  ),
});

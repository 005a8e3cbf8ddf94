import { z } from "zod";

/**
 * The words that JSON documents are made of, as docs/commands.md lists them. What has several keys, such as an amount with
 * its smallest units beside it, is a part of an object, to be spread into it. Nothing here transforms, so that every schema
 * can be given away as JSON Schema.
 */

/** What may be missing: then it is null, and never left out. */
export const orNull = <Value extends z.ZodType>(value: Value) => z.union([value, z.null()]);

/** The id of a model, a tier, an epoch or a chain, and what is counted one by one. */
export const count = z.int().min(0);
/** The id of a model; they begin with 1. */
export const modelId = z.int().min(1);
/** Basis points. */
export const bps = z.int().min(0).describe("[bps]: 10,000 are all of it.");
/** A length of time [s]. */
export const seconds = z.int().min(0).describe("[s]");
/** A whole number that may be too large for a JSON number: units of inference, scores. */
export const wholeText = z
  .string()
  .regex(/^(0|[1-9]\d*)$/)
  .meta({ title: "whole number as text" });
/** A decimal number with all its digits and none that say nothing. */
export const decimalText = z
  .string()
  .regex(/^(0|[1-9]\d*)(\.\d*[1-9])?$/)
  .meta({ title: "decimal number as text" });

/** An account or a contract. */
export const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .meta({ title: "address" });
/** The hash of a transaction or a document, the id of an operation, the name of a seat. */
export const bytes32 = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/)
  .meta({ title: "32 bytes" });
/** Data of a call. */
export const bytes = z
  .string()
  .regex(/^0x([0-9a-f]{2})*$/)
  .meta({ title: "bytes" });
/** What a key has signed: r, s and v. */
export const signature = z
  .string()
  .regex(/^0x[0-9a-f]{130}$/)
  .meta({ title: "65 bytes" });
/** A day of UTC, such as 2026-07-01. */
export const day = z.iso.date().meta({ title: "day" });

/** Schemas under the keys of one word. */
type Part<Keys extends string, Value extends z.ZodType> = Record<Keys, Value>;

/** Some keys with one schema. */
const part = <Key extends string, Value extends z.ZodType>(keys: Key[], value: Value): Part<Key, Value> =>
  Object.fromEntries(keys.map((key) => [key, value])) as Part<Key, Value>;

const isoTime = orNull(z.iso.datetime()).meta({ title: "ISO 8601, or null beyond the year 9999" });
/** A number, or text if a number would not hold it exactly: a chain may name any moment. */
const unixTime = z
  .union([z.int().min(0), z.string().regex(/^[1-9]\d{15,}$/)])
  .meta({ title: "Unix time [s], as text where a number would round" });

/** A moment: ISO 8601 under its key, null beyond the year 9999, and Unix time [s] beside it. */
export const time = <Key extends string>(key: Key) => ({
  ...part([key], isoTime),
  ...part([`${key}Unix` as const], unixTime),
});

/** A moment, or null under both keys. */
export const timeOrNull = <Key extends string>(key: Key) => ({
  ...part([key], isoTime),
  ...part([`${key}Unix` as const], orNull(unixTime)),
});

/** What an amount is of, by the word in its key, and what its smallest units are. */
const UNITS = {
  Flock: ["FLOCK", "FLOCK wei"],
  Mt: ["MT", "MT wei"],
  Usdc: ["USDC", "USDC units"],
  UsdcPerMillionUnits: ["USDC for a million units", "USDC units for a million units"],
  Liquidity: ["liquidity tokens", "their wei"],
  Ether: ["the chain's coin", "wei"],
  "": ["the chain's coin", "wei"],
} as const;
type Unit = keyof typeof UNITS;

const decimalOf = (unit: Unit) => decimalText.describe(`[${UNITS[unit][0]}]`);
const wholeOf = (unit: Unit) => wholeText.describe(`[${UNITS[unit][1]}]`);

/** An amount of a token: exact decimals under its key, and the token's smallest units beside it. */
export const amount = <Key extends string, In extends Unit>(key: Key, unit: In) => ({
  ...part([`${key}${unit}` as const], decimalOf(unit)),
  ...part([`${key}${unit}Wei` as const], wholeOf(unit)),
});

/** An amount, or null under both keys. */
export const amountOrNull = <Key extends string, In extends Unit>(key: Key, unit: In) => ({
  ...part([`${key}${unit}` as const], orNull(decimalOf(unit))),
  ...part([`${key}${unit}Wei` as const], orNull(wholeOf(unit))),
});

/** An amount of FLOCK. */
export const flock = <Key extends string>(key: Key) => amount(key, "Flock");
/** An amount of FLOCK, or null. */
export const flockOrNull = <Key extends string>(key: Key) => amountOrNull(key, "Flock");
/** An amount of MT. */
export const mt = <Key extends string>(key: Key) => amount(key, "Mt");
/** An amount of MT, or null. */
export const mtOrNull = <Key extends string>(key: Key) => amountOrNull(key, "Mt");
/** An amount of USDC. */
export const usdc = <Key extends string>(key: Key) => amount(key, "Usdc");
/** An amount of USDC, or null. */
export const usdcOrNull = <Key extends string>(key: Key) => amountOrNull(key, "Usdc");
/** A price of inference. */
export const usdcPerMillionUnits = <Key extends string>(key: Key) => amount(key, "UsdcPerMillionUnits");

const wad = wholeText.describe("[WAD]: 1e18 is 1.");

/** A rate: exact decimals under its key, and WAD (1e18) beside it. */
export const rate = <Key extends string>(key: Key) => ({
  ...part([key], decimalText),
  ...part([`${key}Wad` as const], wad),
});

/** A rate, or null under both keys. */
export const rateOrNull = <Key extends string>(key: Key) => ({
  ...part([key], orNull(decimalText)),
  ...part([`${key}Wad` as const], orNull(wad)),
});

/** A price of MT. */
export const price = <Key extends string>(key: Key) => rate(`${key}FlockPerMt`);
/** A price of MT, or null. */
export const priceOrNull = <Key extends string>(key: Key) => rateOrNull(`${key}FlockPerMt`);

/** A transaction that was executed. */
export const transaction = z
  .strictObject({ what: z.string(), transactionHash: bytes32, blockNumber: count, gasUsed: count })
  .meta({ title: "transaction" });
/** What a command has sent, in this order; empty if nothing. */
export const transactions = z.array(transaction);

/** A transaction that a dry run would send; gas and cost are null if they depend on what comes before it. */
const plannedTransaction = z
  .strictObject({
    what: z.string(),
    to: address,
    data: bytes,
    gasLimit: orNull(count),
    ...amount("feePerGas", "Ether"),
    ...amountOrNull("maxCost", "Ether"),
  })
  .meta({ title: "planned transaction" });
/** What a dry run would send, in this order. */
export const plannedTransactions = z.array(plannedTransaction);
/** What a command has sent, or would send if this was a dry run. */
export const sentOrPlanned = z.union([transactions, plannedTransactions]);

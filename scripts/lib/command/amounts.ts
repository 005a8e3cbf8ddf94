import { typedText } from "../../../sdk/src/text/plainText.ts";
import { amountProblem, DECIMAL } from "../../../sdk/src/units/decimal.ts";
import { DECIMALS, exact, unitsOfDecimal } from "../../../sdk/src/units/numbers.ts";
import { CommandError } from "./commandError.ts";

/** A decimal number that somebody typed, as long as the decimals of its token are not known. */
export interface Decimal {
  /** Where it was typed, such as `--usdc`, for messages. */
  source: string;
  typed: string;
  /** The most that whoever takes it can hold [smallest units]. */
  max: bigint;
}

/**
 * Reads a decimal number.
 * @param source Where it was typed, such as `--flock`, for the message.
 * @param max The most that the contract's parameter can hold [smallest units]; `unitsOf` compares it.
 * @throws CommandError if it is none, or zero although it must not be.
 */
export function parseDecimal(source: string, typed: string, max: bigint, zeroAllowed = false): Decimal {
  if (!DECIMAL.test(typed)) {
    throw new CommandError(`${source} is "${typedText(typed)}": write a decimal number such as 1000 or 0.25.`);
  }
  if (!zeroAllowed && !/[1-9]/.test(typed)) {
    throw new CommandError(`${source} is zero: write an amount above zero.`);
  }
  return { source, typed, max };
}

/**
 * A decimal number in the smallest unit of its token.
 * @throws CommandError if it has more decimals than the token, or is more than can be held.
 */
export function unitsOf({ source, typed, max }: Decimal, decimals: number): bigint {
  const problem = amountProblem(source, typed, decimals, max);
  if (problem !== undefined) throw new CommandError(problem);
  return unitsOfDecimal(typed, decimals);
}

/**
 * An amount that somebody typed, in the smallest unit of a token whose decimals are known.
 * @param max The most that the contract's parameter can hold [smallest units].
 */
export const parseAmount = (source: string, typed: string, max: bigint, decimals = DECIMALS): bigint =>
  unitsOf(parseDecimal(source, typed, max), decimals);

/**
 * A whole number that somebody typed.
 * @throws CommandError if it is not one or lies outside the bounds.
 */
export function parseWhole(source: string, typed: string, min: bigint, max: bigint): bigint {
  if (!/^\d+$/.test(typed)) throw new CommandError(`${source} is "${typedText(typed)}": write a whole number.`);
  const value = BigInt(typed);
  if (value < min || value > max) {
    throw new CommandError(
      `${source} is ${typedText(typed)}: write a whole number from ${min.toString()} to ${max.toString()}.`,
    );
  }
  return value;
}

/** Text of a value in a JSON document; null if the value may be missing. */
type TextOf<Value extends bigint | null> = Value extends bigint ? string : null;

/**
 * An amount in a JSON document: exact decimals under a key that ends in the unit, and the smallest units beside it. Both
 * are null if there is none.
 */
export function jsonAmount<Key extends string, Unit extends string, Amount extends bigint | null>(
  key: Key,
  unit: Unit,
  amount: Amount,
  decimals = DECIMALS,
) {
  return {
    [`${key}${unit}`]: amount === null ? null : exact(amount, decimals),
    [`${key}${unit}Wei`]: amount === null ? null : amount.toString(),
  } as Record<`${Key}${Unit}` | `${Key}${Unit}Wei`, TextOf<Amount>>;
}

/** An amount of FLOCK in a JSON document. */
export const jsonFlock = <Key extends string, Amount extends bigint | null>(key: Key, wei: Amount) =>
  jsonAmount(key, "Flock", wei);

/** An amount of MT in a JSON document. */
export const jsonMt = <Key extends string, Amount extends bigint | null>(key: Key, wei: Amount) =>
  jsonAmount(key, "Mt", wei);

/** An amount of USDC in a JSON document. */
export const jsonUsdc = <Key extends string, Amount extends bigint | null>(
  key: Key,
  amount: Amount,
  decimals: number,
) => jsonAmount(key, "Usdc", amount, decimals);

/** A rate in WAD in a JSON document: its exact decimals, and the WAD beside them. Its key names the unit, if it has one. */
export function jsonRate<Key extends string, Wad extends bigint | null>(key: Key, wad: Wad) {
  return {
    [key]: wad === null ? null : exact(wad),
    [`${key}Wad`]: wad === null ? null : wad.toString(),
  } as Record<Key | `${Key}Wad`, TextOf<Wad>>;
}

/** A price in WAD in a JSON document. */
export const jsonPrice = <Key extends string, Wad extends bigint | null>(key: Key, wad: Wad) =>
  jsonRate(`${key}FlockPerMt`, wad);

/** The last moment that ISO 8601 writes with a year of four digits [s]. */
const LAST_ISO_TIME = 253_402_300_799n;

/**
 * A moment in a JSON document: ISO 8601, and Unix time beside it. A chain may name any moment: beyond the year 9999 there
 * is no ISO text, and Unix time that a number cannot hold exactly is a text. Both are null if there is none.
 */
export function jsonTime<Key extends string, Seconds extends bigint | null>(key: Key, seconds: Seconds) {
  return {
    [key]: seconds === null || seconds > LAST_ISO_TIME ? null : new Date(Number(seconds) * 1000).toISOString(),
    [`${key}Unix`]: seconds === null ? null : exactNumber(seconds),
  } as Record<Key, string | null> & Record<`${Key}Unix`, Seconds extends bigint ? number | string : null>;
}

/** A whole number as JSON has it, or as text if a number would not hold it exactly. */
const exactNumber = (value: bigint): number | string =>
  value > BigInt(Number.MAX_SAFE_INTEGER) ? value.toString() : Number(value);

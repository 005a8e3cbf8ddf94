import { typedText } from "../text/plainText.ts";
import { exact, unitsOfDecimal } from "./numbers.ts";

/** A decimal number as text, with or without a decimal point. */
export const DECIMAL = /^\d+(\.\d+)?$/;

/** What is wrong with text that should be one. */
export const DECIMAL_IN_QUOTES = 'must be a decimal number in quotes, such as "100" or "0.25"';

/** More digits than any number of the chain has. What is longer is not read: that would take long. */
const MANY_DIGITS = 100;

/**
 * Why a decimal number is no amount of a token, in one sentence; undefined if it is one.
 * @param source Where it stands, as the sentence begins.
 * @param typed Digits, with or without a decimal point.
 * @param max The most that whoever takes it can hold [smallest units].
 */
export function amountProblem(source: string, typed: string, decimals: number, max: bigint): string | undefined {
  const [whole, fraction = ""] = typed.split(".");
  if (fraction.length > decimals) return `${source} is ${typedText(typed)}: write at most ${decimals} decimals.`;
  const isLong = whole!.replace(/^0+/, "").length > MANY_DIGITS; // `split` gives one part at least
  if (!isLong && unitsOfDecimal(typed, decimals) <= max) return undefined;
  return `${source} is ${typedText(typed)}, more than a contract can hold: write at most ${exact(max, decimals)}.`;
}

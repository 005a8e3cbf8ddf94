import { OUTCOMES, SHARES, WAITS, WAIT_WORDS, nameOf } from "../names/enums.ts";
import { describeSeat } from "../names/seats.ts";
import { plain, quoted } from "../text/plainText.ts";
import { show, showDuration, showFlock, showMt, showPrice, showTime, showUsdc } from "../units/show.ts";
import { BOUND_SENTENCES, REVERT_SENTENCES } from "./sentences.ts";

/** How the values of an error are shown; the sentences name these units. */
export const UNITS: Record<string, (value: bigint, usdcDecimals: number | undefined) => string> = {
  flock: showFlock,
  mt: showMt,
  token: (value) => show(value),
  usdc: (value, usdcDecimals) =>
    usdcDecimals === undefined ? `${show(value, 0)} units of USDC` : showUsdc(value, usdcDecimals),
  price: showPrice,
  time: showTime,
  duration: showDuration,
  bps: (value) => `${show(value, 2)}%`,
  outcome: (value) => nameOf(OUTCOMES, value),
  share: (value) => nameOf(SHARES, value),
  wait: (value) => WAIT_WORDS[nameOf(WAITS, value)],
  seat: describeSeat,
  character: (value) => `U+${value.toString(16).toUpperCase().padStart(4, "0")}`,
};

/** The values of an error by their names: numbers, addresses, texts. */
export type ErrorValues = Readonly<Record<string, unknown>>;

/**
 * The sentence of a named error of the contracts with its values, as the commands print it.
 * @param bound Which value is out of bounds, if that is the error.
 * @param nameIn How a name is read that the contract keeps in 32 bytes; as it is if left out.
 */
export function sentenceOf(
  name: string,
  values: ErrorValues,
  {
    bound = "",
    usdcDecimals,
    nameIn = String,
  }: { bound?: string; usdcDecimals?: number | undefined; nameIn?: (value: unknown) => string } = {},
): string {
  const template = BOUND_SENTENCES[bound] ?? REVERT_SENTENCES[name];
  const listed = () => Object.entries(values).map(([key, value]) => `${key} = ${quoted(String(value))}`);
  const text = template === undefined ? `(${listed().join(", ")})` : template.replace(/\{(\w+)(?::(\w+))?\}/g, filled);
  return `${name}: ${text}.`;

  function filled(_: string, key: string, unit?: string): string {
    const value = values[key];
    if (unit === "name") return plain(nameIn(value));
    const format = unit === undefined ? undefined : UNITS[unit];
    return format === undefined ? quoted(String(value)) : format(BigInt(String(value)), usdcDecimals);
  }
}

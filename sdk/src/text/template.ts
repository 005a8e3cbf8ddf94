import { OUTCOMES, SHARES, SKIPS, SKIP_WORDS, WAITS, WAIT_WORDS } from "../names/enums.ts";
import { describeSeat } from "../names/seats.ts";
import { show, showCount, showDuration, showFlock, showMt, showPrice, showTime, showUsdc } from "../units/show.ts";
import { plain, quoted } from "./plainText.ts";

/** The word for a value of an enum; its number if this version does not know it. */
const wordIn =
  <Name extends string>(names: readonly Name[], words?: Record<Name, string>) =>
  (value: bigint): string => {
    const name = names[Number(value)];
    return name === undefined ? value.toString() : (words?.[name] ?? name);
  };

/** How values are shown; the sentences name these units. */
export const UNITS: Record<string, (value: bigint, usdcDecimals: number | undefined) => string> = {
  flock: showFlock,
  mt: showMt,
  token: (value) => show(value),
  usdc: (value, usdcDecimals) =>
    usdcDecimals === undefined ? `${show(value, 0)} units of USDC` : showUsdc(value, usdcDecimals),
  price: showPrice,
  count: showCount,
  time: showTime,
  duration: showDuration,
  bps: (value) => `${show(value, 2)}%`,
  outcome: wordIn(OUTCOMES),
  share: wordIn(SHARES),
  skip: wordIn(SKIPS, SKIP_WORDS),
  wait: wordIn(WAITS, WAIT_WORDS),
  seat: describeSeat,
  character: (value) => `U+${value.toString(16).toUpperCase().padStart(4, "0")}`,
};

/** Values by their names: numbers, addresses, texts, and structs of them. */
export type NamedValues = Readonly<Record<string, unknown>>;

/** How values are shown. */
export interface Showing {
  /** Decimals of the network's USDC; its amounts are shown in their smallest units if they are not known. */
  usdcDecimals?: number | undefined;
  /** How a name is read that the contract keeps in 32 bytes; as it is if left out. */
  nameIn?: (value: unknown) => string;
}

/**
 * Puts values into a sentence, whatever they are in one harmless line: `{name}` as it is, `{name:unit}` in one of `UNITS`,
 * `{name:name}` as a name of 32 bytes; `{struct.field}` is a part of a value.
 */
export function fillIn(template: string, values: NamedValues, { usdcDecimals, nameIn = String }: Showing = {}): string {
  return template.replace(/\{([\w.]+)(?::(\w+))?\}/g, (_, path: string, unit?: string) => {
    const value = path.split(".").reduce<unknown>((whole, part) => (whole as NamedValues)[part], values);
    if (unit === "name") return plain(nameIn(value));
    const format = unit === undefined ? undefined : UNITS[unit];
    return format === undefined ? quoted(String(value)) : format(BigInt(String(value)), usdcDecimals);
  });
}

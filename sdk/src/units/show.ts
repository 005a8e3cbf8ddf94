import { formatUnits } from "ethers";

import { DECIMALS, WAD } from "./numbers.ts";

/** An amount for people: thousands separated, cut after `digits` decimals (never rounded up). */
export function show(amount: bigint, decimals = DECIMALS, digits = 6): string {
  const exact = formatUnits(amount, decimals) as Intl.StringNumericLiteral;
  const format = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat("en-US", { ...options, roundingMode: "trunc" }).format(exact);
  const short = format({ maximumFractionDigits: digits });
  // What is not zero must not look like it.
  return amount !== 0n && short === "0" ? format({ maximumSignificantDigits: 2 }) : short;
}

/** An amount of FLOCK for people. */
export const showFlock = (wei: bigint) => `${show(wei)} FLOCK`;

/** An amount of MT for people. */
export const showMt = (wei: bigint) => `${show(wei)} MT`;

/** An amount of USDC for people. */
export const showUsdc = (amount: bigint, decimals: number) => `${show(amount, decimals)} USDC`;

/** A number of things for people. */
export const showCount = (count: bigint) => show(count, 0);

/** An amount of the chain's own currency for people; all chains of the protocol give it 18 decimals. */
export const showEther = (wei: bigint) => `${show(wei, DECIMALS, 9)} of the chain's currency`;

/** A price in WAD for people. */
export const showPrice = (wad: bigint) => `${show(wad, DECIMALS, 8)} FLOCK per MT`;

/** A fraction in WAD as a percentage. */
export const showPercent = (wad: bigint, digits = 2) => `${show(wad * 100n, DECIMALS, digits)}%`;

/** Part of a whole as a percentage. */
export const showShare = (part: bigint, whole: bigint, digits = 1) =>
  showPercent(whole === 0n ? 0n : (part * WAD) / whole, digits);

/** The last moment that a date can be [s]; a chain may name any. */
const LAST_DATE = 8_640_000_000_000n;

/** A moment in Unix time for people. */
export const showTime = (seconds: bigint) =>
  seconds > LAST_DATE
    ? `${seconds.toString()} seconds after 1970`
    : `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** Units of time, from the largest on [s]. */
const TIME_UNITS: [name: string, size: bigint][] = [
  ["day", 86_400n],
  ["hour", 3_600n],
  ["minute", 60n],
  ["second", 1n],
];

const countOf = (count: bigint, name: string) => `${count.toString()} ${name}${count === 1n ? "" : "s"}`;

/** A length of time for people: its two largest units. */
export function showDuration(seconds: bigint): string {
  const parts: string[] = [];
  let left = seconds;
  for (const [name, size] of TIME_UNITS) {
    const count = left / size;
    left %= size;
    if (count !== 0n) parts.push(countOf(count, name));
  }
  return parts.length === 0 ? "0 seconds" : parts.slice(0, 2).join(" ");
}

/** How far away a moment is from another one [s]: its largest unit and the one below it, cut. */
export function showDistance(at: bigint, now: bigint): string {
  const away = at < now ? now - at : at - now;
  const largest = TIME_UNITS.findIndex(([, size]) => away >= size);
  if (largest === -1) return "now";
  const [name, size] = TIME_UNITS[largest]!;
  const [lesser, lesserSize] = TIME_UNITS[largest + 1] ?? ["", 1n];
  const rest = (away % size) / lesserSize;
  const length = rest === 0n ? countOf(away / size, name) : `${countOf(away / size, name)} ${countOf(rest, lesser)}`;
  return at < now ? `${length} ago` : `in ${length}`;
}

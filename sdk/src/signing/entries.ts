import { isAddress } from "ethers";

import { quoted } from "../text/plainText.ts";
import { amountProblem, DECIMAL, DECIMAL_IN_QUOTES } from "../units/decimal.ts";
import { MAX_AMOUNT, MAX_UNITS, unitsOfDecimal } from "../units/numbers.ts";
import type { UsageRow } from "../usage/row.ts";
import { flaw } from "./flaw.ts";
import type { Flaw } from "./flaw.ts";

/** What is wrong with the value of a key; undefined if nothing is. */
export type Rule = (value: unknown) => string | undefined;

/** What each key of an entry of a JSON file must be. */
export type Rules<Entry> = { readonly [Key in keyof Entry]-?: Rule };

/** What a voucher or a card row says about usage in JSON. */
export interface UsageEntry {
  modelId: number;
  /** A whole number. */
  units: string;
  /** Decimal numbers of USDC. */
  listUsdc: string;
  paidUsdc: string;
}

/** A whole number that JSON holds exactly. */
export const wholeRule: Rule = (value) => (Number.isSafeInteger(value) ? undefined : "must be a whole number");

/** An address, without a checksum or with a valid one. */
export function addressRule(value: unknown): string | undefined {
  if (typeof value !== "string") return "must be an address in quotes";
  return isAddress(value) ? undefined : "must be an address with a valid checksum";
}

/** An amount of USDC. How many decimals it may have, the network says; `usageOf` compares it. */
const decimalRule: Rule = (value) => (typeof value === "string" && DECIMAL.test(value) ? undefined : DECIMAL_IN_QUOTES);

/** More digits than any number of the chain has. What is longer is not read: that would take long. */
const UNITS = /^\d{1,100}$/;

/** What usage must be. */
export const USAGE_RULES: Rules<UsageEntry> = {
  modelId: (value) => wholeRule(value) ?? (Number(value) < 1 ? "must be at least 1" : undefined),
  units: (value) =>
    typeof value === "string" && UNITS.test(value) && BigInt(value) <= MAX_UNITS
      ? undefined
      : `must be a whole number in quotes, up to ${MAX_UNITS.toString()}`,
  listUsdc: decimalRule,
  paidUsdc: decimalRule,
};

/** Whether a value of JSON is an entry that keeps the rules, with all of their keys and no others. */
export function readEntry<Entry extends object>(
  rules: Rules<Entry>,
  value: unknown,
): { ok: true; entry: Entry } | Flaw {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    return flaw("unreadable", `Invalid input: expected object, received ${kind}.`);
  }
  const entry = value as Record<string, unknown>;
  const problems = Object.entries<Rule>(rules).flatMap(([key, rule]) => {
    const problem = rule(entry[key]);
    return problem === undefined ? [] : [`\`${key}\` ${problem}`];
  });
  const unknown = Object.keys(entry).filter((key) => !Object.hasOwn(rules, key));
  if (unknown.length !== 0) {
    const names = unknown.map((key) => `"${key}"`).join(", ");
    problems.push(`Unrecognized key${unknown.length === 1 ? "" : "s"}: ${names}`);
  }
  if (problems.length !== 0) return flaw("unreadable", `${quoted(problems.join("; "))}.`);
  return { ok: true, entry: value as Entry };
}

/** Units, list and paid of an entry [units, USDC units]; a flaw if an amount has too many decimals or is too large. */
export function usageOf(entry: UsageEntry, usdcDecimals: number): { ok: true; used: UsageRow } | Flaw {
  for (const key of ["listUsdc", "paidUsdc"] as const) {
    const problem = amountProblem(`\`${key}\``, entry[key], usdcDecimals, MAX_AMOUNT);
    if (problem !== undefined) return flaw("unreadable", problem);
  }
  const [list, paid] = [unitsOfDecimal(entry.listUsdc, usdcDecimals), unitsOfDecimal(entry.paidUsdc, usdcDecimals)];
  return { ok: true, used: { units: BigInt(entry.units), list, paid } };
}

import { paidAt } from "../staking/discount.ts";
import { BPS, ceilDiv, larger } from "../units/numbers.ts";
import { PRICED_UNITS } from "../usage/row.ts";
import type { UsageRow } from "../usage/row.ts";

/** Tokens of one request, as the model's server counts them. */
export interface TokenCounts {
  /** Tokens of the prompt that had to be worked out [tokens]. */
  input: number;
  /** Tokens of the prompt that were found in the server's cache [tokens]. */
  cached: number;
  /** Tokens of the answer [tokens]. */
  output: number;
}

/** The kinds of tokens that have a price each. */
export const TOKEN_KINDS = ["input", "cached", "output"] as const;

/** What a model's tokens cost at list price, and how many units of the chain they are. */
export interface TokenPrices {
  /** List price of a million tokens of each kind [USDC units]. */
  list: Readonly<Record<keyof TokenCounts, bigint>>;
  /** How much of a unit one token of each kind is [bps], as the model's launch document says ("billedUnit"). */
  weightBps: Readonly<Record<keyof TokenCounts, bigint>>;
  /** The model's price floor on chain [USDC units per million units]. */
  minimumPrice: bigint;
}

/** Prices of tokens are for this many. */
const PRICED_TOKENS = 1_000_000n;

/**
 * What one request is on the chain: its units, their list price, and what is paid for them at a discount. Each rounds up to
 * the next whole unit, once for each request, so that the sums of many requests keep the price floor and the largest
 * discount as each of them does. The list price is never below the floor.
 * @param discountWad What staking brings the user [WAD]: `discountOf` of the staking contract.
 */
export function costOf(
  tokens: TokenCounts,
  { list, weightBps, minimumPrice }: TokenPrices,
  discountWad: bigint,
): UsageRow {
  const sum = (rates: Readonly<Record<keyof TokenCounts, bigint>>) =>
    TOKEN_KINDS.reduce((total, kind) => total + BigInt(tokens[kind]) * rates[kind], 0n);
  const units = ceilDiv(sum(weightBps), BPS);
  const priced = larger(ceilDiv(sum(list), PRICED_TOKENS), ceilDiv(units * minimumPrice, PRICED_UNITS));
  return { units, list: priced, paid: paidAt(priced, discountWad) };
}

/** The sums of two usages. */
export const plusUsage = (one: UsageRow, other: UsageRow): UsageRow => ({
  units: one.units + other.units,
  list: one.list + other.list,
  paid: one.paid + other.paid,
});

/** What a usage is beyond another that it contains. */
export const minusUsage = (whole: UsageRow, part: UsageRow): UsageRow => ({
  units: whole.units - part.units,
  list: whole.list - part.list,
  paid: whole.paid - part.paid,
});

/** No usage. */
export const NO_USAGE: UsageRow = { units: 0n, list: 0n, paid: 0n };

/**
 * What is wrong with prices, in one sentence; undefined if every request at them keeps the floor and has units.
 * @param what Whose prices they are, as the sentence begins.
 */
export function pricesProblem(what: string, { list, weightBps, minimumPrice }: TokenPrices): string | undefined {
  const weightless = TOKEN_KINDS.find((kind) => weightBps[kind] <= 0n);
  if (weightless !== undefined) return `${what} gives ${weightless} tokens no weight: name a weight above zero.`;
  const below = TOKEN_KINDS.find((kind) => list[kind] * BPS < weightBps[kind] * minimumPrice);
  if (below === undefined) return undefined;
  const least = ceilDiv(weightBps[below] * minimumPrice, BPS);
  return `${what} sells ${below} tokens below the model's price floor: ask at least ${least.toString()} USDC units a million.`;
}

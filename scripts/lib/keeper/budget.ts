import { WAD } from "../../../sdk/src/units/numbers.ts";
import type { Most } from "../sending/sending.ts";

/** What may be spent in a day; undefined where nothing bounds it. */
export interface Limits {
  /** [gas] */
  gas: bigint | undefined;
  /** [wei] */
  wei: bigint | undefined;
}

/** What has been spent in a day, or may still be. Upkeep is a part of all. */
export interface Spent {
  all: Most;
  upkeep: Most;
}

/** One transaction in the books. */
export interface Entry {
  nonce: number;
  /** The day of the chain's clock, in UTC, on which it was sent. */
  day: bigint;
  upkeep: boolean;
  /** What was set aside for it. */
  most: Most;
  /** What it has taken; undefined as long as nobody knows. */
  taken: Most | undefined;
}

/** What bounds a transaction that cannot be sent today. */
export const BOUNDS = ["gasPerDay", "usdPerDay", "upkeepPerDay"] as const;

/** What bounds a transaction that cannot be sent today. */
export type Bound = (typeof BOUNDS)[number];

/** Observations take this part of a day's limits at most, so that they never use up what lots and graduations need. */
const UPKEEP_PART = 2n;

const NOTHING: Most = { gas: 0n, wei: 0n };
const sum = (a: Most, b: Most): Most => ({ gas: a.gas + b.gas, wei: a.wei + b.wei });

/** Nothing was spent. */
export const nothingSpent = (): Spent => ({ all: NOTHING, upkeep: NOTHING });

/** What was spent, and one transaction more. */
export const plus = ({ all, upkeep }: Spent, amounts: Most, isUpkeep: boolean): Spent => ({
  all: sum(all, amounts),
  upkeep: isUpkeep ? sum(upkeep, amounts) : upkeep,
});

/**
 * What the entries of a day come to. What is on its way counts with all that was set aside for it. Of several entries with
 * one nonce the chain executes one: the one that is known to be executed counts (the last of them, if a reorganisation has
 * taken others away), or else the dearest.
 * @param entries In the order in which they were written down.
 */
export function spentOn(day: bigint, settled: Spent, entries: readonly Entry[]): Spent {
  const byNonce = new Map<number, Entry>();
  for (const entry of entries) {
    const other = byNonce.get(entry.nonce);
    const isRather =
      other === undefined || entry.taken !== undefined || (other.taken === undefined && isDearer(entry, other));
    if (isRather) byNonce.set(entry.nonce, entry);
  }
  return [...byNonce.values()]
    .filter((entry) => entry.day === day)
    .reduce((spent, { taken, most, upkeep }) => plus(spent, taken ?? most, upkeep), settled);
}

const isDearer = ({ most }: Entry, { most: other }: Entry): boolean =>
  most.wei === other.wei ? most.gas > other.gas : most.wei > other.wei;

/** What keeps a transaction from being sent today; undefined if nothing does. */
export function boundOf({ gas, wei }: Limits, spent: Spent, most: Most, isUpkeep: boolean): Bound | undefined {
  const { all, upkeep } = plus(spent, most, isUpkeep);
  if (gas !== undefined && all.gas > gas) return "gasPerDay";
  if (wei !== undefined && all.wei > wei) return "usdPerDay";
  const isAbove = (limit: bigint | undefined, part: bigint) => limit !== undefined && part * UPKEEP_PART > limit;
  return isUpkeep && (isAbove(gas, upkeep.gas) || isAbove(wei, upkeep.wei)) ? "upkeepPerDay" : undefined;
}

/**
 * What a sum of USD buys of the chain's currency [wei], rounded down.
 * @param usd [USD, WAD]
 * @param ethUsd What one of the chain's currency costs [USD, WAD].
 */
export const weiOfUsd = (usd: bigint, ethUsd: bigint): bigint => (usd * WAD) / ethUsd;

/** What a part of the chain's currency costs [USD, WAD], rounded up. */
export const usdOfWei = (wei: bigint, ethUsd: bigint): bigint => (wei * ethUsd + WAD - 1n) / WAD;

import type { SeriesView } from "../../../sdk/src/reads/lens.ts";
import { withdrawalTimes } from "../../../sdk/src/usage/withdrawal.ts";

/** From when on a user's vouchers are collected; undefined means never for this reason. */
export interface Thresholds {
  /** What is open of all its series [USDC units]. */
  open: bigint | undefined;
  /** How long something waits [s]. */
  age: bigint | undefined;
}

/** Why a series is collected, though the user owes little: money or a signature would be out of reach later. */
export type Hurry = "withdrawal" | "key";

/**
 * Whether a series has to be collected at once: its user has requested a withdrawal, or its key lapses or loses a part of
 * what it may spend. Each of these leaves 48 hours, in which settlements go on.
 * @param now [s]
 */
export function hurryOf({ account, record }: Pick<SeriesView, "account" | "record">, now: bigint): Hurry | undefined {
  if (account.requested > 0n && now < withdrawalTimes(account.requestedAt).lapsesAt) return "withdrawal";
  if (record.capFalls || (record.expiresAt !== 0n && now >= record.expiresAt)) return "key";
  return undefined;
}

/** Whether a user owes enough, or has owed it for long enough. Without thresholds everybody does. */
export function isWorth(
  { open, openedAt }: { open: bigint; openedAt: bigint | undefined },
  thresholds: Thresholds,
  now: bigint,
): boolean {
  if (thresholds.open === undefined && thresholds.age === undefined) return true;
  if (thresholds.open !== undefined && open >= thresholds.open) return true;
  return thresholds.age !== undefined && openedAt !== undefined && now - openedAt >= thresholds.age;
}

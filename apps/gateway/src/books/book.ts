import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import type { UsageRow } from "../../../../sdk/src/usage/row.ts";

/**
 * What is known of one user, and promised against its balance. The store keeps it; whoever changes it holds the lock of the
 * user's account. All amounts are USDC units.
 */
export interface Account {
  /** Deposit and credit less what is requested back, as of `block`. */
  available: bigint;
  block: bigint;
  /** When the chain was asked [ms]. */
  checkedAt: number;
  /** What was delivered and is not collected, over all series. */
  unsettled: bigint;
  /** What requests in flight may cost at most. */
  reserved: bigint;
}

/** A key of a user; the user itself is one, too, without a cap and an expiry. */
export interface KeyBook {
  /** What it may spend in all, and has; undefined if the user signs itself. */
  cap: bigint | undefined;
  spent: bigint;
  /** [s]; 0 if it was never authorised, undefined if the user signs itself. */
  expiresAt: bigint | undefined;
  /** What was delivered to it and is not collected. */
  unsettled: bigint;
  /** What was delivered to it and is not signed. */
  unsigned: bigint;
  reserved: bigint;
  /** How many of its requests are in flight. */
  inFlight: number;
}

/** A series: one user, key and model. All its sums grow only. */
export interface SeriesBook {
  /** [WAD] */
  discountWad: bigint;
  delivered: UsageRow;
  signed: UsageRow;
  /** As of the account's block, or an earlier one. */
  collected: UsageRow;
  /** The signature of `signed`, compact, 64 bytes; undefined if what is signed was signed elsewhere, or nothing is. */
  signature: Hex | undefined;
  /** When it was signed, and since when something that is signed is not collected [ms]. */
  signedAt: number | undefined;
  openedAt: number | undefined;
  /** How many receipts it has, and the digest of the last. */
  receipts: bigint;
  head: Hex;
}

/** Everything of one user that a batch touches. */
export interface UserBook {
  /** How often anything of the user was changed in the store. */
  version: number;
  account: Account;
  keys: Map<string, KeyBook>;
  /** By key and model: `seriesName`. */
  series: Map<string, SeriesBook>;
}

/** Names a series among those of its user. */
export const seriesName = (key: string, modelId: bigint): string => `${key} ${modelId.toString()}`;

/** What a user could spend on further requests now [USDC units]; negative if more is promised than there is. */
export const freeOf = ({ available, unsettled, reserved }: Account): bigint => available - unsettled - reserved;

/** What a key could; undefined if nothing bounds it but the balance. */
export const freeOfKey = ({ cap, spent, unsettled, reserved }: KeyBook): bigint | undefined =>
  cap === undefined ? undefined : cap - spent - unsettled - reserved;

/** What of a series was delivered and is not collected, and not signed. */
export const openOf = ({ delivered, signed, collected }: SeriesBook) => ({
  unsettled: delivered.paid - collected.paid,
  unsigned: delivered.paid - signed.paid,
});

import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { Account, KeyBook, SeriesBook } from "../books/book.ts";

/** A row of `accounts`, with amounts as text. */
export interface AccountRow {
  user_address: string;
  available: string;
  block: string;
  checked_at: string;
  unsettled: string;
  reserved: string;
}

/** A row of `keys`. */
export interface KeyRow {
  user_address: string;
  key_address: string;
  cap: string | null;
  spent: string;
  expires_at: string | null;
  unsettled: string;
  unsigned: string;
  reserved: string;
  in_flight: string;
}

/** A row of `series`. */
export interface SeriesRow {
  user_address: string;
  key_address: string;
  model_id: string;
  discount_wad: string;
  delivered_units: string;
  delivered_list: string;
  delivered_paid: string;
  signed_units: string;
  signed_list: string;
  signed_paid: string;
  collected_units: string;
  collected_list: string;
  collected_paid: string;
  signature: Hex | null;
  signed_at: string | null;
  opened_at: string | null;
  receipts: string;
  head: Hex;
}

/** A row of `requests`. */
export type RequestRow = Record<
  | "request_id"
  | "user_address"
  | "key_address"
  | "model_id"
  | "number"
  | "previous"
  | "input_tokens"
  | "cached_tokens"
  | "output_tokens"
  | "units"
  | "list"
  | "paid"
  | "units_sum"
  | "list_sum"
  | "paid_sum"
  | "request_hash"
  | "answer_hash"
  | "served_at",
  string
>;

/** Columns as text: the drivers give large numbers in different forms. Moments are milliseconds. */
const asText = (columns: string[], moments: string[] = []) =>
  [
    ...columns.map((name) => `t.${name}::text as ${name}`),
    ...moments.map((name) => `(extract(epoch from t.${name}) * 1000)::bigint::text as ${name}`),
  ].join(", ");

export const ACCOUNT_COLUMNS = asText(["user_address", "available", "block", "unsettled", "reserved"], ["checked_at"]);
export const KEY_COLUMNS = asText([
  ...["user_address", "key_address", "cap", "spent", "expires_at", "unsettled", "unsigned", "reserved", "in_flight"],
]);
export const SERIES_COLUMNS = asText(
  [
    ...["user_address", "key_address", "model_id", "discount_wad", "delivered_units", "delivered_list"],
    ...["delivered_paid", "signed_units", "signed_list", "signed_paid", "collected_units", "collected_list"],
    ...["collected_paid", "signature", "receipts", "head"],
  ],
  ["signed_at", "opened_at"],
);
export const REQUEST_COLUMNS = asText([
  ...["request_id", "user_address", "key_address", "model_id", "number", "previous", "input_tokens", "cached_tokens"],
  ...["output_tokens", "units", "list", "paid", "units_sum", "list_sum", "paid_sum", "request_hash", "answer_hash"],
  "served_at",
]);

const optional = (text: string | null) => (text === null ? undefined : Number(text));

export const accountOfRow = (row: AccountRow): Account => ({
  available: BigInt(row.available),
  block: BigInt(row.block),
  checkedAt: Number(row.checked_at),
  unsettled: BigInt(row.unsettled),
  reserved: BigInt(row.reserved),
});

export const keyOfRow = (row: KeyRow): KeyBook => ({
  cap: row.cap === null ? undefined : BigInt(row.cap),
  spent: BigInt(row.spent),
  expiresAt: row.expires_at === null ? undefined : BigInt(row.expires_at),
  unsettled: BigInt(row.unsettled),
  unsigned: BigInt(row.unsigned),
  reserved: BigInt(row.reserved),
  inFlight: Number(row.in_flight),
});

export const seriesOfRow = (row: SeriesRow): SeriesBook => ({
  discountWad: BigInt(row.discount_wad),
  delivered: usage(row.delivered_units, row.delivered_list, row.delivered_paid),
  signed: usage(row.signed_units, row.signed_list, row.signed_paid),
  collected: usage(row.collected_units, row.collected_list, row.collected_paid),
  signature: row.signature ?? undefined,
  signedAt: optional(row.signed_at),
  openedAt: optional(row.opened_at),
  receipts: BigInt(row.receipts),
  head: row.head,
});

export const receiptOfRow = (row: RequestRow): UsageReceipt => ({
  requestId: row.request_id as Hex,
  user: row.user_address as Address, // written with its checksum
  key: row.key_address as Address,
  modelId: BigInt(row.model_id),
  number: BigInt(row.number),
  previous: row.previous as Hex,
  tokens: { input: Number(row.input_tokens), cached: Number(row.cached_tokens), output: Number(row.output_tokens) },
  used: usage(row.units, row.list, row.paid),
  sums: usage(row.units_sum, row.list_sum, row.paid_sum),
  requestHash: row.request_hash as Hex,
  answerHash: row.answer_hash as Hex,
  servedAt: BigInt(row.served_at),
});

const usage = (units: string, list: string, paid: string) => ({
  units: BigInt(units),
  list: BigInt(list),
  paid: BigInt(paid),
});

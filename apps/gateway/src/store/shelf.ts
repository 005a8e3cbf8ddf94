import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { UsageRow } from "../../../../sdk/src/usage/row.ts";
import type { Account, KeyBook, SeriesBook, UserBook } from "../books/book.ts";
import type { SeriesKey } from "../books/changes.ts";
import { CHANGED } from "./procedures.ts";
import * as rows from "./rows.ts";
import type { Queries, SqlValue, Transaction } from "./sql.ts";

/** A request in flight. */
export interface Reservation extends SeriesKey {
  requestId: Hex;
  amount: bigint;
}

/** What a batch needs of the store. */
export interface Wanted {
  users: Set<string>;
  /** By `seriesName` after the user, so that each is asked for once. */
  series: Map<string, SeriesKey>;
  /** Requests that begin, and those that end, with whose they are. */
  fresh: Set<Hex>;
  ending: Map<Hex, string>;
}

/** What the store has of it. The accounts are locked until the transaction ends. */
export interface Found {
  books: Map<string, UserBook>;
  reservations: Map<Hex, Reservation>;
  receipts: Map<Hex, UsageReceipt>;
}

/** What a batch has changed. */
export interface Written {
  books: Map<string, UserBook>;
  made: Reservation[];
  ended: Hex[];
  served: UsageReceipt[];
}

/** What the store answers, with amounts as text; null where nothing was found. */
type FoundRows = Record<
  "books",
  {
    accounts: (rows.AccountRow & { version: number })[] | null;
    keys: rows.KeyRow[] | null;
    series: rows.SeriesRow[] | null;
    reservations: ReservationRow[] | null;
    receipts: rows.RequestRow[] | null;
  }
>;

type ReservationRow = Record<"request_id" | "user_address" | "key_address" | "model_id" | "amount", string>;

/** Reads what a batch needs, and locks its accounts. */
export async function takeFromStore(queries: Queries, { users, series, fresh, ending }: Wanted): Promise<Found> {
  const wanted = [...series.values()];
  const [{ books: found }] = (await queries.query<FoundRows>("select take_books($1, $2, $3, $4, $5) as books", [
    [...users],
    ...[wanted.map(({ user }) => user), wanted.map(({ key }) => key), wanted.map(({ modelId }) => modelId.toString())],
    [...fresh, ...ending.keys()],
  ])) as [FoundRows]; // a function gives one row
  const books = new Map<string, UserBook>();
  for (const row of found.accounts ?? []) {
    const { version, user_address: user } = row;
    books.set(user, { version, account: rows.accountOfRow(row), keys: new Map(), series: new Map() });
  }
  // Each is of a user that was asked for.
  for (const row of found.keys ?? []) books.get(row.user_address)!.keys.set(row.key_address, rows.keyOfRow(row));
  for (const row of found.series ?? []) {
    books.get(row.user_address)!.series.set(`${row.key_address} ${row.model_id}`, rows.seriesOfRow(row));
  }
  return {
    books,
    reservations: new Map((found.reservations ?? []).map((row) => [row.request_id as Hex, reservationOf(row)])),
    receipts: new Map((found.receipts ?? []).map((row) => [row.request_id as Hex, rows.receiptOfRow(row)])),
  };
}

const reservationOf = (row: ReservationRow): Reservation => ({
  ...{ requestId: row.request_id as Hex, user: row.user_address, key: row.key_address },
  ...{ modelId: BigInt(row.model_id), amount: BigInt(row.amount) },
});

/** Which of some sums are those of a receipt. @returns Names by `sumsName`. */
export async function soundSums(queries: Queries, asked: readonly (SeriesKey & UsageRow)[]): Promise<Set<string>> {
  if (asked.length === 0) return new Set();
  const found = await queries.query<{ place: string }>(
    `select w.place::text as place from unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::numeric[], $6::numeric[], $7::numeric[])
       as w (place, u, k, m, units, list, paid)
     join requests t on t.user_address = w.u and t.key_address = w.k and t.model_id = w.m
       and t.paid_sum = w.paid and t.list_sum = w.list and t.units_sum = w.units`,
    [
      asked.map((_, place) => place),
      ...[asked.map(({ user }) => user), asked.map(({ key }) => key), asked.map(({ modelId }) => modelId.toString())],
      ...(["units", "list", "paid"] as const).map((sum) => asked.map((one) => one[sum].toString())),
    ],
  );
  return new Set(found.map(({ place }) => sumsName(asked[Number(place)]!, asked[Number(place)]!))); // it was asked for
}

/** Names sums of a series. */
export const sumsName = ({ user, key, modelId }: SeriesKey, { units, list, paid }: UsageRow): string =>
  [user, key, modelId, units, list, paid].join(" ");

/** Writes what a batch has changed, while its accounts are locked. */
export function putIntoStore(queries: Transaction, gateway: string, written: Written): void {
  queries.send(...putting(gateway, written, []));
}

/**
 * Writes what a batch has changed of what was remembered.
 * @param fresh Requests that the store must not know yet.
 * @returns False if the store is not as it was remembered: then nothing is written.
 */
export async function putIfUnchanged(
  queries: Queries,
  gateway: string,
  written: Written,
  fresh: ReadonlySet<Hex>,
): Promise<boolean> {
  try {
    await queries.query(...putting(gateway, written, [...fresh]));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === CHANGED) return false;
    throw error;
  }
}

function putting(
  gateway: string,
  { books, made, ended, served }: Written,
  fresh: readonly Hex[],
): [text: string, values: SqlValue[]] {
  const { accounts, keys, series } = rowsOf(books);
  return [
    "select put_books($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    [
      ...[gateway, [...books.keys()], fresh, json(accounts), json(keys), json(series), ended],
      ...[json(made.map(reservationRow)), json(served.map(requestRow))],
    ],
  ];
}

const json = (all: Row[]): string | null => (all.length === 0 ? null : JSON.stringify(all));

function rowsOf(books: Written["books"]): Record<"accounts" | "keys" | "series", Row[]> {
  const found: Record<"accounts" | "keys" | "series", Row[]> = { accounts: [], keys: [], series: [] };
  for (const [user, { version, account, keys, series }] of books) {
    found.accounts.push({ ...accountRow(user, account), version });
    for (const [key, book] of keys) found.keys.push(keyRow(user, key, book));
    for (const [name, book] of series) found.series.push(seriesRow(user, name, book));
  }
  return found;
}

/** A row as the store takes it: amounts as text, moments in milliseconds. */
type Row = Record<string, string | number | null>;

const reservationRow = ({ requestId, user, key, modelId, amount }: Reservation): Row => ({
  ...{ request_id: requestId, user_address: user, key_address: key },
  ...{ model_id: modelId.toString(), amount: amount.toString() },
});

const accountRow = (user: string, account: Account): Row => ({
  user_address: user,
  available: account.available.toString(),
  block: account.block.toString(),
  checked_at: account.checkedAt,
  unsettled: account.unsettled.toString(),
  reserved: account.reserved.toString(),
});

const keyRow = (user: string, key: string, book: KeyBook): Row => ({
  user_address: user,
  key_address: key,
  cap: book.cap?.toString() ?? null,
  spent: book.spent.toString(),
  expires_at: book.expiresAt?.toString() ?? null,
  unsettled: book.unsettled.toString(),
  unsigned: book.unsigned.toString(),
  reserved: book.reserved.toString(),
  in_flight: book.inFlight,
});

function seriesRow(user: string, name: string, book: SeriesBook): Row {
  const [key, modelId] = name.split(" ") as [string, string];
  const { delivered, signed, collected } = book;
  return {
    user_address: user,
    key_address: key,
    model_id: modelId,
    discount_wad: book.discountWad.toString(),
    delivered_units: delivered.units.toString(),
    delivered_list: delivered.list.toString(),
    delivered_paid: delivered.paid.toString(),
    signed_units: signed.units.toString(),
    signed_list: signed.list.toString(),
    signed_paid: signed.paid.toString(),
    collected_units: collected.units.toString(),
    collected_list: collected.list.toString(),
    collected_paid: collected.paid.toString(),
    signature: book.signature ?? null,
    receipts: book.receipts.toString(),
    head: book.head,
    signed_at: book.signedAt ?? null,
    opened_at: book.openedAt ?? null,
  };
}

const requestRow = ({ tokens, used, sums, ...receipt }: UsageReceipt): Row => ({
  request_id: receipt.requestId,
  user_address: receipt.user,
  key_address: receipt.key,
  model_id: receipt.modelId.toString(),
  number: receipt.number.toString(),
  previous: receipt.previous,
  input_tokens: tokens.input,
  cached_tokens: tokens.cached,
  output_tokens: tokens.output,
  units: used.units.toString(),
  list: used.list.toString(),
  paid: used.paid.toString(),
  units_sum: sums.units.toString(),
  list_sum: sums.list.toString(),
  paid_sum: sums.paid.toString(),
  request_hash: receipt.requestHash,
  answer_hash: receipt.answerHash,
  served_at: receipt.servedAt.toString(),
});

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { NO_USAGE, plusUsage } from "../../../../sdk/src/gateway/cost.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { UsageRow } from "../../../../sdk/src/usage/row.ts";
import { seriesName } from "../metering/book.ts";
import type { Account, KeyBook, SeriesBook, UserBook } from "../metering/book.ts";
import type { SeriesKey } from "../metering/changes.ts";
import * as rows from "./rows.ts";
import type { Queries, SqlValue, Transaction } from "./sql.ts";
import * as tables from "./tables.ts";

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
  requestIds: Set<Hex>;
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

/** A user nobody has asked the chain about. */
const UNKNOWN: Account = { available: 0n, block: -1n, checkedAt: 0, unsettled: 0n, reserved: 0n };

/** Reads what a batch needs, and locks its accounts in one order, so that no two gateways wait for each other. */
export async function takeFromStore(queries: Transaction, { users, series, requestIds }: Wanted): Promise<Found> {
  const names = [...users].sort();
  const books = new Map<string, UserBook>(
    names.map((user) => [user, { account: undefined, keys: new Map(), series: new Map() }]),
  );
  const wanted = [...series.values()];
  const [ofUsers, ofKeys, ofModels] = [
    wanted.map(({ user }) => user),
    wanted.map(({ key }) => key),
    wanted.map(({ modelId }) => modelId.toString()),
  ];
  // They go to the server together, and are run in this order: what is read is read with the lock.
  const [accounts, keyRows, seriesRows, requests] = await Promise.all([
    lockedAccounts(queries, names),
    queries.query<rows.KeyRow>(
      `select ${rows.KEY_COLUMNS} from keys t join (select distinct * from unnest($1::text[], $2::text[]) as w (u, k)) w
       on t.user_address = w.u and t.key_address = w.k`,
      [ofUsers, ofKeys],
    ),
    queries.query<rows.SeriesRow>(
      `select ${rows.SERIES_COLUMNS} from series t join unnest($1::text[], $2::text[], $3::bigint[]) as w (u, k, m)
       on t.user_address = w.u and t.key_address = w.k and t.model_id = w.m`,
      [ofUsers, ofKeys, ofModels],
    ),
    requestsIn(queries, [...requestIds]),
  ]);
  const missing = names.filter((user) => !accounts.has(user));
  if (missing.length !== 0) {
    // Who is new gets a row first, because without one there is nothing to lock; then all is read again.
    const known = missing.map((user) => accountRow(user, UNKNOWN));
    tables.writeRows(queries, { ...tables.ACCOUNTS, conflict: "leave" }, known);
    return await takeFromStore(queries, { users, series, requestIds });
  }
  for (const [user, account] of accounts) books.get(user)!.account = account; // asked for
  for (const row of keyRows) books.get(row.user_address)!.keys.set(row.key_address, rows.keyOfRow(row)); // asked for
  for (const row of seriesRows) {
    const name = seriesName(row.key_address, BigInt(row.model_id));
    books.get(row.user_address)!.series.set(name, rows.seriesOfRow(row)); // asked for
  }
  return { books, ...requests };
}

async function lockedAccounts(queries: Transaction, users: string[]): Promise<Map<string, Account>> {
  const found = await queries.query<rows.AccountRow>(
    `select ${rows.ACCOUNT_COLUMNS} from accounts t where user_address = any($1::text[]) order by user_address for update`,
    [users],
  );
  return new Map(found.map((row) => [row.user_address, rows.accountOfRow(row)]));
}

async function requestsIn(queries: Queries, ids: Hex[]): Promise<Pick<Found, "reservations" | "receipts">> {
  if (ids.length === 0) return { reservations: new Map(), receipts: new Map() };
  const [reserved, served] = await Promise.all([
    queries.query<Record<"request_id" | "user_address" | "key_address" | "model_id" | "amount", string>>(
      `select request_id, user_address, key_address, model_id::text as model_id, amount::text as amount
       from reservations where request_id = any($1::text[])`,
      [ids],
    ),
    queries.query<rows.RequestRow>(
      `select ${rows.REQUEST_COLUMNS} from requests t where request_id = any($1::text[])`,
      [ids],
    ),
  ]);
  return {
    reservations: new Map(
      reserved.map((row) => [
        row.request_id as Hex,
        {
          ...{ requestId: row.request_id as Hex, user: row.user_address, key: row.key_address },
          ...{ modelId: BigInt(row.model_id), amount: BigInt(row.amount) },
        },
      ]),
    ),
    receipts: new Map(served.map((row) => [row.request_id as Hex, rows.receiptOfRow(row)])),
  };
}

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

/** Writes what a batch has changed. */
export function putIntoStore(queries: Transaction, gateway: string, { books, made, ended, served }: Written) {
  const users = [...books];
  tables.writeRows(
    queries,
    tables.ACCOUNTS,
    users.flatMap(([user, { account }]) => (account === undefined ? [] : [accountRow(user, account)])),
  );
  tables.writeRows(
    queries,
    tables.KEYS,
    users.flatMap(([user, { keys }]) => [...keys].map(([key, book]) => keyRow(user, key, book))),
  );
  tables.writeRows(
    queries,
    tables.SERIES,
    users.flatMap(([user, { series }]) => [...series].map(([name, book]) => seriesRow(user, name, book))),
  );
  if (ended.length !== 0) {
    queries.send("delete from reservations where request_id = any($1::text[])", [ended]);
  }
  const now = new Date().toISOString();
  tables.writeRows(
    queries,
    tables.RESERVATIONS,
    made.map(({ requestId, user, key, modelId, amount }) => ({
      ...{ request_id: requestId, gateway, user_address: user, key_address: key },
      ...{ model_id: modelId.toString(), amount: amount.toString(), made_at: now },
    })),
  );
  tables.writeRows(queries, tables.REQUESTS, served.map(requestRow));
  tables.writeRows(queries, tables.USAGE_DAYS, daysOf(served));
}

const accountRow = (user: string, account: Account): Record<string, SqlValue> => ({
  user_address: user,
  available: account.available.toString(),
  block: account.block.toString(),
  checked_at: momentOf(account.checkedAt),
  unsettled: account.unsettled.toString(),
  reserved: account.reserved.toString(),
});

const keyRow = (user: string, key: string, book: KeyBook): Record<string, SqlValue> => ({
  ...{ user_address: user, key_address: key, cap: book.cap?.toString() ?? null, spent: book.spent.toString() },
  ...{ expires_at: book.expiresAt?.toString() ?? null, unsettled: book.unsettled.toString() },
  ...{ unsigned: book.unsigned.toString(), reserved: book.reserved.toString(), in_flight: book.inFlight },
});

function seriesRow(user: string, name: string, book: SeriesBook): Record<string, SqlValue> {
  const [key, modelId] = name.split(" ") as [string, string];
  const sums = (["delivered", "signed", "collected"] as const).flatMap((kind) =>
    (["units", "list", "paid"] as const).map((sum) => [`${kind}_${sum}`, book[kind][sum].toString()]),
  );
  return {
    ...{ user_address: user, key_address: key, model_id: modelId, discount_wad: book.discountWad.toString() },
    ...(Object.fromEntries(sums) as Record<string, string>),
    ...{ signature: book.signature ?? null, signed_at: momentOf(book.signedAt), opened_at: momentOf(book.openedAt) },
    ...{ receipts: book.receipts.toString(), head: book.head },
  };
}

const requestRow = ({ tokens, used, sums, ...receipt }: UsageReceipt): Record<string, SqlValue> => ({
  ...{ request_id: receipt.requestId, user_address: receipt.user, key_address: receipt.key },
  ...{ model_id: receipt.modelId.toString(), number: receipt.number.toString(), previous: receipt.previous },
  ...{ input_tokens: tokens.input, cached_tokens: tokens.cached, output_tokens: tokens.output },
  ...{ units: used.units.toString(), list: used.list.toString(), paid: used.paid.toString() },
  ...{ units_sum: sums.units.toString(), list_sum: sums.list.toString(), paid_sum: sums.paid.toString() },
  ...{ request_hash: receipt.requestHash, answer_hash: receipt.answerHash, served_at: receipt.servedAt.toString() },
});

/** What was served, by series and day (UTC). */
function daysOf(served: readonly UsageReceipt[]): Record<string, SqlValue>[] {
  const days = new Map<string, { first: UsageReceipt; count: number; tokens: number[]; used: UsageRow }>();
  for (const receipt of served) {
    const { user, key, modelId, tokens, used } = receipt;
    const name = [dayOf(receipt), user, key, modelId].join(" ");
    const { count, ...sums } = days.get(name) ?? { first: receipt, count: 0, tokens: [0, 0, 0], used: NO_USAGE };
    const counts = [tokens.input, tokens.cached, tokens.output];
    days.set(name, {
      first: sums.first,
      count: count + 1,
      tokens: sums.tokens.map((sum, index) => sum + counts[index]!), // both have three
      used: plusUsage(sums.used, used),
    });
  }
  return [...days.values()].map(({ first, count, tokens, used }) => ({
    ...{ user_address: first.user, key_address: first.key, model_id: first.modelId.toString(), day: dayOf(first) },
    ...{ requests: count, input_tokens: tokens[0]!, cached_tokens: tokens[1]!, output_tokens: tokens[2]! },
    ...{ units: used.units.toString(), list: used.list.toString(), paid: used.paid.toString() },
  }));
}

const dayOf = ({ servedAt }: UsageReceipt): string => new Date(Number(servedAt) * 1_000).toISOString().slice(0, 10);

const momentOf = <At extends number | undefined>(at: At) =>
  (at === undefined ? null : new Date(at).toISOString()) as At extends number ? string : string | null;

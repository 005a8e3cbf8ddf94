import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { Account, KeyBook, SeriesBook } from "../books/book.ts";
import type { SeriesKey } from "../books/changes.ts";
import * as rows from "./rows.ts";
import type { Queries } from "./sql.ts";

/** The most series of a key that are told. */
const MOST_SERIES = 200;

/** The most receipts in one answer. */
const MOST_RECEIPTS = 100;

/** What the books say of a user and one of its keys. */
export interface KeyReport {
  account: Account | undefined;
  key: KeyBook | undefined;
  series: { modelId: bigint; book: SeriesBook }[];
}

/** Reads what the books say of a user and key. */
export async function reportOn(queries: Queries, { user, key }: Pick<SeriesKey, "user" | "key">): Promise<KeyReport> {
  const [account] = await queries.query<rows.AccountRow>(
    `select ${rows.ACCOUNT_COLUMNS} from accounts t where user_address = $1`,
    [user],
  );
  const [keyRow] = await queries.query<rows.KeyRow>(
    `select ${rows.KEY_COLUMNS} from keys t where user_address = $1 and key_address = $2`,
    [user, key],
  );
  const series = await queries.query<rows.SeriesRow>(
    `select ${rows.SERIES_COLUMNS} from series t where user_address = $1 and key_address = $2
     order by model_id limit ${MOST_SERIES.toString()}`,
    [user, key],
  );
  return {
    account: account === undefined ? undefined : rows.accountOfRow(account),
    key: keyRow === undefined ? undefined : rows.keyOfRow(keyRow),
    series: series.map((row) => ({ modelId: BigInt(row.model_id), book: rows.seriesOfRow(row) })),
  };
}

/** Receipts of a series in their order, after one; at most a hundred. */
export async function receiptsAfter(queries: Queries, of: SeriesKey, after: bigint): Promise<UsageReceipt[]> {
  const found = await queries.query<rows.RequestRow>(
    `select ${rows.REQUEST_COLUMNS} from requests t
     where user_address = $1 and key_address = $2 and model_id = $3 and number > $4
     order by t.number limit ${MOST_RECEIPTS.toString()}`,
    [of.user, of.key, of.modelId.toString(), after.toString()],
  );
  return found.map(rows.receiptOfRow);
}

/** The series in which something that is signed is not collected, those first whose user was asked about longest ago. */
export async function openSeries(queries: Queries, before: Date, most: number): Promise<SeriesKey[]> {
  const found = await queries.query<Record<"user_address" | "key_address" | "model_id", string>>(
    `select t.user_address, t.key_address, t.model_id::text as model_id
     from series t join accounts a on a.user_address = t.user_address
     where t.opened_at is not null and t.signed_paid > t.collected_paid and a.checked_at < $1::timestamptz
     order by a.checked_at limit ${most.toString()}`,
    [before.toISOString()],
  );
  return found.map((row) => ({ user: row.user_address, key: row.key_address, modelId: BigInt(row.model_id) }));
}

/** What is open in a store. */
export interface OpenSums {
  /** Delivered and not signed, and signed and not collected [USDC units]. */
  unsigned: bigint;
  uncollected: bigint;
  /** Since when the oldest of what is signed waits [ms]. */
  since: number | undefined;
}

/** What is open in the whole store. */
export async function openSums(queries: Queries): Promise<OpenSums> {
  const [row] = await queries.query<Record<"unsigned" | "uncollected", string> & { since: string | null }>(
    `select (select coalesce(sum(unsigned), 0)::text from keys) as unsigned, coalesce(sum(signed_paid - collected_paid), 0)::text as uncollected,
       (extract(epoch from min(opened_at)) * 1000)::bigint::text as since
     from series where opened_at is not null and signed_paid > collected_paid`,
  );
  const { unsigned, uncollected, since } = row!; // a sum gives one row
  return {
    unsigned: BigInt(unsigned),
    uncollected: BigInt(uncollected),
    since: since === null ? undefined : Number(since),
  };
}

/**
 * Requests in flight of gateways that nobody has seen for so long [s], and those of one gateway that are older than that:
 * it knows itself which of them it serves.
 */
export async function abandoned(
  queries: Queries,
  seconds: number,
  own?: string,
): Promise<{ requestId: Hex; wish: SeriesKey & { most: bigint } }[]> {
  const found = await queries.query<
    Record<"request_id" | "user_address" | "key_address" | "model_id" | "amount", string>
  >(
    `select r.request_id, r.user_address, r.key_address, r.model_id::text as model_id, r.amount::text as amount
     from reservations r left join gateways g on g.gateway = r.gateway
     where g.seen_at is null or g.seen_at < now() - make_interval(secs => $1)
       or (r.gateway = $2 and r.made_at < now() - make_interval(secs => $1))
     order by r.made_at limit 1000`,
    [seconds, own ?? null],
  );
  return found.map((row) => ({
    requestId: row.request_id as Hex,
    wish: { user: row.user_address, key: row.key_address, modelId: BigInt(row.model_id), most: BigInt(row.amount) },
  }));
}

/** Says that a gateway is there. */
export const seen = (queries: Queries, gateway: string): Promise<unknown> =>
  queries.query(
    "insert into gateways values ($1, now()) on conflict (gateway) do update set seen_at = excluded.seen_at",
    [gateway],
  );

/** Says that a gateway has gone, and forgets those that went long ago. */
export const gone = (queries: Queries, gateway: string): Promise<unknown> =>
  queries.query("delete from gateways where gateway = $1 or seen_at < now() - interval '1 day'", [gateway]);

/** How many receipts are forgotten at once at most. */
export const PRUNED_AT_ONCE = 10_000;

/**
 * Forgets receipts that are older than so many days and were signed for. Their sums stay in the series and the days.
 * @returns How many it were; at most `PRUNED_AT_ONCE`.
 */
export async function prune(queries: Queries, days: number): Promise<number> {
  const [row] = await queries.query<{ count: string }>(
    `with old as (
       select t.request_id from requests t
       join series s on s.user_address = t.user_address and s.key_address = t.key_address and s.model_id = t.model_id
       where t.served_at < extract(epoch from now()) - $1::bigint * 86400 and t.paid_sum <= s.signed_paid
       order by t.served_at limit ${PRUNED_AT_ONCE.toString()}
     ), gone as (delete from requests where request_id in (select request_id from old) returning 1)
     select count(*)::text as count from gone`,
    [days],
  );
  return Number(row!.count); // a count has one row
}

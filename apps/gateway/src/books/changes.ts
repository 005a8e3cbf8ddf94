import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { plusUsage } from "../../../../sdk/src/gateway/cost.ts";
import { NO_RECEIPT } from "../../../../sdk/src/gateway/receipt.ts";
import type { RefusalCode } from "../../../../sdk/src/gateway/wire.ts";
import type { UsageRow } from "../../../../sdk/src/usage/row.ts";
import { freeOf, freeOfKey, openOf, seriesName } from "./book.ts";
import type { Account, KeyBook, SeriesBook, UserBook } from "./book.ts";

/** How much a gateway serves ahead of signatures. */
export interface CreditLimits {
  /** How many requests of a key are served at once. */
  requestsInFlight: number;
  /** The most that one request of any model can cost [USDC units]. */
  mostOfRequest: bigint;
  /** A key that expires earlier than so long from now is not served [s]. */
  settlementSeconds: bigint;
  /** How old what is known of the chain may be [ms]. */
  staleAfter: number;
}

/** When something happens. */
export interface Moment {
  /** [ms] */
  wall: number;
  /** The time of the chain [s]. */
  chain: bigint;
}

/** Who asks for a model, and what a voucher counts up. */
export interface SeriesKey {
  user: string;
  key: string;
  modelId: bigint;
}

/** The series alone, of something that has more. */
export const seriesOf = ({ user, key, modelId }: SeriesKey): SeriesKey => ({ user, key, modelId });

/** A request that asks to be served. */
export interface Wish extends SeriesKey {
  /** The most that it can cost [USDC units]. */
  most: bigint;
}

/** Why a request is not served, or that the chain has to be asked first. */
export type Denial =
  | {
      code: Extract<RefusalCode, "signFirst" | "deposit" | "keyCap" | "keyNotAuthorized" | "keyExpires" | "tooMany">;
      missing?: bigint;
    }
  | { code: "askChain" };

/**
 * Whether a request is served on credit, and reserves what it can cost at most. What a key has used without a signature,
 * and may use, is never more than `requestsInFlight` requests can cost; with nothing in flight everything must be signed.
 * @returns Undefined if it is served.
 */
export function admit(book: UserBook, wish: Wish, limits: CreditLimits, now: Moment): Denial | undefined {
  const { account } = book;
  const key = book.keys.get(wish.key);
  const series = book.series.get(seriesName(wish.key, wish.modelId));
  if (key === undefined || series === undefined) return { code: "askChain" };
  if (now.wall - account.checkedAt > limits.staleAfter) return { code: "askChain" };
  const denial = denialOfKey(key, limits, now) ?? denialOfCredit(key, wish.most, limits);
  if (denial !== undefined) return denial;
  const free = freeOf(account);
  if (free < wish.most) return { code: "deposit", missing: wish.most - free };
  const freeByKey = freeOfKey(key);
  if (freeByKey !== undefined && freeByKey < wish.most) return { code: "keyCap", missing: wish.most - freeByKey };
  reserve(account, key, wish.most, 1);
  return undefined;
}

function denialOfKey({ expiresAt }: KeyBook, { settlementSeconds }: CreditLimits, now: Moment): Denial | undefined {
  if (expiresAt === undefined) return undefined;
  if (expiresAt === 0n) return { code: "keyNotAuthorized" };
  return expiresAt <= now.chain + settlementSeconds ? { code: "keyExpires" } : undefined;
}

function denialOfCredit(
  { unsigned, reserved, inFlight }: KeyBook,
  most: bigint,
  limits: CreditLimits,
): Denial | undefined {
  const { requestsInFlight, mostOfRequest } = limits;
  if (inFlight === 0 && unsigned > 0n) return { code: "signFirst" };
  if (inFlight >= requestsInFlight) return { code: "tooMany" };
  return unsigned + reserved + most > BigInt(requestsInFlight) * mostOfRequest ? { code: "signFirst" } : undefined;
}

/** Changes what is reserved; `count` is 1 for a new request and -1 for one that has ended. */
function reserve(account: Account, key: KeyBook, amount: bigint, count: 1 | -1): void {
  account.reserved += BigInt(count) * amount;
  key.reserved += BigInt(count) * amount;
  key.inFlight += count;
}

/** Ends a request that has delivered nothing. */
export function release(book: UserBook, { key, most }: Pick<Wish, "key" | "most">): void {
  reserve(book.account, book.keys.get(key)!, most, -1); // it was admitted
}

/** Ends a request: what it has delivered is open from now on. Never more than was reserved is delivered. */
export function deliver(book: UserBook, wish: Wish, used: UsageRow): SeriesBook {
  if (used.paid > wish.most) throw new Error("A request has cost more than what was reserved for it.");
  release(book, wish);
  const series = book.series.get(seriesName(wish.key, wish.modelId))!; // it was admitted
  change(book, wish, series, () => {
    series.delivered = plusUsage(series.delivered, used);
    series.receipts += 1n;
  });
  return series;
}

/** What a voucher's sums are to its series. */
export type VoucherJudgement =
  /** It was accepted, or says what was signed before or less. */
  | "good"
  /** It says more than what was delivered, or something that no receipt says. */
  | "unfounded"
  /** Its sums are between what is signed and what is delivered: only a receipt tells whether they are good. */
  | "lookUp";

/** What a voucher's sums are to its series. */
export function judgeVoucher({ delivered, signed }: SeriesBook, sums: UsageRow): VoucherJudgement {
  if (sums.paid <= signed.paid && sums.list <= signed.list && sums.units <= signed.units) return "good";
  if (isEqual(sums, delivered)) return "good";
  return sums.paid >= signed.paid && sums.paid <= delivered.paid ? "lookUp" : "unfounded";
}

const isEqual = (one: UsageRow, other: UsageRow) =>
  one.paid === other.paid && one.list === other.list && one.units === other.units;

/** Takes a voucher whose sums are those of a receipt; one that says nothing new changes nothing. */
export function sign(book: UserBook, of: SeriesKey, sums: UsageRow, signature: Hex, now: Moment): void {
  const series = book.series.get(seriesName(of.key, of.modelId))!; // it was judged
  const { signed } = series;
  if (sums.paid <= signed.paid && sums.list <= signed.list && sums.units <= signed.units) return;
  change(book, of, series, () => {
    series.signed = { units: sums.units, list: sums.list, paid: sums.paid };
    series.signature = signature;
    series.signedAt = now.wall;
    series.openedAt ??= now.wall;
  });
}

/** What the chain says of a series and its user, as of one block. */
export interface ChainView extends SeriesKey {
  available: bigint;
  collected: UsageRow;
  discountWad: bigint;
  /** Undefined if the user signs itself. */
  authorization: { cap: bigint; spent: bigint; expiresAt: bigint } | undefined;
}

/**
 * Takes what the chain says. An older answer than what is known is left out, so that a balance is never newer than what was
 * collected of it, nor the other way round: both come from one block.
 */
export function learn(book: UserBook, view: ChainView, block: bigint, now: Moment): void {
  if (block < book.account.block) return;
  Object.assign(book.account, { available: view.available, block, checkedAt: now.wall });
  const { authorization } = view;
  const known = book.keys.get(view.key) ?? { unsettled: 0n, unsigned: 0n, reserved: 0n, inFlight: 0 };
  book.keys.set(view.key, {
    ...known,
    ...{ cap: authorization?.cap, spent: authorization?.spent ?? 0n, expiresAt: authorization?.expiresAt },
  });
  const name = seriesName(view.key, view.modelId);
  const series = book.series.get(name) ?? newSeries(view);
  book.series.set(name, series);
  change(book, view, series, () => {
    series.discountWad = view.discountWad;
    series.collected = view.collected;
    // Another store has had vouchers of this series collected: what the chain has taken was delivered and signed.
    if (view.collected.paid > series.signed.paid) {
      series.signed = view.collected;
      series.signature = undefined;
    }
    if (series.signed.paid > series.delivered.paid) series.delivered = series.signed;
    if (series.signed.paid <= series.collected.paid) series.openedAt = undefined;
  });
}

const newSeries = ({ discountWad, collected }: ChainView): SeriesBook => ({
  ...{ discountWad, delivered: collected, signed: collected, collected },
  ...{ signature: undefined, signedAt: undefined, openedAt: undefined, receipts: 0n, head: NO_RECEIPT },
});

/** Changes a series, and what is added up of it with it. */
function change(book: UserBook, { key }: Pick<SeriesKey, "key">, series: SeriesBook, act: () => void): void {
  const before = openOf(series);
  act();
  const after = openOf(series);
  const ofKey = book.keys.get(key)!; // a series has its key
  book.account.unsettled += after.unsettled - before.unsettled;
  ofKey.unsettled += after.unsettled - before.unsettled;
  ofKey.unsigned += after.unsigned - before.unsigned;
}

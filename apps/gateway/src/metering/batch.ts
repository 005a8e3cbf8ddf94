import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import { MOST_VOUCHERS } from "../../../../sdk/src/gateway/wire.ts";
import type { Voucher } from "../../../../sdk/src/signing/voucher.ts";
import { soundSums, sumsName } from "../store/shelf.ts";
import type { Found, Reservation, Written } from "../store/shelf.ts";
import type { Queries } from "../store/sql.ts";
import { seriesName } from "../books/book.ts";
import type { UserBook } from "../books/book.ts";
import { admit, deliver, judgeVoucher, learn, release, seriesOf, sign } from "../books/changes.ts";
import type { Denial, SeriesKey } from "../books/changes.ts";
import type { LedgerParts } from "./ledger.ts";
import type { BadVoucher, CloseRequest, DropRequest, OpenRequest, Operation, Outcomes, ToSign } from "./operations.ts";

/** Operations that share a transaction, applied in their order to what the store has. */
export class Batch {
  readonly #found: Found;
  readonly #parts: LedgerParts;
  readonly #queries: Queries;
  readonly #written: Omit<Written, "books"> = { made: [], ended: [], served: [] };
  /** Sums that are those of a receipt. */
  readonly #sound = new Set<string>();

  constructor(found: Found, parts: LedgerParts, queries: Queries) {
    this.#found = found;
    this.#parts = parts;
    this.#queries = queries;
  }

  /** Applies operations. */
  async run(operations: readonly Operation[]): Promise<Outcomes[Operation["kind"]][]> {
    for (const name of await soundSums(this.#queries, this.#toLookUp(operations))) this.#sound.add(name);
    const outcomes = [];
    for (const operation of operations) outcomes.push(await this.#apply(operation));
    return outcomes;
  }

  /** What has changed. */
  written(): Written {
    const { made, ended, served } = this.#written;
    const [begun, over] = [new Set(made.map(({ requestId }) => requestId)), new Set(ended)];
    return {
      ...{ served, books: this.#found.books },
      made: made.filter(({ requestId }) => !over.has(requestId)),
      ended: ended.filter((requestId) => !begun.has(requestId)),
    };
  }

  async #apply(operation: Operation): Promise<Outcomes[Operation["kind"]]> {
    switch (operation.kind) {
      case "open":
        return await this.#open(operation);
      case "close":
        return this.#close(operation);
      case "drop":
        this.#drop(operation);
        return undefined;
      case "take":
        return this.#take(operation);
      case "learn":
        for (const view of operation.views) learn(this.#bookOf(view), view, operation.block, this.#parts.now());
        return undefined;
    }
  }

  async #open({ wish, requestId, vouchers }: OpenRequest): Promise<Outcomes["open"]> {
    const receipt = this.#found.receipts.get(requestId);
    // The id is the client's: somebody else's that is the same says nothing about this one.
    if (receipt !== undefined) return isOf(receipt, wish) ? { kind: "servedBefore", receipt } : { kind: "inFlight" };
    if (this.#found.reservations.has(requestId)) return { kind: "inFlight" };
    const book = this.#bookOf(wish);
    const refused = this.#takeAll(book, wish, vouchers);
    if (refused !== undefined) return refused;
    const denial = admit(book, wish, this.#parts.limits, this.#parts.now());
    if (denial !== undefined) return { kind: "denied", denial, sign: await this.#toSign(book, wish, denial) };
    const reservation: Reservation = { requestId, ...seriesOf(wish), amount: wish.most };
    this.#found.reservations.set(requestId, reservation);
    this.#written.made.push(reservation);
    const { discountWad } = book.series.get(seriesName(wish.key, wish.modelId))!; // it was admitted
    return { kind: "admitted", discountWad, checkedAt: book.account.checkedAt };
  }

  #close({ wish, requestId, ...served }: CloseRequest): Outcomes["close"] {
    const before = this.#found.receipts.get(requestId);
    if (before !== undefined) return before; // the answer of the store was lost, and it is asked again
    if (!this.#end(requestId)) return undefined;
    const series = deliver(this.#bookOf(wish), wish, served.used);
    const receipt: UsageReceipt = {
      ...{ requestId, user: wish.user as Address, key: wish.key as Address, modelId: wish.modelId },
      ...{ number: series.receipts, previous: series.head, tokens: served.tokens, used: served.used },
      sums: series.delivered,
      ...{ requestHash: served.requestHash, answerHash: served.answerHash, servedAt: served.servedAt },
    };
    series.head = this.#parts.digest(receipt);
    this.#sound.add(sumsName(wish, receipt.sums));
    this.#found.receipts.set(requestId, receipt);
    this.#written.served.push(receipt);
    return receipt;
  }

  #drop({ wish, requestId }: DropRequest): void {
    if (this.#end(requestId)) release(this.#bookOf(wish), wish);
  }

  /** Ends a request in flight; false if it is none. */
  #end(requestId: Hex): boolean {
    if (!this.#found.reservations.delete(requestId)) return false;
    this.#written.ended.push(requestId);
    return true;
  }

  #take({ user, key, vouchers }: Extract<Operation, { kind: "take" }>): Outcomes["take"] {
    const of = { user, key, modelId: 0n };
    return this.#takeAll(this.#found.books.get(user), of, vouchers) ?? { kind: "taken" };
  }

  /** Takes all of some vouchers, or none. */
  #takeAll(
    book: UserBook | undefined,
    { user, key }: SeriesKey,
    vouchers: readonly Voucher[],
  ): BadVoucher | Extract<Outcomes["take"], { kind: "denied" }> | undefined {
    for (const voucher of vouchers) {
      const series = book?.series.get(seriesName(key, voucher.modelId));
      if (series === undefined) return { kind: "denied", denial: { code: "askChain" }, sign: [] };
      const judgement = judgeVoucher(series, voucher);
      const isGood = judgement === "good" || (judgement === "lookUp" && this.#sound.has(sumsName(voucher, voucher)));
      if (!isGood) return { kind: "badVoucher", of: { user, key, modelId: voucher.modelId } };
    }
    for (const voucher of vouchers) {
      sign(book!, voucher, voucher, `${voucher.r}${voucher.vs.slice(2)}`, this.#parts.now()); // it has the series
    }
    return undefined;
  }

  /** What a key has to sign, if that is why it is denied; at most as many as one request carries. */
  async #toSign(book: UserBook, { user, key }: SeriesKey, { code }: Denial): Promise<ToSign[]> {
    if (code !== "signFirst") return [];
    const stored = await this.#queries.query<Record<"model_id" | "units" | "list" | "paid", string>>(
      `select model_id::text as model_id, delivered_units::text as units, delivered_list::text as list,
         delivered_paid::text as paid
       from series
       where user_address = $1 and key_address = $2 and signed_paid < delivered_paid
       order by model_id limit ${MOST_VOUCHERS.toString()}`,
      [user, key],
    );
    const sums = new Map(
      stored.map(({ model_id, units, list, paid }) => [
        BigInt(model_id),
        { units: BigInt(units), list: BigInt(list), paid: BigInt(paid) },
      ]),
    );
    // What this batch has changed is newer.
    for (const [name, series] of book.series) {
      const [ofKey, modelId] = name.split(" ") as [string, string];
      if (ofKey !== key) continue;
      if (series.signed.paid < series.delivered.paid) sums.set(BigInt(modelId), series.delivered);
      else sums.delete(BigInt(modelId));
    }
    return [...sums].map(([modelId, sum]) => ({ modelId, sums: sum }));
  }

  /**
   * Vouchers whose sums have to be looked for among the receipts. Those that are good as the books are now are noted: they
   * stay good when operations before theirs in the batch move the books on.
   */
  #toLookUp(operations: readonly Operation[]): Voucher[] {
    const vouchers = operations.flatMap((operation) =>
      operation.kind === "open" || operation.kind === "take" ? operation.vouchers : [],
    );
    return vouchers.filter((voucher) => {
      const series = this.#found.books.get(voucher.user)?.series.get(seriesName(voucher.key, voucher.modelId));
      if (series === undefined) return false;
      const judgement = judgeVoucher(series, voucher);
      if (judgement === "good") this.#sound.add(sumsName(voucher, voucher));
      return judgement === "lookUp";
    });
  }

  #bookOf({ user }: Pick<SeriesKey, "user">): UserBook {
    return this.#found.books.get(user)!; // what an operation names was taken from the store
  }
}

const isOf = (receipt: UsageReceipt, { user, key }: SeriesKey) => receipt.user === user && receipt.key === key;

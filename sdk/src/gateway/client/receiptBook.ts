import { FomoError } from "../../errors/fomoError.ts";
import { receiptOfJson } from "../receipt.ts";
import type { SignedReceipt } from "../receipt.ts";
import type { ReceiptsDocument } from "../wire.ts";
import type { Ledger } from "./ledger.ts";
import type { Link } from "./link.ts";
import type { Series } from "./series.ts";
import type { Settings } from "./settings.ts";
import { pricesEntry, readTerms } from "./terms.ts";
import { pause } from "./waiting.ts";

/** How many receipts the gateway gives at once. */
const PAGE = 100;
/** A gateway that has not given a receipt for a request so long after it was sent never will [s]. */
const LONGEST_REQUEST = 86_400;
/** How long sums are waited for that answers on their way bear out [ms], and how often they are looked for. */
const PATIENCE = 3_000;
const LOOK_AFTER = 25;
/** How often at most the terms are asked for again because of an unknown model [ms]. */
const ASK_TERMS_AFTER = 30_000;

/** Asks the gateway for receipts that are missing. */
export class ReceiptBook {
  readonly #settings: Settings;
  readonly #link: Link;
  /** The questions that are on their way. */
  readonly #asking = new Map<Series, Promise<void>>();
  #termsAskedAt = -Infinity;

  constructor(settings: Settings, link: Link) {
    this.#settings = settings;
    this.#link = link;
  }

  /** The series of a model; undefined if the gateway does not serve it, as far as its newest terms say. */
  async seriesOf(ledger: Ledger, model: string): Promise<Series | undefined> {
    const found = ledger.seriesOf(model);
    if (found !== undefined || Date.now() - this.#termsAskedAt < ASK_TERMS_AFTER) return found;
    this.#termsAskedAt = Date.now();
    const { models } = await readTerms(this.#link, this.#settings);
    for (const known of ledger.learn(models)) await ledger.remember(pricesEntry(known));
    return ledger.seriesOf(model);
  }

  /** Gets the receipts of lost answers, if there are some. */
  async catchUpIfDue(series: Series): Promise<void> {
    if (series.mustAsk) await this.catchUp(series);
  }

  /** The same, for once something else has been done: the caller is told of no failure, but `onProblem` is. */
  async quietly(series: Series, always = false): Promise<void> {
    if (always || series.hasGap) await this.catchUp(series).catch(this.#settings.onProblem);
  }

  /**
   * Gets the receipts that are missing. Two who ask at once ask once.
   * @throws FomoError `gatewayRefuses`, `noAnswer`
   */
  catchUp(series: Series): Promise<void> {
    const asking = this.#asking.get(series) ?? this.#catchUp(series).finally(() => this.#asking.delete(series));
    this.#asking.set(series, asking);
    return asking;
  }

  /** Gets receipts until so many units are borne out. False if they are not, or not in good time. */
  async reach(series: Series, units: bigint): Promise<boolean> {
    const until = Date.now() + PATIENCE;
    for (let askedAfter = -1n; Date.now() <= until;) {
      if (series.head.sums.units >= units) return true;
      if (series.stopped !== undefined) return false;
      if (series.waitsForAnswer) await pause(LOOK_AFTER);
      else if (series.lastWithoutGap === askedAfter) return false;
      else {
        askedAfter = series.lastWithoutGap;
        await this.catchUp(series);
      }
    }
    return false;
  }

  /**
   * All receipts after the last that was judged, in their order.
   * @throws FomoError `gatewayRefuses`, `noAnswer`; `doubtfulReceipt` if one cannot be read.
   */
  async rest(series: Series): Promise<SignedReceipt[]> {
    const receipts: SignedReceipt[] = [];
    for (let after = series.head.number; ;) {
      const page = await this.#page(series, after);
      for (const entry of page) {
        const read = receiptOfJson(entry);
        if (!read.ok) throw new FomoError("doubtfulReceipt", `A receipt of ${series.model} cannot be read.`);
        receipts.push(read.receipt);
      }
      const last = receipts.at(-1)?.number ?? after;
      if (page.length < PAGE || last <= after) return receipts;
      after = last;
    }
  }

  async #catchUp(series: Series): Promise<void> {
    series.asksDue = Math.max(0, series.asksDue - 1);
    for (;;) {
      const after = series.lastWithoutGap;
      const page = await this.#page(series, after);
      for (const [index, entry] of page.entries()) {
        const read = receiptOfJson(entry);
        if (!read.ok) series.stop(after + 1n, "cannot be read");
        else if (index === 0 && read.receipt.number > after + 1n) {
          series.stop(read.receipt.number, `does not follow the receipt ${after.toString()}`);
        } else series.offer(read.receipt);
      }
      if (page.length < PAGE || series.lastWithoutGap <= after) break;
    }
    if (series.stopped === undefined && !series.hasGap) {
      series.forgetBefore(Math.floor(Date.now() / 1_000) - LONGEST_REQUEST);
    }
  }

  /** Some receipts after a number, as JSON. */
  async #page(series: Series, after: bigint): Promise<readonly unknown[]> {
    const path = `/v1/receipts?model=${encodeURIComponent(series.model)}&after=${after.toString()}`;
    const document = await this.#link.ask("gives no receipts", { method: "GET", path });
    const { receipts } = (document ?? {}) as Partial<ReceiptsDocument>;
    return Array.isArray(receipts) ? receipts : [];
  }
}

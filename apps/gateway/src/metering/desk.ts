import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { costOf, NO_USAGE } from "../../../../sdk/src/gateway/cost.ts";
import type { TokenCounts } from "../../../../sdk/src/gateway/cost.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { Voucher } from "../../../../sdk/src/signing/voucher.ts";
import type { SeriesReader } from "../chain/series.ts";
import type { ServedModel } from "../config/models.ts";
import { mostFor, withinBounds } from "../books/bounds.ts";
import type { TokenBounds } from "../books/bounds.ts";
import { seriesOf } from "../books/changes.ts";
import type { ChainView, Denial, SeriesKey } from "../books/changes.ts";
import type { Ledger } from "./ledger.ts";
import type { OpenOutcome, Outcomes } from "./operations.ts";

/** A request that asks to be served. */
export interface Order extends SeriesKey {
  requestId: Hex;
  requestHash: Hex;
  bounds: TokenBounds;
  vouchers: Voucher[];
}

/** A request that is served. It ends once, by one of the two. */
export interface Ticket {
  order: Order;
  model: ServedModel;
  /** The discount that it is charged with [WAD]. */
  discountWad: bigint;
  /** Charges what was delivered, and gives the receipt; undefined if the request was given up before. */
  close(tokens: TokenCounts, answerHash: Hex): Promise<UsageReceipt | undefined>;
  /** Ends it without a charge. */
  drop(): Promise<void>;
}

/** Why a request is not served. */
export type Unserved = Exclude<OpenOutcome, { kind: "admitted" }> | { kind: "chainAway" };

/** What a desk works with. */
export interface DeskParts {
  ledger: Ledger;
  reader: SeriesReader;
  models: ReadonlyMap<bigint, ServedModel>;
  /** When what is known of a user is asked again while it is served on [ms]. */
  freshFor: number;
  now: () => number;
}

/**
 * Where requests are opened and closed: it asks the chain about whom the books do not know, or have not asked about for
 * long, and works out what a request costs.
 */
export class Desk {
  readonly #parts: DeskParts;
  /** Users whose series are being asked for, so that many requests ask once. */
  readonly #asking = new Map<string, Promise<void>>();
  /** Requests that are being served here: what else is reserved for this gateway was lost on the way. */
  readonly #live = new Set<Hex>();
  /** When they were asked for last [ms]. */
  readonly #askedAt = new Map<string, number>();
  /** Series that are served on and have not been asked about for long. */
  readonly #old = new Map<string, SeriesKey>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Opens a request. */
  async open(order: Order): Promise<{ kind: "served"; ticket: Ticket } | Unserved> {
    const model = this.#parts.models.get(order.modelId)!; // the order was made for one
    const wish = { user: order.user, key: order.key, modelId: order.modelId, most: mostFor(order.bounds, model) };
    const { requestId, vouchers } = order;
    if (this.#live.has(requestId)) return { kind: "inFlight" };
    this.#live.add(requestId);
    let isServed = false;
    try {
      const outcome = await this.#withChain(vouchersAnd(order), () =>
        this.#parts.ledger.run({ kind: "open", wish, requestId, vouchers }),
      );
      if (outcome.kind !== "admitted") return outcome;
      isServed = true;
      return this.#served(order, wish, model, outcome);
    } finally {
      if (!isServed) this.#live.delete(requestId);
    }
  }

  /** Whether a request is being served here. */
  isLive(requestId: Hex): boolean {
    return this.#live.has(requestId);
  }

  #served(
    order: Order,
    wish: SeriesKey & { most: bigint },
    model: ServedModel,
    outcome: Extract<OpenOutcome, { kind: "admitted" }>,
  ): { kind: "served"; ticket: Ticket } {
    if (this.#parts.now() - outcome.checkedAt > this.#parts.freshFor) this.#old.set(nameOf(order), seriesOf(order));
    return { kind: "served", ticket: this.#ticketOf(order, wish, model, outcome.discountWad) };
  }

  /** Takes vouchers without a request. */
  async take(
    of: Pick<SeriesKey, "user" | "key">,
    vouchers: Voucher[],
  ): Promise<Outcomes["take"] | { kind: "chainAway" }> {
    return await this.#withChain(vouchers, () => this.#parts.ledger.run({ kind: "take", ...of, vouchers }));
  }

  /**
   * Asks about all who are served on and have not been asked about for long, in one question: one for each would take a
   * tenth of what their requests take. @throws Whatever the node or the store throws.
   */
  async refreshOld(): Promise<void> {
    const series = [...this.#old.values()];
    this.#old.clear(); // whoever is served meanwhile is old still, and stands there again
    if (series.length !== 0) await this.refresh(series);
  }

  /** Brings what is known of a series up to the newest block. @throws Whatever the node or the store throws. */
  async refresh(series: readonly SeriesKey[]): Promise<void> {
    const { block, views } = await this.#parts.reader.askAll(series);
    const byUser = new Map<string, ChainView[]>();
    for (const view of views) {
      const own = byUser.get(view.user);
      if (own === undefined) byUser.set(view.user, [view]);
      else own.push(view);
    }
    await Promise.all(
      [...byUser].map(([user, own]) => this.#parts.ledger.run({ kind: "learn", user, block, views: own })),
    );
  }

  #ticketOf(order: Order, wish: SeriesKey & { most: bigint }, model: ServedModel, discountWad: bigint): Ticket {
    const { ledger, now } = this.#parts;
    const { requestId, requestHash } = order;
    let isOpen = true;
    const end = () => {
      if (!isOpen) throw new Error("A request ends once.");
      isOpen = false;
    };
    return {
      ...{ order, model, discountWad },
      close: async (counted, answerHash) => {
        end();
        const tokens = withinBounds(counted, order.bounds);
        const used = isNothing(tokens) ? NO_USAGE : costOf(tokens, model.prices, discountWad);
        const servedAt = BigInt(Math.floor(now() / 1_000));
        const close = { kind: "close", wish, requestId, tokens, used, requestHash, answerHash, servedAt } as const;
        return await ledger.insist(close).finally(() => this.#live.delete(requestId));
      },
      drop: async () => {
        end();
        await ledger.insist({ kind: "drop", wish, requestId }).finally(() => this.#live.delete(requestId));
      },
    };
  }

  /**
   * Runs something that may need to ask the chain first: about somebody whom the books do not know, or whose deposit or key
   * may be newer than what they know.
   */
  async #withChain<Outcome extends { kind: string; denial?: Denial }>(
    series: readonly SeriesKey[],
    run: () => Promise<Outcome>,
  ): Promise<Outcome | { kind: "chainAway" }> {
    let outcome = await run();
    for (let tries = 0; tries < TRIES; ++tries) {
      const code = outcome.denial?.code;
      const isUnknown = code === "askChain";
      const mayBeNews =
        code !== undefined && MAY_BE_NEWS.has(code) && tries === 0 && series.some((one) => this.#isOld(one));
      if (!isUnknown && !mayBeNews) return outcome;
      try {
        await Promise.all(series.map((one) => this.#askOnce(one)));
      } catch {
        return isUnknown ? { kind: "chainAway" } : outcome;
      }
      outcome = await run();
    }
    return outcome.denial?.code === "askChain" ? { kind: "chainAway" } : outcome;
  }

  /** Whether a series may be asked about again: somebody who is refused again and again does not bother the node each time. */
  #isOld(of: SeriesKey): boolean {
    const askedAt = this.#askedAt.get(nameOf(of));
    return askedAt === undefined || this.#parts.now() - askedAt > ASK_AGAIN;
  }

  #askOnce(of: SeriesKey): Promise<void> {
    const name = nameOf(of);
    this.#askedAt.delete(name); // to stand last
    if (this.#askedAt.size >= REMEMBERED) this.#askedAt.delete(this.#askedAt.keys().next().value!); // the first
    this.#askedAt.set(name, this.#parts.now());
    const asking =
      this.#asking.get(name) ??
      this.#ask(of).finally(() => {
        this.#asking.delete(name);
      });
    this.#asking.set(name, asking);
    return asking;
  }

  async #ask({ user, key, modelId }: SeriesKey): Promise<void> {
    const { block, view } = await this.#parts.reader.ask({ user, key, modelId });
    await this.#parts.ledger.run({ kind: "learn", user, block, views: [view] });
  }
}

const vouchersAnd = (order: Order): SeriesKey[] => [order, ...order.vouchers];

const isNothing = ({ input, cached, output }: TokenCounts) => input + cached + output === 0;

const nameOf = ({ user, key, modelId }: SeriesKey) => `${user} ${key} ${modelId.toString()}`;

/** How often the chain is asked for one request: while others ask about the same user, an answer can be too old. */
const TRIES = 3;

/** What the chain may have changed since the books have heard of it. */
const MAY_BE_NEWS = new Set<Denial["code"]>(["deposit", "keyCap", "keyNotAuthorized", "keyExpires"]);

/** How long after the last time that may be [ms], and of how many that is remembered. */
const ASK_AGAIN = 2_000;
const REMEMBERED = 50_000;

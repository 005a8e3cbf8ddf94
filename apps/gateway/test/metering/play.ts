import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { costOf, NO_USAGE, plusUsage } from "../../../../sdk/src/gateway/cost.ts";
import { NO_RECEIPT } from "../../../../sdk/src/gateway/receipt.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { Voucher } from "../../../../sdk/src/signing/voucher.ts";
import type { UsageRow } from "../../../../sdk/src/usage/row.ts";
import type { ChainView, SeriesKey } from "../../src/books/changes.ts";
import { Ledger } from "../../src/metering/ledger.ts";
import type { Operation, Outcomes } from "../../src/metering/operations.ts";
import { abandoned, gone, receiptsAfter, reportOn, seen } from "../../src/store/reports.ts";
import type { Store } from "../../src/store/sql.ts";
import type { Random } from "../support/random.ts";
import { BOUNDS, LIMITS, MODELS, MOST, PRICES, addressFor, idOf, voucherFor } from "./terms.ts";

const nameOf = ({ user, key, modelId }: SeriesKey) => `${user} ${key} ${modelId.toString()}`;

/** What a chain would say of a user. */
interface OnChain {
  deposited: bigint;
  requested: bigint;
  discountWad: bigint;
  keys: Map<string, { cap: bigint; spent: bigint; expiresAt: bigint } | undefined>;
  collected: Map<string, UsageRow>;
}

/** Plays random histories against the ledger, and keeps books of its own. */
export class Play {
  readonly #random: Random;
  readonly #store: Store;
  readonly #digest: (receipt: UsageReceipt) => Hex;
  readonly #users: string[];
  readonly #chain = new Map<string, OnChain>();
  readonly #receipts = new Map<string, UsageReceipt[]>();
  readonly #signed = new Map<string, UsageRow>();
  readonly #flying = new Map<Hex, { series: SeriesKey; most: bigint; ledger: number; discountWad: bigint }>();
  #ledgers: { ledger: Ledger; name: string }[] = [];
  #block = 1n;
  #wall = 1_000_000_000_000;
  readonly #straying: number;
  counts = {
    ...{ admitted: 0, denied: new Map<string, number>(), signed: 0, collected: 0, restarts: 0 },
    ...{ remembered: 0, read: 0 },
  };

  /**
   * @param salt Which of many histories in the same store it is.
   * @param straying How many of the operations of a user another gateway gets than the others.
   */
  constructor(
    random: Random,
    store: Store,
    digest: (receipt: UsageReceipt) => Hex,
    { salt, straying }: { salt: number; straying: number },
  ) {
    this.#random = random;
    this.#straying = straying;
    this.#store = store;
    this.#digest = digest;
    this.#users = [0, 1, 2].map((index) => addressFor(salt * 16 + index));
    for (const user of this.#users) {
      this.#chain.set(user, {
        ...{ deposited: MOST * BigInt(random.below(12)), requested: 0n, discountWad: 0n },
        keys: new Map([
          [user, undefined],
          [addressFor(salt * 16 + 8), { cap: MOST * 4n, spent: 0n, expiresAt: 10n ** 10n }],
        ]),
        collected: new Map(),
      });
    }
  }

  async start(): Promise<void> {
    this.#ledgers = await Promise.all([0, 1].map(() => this.#newLedger()));
  }

  async #newLedger() {
    const name = randomBytes(8).toString("hex");
    await seen(this.#store, name);
    const now = () => ({ wall: this.#wall, chain: BigInt(Math.floor(this.#wall / 1_000)) });
    return {
      name,
      ledger: new Ledger({
        ...{ store: this.#store, gateway: name, limits: LIMITS, now, digest: this.#digest },
        ran: (books) => this.counts[books]++,
      }),
    };
  }

  /** Which gateway an operation of a user goes to. */
  #gatewayOf(user: string): number {
    const own = this.#users.indexOf(user) % 2;
    return this.#random.chance(this.#straying) ? 1 - own : own;
  }

  #ledgerOf(user: string): Ledger {
    return this.#ledgers[this.#gatewayOf(user)]!.ledger;
  }

  #anySeries(): SeriesKey {
    const user = this.#random.pick(this.#users);
    return {
      user,
      key: this.#random.pick([...this.#chain.get(user)!.keys.keys()]),
      modelId: this.#random.pick(MODELS),
    };
  }

  /** One step: some operations at once, then all that must hold. */
  async step(): Promise<void> {
    this.#wall += 1_000;
    const random = this.#random;
    const count = 1 + random.below(5);
    await Promise.all(Array.from({ length: count }, () => this.#act()));
    if (random.chance(0.05)) await this.#restart(random.below(2));
  }

  async #act(): Promise<void> {
    const random = this.#random;
    switch (random.below(10)) {
      case 0:
      case 1:
      case 2:
      case 3:
        await this.#open();
        break;
      case 4:
      case 5:
      case 6:
        await this.#end();
        break;
      case 7:
        await this.#take();
        break;
      default:
        await this.#live();
    }
  }

  /** The chain goes on, and a ledger hears of it. */
  async #live(): Promise<void> {
    const random = this.#random;
    const of = this.#anySeries();
    const ledger = this.#ledgerOf(of.user);
    const chain = this.#chain.get(of.user)!;
    const record = chain.keys.get(of.key);
    const name = nameOf(of);
    switch (random.below(6)) {
      case 0:
        chain.deposited += MOST * BigInt(random.below(6));
        break;
      case 1:
        chain.requested = (chain.deposited * BigInt(random.below(3))) / 2n;
        break;
      case 2:
        chain.discountWad = BigInt(random.below(31)) * 10n ** 16n;
        break;
      case 3:
        if (record !== undefined) record.cap += MOST;
        break;
      default: {
        const [due, before] = [this.#signed.get(name) ?? NO_USAGE, chain.collected.get(name) ?? NO_USAGE];
        const amount = due.paid - before.paid;
        const isCovered = amount <= chain.deposited && (record === undefined || amount <= record.cap - record.spent);
        if (amount > 0n && isCovered) {
          chain.deposited -= amount;
          if (chain.requested > chain.deposited) chain.requested = chain.deposited;
          if (record !== undefined) record.spent += amount;
          chain.collected.set(name, due);
          this.counts.collected++;
        }
      }
    }
    this.#block += 1n;
    await this.#learn(ledger, of);
  }

  async #learn(ledger: Ledger, of: SeriesKey): Promise<void> {
    const { deposited, requested, discountWad, keys, collected } = this.#chain.get(of.user)!;
    const authorization = keys.get(of.key);
    const view: ChainView = {
      ...{ ...of, available: deposited - requested, discountWad },
      collected: collected.get(nameOf(of)) ?? NO_USAGE,
      authorization: authorization === undefined ? undefined : { ...authorization },
    };
    await ledger.run({ kind: "learn", user: of.user, block: this.#block, views: [view] });
  }

  async #open(): Promise<void> {
    const random = this.#random;
    const series = this.#anySeries();
    const which = this.#gatewayOf(series.user);
    const { ledger } = this.#ledgers[which]!;
    const requestId = idOf();
    const most = (MOST * BigInt(1 + random.below(10))) / 10n;
    const vouchers = random.chance(0.8) ? this.#vouchersOf(series) : [];
    let outcome: Outcomes["open"] | undefined;
    for (let tries = 0; tries < 4; ++tries) {
      outcome = await ledger.run({ kind: "open", wish: { ...series, most }, requestId, vouchers });
      if (outcome.kind !== "denied" || outcome.denial.code !== "askChain") break;
      for (const of of [series, ...vouchers]) await this.#learn(ledger, of);
    }
    if (outcome!.kind === "admitted") {
      this.counts.admitted++;
      this.#flying.set(requestId, { series, most, ledger: which, discountWad: outcome!.discountWad });
      for (const voucher of vouchers) this.#noteSigned(voucher);
    } else if (outcome!.kind === "denied") {
      const { code } = outcome!.denial;
      this.counts.denied.set(code, (this.counts.denied.get(code) ?? 0) + 1);
      if (code !== "askChain") for (const voucher of vouchers) this.#noteSigned(voucher);
    } else {
      assert.fail(`an open request was ${outcome!.kind}`);
    }
  }

  #noteSigned(voucher: Voucher): void {
    const name = nameOf(voucher);
    const before = this.#signed.get(name) ?? NO_USAGE;
    if (voucher.paid <= before.paid && voucher.list <= before.list && voucher.units <= before.units) return;
    this.#signed.set(name, { units: voucher.units, list: voucher.list, paid: voucher.paid });
    this.counts.signed++;
  }

  /** Vouchers for sums of receipts: of the newest, mostly. */
  #vouchersOf({ user, key }: SeriesKey): Voucher[] {
    return MODELS.flatMap((modelId) => {
      const receipts = this.#receipts.get(nameOf({ user, key, modelId })) ?? [];
      if (receipts.length === 0) return [];
      const { sums } = this.#random.chance(0.7) ? receipts.at(-1)! : this.#random.pick(receipts);
      return [voucherFor({ user, key, modelId }, sums)];
    });
  }

  async #end(): Promise<void> {
    const random = this.#random;
    if (this.#flying.size === 0) return;
    const [requestId, { series, most, ledger: which, discountWad }] = random.pick([...this.#flying]);
    this.#flying.delete(requestId);
    const { ledger } = this.#ledgers[which]!;
    const wish = { ...series, most };
    if (random.chance(0.2)) {
      await ledger.insist({ kind: "drop", wish, requestId });
      return;
    }
    let tokens = { input: random.below(BOUNDS.input), cached: 0, output: random.below(BOUNDS.output) };
    let used = costOf(tokens, PRICES, discountWad);
    while (used.paid > most) {
      tokens = { input: Math.floor(tokens.input / 2), cached: 0, output: Math.floor(tokens.output / 2) };
      used = costOf(tokens, PRICES, discountWad);
    }
    const served = {
      requestHash: NO_RECEIPT,
      answerHash: NO_RECEIPT,
      servedAt: BigInt(Math.floor(this.#wall / 1_000)),
    };
    const close: Operation = { kind: "close", wish, requestId, tokens, used, ...served };
    const [receipt, again] = await Promise.all([ledger.insist(close), ledger.insist(close)]);
    assert.ok(receipt !== undefined, "what was admitted is charged");
    assert.deepEqual(again, receipt, "and it is charged once");
    const receipts = this.#receipts.get(nameOf(series)) ?? [];
    receipts.push(receipt);
    receipts.sort((one, other) => Number(one.number - other.number));
    this.#receipts.set(nameOf(series), receipts);
  }

  /** Vouchers without a request; some of them that nobody owes. */
  async #take(): Promise<void> {
    const series = this.#anySeries();
    const ledger = this.#ledgerOf(series.user);
    const vouchers = this.#vouchersOf(series);
    if (vouchers.length === 0) return;
    const last = vouchers.at(-1)!;
    if (this.#random.chance(0.4)) {
      const forged = { ...last, paid: last.paid + 1n, list: last.list + 1n };
      const known = (this.#receipts.get(nameOf(last)) ?? []).some(
        ({ sums }) => sums.paid === forged.paid && sums.list === forged.list,
      );
      const outcome = await ledger.run({
        kind: "take",
        user: series.user,
        key: series.key,
        vouchers: [...vouchers, forged],
      });
      const signed = this.#signed.get(nameOf(last)) ?? NO_USAGE;
      if (forged.paid > signed.paid && !known) assert.equal(outcome.kind, "badVoucher");
      else if (outcome.kind === "taken") for (const voucher of vouchers) this.#noteSigned(voucher);
      return;
    }
    const outcome = await ledger.run({ kind: "take", user: series.user, key: series.key, vouchers });
    if (outcome.kind === "taken") for (const voucher of vouchers) this.#noteSigned(voucher);
  }

  /** A gateway is lost, and the other one gives up what it had in flight. */
  async #restart(which: number): Promise<void> {
    const { ledger, name } = this.#ledgers[which]!;
    await ledger.drain();
    await gone(this.#store, name);
    const other = this.#ledgers[1 - which]!.ledger;
    for (const { requestId, wish } of await abandoned(this.#store, 1_000)) {
      if (this.#flying.get(requestId)?.ledger !== which) continue; // it is of another play in the same store
      await other.run({ kind: "drop", requestId, wish });
      this.#flying.delete(requestId);
    }
    this.#ledgers[which] = await this.#newLedger();
    this.counts.restarts++;
  }

  /** What must hold at any time. */
  async check(): Promise<void> {
    for (const user of this.#users) {
      let [unsettled, reserved] = [0n, 0n];
      for (const key of this.#chain.get(user)!.keys.keys()) {
        const { account, key: book, series } = await reportOn(this.#store, { user, key });
        const flying = [...this.#flying.values()].filter(({ series: of }) => of.user === user && of.key === key);
        const ofKey = { unsettled: 0n, unsigned: 0n };
        for (const { modelId, book: one } of series) {
          const name = nameOf({ user, key, modelId });
          const receipts = await receiptsAfter(this.#store, { user, key, modelId }, 0n);
          assert.deepEqual(
            receipts,
            (this.#receipts.get(name) ?? []).slice(0, 100),
            "the receipts that were given are kept",
          );
          let [sums, head] = [NO_USAGE, NO_RECEIPT];
          for (const [index, receipt] of (this.#receipts.get(name) ?? []).entries()) {
            sums = plusUsage(sums, receipt.used);
            assert.equal(receipt.number, BigInt(index + 1));
            assert.equal(receipt.previous, head, "each receipt names the one before");
            assert.deepEqual(receipt.sums, sums);
            head = this.#digest(receipt);
          }
          assert.deepEqual(one.delivered, sums, "what was delivered is what the receipts say");
          assert.equal(one.head, head);
          assert.deepEqual(one.signed, this.#signed.get(name) ?? NO_USAGE, "what was signed is not lost");
          ofKey.unsettled += one.delivered.paid - one.collected.paid;
          ofKey.unsigned += one.delivered.paid - one.signed.paid;
        }
        if (book === undefined) continue;
        assert.equal(book.unsettled, ofKey.unsettled);
        assert.equal(book.unsigned, ofKey.unsigned);
        assert.equal(book.inFlight, flying.length);
        assert.equal(
          book.reserved,
          flying.reduce((sum, { most }) => sum + most, 0n),
        );
        assert.ok(
          book.unsigned + book.reserved <= BigInt(LIMITS.requestsInFlight) * MOST,
          "the credit of a key has its bound",
        );
        unsettled += ofKey.unsettled;
        reserved += book.reserved;
        assert.equal(account!.block <= this.#block, true);
      }
      const { account } = await reportOn(this.#store, { user, key: user });
      if (account === undefined) continue;
      assert.equal(account.unsettled, unsettled);
      assert.equal(account.reserved, reserved);
    }
  }

  /** At the end everything is signed and collected, and both sides agree. */
  async finish(): Promise<void> {
    for (const [requestId, { series, most }] of this.#flying) {
      await this.#ledgers[0]!.ledger.run({ kind: "drop", requestId, wish: { ...series, most } });
    }
    this.#flying.clear();
    for (const user of this.#users) {
      for (const key of this.#chain.get(user)!.keys.keys()) {
        const vouchers = MODELS.flatMap((modelId) => {
          const sums = this.#receipts.get(nameOf({ user, key, modelId }))?.at(-1)?.sums;
          return sums === undefined ? [] : [voucherFor({ user, key, modelId }, sums)];
        });
        if (vouchers.length === 0) continue;
        assert.equal((await this.#ledgers[0]!.ledger.run({ kind: "take", user, key, vouchers })).kind, "taken");
        for (const voucher of vouchers) this.#noteSigned(voucher);
      }
    }
    await this.check();
    for (const user of this.#users) {
      for (const key of this.#chain.get(user)!.keys.keys()) {
        const { key: book } = await reportOn(this.#store, { user, key });
        assert.equal(book?.unsigned ?? 0n, 0n);
      }
    }
  }
}

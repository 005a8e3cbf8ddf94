import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";

import { NO_USAGE } from "../../../../sdk/src/gateway/cost.ts";
import { NO_RECEIPT } from "../../../../sdk/src/gateway/receipt.ts";
import type { Wish } from "../../src/books/changes.ts";
import { Ledger } from "../../src/metering/ledger.ts";
import { Memory } from "../../src/metering/memory.ts";
import type { CloseRequest, OpenRequest } from "../../src/metering/operations.ts";
import { reportOn } from "../../src/store/reports.ts";
import type { Found, Wanted } from "../../src/store/shelf.ts";
import type { Store } from "../../src/store/sql.ts";
import { stores } from "../support/stores.ts";
import { LIMITS, MOST, addressFor, idOf, voucherFor } from "./terms.ts";

const USED = { units: 10n, list: 20n, paid: 20n };
const SERVED = {
  used: USED,
  tokens: { input: 1, cached: 0, output: 1 },
  requestHash: NO_RECEIPT,
  answerHash: NO_RECEIPT,
};

for (const { name, open } of stores) {
  describe(`what a ledger remembers, on ${name}`, () => {
    let store: Store;
    let users = 5_000;
    /** When it is, for all ledgers [ms]. */
    let wall = 1_000_000_000_000;
    before(async () => {
      store = await open();
    });
    after(() => store.close());

    /** A gateway, and how many of its batches were remembered. */
    function gateway(at: Store = store) {
      const counts = { remembered: 0, read: 0 };
      const ledger = new Ledger({
        ...{ store: at, gateway: randomBytes(8).toString("hex"), limits: LIMITS },
        ...{ now: () => ({ wall, chain: 0n }), digest: () => NO_RECEIPT, ran: (books) => counts[books]++ },
      });
      return { ledger, counts };
    }

    /** What a user asks for, of whom a ledger has heard that it can pay. */
    async function wishOf({ ledger }: { ledger: Ledger }): Promise<Wish> {
      const user = addressFor(users++);
      const of = { user, key: user, modelId: 1n };
      const view = { ...of, available: 100n * MOST, collected: NO_USAGE, discountWad: 0n, authorization: undefined };
      await ledger.run({ kind: "learn", user, block: 1n, views: [view] });
      return { ...of, most: MOST };
    }

    const opening = (wish: Wish, requestId = idOf()): OpenRequest => ({ kind: "open", wish, requestId, vouchers: [] });
    const closing = (wish: Wish, requestId = idOf()): CloseRequest => ({
      ...{ kind: "close", wish, requestId, servedAt: 1n },
      ...SERVED,
    });
    const signedFor = ({ user, key, modelId }: Wish) => voucherFor({ user, key, modelId }, USED);
    const deliveredTo = async ({ user, key }: Wish) => (await reportOn(store, { user, key })).series[0]?.book.delivered;

    it("is used for all of a request, once the user is known", async () => {
      const one = gateway();
      const wish = await wishOf(one);
      const requestId = idOf();
      assert.equal((await one.ledger.run(opening(wish, requestId))).kind, "admitted");
      assert.equal((await one.ledger.run(closing(wish, requestId)))?.number, 1n);
      assert.equal((await one.ledger.run({ kind: "take", user: wish.user, key: wish.key, vouchers: [signedFor(wish)] })).kind, "taken"); // prettier-ignore
      assert.deepEqual(one.counts, { remembered: 3, read: 1 });
      assert.deepEqual(await deliveredTo(wish), USED);
    });

    it("is what is left: who is denied is denied by what others have reserved since", async () => {
      const [one, other] = [gateway(), gateway()];
      const wish = await wishOf(one);
      for (let count = 1; count < LIMITS.requestsInFlight; ++count) await one.ledger.run(opening(wish));
      assert.equal((await other.ledger.run(opening(wish))).kind, "admitted");
      const outcome = await one.ledger.run(opening(wish));
      assert.deepEqual(outcome.kind === "denied" && outcome.denial, { code: "tooMany" });
    });

    it("is not looked at for a while when another gateway serves the user too", async () => {
      const [one, other] = [gateway(), gateway()];
      const wish = await wishOf(one);
      const serve = async ({ ledger }: { ledger: Ledger }) => {
        const requestId = idOf();
        await ledger.run(opening(wish, requestId));
        await ledger.run({ kind: "drop", wish, requestId });
      };
      for (const at of [one, other, one]) await serve(at);
      const before = { ...one.counts };
      await serve(one);
      assert.deepEqual(one.counts, { ...before, read: before.read + 2 });
      wall += 11_000;
      await serve(one);
      assert.deepEqual(one.counts, { remembered: before.remembered + 2, read: before.read + 2 });
    });

    it("does not hide that a request is being served, or was, here or there", async () => {
      const [one, other] = [gateway(), gateway()];
      const wish = await wishOf(one);
      const requestId = idOf();
      await one.ledger.run(opening(wish, requestId));
      await one.ledger.run(closing(wish, requestId));
      for (const { ledger } of [one, other]) {
        assert.equal((await ledger.run(opening(wish, requestId))).kind, "servedBefore");
      }
      const [next, another] = [idOf(), await wishOf(one)];
      await one.ledger.run(opening(another, next));
      for (const { ledger } of [one, other]) {
        assert.equal((await ledger.run(opening(another, next))).kind, "inFlight");
      }
    });

    it("charges nothing for what another gateway has given up", async () => {
      const [one, other] = [gateway(), gateway()];
      const wish = await wishOf(one);
      const requestId = idOf();
      await one.ledger.run(opening(wish, requestId));
      await other.ledger.run({ kind: "drop", wish, requestId });
      assert.equal(await one.ledger.run(closing(wish, requestId)), undefined);
      assert.deepEqual(await deliveredTo(wish), NO_USAGE);
    });

    it("serves one of two users who give a request the same id at two gateways at once", async () => {
      const [one, other] = [gateway(), gateway()];
      for (let round = 0; round < 20; ++round) {
        const wishes = [await wishOf(one), await wishOf(other)] as const;
        const requestId = idOf();
        const outcomes = await Promise.allSettled([
          one.ledger.run(opening(wishes[0], requestId)),
          other.ledger.run(opening(wishes[1], requestId)),
        ]);
        const admitted = outcomes.map((outcome) => outcome.status === "fulfilled" && outcome.value.kind === "admitted");
        assert.deepEqual([...admitted].sort(), [false, true]);
        const winner = admitted.indexOf(true) as 0 | 1;
        assert.equal((await [one, other][winner]!.ledger.run(closing(wishes[winner], requestId)))?.number, 1n);
        // Nothing of the other one's is reserved.
        const { account } = await reportOn(store, wishes[1 - winner]!);
        assert.equal(account?.reserved, 0n);
      }
    });

    it("is not believed when an answer of the store was lost, and nothing is charged twice", async () => {
      let loses = false;
      const forgetful: Store = {
        ...store,
        query: async <Row>(...asked: Parameters<Store["query"]>) => {
          const answer = await store.query<Row>(...asked);
          if (!loses) return answer;
          loses = false;
          throw new Error("The answer was lost.");
        },
      };
      const one = gateway(forgetful);
      const wish = await wishOf(one);
      const requestId = idOf();
      await one.ledger.run(opening(wish, requestId));
      loses = true;
      const receipt = await one.ledger.insist(closing(wish, requestId));
      assert.deepEqual([loses, receipt?.number, receipt?.sums], [false, 1n, USED]);
      assert.deepEqual(await deliveredTo(wish), USED);
      const next = idOf();
      await one.ledger.run({ ...opening(wish, next), vouchers: [signedFor(wish)] });
      assert.equal((await one.ledger.insist(closing(wish, next)))?.number, 2n);
    });
  });
}

describe("what a ledger remembers", () => {
  it("has its bound, of users and of the series of one", () => {
    const memory = new Memory();
    const touch = (user: string, key: string, version: number) => {
      const account = { available: 0n, block: 0n, checkedAt: 0, unsettled: 0n, reserved: 0n };
      const ofKey = { cap: undefined, spent: 0n, expiresAt: undefined, unsettled: 0n, unsigned: 0n, reserved: 0n, inFlight: 0 }; // prettier-ignore
      const usage = { discountWad: 0n, delivered: NO_USAGE, signed: NO_USAGE, collected: NO_USAGE };
      const ofSeries = { ...usage, signature: undefined, signedAt: undefined, openedAt: undefined, receipts: 0n, head: NO_RECEIPT }; // prettier-ignore
      const book = { version, account, keys: new Map([[key, ofKey]]), series: new Map([[`${key} 1`, ofSeries]]) };
      const found: Found = { books: new Map([[user, book]]), reservations: new Map(), receipts: new Map() };
      memory.note(wanting(user, key), found, 0);
    };
    const wanting = (user: string, key: string): Wanted => ({
      ...{ users: new Set([user]), series: new Map([["", { user, key, modelId: 1n }]]) },
      ...{ fresh: new Set(), ending: new Map() },
    });
    const knows = (user: string, key: string) => memory.recall(wanting(user, key), 0) !== undefined;
    for (let key = 0; key < 100; ++key) touch("one", key.toString(), key);
    assert.deepEqual([knows("one", "0"), knows("one", "99")], [false, true]);
    for (let user = 0; user < 20_000; ++user) touch(user.toString(), "k", 0);
    assert.deepEqual([knows("one", "99"), knows("0", "k"), knows("19999", "k")], [false, true, true]);
  });
});

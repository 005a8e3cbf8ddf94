import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { receiptDigester } from "../../../../sdk/src/gateway/receipt.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import { Ledger } from "../../src/metering/ledger.ts";
import { loadCryptography } from "../../src/signatures/cryptography.ts";
import type { Store } from "../../src/store/sql.ts";
import { DEPTH, Random, SEED } from "../support/random.ts";
import { stores } from "../support/stores.ts";
import { Play } from "./play.ts";
import { LIMITS, addressFor } from "./terms.ts";

const PLACE = { chainId: 31_337, addresses: { meter: "0x5FbDB2315678afecb367f032d93F642f64180aa3" } };

for (const { name, open } of stores) {
  describe(`ledger on ${name}`, () => {
    let store: Store;
    let digest: (receipt: UsageReceipt) => Hex;
    before(async () => {
      store = await open();
      digest = receiptDigester(PLACE, await loadCryptography());
    });
    after(() => store.close());

    it("runs operations that touch nothing", async () => {
      const now = () => ({ wall: 0, chain: 0n });
      const ledger = new Ledger({ store, gateway: "nobody", limits: LIMITS, now, digest });
      const [user, key, requestId] = [addressFor(900), addressFor(901), `0x${"0e".repeat(32)}`] as const;
      const wish = { user, key, modelId: 1n, most: 1n };
      assert.deepEqual(await ledger.run({ kind: "take", user, key, vouchers: [] }), { kind: "taken" });
      await ledger.run({ kind: "learn", user, block: 1n, views: [] });
      await ledger.run({ kind: "drop", wish, requestId });
    });

    // Users of whom each gateway gets half of the requests, and users who have one gateway, nearly always.
    for (const straying of [0.5, 0.02]) {
      for (let round = 0; round < 3 * DEPTH; ++round) {
        const [seed, salt] = [SEED + round, straying === 0.5 ? round : 1_000 + round];
        it(`keeps its promises over a random history (seed ${seed.toString(16)}, straying ${straying.toString()})`, async () => {
          const play = new Play(new Random(seed), store, digest, { salt, straying });
          await play.start();
          for (let step = 0; step < 120; ++step) {
            await play.step();
            if (step % 10 === 0) await play.check();
          }
          await play.finish();
          // A history in which nothing happens shows nothing.
          const { admitted, denied, signed, restarts, remembered, read } = play.counts;
          assert.ok(admitted > 20 && signed > 5 && denied.size > 1 && restarts >= 0, JSON.stringify([...denied]));
          assert.ok(
            read > 20 && remembered > (straying === 0.5 ? 0 : 50),
            `${remembered.toString()} of ${read.toString()}`,
          );
        });
      }
    }
  });
}

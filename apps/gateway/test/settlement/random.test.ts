import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import { checkVoucher } from "../../../../sdk/src/signing/checkVoucher.ts";
import { voucherOfJson } from "../../../../sdk/src/signing/voucherJson.ts";
import type { VoucherEntry } from "../../../../sdk/src/signing/voucherJson.ts";
import { DEPTH, Random, SEED } from "../support/random.ts";
import { WHERE, entryOf, forged, linesOf, reduceTexts } from "./logs.ts";

/** The newest good voucher of each series, found in the simplest way: each row is read and checked by the SDK. */
function expected(rows: readonly unknown[]): Map<string, bigint> {
  const best = new Map<string, bigint>();
  for (const row of rows) {
    const read = voucherOfJson(WHERE, row);
    if (!read.ok || !checkVoucher(WHERE, read.voucher).ok) continue;
    const { user, key, modelId, paid } = read.voucher;
    const series = `${user} ${key} ${modelId.toString()}`.toLowerCase();
    if (paid > (best.get(series) ?? -1n)) best.set(series, paid);
  }
  return best;
}

describe("settlement: random logs", () => {
  let pool: VoucherEntry[];
  before(async () => {
    const random = new Random(7);
    pool = await Promise.all(
      Array.from({ length: 300 }, async () => {
        const [key, modelId] = [random.below(12), BigInt(1 + random.below(2))];
        return await entryOf(key, BigInt(1 + random.below(50)) * 1_000_000n, { modelId, user: random.below(2) });
      }),
    );
  });

  /** A row that is good or bad in some way. */
  function rowIn(random: Random): unknown {
    const entry = random.pick(pool);
    if (random.chance(0.5)) return entry;
    return random.pick<() => unknown>([
      () => forged(entry, random.pick(pool)),
      () => ({ ...entry, paidUsdc: "1000000" }),
      () => ({ ...entry, chainId: 1 }),
      () => ({ ...entry, signature: "0x" }),
      () => ({ ...entry, units: "x" }),
      () => ({ ...entry, user: undefined }),
      () => null,
      () => "text",
    ])();
  }

  for (let round = 0; round < 10 * DEPTH; ++round) {
    const seed = SEED + round;
    it(`are reduced to what the SDK finds row by row (FOMO_SEED=${seed.toString(16)})`, async () => {
      const random = new Random(seed);
      const logs = Array.from({ length: 1 + random.below(3) }, () =>
        Array.from({ length: random.below(150) }, () => rowIn(random)),
      );
      const { summary, written } = await reduceTexts(...logs.map(linesOf));
      const found = written.map(({ user, key, modelId, paid }) => [
        `${user} ${key} ${modelId.toString()}`,
        BigInt(paid),
      ]);
      assert.deepEqual(new Map(found as [string, bigint][]), expected(logs.flat()));
      assert.equal(new Set(found.map(([series]) => series)).size, found.length);
      const open = written.map((row) => BigInt(row.open));
      assert.deepEqual(
        open,
        open.toSorted((one, other) => Number(other - one)),
      );
      const bad = Object.values(summary.bad).reduce((sum, count) => sum + count, 0);
      assert.equal(summary.rows, logs.flat().length);
      assert.equal(summary.rows, summary.good + summary.superseded + bad);
    });
  }
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { VoucherEntry } from "../../../../sdk/src/signing/voucherJson.ts";
import { voucherHasher } from "../../../../sdk/src/signing/voucher.ts";
import { loadCryptography } from "../../src/signatures/cryptography.ts";
import { voucherDigester } from "../../src/signatures/voucherDigest.ts";
import { rowReader, seriesReader, sumsOf } from "../../src/settlement/logRow.ts";
import { usualRowReader } from "../../src/settlement/usualRow.ts";
import { Random, SEED } from "../support/random.ts";
import { METER, WHERE, entryOf } from "./logs.ts";

/** What both ways to read a row find. */
function bothOf(meter: typeof METER, line: string) {
  const usual = usualRowReader(meter)(Buffer.from(line));
  const row = rowReader(meter)(line);
  const sums = typeof row === "string" ? undefined : sumsOf(row, meter.usdcDecimals);
  return { usual, row, sums };
}

describe("settlement: usual rows", () => {
  it("are read as bytes to what they are as JSON, and all others are left to that", async () => {
    const random = new Random(SEED);
    const entry = await entryOf(1, 1_000_000n, { modelId: 9_007_199_254_740n });
    const amounts = [
      "0",
      "1",
      "12.5",
      "0.000001",
      "123456789.123456",
      "99999999999999999999",
      "1.0000001",
      "1.",
      ".5",
      "",
      "x",
    ];
    amounts.push("79228162514264337593543", "79228162514.264337593543950335", "79228162514.264337593543950336");
    let usualCount = 0;
    for (let round = 0; round < 3_000; ++round) {
      const meter = { ...METER, usdcDecimals: random.pick([6, 18]) };
      const changed: VoucherEntry = {
        ...entry,
        units: random.pick(["0", "5", "18446744073709551615", "18446744073709551616", "-1", "1.5", "999999999999999"]),
        listUsdc: random.pick(amounts),
        paidUsdc: random.pick(amounts),
        ...random.pick<Partial<VoucherEntry>>([
          {},
          {},
          {},
          { modelId: 0 },
          { modelId: -1 },
          { modelId: 1.5 },
          { chainId: 1 },
        ]),
        ...random.pick<Partial<VoucherEntry>>([
          {},
          {},
          {},
          { meter: entry.user },
          { user: `${entry.user}0` },
          { key: "0x" },
        ]),
      };
      let line = JSON.stringify(changed);
      if (random.chance(0.3)) line = line.slice(0, random.below(line.length));
      if (random.chance(0.1)) line = `${line} `;
      const { usual, row, sums } = bothOf(meter, line);
      if (usual === undefined) continue;
      ++usualCount;
      assert.ok(typeof row !== "string", line);
      assert.deepEqual(usual.sums, sums, line);
      assert.deepEqual(usual.series, seriesReader()(row), line);
      assert.equal(`0x${Buffer.from(usual.signature).toString("hex")}`, row.signature.toLowerCase());
    }
    assert.ok(usualCount > 25, usualCount.toString());
  });

  it("are nearly all of a log that the SDK has written", async () => {
    assert.notEqual(bothOf(METER, JSON.stringify(await entryOf(1, 1_234_567n))).usual, undefined);
  });

  it("are hashed as bytes to what the SDK makes of them", async () => {
    const { keccak } = await loadCryptography();
    const [digest, hash] = [voucherDigester(WHERE, keccak), voucherHasher(WHERE)];
    const { user, key } = await entryOf(3, 1_000_000n, { user: 5 });
    for (const modelId of [1, 2 ** 32 + 7, Number.MAX_SAFE_INTEGER]) {
      for (const amount of [0n, 5n, 2n ** 64n - 1n, 2n ** 96n - 1n]) {
        const sums = { units: amount & (2n ** 64n - 1n), list: amount, paid: amount / 2n };
        const row = { user, key, modelId, units: "", listUsdc: "", paidUsdc: "", signature: "" };
        const words = seriesReader()(row);
        const series = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
        const expected = hash({ user, key, modelId: BigInt(modelId), ...sums });
        assert.equal(`0x${Buffer.from(digest(series, sums)).toString("hex")}`, expected);
      }
    }
  });
});

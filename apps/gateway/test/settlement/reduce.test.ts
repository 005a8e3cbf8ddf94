import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Signature } from "ethers";

import { entryOf, forged, linesOf, reduceTexts, walletOf } from "./logs.ts";

/** An address as a run writes it. */
const addressOf = (index: number) => walletOf(index).address.toLowerCase();

describe("settlement: a log", () => {
  it("is reduced to the newest voucher of each user, key and model, the highest open value first", async () => {
    const rows = await Promise.all([
      entryOf(1, 2_000_000n),
      entryOf(1, 1_000_000n),
      entryOf(1, 5_000_000n, { modelId: 2n }),
      entryOf(2, 3_000_000n),
      entryOf(2, 9_000_000n, { user: 1 }),
      entryOf(2, 4_000_000n),
    ]);
    const { summary, written } = await reduceTexts(linesOf(rows));
    assert.deepEqual(
      written.map(({ key, modelId, list, open }) => [key, modelId, list, open]),
      [
        [addressOf(2), 1, "9000000", "8100000"],
        [addressOf(1), 2, "5000000", "4500000"],
        [addressOf(2), 1, "4000000", "3600000"],
        [addressOf(1), 1, "2000000", "1800000"],
      ],
    );
    assert.deepEqual([summary.rows, summary.series, summary.good, summary.superseded], [6, 4, 4, 2]);
    assert.deepEqual([summary.bad, summary.signatures], [{}, "native"]);
  });

  it("may be several files, with the same voucher twice", async () => {
    const [one, two] = [await entryOf(1, 1_000_000n), await entryOf(2, 1_000_000n)];
    const { summary, written } = await reduceTexts(linesOf([one, one]), linesOf([two, one]));
    assert.deepEqual([written.length, summary.rows, summary.superseded], [2, 4, 2]);
  });

  it("may be empty, or have no end of its last line", async () => {
    assert.deepEqual((await reduceTexts("")).written, []);
    const { written, summary } = await reduceTexts(linesOf([await entryOf(1, 1_000_000n)]).trimEnd());
    assert.deepEqual([written.length, summary.rows], [1, 1]);
  });

  it("loses no good row to a bad one, and says of each bad one where it is and why", async () => {
    const good = await Promise.all(Array.from({ length: 8 }, async (_, key) => await entryOf(key, 1_000_000n)));
    const [row] = good;
    const bad = [
      "no json",
      JSON.stringify(good.slice(0, 2)),
      "null",
      JSON.stringify({ ...row, units: 5 }),
      JSON.stringify({ ...row, user: "alice" }),
      JSON.stringify({ ...row, modelId: -1 }),
      JSON.stringify({ ...row, modelId: "0" }),
      JSON.stringify({ ...row, chainId: null }),
      JSON.stringify({ ...row, signature: 5 }),
      JSON.stringify({ ...row, paidUsdc: "1.0000001" }),
      JSON.stringify({ ...row, paidUsdc: "9".repeat(29) }),
      JSON.stringify({ ...row, chainId: 1 }),
      JSON.stringify({ ...row, meter: row!.user }),
      `{"chainId":31337,"user":"${"x".repeat(6_000_000)}"}`,
      `{"chainId":31337,${"\0".repeat(5_000)}`,
      '{"chainId":31337,"meter":"0x5Fb',
    ];
    const lines = good.flatMap((entry, index) => [
      ...(bad[2 * index] === undefined ? [] : [bad[2 * index]!]),
      JSON.stringify(entry),
      ...(bad[2 * index + 1] === undefined ? [] : [bad[2 * index + 1]!]),
    ]);
    const { summary, written } = await reduceTexts(lines.join("\n"));
    assert.equal(written.length, 8);
    assert.deepEqual(summary.bad, { unreadable: 14, foreign: 2 });
    assert.deepEqual([summary.rows, summary.superseded], [24, 0]);
    assert.deepEqual(
      summary.examples.map(({ file, row: at }) => [file, at]),
      lines.flatMap((line, index) => (bad.includes(line) ? [["log-0.jsonl", index + 1]] : [])),
    );
    assert.match(summary.examples[0]!.sentence, /no voucher/);
  });

  it("gives the next older good voucher where the newest ones are bad, however many", async () => {
    const [mine, other] = await Promise.all([
      Promise.all(Array.from({ length: 9 }, async (_, index) => await entryOf(1, BigInt(index + 1) * 1_000_000n))),
      entryOf(2, 7_500_000n),
    ]);
    // The first three are good, and six that say more are not.
    const rows = mine.map((entry, index) => (index < 3 ? entry : forged(entry, other)));
    const { summary, written } = await reduceTexts(linesOf([...rows.reverse(), other]));
    assert.deepEqual(
      written.map(({ key, list }) => [key, list]),
      [
        [addressOf(2), "7500000"],
        [addressOf(1), "3000000"],
      ],
    );
    assert.deepEqual(summary.bad, { otherSigner: 6 });
    assert.deepEqual([summary.rows, summary.superseded], [10, 2]);
    assert.deepEqual(summary.examples.map(({ row }) => row).sort(), [1, 2, 3, 4, 5, 6]);
  });

  it("gives nothing for a series without a good voucher, and the good one of two that say the same", async () => {
    const [one, two] = [await entryOf(1, 1_000_000n), await entryOf(2, 2_000_000n)];
    const { summary, written } = await reduceTexts(linesOf([forged(one, two), forged(two, one), two]));
    assert.deepEqual(
      written.map(({ key }) => key),
      [addressOf(2)],
    );
    assert.deepEqual([summary.series, summary.good, summary.superseded], [2, 1, 0]);
    assert.deepEqual(summary.bad, { otherSigner: 2 });
  });

  it("is not held up by what nobody would owe", async () => {
    const entry = await entryOf(1, 1_000_000n);
    const { summary } = await reduceTexts(linesOf([{ ...entry, paidUsdc: "2" }, { ...entry, units: "0" }, entry]));
    assert.deepEqual(summary.bad, { aboveList: 1 });
    assert.equal(summary.good, 1);
  });

  it("knows what a store knows besides, and does without it where it makes no sense", async () => {
    const rows = await Promise.all([1, 2, 3].map(async (key) => await entryOf(key, BigInt(key) * 1_000_000n)));
    const more = [
      { collectedUsdc: "0.4", openedAt: "2026-03-01T10:00:00.5Z" },
      { collectedUsdc: 5, openedAt: "2026-02-30T99:00:00Z" },
      { collectedUsdc: "x", openedAt: { at: 1 } },
    ];
    const { written } = await reduceTexts(linesOf(rows.map((row, index) => ({ ...row, ...more[index] }))));
    assert.deepEqual(
      written.map(({ open, openedAt }) => [open, openedAt]),
      [
        ["2700000", null],
        ["1800000", null],
        ["500000", "2026-03-01T10:00:00.500Z"],
      ],
    );
  });

  it("takes signatures in every form", async () => {
    const forms = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (key) => {
        const entry = await entryOf(key, 1_000_000n);
        const { compactSerialized, r, s, yParity } = Signature.from(entry.signature);
        const short = `${r}${s.slice(2)}0${yParity.toString()}`;
        const signature =
          key < 3 ? compactSerialized : key < 5 ? short : entry.signature.toUpperCase().replace("0X", "0x");
        return { ...entry, signature };
      }),
    );
    assert.equal((await reduceTexts(linesOf(forms))).summary.good, 6);
  });

  it("takes addresses in any letters for the same, and numbers as text", async () => {
    const [old, entry] = [await entryOf(1, 1_000_000n), await entryOf(1, 2_000_000n)];
    const lower = { ...old, user: old.user.toLowerCase(), meter: old.meter.toLowerCase() };
    const { summary, written } = await reduceTexts(linesOf([lower, { ...entry, modelId: "1", chainId: "31337" }]));
    assert.deepEqual([summary.series, written[0]!.list, written[0]!.user], [1, "2000000", entry.user.toLowerCase()]);
  });
});

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Signature, Wallet, parseEther } from "ethers";

import type { Session } from "../../scripts/lib/chain/session.ts";
import { WAD } from "../../sdk/src/units/numbers.ts";
import { CommandError } from "../../scripts/lib/command/commandError.ts";
import type { Hex } from "../../sdk/src/codec/hex.ts";
import { signatureOf } from "../../sdk/src/signing/voucher.ts";
import type { Voucher } from "../../sdk/src/signing/voucher.ts";
import { paidAt } from "../../sdk/src/staking/discount.ts";
import { cardsIn } from "../../scripts/lib/usage/cardFile.ts";
import { byModel } from "../../scripts/lib/usage/rows.ts";
import { addToFile, readVoucherFile, sumsInFile, vouchersIn } from "../../scripts/lib/usage/voucherFile.ts";
import { highTwin } from "../support/signatures.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const ALICE = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";
const BOB = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";
const SIGNATURE = Wallet.createRandom().signMessageSync("any");

/** What a file of vouchers needs of a session. */
const session = (usdcDecimals = 6) =>
  ({
    chainId: 31337n,
    networkName: "localhost",
    protocol: { addresses: { meter: ALICE } },
    usdcDecimals,
  }) as unknown as Session;

const { r, yParityAndS: vs } = Signature.from(SIGNATURE) as unknown as Record<"r" | "yParityAndS", Hex>;
const voucher = (changes: Partial<Voucher> = {}): Voucher => ({
  ...{ user: BOB, key: BOB, modelId: 1n, units: 1_000_000n, list: 1_500_000n, paid: 1_250_000n, r, vs },
  ...changes,
});

/** A voucher as a file holds it. */
const entry = (changes: object = {}) => ({
  ...{ chainId: 31337, meter: ALICE, user: BOB, key: BOB, modelId: 1, units: "1000000" },
  ...{ listUsdc: "1.5", paidUsdc: "1.25", signature: SIGNATURE },
  ...changes,
});
const card = (changes: object = {}) => ({
  ...{ id: "a", modelId: 1, units: "1000000", listUsdc: "1.5", paidUsdc: "1.25" },
  ...changes,
});

/** Every way in which a row was seen to be wrong, and what it is called. */
const BAD_VOUCHERS: [what: string, row: unknown, skip: string, reason: RegExp][] = [
  ["no object", "row", "unreadable", /expected object/],
  ["nothing", null, "unreadable", /expected object/],
  ["a list", [entry()], "unreadable", /expected object/],
  ["a key too many", entry({ more: 1 }), "unreadable", /more/],
  ["a key too few", { ...entry(), units: undefined }, "unreadable", /`units` must be a whole number in quotes/],
  ["another's address that is none", entry({ user: "0x12" }), "unreadable", /`user` must be an address/],
  ["an address with a wrong checksum", entry({ key: BOB.replace("E", "e") }), "unreadable", /`key` must be an address/],
  ["a model that is no number", entry({ modelId: "1" }), "unreadable", /`modelId` must be a whole number/],
  ["a model beyond all numbers", entry({ modelId: 1e30 }), "unreadable", /`modelId` must be a whole number/],
  ["units beyond 64 bits", entry({ units: (2n ** 64n).toString() }), "unreadable", /`units` must be .* up to 18446744073709551615/],
  ["units of 81 digits", entry({ units: "9".repeat(81) }), "unreadable", /`units` must be/],
  ["a sum beyond 96 bits", entry({ listUsdc: "9".repeat(26) }), "unreadable", /`listUsdc`/],
  ["a negative sum", entry({ paidUsdc: "-1" }), "unreadable", /`paidUsdc` must be a decimal number/],
  ["a fraction finer than USDC", entry({ paidUsdc: "0.1234567" }), "unreadable", /at most 6 decimals/],
  ["another chain", entry({ chainId: 8453 }), "foreign", /for chain 8453, and localhost is chain 31337/],
  ["another meter", entry({ meter: BOB }), "foreign", /for the meter 0x976E/],
  ["the high twin of its signature", entry({ signature: highTwin(SIGNATURE) }), "badSignature", /is not that of the key/],
  ["a signature without its last two bytes", entry({ signature: SIGNATURE.slice(0, -4) }), "badSignature", /is not that of the key/],
  ["a signature with a byte too many", entry({ signature: `${SIGNATURE}00` }), "badSignature", /is not that of the key/],
  ["a signature that is no hexadecimal text", entry({ signature: "signed" }), "badSignature", /is not that of the key/],
  ["a signature in base64", entry({ signature: Buffer.from(SIGNATURE.slice(2), "hex").toString("base64") }), "badSignature", /is not that/],
  ["an empty signature", entry({ signature: "0x" }), "badSignature", /is not that of the key/],
  ["a signature that is no text", entry({ signature: 1 }), "unreadable", /`signature` must be a signature in quotes/],
  ["text that a terminal would obey", entry({ ["\u001b[31m"]: 1 }), "unreadable", /\\u\{1b\}/],
]; // prettier-ignore

describe("rows of files", () => {
  const folder = temporaryFolder();
  const read = (entries: unknown[], usdcDecimals = 6) => vouchersIn(session(usdcDecimals), { path: "v.json", entries });

  describe("O1 a bad voucher", () => {
    for (const [what, row, skip, reason] of BAD_VOUCHERS) {
      it(`costs no good one, and is named by its place: ${what}`, () => {
        const others = [entry({ modelId: 2 }), entry({ modelId: 3 })] as const;
        const { rows, skipped } = read([others[0], row, others[1]]);
        expect(rows.map((placed) => [placed.row, placed.value.modelId])).to.deep.equal([
          [1, 2n],
          [3, 3n],
        ]);
        expect(skipped).to.have.length(1);
        expect(skipped[0]).to.include({ file: "vouchers", row: 2, skipped: skip });
        expect(skipped[0]!.reason).to.match(reason);
      });
    }

    it("is told with its user, its key and its model where they can be read", () => {
      const [skipped] = read([entry({ units: 1, modelId: 7, key: ALICE })]).skipped;
      expect(skipped).to.include({ user: BOB, key: ALICE, modelId: 7, id: null });
      const [unknown] = read([entry({ user: "0xno", key: 5, modelId: "x" })]).skipped;
      expect(unknown).to.include({ user: null, key: null, modelId: null });
    });
  });

  it("O1 of a series only the newest voucher counts, wherever it stands", () => {
    const { rows, skipped } = read([entry({ paidUsdc: "1.2" }), entry(), entry({ paidUsdc: "1.1" }), entry()]);
    expect(rows.map(({ row }) => row)).to.deep.equal([2]);
    expect(skipped.map(({ row, skipped: skip }) => [row, skip])).to.deep.equal([
      [1, "superseded"],
      [3, "superseded"],
      [4, "duplicate"],
    ]);
    expect(skipped[0]!.reason).to.contain("row 2");
  });

  it("O1 a bad card row costs no good one, and of equal ids the first one counts", () => {
    const file = [card(), { ...card(), id: undefined }, card({ id: "b", units: 1 }), card(), card({ id: "c" })];
    const { rows, skipped } = cardsIn(session(), file);
    expect(rows.map(({ row, value }) => [row, value.id])).to.deep.equal([
      [1, "a"],
      [5, "c"],
    ]);
    expect(skipped.map(({ row, skipped: skip, id }) => [row, skip, id])).to.deep.equal([
      [2, "unreadable", null],
      [3, "unreadable", "b"],
      [4, "duplicate", "a"],
    ]);
  });

  it("have compact signatures and the network's decimals, and take both forms of a signature", () => {
    const { value } = read([entry()]).rows[0]!;
    expect(value).to.include({ user: BOB, key: BOB, units: 1_000_000n, list: 1_500_000n, paid: 1_250_000n });
    expect(signatureOf(value)).to.equal(SIGNATURE);
    expect(read([entry({ signature: Signature.from(SIGNATURE).compactSerialized })]).rows[0]!.value).to.deep.equal(
      value,
    );
    expect(read([entry()], 18).rows[0]!.value.paid).to.equal(parseEther("1.25"));
  });

  it("are settled by model, in their order", () => {
    const many = Array.from({ length: 250 }, (_, index) => ({
      row: index + 1,
      value: voucher({ modelId: 1n + BigInt(index % 2) }),
    }));
    const groups = byModel(many);
    expect(groups.map(([modelId, group]) => [modelId, group.length])).to.deep.equal([
      [1n, 125],
      [2n, 125],
    ]);
    expect(groups[1]![1].map(({ row }) => row)).to.deep.equal(
      many.map(({ row }) => row).filter((row) => row % 2 === 0),
    );
  });

  it("are paid at list price less the discount, rounded up", () => {
    expect(paidAt(1_000_000n, 0n)).to.equal(1_000_000n);
    expect(paidAt(1_000_000n, (3n * WAD) / 10n)).to.equal(700_000n);
    expect(paidAt(3n, WAD / 3n)).to.equal(3n);
  });

  describe("a file that is signed into", () => {
    it("has one place for each series", async () => {
      const file = join(folder, "v.json");
      expect(await addToFile(session(), file, voucher())).to.equal(1);
      expect(await addToFile(session(), file, voucher({ units: 2_000_000n }))).to.equal(1);
      expect(await addToFile(session(), file, voucher({ modelId: 2n }))).to.equal(2);
      expect(await addToFile(session(), file, voucher({ key: ALICE }))).to.equal(3);
      const written = readVoucherFile(file);
      expect(written.entries[0]).to.deep.equal(entry({ units: "2000000" }));
      expect(vouchersIn(session(), written).rows[0]!.value).to.deep.equal(voucher({ units: 2_000_000n }));
      expect(sumsInFile(session(), file, voucher({ modelId: 2n }))).to.include({ units: 1_000_000n, paid: 1_250_000n });
      expect(sumsInFile(session(), file, voucher({ modelId: 3n }))).to.equal(undefined);
      expect(readFileSync(file, "utf8")).to.match(/^\[\n {2}\{/);
    });

    it("keeps what it does not understand, and is replaced as a whole", async () => {
      const file = join(folder, "mixed.json");
      writeFileSync(file, JSON.stringify([{ note: "of another tool" }, entry({ modelId: 9 })]));
      expect(await addToFile(session(), file, voucher())).to.equal(3);
      expect(readVoucherFile(file).entries.slice(0, 2)).to.deep.equal([
        { note: "of another tool" },
        entry({ modelId: 9 }),
      ]);
      expect(readdirSync(folder).filter((name) => /part|lock/.test(name))).to.deep.equal([]);
    });

    it("loses no voucher if many are signed at once", async () => {
      const file = join(folder, "busy.json");
      const models = Array.from({ length: 12 }, (_, index) => BigInt(index + 1));
      await Promise.all(models.map((modelId) => addToFile(session(), file, voucher({ modelId }))));
      const { rows } = vouchersIn(session(), readVoucherFile(file));
      expect(rows.map(({ value }) => value.modelId)).to.have.members(models);
    }).timeout(20_000);

    it("is refused, and left as it is, if it is no list at all", () => {
      const file = join(folder, "broken.json");
      writeFileSync(file, "{ not a list");
      expect(() => readVoucherFile(file)).to.throw(CommandError, /is not valid JSON5/);
      expect(readFileSync(file, "utf8")).to.equal("{ not a list");
    });
  });
});

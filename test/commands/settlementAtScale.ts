import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { hurryOf, isWorth } from "../../scripts/lib/settlement/due.ts";
import { ReceiptFile } from "../../scripts/lib/settlement/receiptFile.ts";
import { ReducedFile } from "../../scripts/lib/settlement/reducedFile.ts";
import { momentsOf, parseDays } from "../../scripts/lib/usageReport/days.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { DAY, HOUR, USAGE_DELAY } from "../support/time.ts";
import { usdc } from "../support/units.ts";

describe("settlement at scale", () => {
  const folder = temporaryFolder();

  describe("what is worth a settlement", () => {
    const now = 1_000_000n;
    const owes = (open: bigint, age?: bigint) => ({ open, openedAt: age === undefined ? undefined : now - age });

    it("is everything without thresholds", () => {
      expect(isWorth(owes(1n), { open: undefined, age: undefined }, now)).to.equal(true);
    });

    it("is a value that is reached, and nothing below", () => {
      const thresholds = { open: usdc(5), age: undefined };
      expect(isWorth(owes(usdc(5)), thresholds, now)).to.equal(true);
      expect(isWorth(owes(usdc(5) - 1n, 100n * DAY), thresholds, now)).to.equal(false);
    });

    it("is an age that is reached, if it is known, whatever the value", () => {
      for (const open of [undefined, usdc(5)]) {
        const thresholds = { open, age: DAY };
        expect(isWorth(owes(1n, DAY), thresholds, now)).to.equal(true);
        expect(isWorth(owes(1n, DAY - 1n), thresholds, now)).to.equal(false);
        expect(isWorth(owes(1n), thresholds, now)).to.equal(false);
      }
    });
  });

  describe("what is in a hurry", () => {
    const now = 1_000_000n;
    const account = { deposited: 0n, credit: 0n, requestedAt: 0n, requested: 0n };
    const record = {
      cap: 0n,
      spent: 0n,
      expiresAt: 0n,
      capFalls: false,
      nextCap: 0n,
      nextCapAt: 0n,
      collectedUntil: 0n,
    };

    it("is nothing of a user who signs alone and asks nothing back", () => {
      expect(hurryOf({ account, record }, now)).to.equal(undefined);
    });

    it("is whatever a user owes who asks money back, until the request has lapsed", () => {
      const requested = (requestedAt: bigint) => ({ ...account, requested: 1n, requestedAt });
      expect(hurryOf({ account: requested(now), record }, now)).to.equal("withdrawal");
      expect(hurryOf({ account: requested(now - 2n * USAGE_DELAY + 1n), record }, now)).to.equal("withdrawal");
      expect(hurryOf({ account: requested(now - 2n * USAGE_DELAY), record }, now)).to.equal(undefined);
    });

    it("is what a key has signed that has expired, or whose cap falls", () => {
      expect(hurryOf({ account, record: { ...record, expiresAt: now + 1n } }, now)).to.equal(undefined);
      expect(hurryOf({ account, record: { ...record, expiresAt: now } }, now)).to.equal("key");
      expect(hurryOf({ account, record: { ...record, expiresAt: now + HOUR, capFalls: true } }, now)).to.equal("key");
    });
  });

  describe("a file of reduced vouchers", () => {
    it("is read line by line, and again at any place", () => {
      const path = join(folder, "vouchers.jsonl");
      const lines = Array.from({ length: 5_000 }, (_, index) =>
        JSON.stringify({
          ...{ user: `0x${index.toString(16).padStart(40, "0")}`, key: `0x${"b".repeat(40)}`, modelId: 7 },
          ...{ units: "18446744073709551615", list: "20", paid: index.toString(), open: "1" },
          ...{ r: `0x${"1".repeat(64)}`, vs: `0x${"2".repeat(64)}` },
          openedAt: index === 0 ? null : "2026-03-01T10:00:00Z",
        }),
      );
      writeFileSync(path, `${lines.join("\n")}\n`);
      const file = new ReducedFile(path);
      const found = [...file.vouchers()];
      expect(found.map(({ voucher }) => voucher.paid)).to.deep.equal(lines.map((_, index) => BigInt(index)));
      expect(found[0]!.voucher).to.include({ modelId: 7n, units: 2n ** 64n - 1n, list: 20n });
      expect([found[0]!.openedAt, found[1]!.openedAt]).to.deep.equal([undefined, 1_772_359_200n]);
      for (const one of [found[0]!, found[2_500]!, found.at(-1)!]) expect(file.at(one)).to.deep.equal(one.voucher);
      file.close();
    });
  });

  describe("days of a report", () => {
    const now = 1_800_000_000n; // 2027-01-15, 08:00

    it("are a week with today if none is named, or with the last one", () => {
      expect(parseDays(undefined, undefined, now)).to.deep.equal({ from: "2027-01-09", to: "2027-01-15" });
      expect(parseDays(undefined, "2027-01-07", now)).to.deep.equal({ from: "2027-01-01", to: "2027-01-07" });
      expect(parseDays("2027-01-15", undefined, now)).to.deep.equal({ from: "2027-01-15", to: "2027-01-15" });
    });

    it("begin and end at midnight", () => {
      expect(momentsOf({ from: "2027-01-14", to: "2027-01-15" })).to.deep.equal({
        ...{ since: 1_799_884_800n, until: 1_800_057_600n },
      });
    });

    it("are refused if one is none, or they are in the wrong order or too many", () => {
      for (const day of ["15", "2027-02-29", "2027-1-5", "2027-13-01", "tomorrow"]) {
        expect(() => parseDays(day, undefined, now)).to.throw(/^--from-day is ".*": write a day such as 2027-01-31/);
      }
      expect(() => parseDays("2027-01-16", undefined, now)).to.throw(/^--from-day is after --to-day: name 2027-01-15/);
      expect(() => parseDays("2026-01-14", undefined, now)).to.throw(/^These are 367 days: name 366 at most/);
      expect(parseDays("2026-01-15", undefined, now).from).to.equal("2026-01-15");
    });
  });

  describe("a receipt file", () => {
    const receipt = (name: string) => ({
      ...{ transactionHash: `0x${name}`, blockNumber: 1 },
      vouchers: [
        { modelId: 1, user: "0x1", key: "0x1", collected: { units: 1n, list: 2n, paid: 3n }, skipped: null },
        { modelId: 1, user: "0x2", key: "0x2", collected: null, skipped: "noBalance" as const },
      ],
    });
    const write = (path: string, ...names: string[]) => {
      const file = new ReceiptFile(path);
      for (const name of names) file.add(receipt(name));
      file.close();
    };

    it("has each transaction once, however often it is told", () => {
      const path = join(folder, "receipts.jsonl");
      write(path, "a", "b", "a");
      write(path, "b", "c");
      const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
      expect(lines.map((line) => (JSON.parse(line) as { transactionHash: string }).transactionHash)).to.deep.equal([
        ...["0xa", "0xb", "0xc"],
      ]);
      expect(JSON.parse(lines[0]!)).to.deep.equal({
        ...receipt("a"),
        vouchers: [
          { ...receipt("a").vouchers[0]!, collected: { units: "1", list: "2", paid: "3" } },
          receipt("a").vouchers[1]!,
        ],
      });
    });

    it("loses a line that a kill has cut, and has it again afterwards", () => {
      const path = join(folder, "cut.jsonl");
      write(path, "a");
      const whole = readFileSync(path, "utf8");
      appendFileSync(path, whole.replace("0xa", "0xb").slice(0, 50));
      write(path, "b");
      expect(readFileSync(path, "utf8")).to.equal(whole + whole.replace("0xa", "0xb"));
    });

    it("is not made of a file that has something else in it", () => {
      const path = join(folder, "else.txt");
      for (const text of ["a letter\n", "{}\n"]) {
        writeFileSync(path, text);
        expect(() => new ReceiptFile(path)).to.throw(
          /else\.txt is no file of receipts: name another one with --receipts/,
        );
        expect(readFileSync(path, "utf8")).to.equal(text);
      }
      expect(() => new ReceiptFile(join(folder, "nowhere", "x"))).to.throw(/cannot be written: name another one/);
    });
  });
});

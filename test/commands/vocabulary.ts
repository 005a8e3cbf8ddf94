import { expect } from "chai";
import { z } from "zod";

import { jsonAmount, jsonFlock, jsonPrice, jsonRate, jsonTime } from "../../scripts/lib/command/amounts.ts";
import { amount, flock, flockOrNull, price, rate, time, timeOrNull } from "../../scripts/lib/documents/vocabulary.ts";
import { checkDocument, disagreements } from "../support/documents.ts";

/** Whether a part of a document has the schema of its word, to the last key. */
const fits = (shape: z.ZodRawShape, part: object) => z.strictObject(shape).safeParse(part).success;

describe("the vocabulary of JSON documents", () => {
  describe("a moment", () => {
    it("is ISO 8601 and Unix time", () => {
      const moment = jsonTime("endsAt", 1_800_000_000n);
      expect(moment).to.deep.equal({ endsAt: "2027-01-15T08:00:00.000Z", endsAtUnix: 1_800_000_000 });
      expect(fits(time("endsAt"), moment)).to.equal(true);
    });

    it("is null under both keys if there is none", () => {
      const none = jsonTime("endsAt", null);
      expect(none).to.deep.equal({ endsAt: null, endsAtUnix: null });
      expect(fits(timeOrNull("endsAt"), none)).to.equal(true);
      expect(fits(time("endsAt"), none)).to.equal(false);
    });

    it("has no ISO text beyond the year 9999, and is text where a number would round", () => {
      const last = 253_402_300_799n;
      expect(jsonTime("at", last)).to.deep.equal({ at: "9999-12-31T23:59:59.000Z", atUnix: Number(last) });
      expect(jsonTime("at", last + 1n)).to.deep.equal({ at: null, atUnix: Number(last) + 1 });
      const safe = BigInt(Number.MAX_SAFE_INTEGER);
      expect(jsonTime("at", safe)).to.deep.equal({ at: null, atUnix: Number.MAX_SAFE_INTEGER });
      expect(jsonTime("at", safe + 1n)).to.deep.equal({ at: null, atUnix: "9007199254740992" });
      for (const seconds of [0n, last + 1n, safe, safe + 1n, 2n ** 256n - 1n]) {
        expect(fits(time("at"), jsonTime("at", seconds)), seconds.toString()).to.equal(true);
      }
    });
  });

  describe("an amount", () => {
    it("is exact in decimals and in the smallest units", () => {
      const one = jsonAmount("paid", "Usdc", 1_250_000n, 6);
      expect(one).to.deep.equal({ paidUsdc: "1.25", paidUsdcWei: "1250000" });
      for (const wei of [0n, 1n, 10n ** 18n, 2n ** 256n - 1n]) {
        expect(fits(flock("paid"), jsonFlock("paid", wei)), wei.toString()).to.equal(true);
        expect(fits(amount("paid", "Usdc"), jsonAmount("paid", "Usdc", wei, 6)), wei.toString()).to.equal(true);
      }
    });

    it("is null under both keys if there is none", () => {
      const none = jsonFlock("paid", null);
      expect(none).to.deep.equal({ paidFlock: null, paidFlockWei: null });
      expect(fits(flockOrNull("paid"), none)).to.equal(true);
      expect(fits(flock("paid"), none)).to.equal(false);
    });
  });

  it("has prices and rates in decimals and in WAD", () => {
    const wad = 3n * 10n ** 17n;
    expect(jsonRate("discount", wad)).to.deep.equal({ discount: "0.3", discountWad: wad.toString() });
    expect(fits(rate("discount"), jsonRate("discount", wad))).to.equal(true);
    expect(fits(price("opening"), jsonPrice("opening", wad))).to.equal(true);
  });

  describe("is checked by the tests, which", () => {
    const printed = (document: object, code = 0) => ({ code, stdout: JSON.stringify(document) });
    const ofWarp = { passedSeconds: 60, time: "2027-01-15T08:00:00.000Z", timeUnix: 1_800_000_000 };
    const check = (document: object, code?: number) => () => {
      checkDocument(["fomo", "warp", "--json"], printed(document, code));
    };

    it("accept a document of the schema", () => {
      expect(check(ofWarp)).to.not.throw();
    });

    it("refuse a key that is missing, one too many, and a number as text", () => {
      const { passedSeconds, time: iso } = ofWarp;
      for (const wrong of [
        { passedSeconds, time: iso },
        { ...ofWarp, more: 1 },
        { ...ofWarp, passedSeconds: "60" },
      ]) {
        expect(check(wrong)).to.throw(/is none of its schema/);
      }
    });

    it("refuse a refusal without the keys of the cause, and one that ends well", () => {
      const ofRefusal = { error: { message: "No.", name: null, values: null }, transactions: [], unclear: [] };
      expect(check({ ...ofRefusal, error: { message: "No." } }, 1)).to.throw(/is none of its schema/);
      expect(check(ofRefusal, 0)).to.throw(/refuses with the code 0/);
      expect(check(ofRefusal, 1)).to.not.throw();
    });

    it("find two forms of a value that do not say the same", () => {
      expect(check({ ...ofWarp, timeUnix: 1 })).to.throw(/disagrees with itself: \.time/);
      const wrong = { ...jsonFlock("paid", 1n), ...jsonRate("fee", 1n), one: [{ ...jsonFlock("net", 5n) }] };
      expect(disagreements(wrong)).to.deep.equal([]);
      wrong.paidFlockWei = "2";
      wrong.feeWad = "2";
      wrong.one[0]!.netFlock = "5";
      expect(disagreements(wrong)).to.deep.equal([".paidFlock", ".fee", ".one.0.netFlock"]);
    });
  });
});

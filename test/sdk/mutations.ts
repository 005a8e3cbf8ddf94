import { inspect } from "node:util";

import { expect } from "chai";

import { checkVoucher } from "../../sdk/src/signing/checkVoucher.ts";
import { checkDeposit } from "../../sdk/src/signing/deposit.ts";
import { checkKeyAuthorization } from "../../sdk/src/signing/keyAuthorization.ts";
import { checkPermit } from "../../sdk/src/signing/permit.ts";
import { jsonOfVoucher, voucherOfJson } from "../../sdk/src/signing/voucherJson.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import {
  DEPOSIT,
  DEPOSIT_PLACE,
  GOOD_TIME,
  KEY_AUTHORIZATION,
  OTHER,
  PERMIT,
  PLACE,
  USDC_DOMAIN,
  VOUCHER,
} from "../support/signedThings.ts";

const CASES = scaled(600, 20_000);
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** What a check answers. */
interface Answer {
  ok: boolean;
  reason?: string;
  sentence?: string;
}

/** When everything is good, and that no contract may have signed. */
const OPTIONS = { now: GOOD_TIME, hasCode: false };
const { signature, parts, ...depositTerms } = DEPOSIT;

/** Something good of each kind, and its check. */
const KINDS: [what: string, good: object, check: (thing: never) => Answer][] = [
  ["a voucher", VOUCHER, (thing) => checkVoucher(PLACE, thing)],
  ["an authorisation of a key", KEY_AUTHORIZATION, (thing) => checkKeyAuthorization(PLACE, thing, OPTIONS)],
  ["a deposit as bytes", { ...depositTerms, signature }, (thing) => checkDeposit(DEPOSIT_PLACE, thing, OPTIONS)],
  ["a deposit in its parts", { ...depositTerms, ...parts! }, (thing) => checkDeposit(DEPOSIT_PLACE, thing, OPTIONS)],
  ["a permit", PERMIT, (thing) => checkPermit(USDC_DOMAIN, thing, OPTIONS)],
];

/** A value of any kind that JSON has, or that a program may have left in the place of one. */
function garbage(random: Random, depth = 0): unknown {
  const kinds = [
    () => null,
    () => undefined,
    () => random.pick([true, false]),
    () => random.pick([0, -1, 1.5, 27, 1e30, Number.NaN, Number.POSITIVE_INFINITY]),
    () => random.uniform(-(2n ** 300n), 2n ** 300n),
    () => random.pick([0n, -1n, 2n ** 40n, 2n ** 64n, 2n ** 96n, 2n ** 256n]),
    () => random.pick(["", "0x", "0x0", "x", "null", "[object Object]", "\u0000", "\ud800", "9".repeat(9_000), "0xg0"]),
    () => `0x${"0f".repeat(Number(random.uniform(0n, 70n)))}`,
    () => random.pick([OTHER, OTHER.toLowerCase(), OTHER.replace("E", "e"), `${OTHER}00`, OTHER.slice(2)]),
    () => Symbol("symbol"),
    () => () => 1,
    () => Array.from({ length: Number(random.uniform(0n, 3n)) }, () => garbage(random, depth + 1)),
    () => Object.fromEntries([["r", garbage(random, depth + 1)], ["__proto__", 1], ["signature", "0x"]]),
  ]; // prettier-ignore
  return random.pick(depth > 3 ? kinds.slice(0, -2) : kinds)();
}

const hexOf = (value: bigint, digits: number) => `0x${value.toString(16).padStart(digits, "0")}`;

/** Bytes with one of them, or more, changed, left out or added. */
function mutatedBytes(random: Random, text: string): string {
  const digits = text.length - 2;
  const value = BigInt(text);
  const at = Number(random.uniform(2n, BigInt(text.length)));
  return random.pick([
    () => hexOf(value ^ (1n << random.uniform(0n, BigInt(4 * digits - 1))), digits),
    () => hexOf(value ^ (1n << random.uniform(0n, BigInt(4 * digits - 1))), digits),
    () => text.slice(0, at),
    () => `${text.slice(0, at)}${random.pick(["0", "00", "g", "\n"])}${text.slice(at)}`,
    () => hexOf(0n, digits),
    () => hexOf(2n ** BigInt(4 * digits) - 1n, digits),
    () => `${hexOf(ORDER, 64)}${text.slice(66)}`,
    () => `${text.slice(0, 66)}${hexOf(ORDER, 64).slice(2, digits - 62)}${text.slice(130)}`,
    () => text.replace("0x", "0X"),
    () => ` ${text}`,
  ])();
}

/** Another value in the place of a good one. */
function mutatedValue(random: Random, value: unknown): unknown {
  if (random.uniform(0n, 3n) === 0n) return garbage(random);
  if (typeof value === "bigint") {
    const other = random.pick([
      value + 1n,
      value - 1n,
      0n,
      2n * value,
      value << 64n,
      -value,
      random.magnitude(1n, 2n ** 96n),
    ]);
    return other === value ? value + 1n : other;
  }
  if (typeof value === "number") return random.pick([0, 1, 27, 28, 29, 35, 255, -1, 27.5]);
  const text = value as string;
  if (!text.startsWith("0x"))
    return random.pick(["0", "1", `9${text}`, `-${text}`, "1e3", "1.0000001", text.repeat(20)]);
  return text.length === 42
    ? random.pick([OTHER, `${text}0`, text.slice(0, -1), text.replace(/[a-f]/, "0")])
    : mutatedBytes(random, text);
}

/** Whether a value means the same as another one. */
const isSame = (one: unknown, other: unknown) =>
  one === other || (typeof one === "string" && typeof other === "string" && one.toLowerCase() === other.toLowerCase());

/** Requires a reason, and a sentence that is one. */
function expectReason(answer: Answer, why: string): void {
  expect(answer.ok, why).to.equal(false);
  expect(answer.reason, why).to.be.a("string").that.is.not.empty;
  expect(answer.sentence, why)
    .to.match(/^[A-Z`].*\.$/s)
    .and.to.have.length.lessThan(1_100);
}

const shown = (value: unknown) => inspect(value).slice(0, 200);

describe("SDK: whatever is wrong with what was signed is a reason and no exception", () => {
  for (const [what, good, check] of KINDS) {
    describe(what, () => {
      it("is good as it was signed", () => {
        expect(check(good as never).ok).to.equal(true);
      });

      it("with one value changed", () => {
        const random = new Random(`one value of ${what}`);
        const seen = new Set<string>();
        for (let i = 0; i < CASES; ++i) {
          const [key, value] = random.pick(Object.entries<unknown>(good as Record<string, unknown>));
          const other = mutatedValue(random, value);
          if (isSame(other, value)) continue;
          const answer = check({ ...good, [key]: other } as never);
          expectReason(answer, `${key}: ${shown(other)}`);
          seen.add(answer.reason!);
        }
        expect([...seen]).to.include.members([
          "badAddress",
          "badValue",
          "badS",
          "notHex",
          "otherSigner",
          "wrongLength",
        ]);
      });

      it("with nothing good in it", () => {
        const random = new Random(`nothing of ${what}`);
        for (let i = 0; i < CASES; ++i) {
          const thing = random.pick([
            () => garbage(random),
            () => Object.fromEntries(Object.keys(good).map((key) => [key, garbage(random)])),
            () => {
              const missing = random.pick(Object.keys(good));
              return Object.fromEntries(Object.entries(good).filter(([key]) => key !== missing));
            },
            () => Object.values<unknown>(good as Record<string, unknown>),
          ])();
          expectReason(check(thing as never), shown(thing));
        }
      });
    });
  }

  describe("a voucher in JSON", () => {
    const entry = jsonOfVoucher(PLACE, VOUCHER);
    const check = (value: unknown): Answer => {
      const read = voucherOfJson(PLACE, value);
      return read.ok ? checkVoucher(PLACE, read.voucher) : read;
    };

    it("is good as it was written", () => {
      expect(check(JSON.parse(JSON.stringify(entry))).ok).to.equal(true);
    });

    it("with one value changed, left out or added", () => {
      const random = new Random("one value of JSON");
      for (let i = 0; i < CASES; ++i) {
        const [key, value] = random.pick(Object.entries<unknown>({ ...entry }));
        const other = random.pick([() => garbage(random), () => mutatedValue(random, value), () => undefined])();
        if (isSame(other, value)) continue;
        const named = random.pick([key, key, key, `${key}s`]);
        expectReason(check({ ...entry, [named]: other }), `${named}: ${shown(other)}`);
      }
    });

    it("with letters of its text changed, as far as that is JSON", () => {
      const random = new Random("letters of JSON");
      const text = JSON.stringify(entry);
      let read = 0;
      for (let i = 0; i < 4 * CASES; ++i) {
        const at = Number(random.uniform(0n, BigInt(text.length)));
        const letter = random.pick(["0", "1", "9", "a", "f", "F", '"', ",", ".", "-", "e5", "\\u0000", " ", "{}", ""]);
        let value: unknown;
        try {
          value = JSON.parse(text.slice(0, at) + letter + text.slice(at + 1));
        } catch {
          continue;
        }
        ++read;
        const answer = check(value);
        const isEqual =
          answer.ok &&
          JSON.stringify(value)
            .toLowerCase()
            .replaceAll(/0+(?=")|\.(?=")/g, "") === text.toLowerCase().replaceAll(/0+(?=")|\.(?=")/g, "");
        if (!isEqual) expectReason(answer, shown(value));
      }
      expect(read).to.be.greaterThan(CASES / 2);
    });

    it("that is anything else", () => {
      const random = new Random("no entry");
      for (let i = 0; i < CASES; ++i) expectReason(check(garbage(random)), `case ${i}`);
    });
  });
});

import { expect } from "chai";
import Fraction from "fraction.js";

import { NO_USAGE, TOKEN_KINDS, costOf, minusUsage, plusUsage, pricesProblem } from "../../sdk/src/gateway/cost.ts";
import type { TokenCounts, TokenPrices } from "../../sdk/src/gateway/cost.ts";
import { BPS, WAD } from "../../sdk/src/units/numbers.ts";
import { hasUnits, keepsDiscountCap, keepsPriceFloor } from "../../sdk/src/usage/row.ts";
import type { UsageRow } from "../../sdk/src/usage/row.ts";
import { QuickRandom } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";

const CASES = scaled(3_000, 300_000);
const LARGEST_DISCOUNT = (WAD * 3n) / 10n;

const byKind = <Value>(valueOf: (kind: keyof TokenCounts) => Value): Record<keyof TokenCounts, Value> => ({
  ...{ input: valueOf("input"), cached: valueOf("cached"), output: valueOf("output") },
});

/** Prices that keep the floor, some of them exactly. */
function randomPrices(random: Random): TokenPrices {
  const minimumPrice = random.magnitude(1n, 10n ** 12n);
  const weightBps = byKind(() => random.magnitude(1n, 100_000n));
  const floorOf = (kind: keyof TokenCounts) => (weightBps[kind] * minimumPrice + BPS - 1n) / BPS;
  return {
    list: byKind((kind) => floorOf(kind) + random.pick([0n, 1n, random.magnitude(1n, 10n ** 12n)])),
    weightBps,
    minimumPrice,
  };
}

const randomTokens = (random: Random): TokenCounts =>
  byKind(() => Number(random.pick([0n, 1n, random.magnitude(1n, 1_000_000n)])));

const randomDiscount = (random: Random) => random.pick([0n, LARGEST_DISCOUNT, random.uniform(0n, LARGEST_DISCOUNT)]);

/** The same in exact rational arithmetic, rounded up at the end of each. */
function exactCost(tokens: TokenCounts, { list, weightBps, minimumPrice }: TokenPrices, discountWad: bigint): UsageRow {
  const up = (value: Fraction) => value.ceil().n * (value.s === 0n ? 0n : 1n);
  const sum = (rates: Record<keyof TokenCounts, bigint>) =>
    TOKEN_KINDS.reduce(
      (total, kind) => total.add(new Fraction(BigInt(tokens[kind])).mul(rates[kind])),
      new Fraction(0),
    );
  const units = up(sum(weightBps).div(10_000));
  const [priced, floor] = [sum(list).div(1_000_000), new Fraction(units * minimumPrice).div(1_000_000)];
  const listed = up(priced.compare(floor) < 0 ? floor : priced);
  const paid = up(new Fraction(listed).mul(new Fraction(1).sub(new Fraction(discountWad).div(WAD))));
  return { units, list: listed, paid };
}

describe("The cost of requests to a gateway", () => {
  it("is what exact arithmetic gives, rounded up", () => {
    const random = new QuickRandom("exact costs");
    for (let i = 0; i < CASES; i++) {
      const [tokens, prices, discount] = [randomTokens(random), randomPrices(random), randomDiscount(random)];
      expect(pricesProblem("It", prices)).to.equal(undefined);
      expect(costOf(tokens, prices, discount)).to.deep.equal(exactCost(tokens, prices, discount));
    }
  });

  it("never falls when a token, a price or a weight is added, and never rises with the discount", () => {
    const random = new QuickRandom("monotone costs");
    const isAtLeast = (one: UsageRow, other: UsageRow) =>
      one.units >= other.units && one.list >= other.list && one.paid >= other.paid;
    for (let i = 0; i < CASES; i++) {
      const [tokens, prices, discount] = [randomTokens(random), randomPrices(random), randomDiscount(random)];
      const cost = costOf(tokens, prices, discount);
      const kind = random.pick(TOKEN_KINDS);
      const more = random.magnitude(1n, 1_000n);
      expect(isAtLeast(costOf({ ...tokens, [kind]: tokens[kind] + Number(more) }, prices, discount), cost)).to.equal(
        true,
      );
      const list = { ...prices.list, [kind]: prices.list[kind] + more };
      expect(isAtLeast(costOf(tokens, { ...prices, list }, discount), cost)).to.equal(true);
      const weightBps = { ...prices.weightBps, [kind]: prices.weightBps[kind] + more };
      expect(isAtLeast(costOf(tokens, { ...prices, weightBps }, discount), cost)).to.equal(true);
      expect(isAtLeast(costOf(tokens, prices, random.uniform(0n, discount)), cost)).to.equal(true);
    }
  });

  it("keeps the floor and the largest discount in the sums of any requests, of each part of them too", () => {
    const random = new QuickRandom("sums of costs");
    for (let series = 0; series < CASES / 50; series++) {
      const prices = randomPrices(random);
      const sums = [NO_USAGE];
      for (let i = 0; i < 20; i++) {
        sums.push(plusUsage(sums.at(-1)!, costOf(randomTokens(random), prices, randomDiscount(random))));
      }
      const from = random.uniform(0n, 19n);
      for (const part of [sums.at(-1)!, minusUsage(sums.at(-1)!, sums[Number(from)]!)]) {
        expect(keepsPriceFloor(part, prices.minimumPrice)).to.equal(true);
        expect(keepsDiscountCap(part)).to.equal(true);
        expect(hasUnits(part)).to.equal(true);
      }
    }
  });

  it("has prices that are named when they are below the floor, or without weight", () => {
    const prices = { list: byKind(() => 10n), weightBps: byKind(() => 10_000n), minimumPrice: 10n };
    expect(pricesProblem("The model", prices)).to.equal(undefined);
    expect(pricesProblem("The model", { ...prices, list: { ...prices.list, cached: 9n } })).to.equal(
      "The model sells cached tokens below the model's price floor: ask at least 10 USDC units a million.",
    );
    expect(pricesProblem("The model", { ...prices, weightBps: { ...prices.weightBps, output: 0n } })).to.equal(
      "The model gives output tokens no weight: name a weight above zero.",
    );
  });
});

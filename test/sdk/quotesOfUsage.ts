import { expect } from "chai";

import { endOfEpoch, epochAt } from "../../sdk/src/emissions/epochs.ts";
import { allowanceOf, releaseOf, rewardOf } from "../../sdk/src/emissions/pool.ts";
import { ageFactor, shareOf } from "../../sdk/src/emissions/score.ts";
import { discountOf, paidAt, stakeForCap, stakeForDiscount } from "../../sdk/src/staking/discount.ts";
import {
  computeCostOf,
  divideNet,
  hasUnits,
  keepsDiscountCap,
  keepsPriceFloor,
  netOf,
  partOfRow,
  weightOf,
} from "../../sdk/src/usage/row.ts";
import { releasableAt, unvestedAt, vestedAt } from "../../sdk/src/vesting/vesting.ts";
import { drawUpTo } from "../support/cases.ts";
import { QuickRandom } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { expectQuoted, flag, statesOf } from "../support/states.ts";
import { DAY, VESTING_DURATION } from "../support/time.ts";
import { MT_SUPPLY, WAD } from "../support/units.ts";

const VESTINGS = scaled(6_000, 60_000);
/** Three are asked of each. */
const DISCOUNTS = scaled(6_000, 60_000);
const ROWS = scaled(12_000, 120_000);
const RELEASES = scaled(8_000, 80_000);
const REWARDS = scaled(10_000, 100_000);
const SCORES = scaled(4_000, 40_000);

const largest = (bits: bigint) => (1n << bits) - 1n;
/** Decimals that a network's USDC may have. */
const DECIMALS = [6, 18, 0] as const;
const decimalsOf = (usdcUnit: bigint) => usdcUnit.toString().length - 1;

describe("SDK: quotes of stakes, usage and rewards, against the contracts to the wei", function () {
  this.timeout(120_000);

  it(`vesting at any second agrees in ${VESTINGS.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of vesting");
    const states = statesOf(VESTINGS, () => {
      const start = random.uniform(1n, largest(40n));
      const ends = [VESTING_DURATION - 1n, VESTING_DURATION, VESTING_DURATION + 1n];
      const elapsed = random.pick([...ends, ...Array<bigint>(9).fill(drawUpTo(random, 2n * VESTING_DURATION))]);
      return [drawUpTo(random, largest(128n)), start, start + elapsed] as const;
    });
    await expectQuoted("UsageStates", "vestings", states, ([total, start, time]) => {
      const vested = vestedAt(total, start, time);
      const released = vested / 3n;
      expect(releasableAt({ total, released }, start, time) === vested - released).to.equal(true);
      expect(unvestedAt([total / 2n, total - total / 2n], start, time) === total - vested).to.equal(true);
      return [vested];
    });
    expect(vestedAt(WAD, 1_000n, 999n)).to.equal(0n);
  });

  it(`discounts, and the stake that brings one, agree in ${(3 * DISCOUNTS).toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of discounts");
    const states = statesOf(DISCOUNTS, () => {
      const circulating = drawUpTo(random, MT_SUPPLY);
      return [drawUpTo(random, circulating), circulating, random.uniform(1n, 10n), drawUpTo(random, 3_000n)] as const;
    });
    // What the SDK calls the least stake brings the discount, and a wei less does not: the contract is asked of both.
    const asked = states.flatMap(([stake, circulating, multiplier, capBps]) => {
      const terms = { circulating, multiplier, capBps };
      const wanted = discountOf(stake, terms);
      const least = stakeForDiscount(wanted, terms) ?? 0n;
      const below = least === 0n ? 0n : least - 1n;
      return [stake, least, below].map((one) => [one, circulating, multiplier, capBps] as const);
    });
    const results = await expectQuoted(
      "UsageStates",
      "discounts",
      asked,
      ([stake, circulating, multiplier, capBps]) => [discountOf(stake, { circulating, multiplier, capBps })],
    );
    for (const [index, [, circulating, multiplier, capBps]] of states.entries()) {
      const [wanted, atLeast, below] = [0, 1, 2].map((place) => results[3 * index + place]![0]!);
      expect(atLeast === wanted && (wanted === 0n || below! < wanted!)).to.equal(true);
      const terms = { circulating, multiplier, capBps };
      const cap = (capBps * WAD) / 10_000n;
      if (circulating !== 0n) expect(stakeForDiscount(cap, terms) === stakeForCap(terms)).to.equal(true);
      expect(stakeForDiscount(cap + 1n, terms)).to.equal(undefined);
    }
  });

  it(`OpEx, net, its division, weight and parts of rows agree in ${ROWS.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of rows");
    const states = statesOf(ROWS, () => {
      const list = random.pick([0n, ...Array<bigint>(9).fill(random.magnitude(1n, largest(96n)))]);
      const paid = random.pick([paidAt(list, drawUpTo(random, (WAD * 3n) / 10n)), 1n + drawUpTo(random, list)]);
      const units = random.pick([0n, random.magnitude(1n, largest(64n)), random.magnitude(1n, largest(64n))]);
      const cost = random.magnitude(1n, largest(96n));
      const due = paid === 0n ? 1n : paid;
      const floor = units === 0n ? 1n : (list * 1_000_000n) / units;
      const minimumPrice = random.pick([floor, floor + 1n, random.magnitude(1n, largest(96n))]);
      return [units, list, due, cost, due - drawUpTo(random, due - 1n), minimumPrice] as const;
    });
    await expectQuoted("UsageStates", "rows", states, ([units, list, paid, cost, amount, minimumPrice]) => {
      const row = { units, list, paid };
      const [opex, net] = [computeCostOf(row, cost), netOf(row, cost)];
      const { flockBuyback, treasury, issuer, mtBuyback } = divideNet(net);
      const part = partOfRow(row, amount, cost);
      expect(part.paid === amount && partOfRow(row, paid, cost).net === net).to.equal(true);
      return [
        ...[opex, flockBuyback, treasury, issuer, mtBuyback, weightOf(row)],
        ...[keepsPriceFloor(row, minimumPrice), keepsDiscountCap(row), hasUnits(row)].map(flag),
        ...[part.units, part.list, amount - part.net],
      ];
    });
  });

  it(`allowance and release of a pool agree in ${RELEASES.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of releases");
    const states = statesOf(RELEASES, () => {
      const decimals = random.pick(DECIMALS);
      const [net, cap] = [drawUpTo(random, largest(104n)), drawUpTo(random, largest(72n))];
      const half = allowanceOf(net, cap, decimals) / 2n;
      const [most, price] = [largest(127n), random.magnitude(1n, largest(80n))];
      const upTo = (some: bigint) => drawUpTo(random, some < most ? some : most);
      const sources = [upTo(2n * half), upTo((2n * half * WAD) / price), upTo(2n * half)] as const;
      return [...sources, net, cap, price, 10n ** BigInt(decimals)] as const;
    });
    const limited = { fund: 0, reserve: 0, emission: 0 };
    await expectQuoted("UsageStates", "releases", states, (state) => {
      const [fund, reserve, emission, net, cap, price, usdcUnit] = state;
      const allowance = allowanceOf(net, cap, decimalsOf(usdcUnit));
      const released = releaseOf({ fund, reserve, emission, allowance, price });
      if (released.fund < fund) limited.fund++;
      if (released.reserve < reserve) limited.reserve++;
      if (released.emission < emission) limited.emission++;
      return [allowance, released.fund, released.reserve, released.emission];
    });
    for (const count of Object.values(limited)) expect(count).to.be.within(RELEASES / 100, RELEASES - RELEASES / 100);
  });

  it(`rewards of users, and what caps cut, agree in ${REWARDS.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of rewards");
    const states = statesOf(REWARDS, () => {
      const weight = random.magnitude(1n, largest(104n));
      const [price, cap] = [random.magnitude(1n, largest(80n)), drawUpTo(random, largest(72n))];
      const [flock, mt, own] = [
        drawUpTo(random, largest(128n)),
        drawUpTo(random, largest(128n)),
        drawUpTo(random, weight),
      ];
      const usdcUnit = 10n ** BigInt(random.pick(DECIMALS));
      const worth = (flock * own) / weight + (mt * own * price) / (weight * WAD);
      const enough = cap === 0n ? 0n : (worth * usdcUnit) / cap + 1n;
      const net = random.pick([enough, enough, drawUpTo(random, 2n * enough), drawUpTo(random, largest(104n))]);
      return [flock, mt, weight, price, cap, own, net < largest(104n) ? net : largest(104n), usdcUnit] as const;
    });
    let cuts = 0;
    await expectQuoted("UsageStates", "rewards", states, ([flock, mt, weight, price, cap, own, net, usdcUnit]) => {
      const pool = { flock, mt, weight, price, cap };
      const reward = rewardOf(pool, { weight: own, net }, decimalsOf(usdcUnit));
      if (reward.cut.flock + reward.cut.mt !== 0n) cuts++;
      return [reward.flock, reward.mt, reward.cut.flock, reward.cut.mt];
    });
    expect(cuts).to.be.within(REWARDS / 10, REWARDS - REWARDS / 10);
  });

  it(`age factors, epochs and the issuer's bonus agree in ${SCORES.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of scores");
    const states = statesOf(SCORES, () => {
      const liveAt = random.uniform(0n, largest(40n));
      return [liveAt, liveAt + drawUpTo(random, 400n * DAY), drawUpTo(random, largest(80n))] as const;
    });
    await expectQuoted("UsageStates", "scores", states, ([liveAt, time, emission]) => {
      const epoch = epochAt(time);
      const { share, bonus } = shareOf(emission, 7n, 7n);
      expect(share === emission).to.equal(true);
      return [ageFactor(epochAt(liveAt), epoch), endOfEpoch(epoch), bonus];
    });
  });
});

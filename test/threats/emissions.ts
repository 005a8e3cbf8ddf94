import { expect } from "chai";
import Fraction from "fraction.js";
import { MaxUint256 } from "ethers";

import { IUniswapV2Pair__factory } from "../../typechain-types/index.ts";
import { at, now } from "../support/clock.ts";
import {
  earningFixture,
  earningLateFixture,
  lastRollOf,
  setEmissionSettings,
  settle,
  settleCard,
  toAge,
  toNoonIn,
  twoModelsFixture,
  voucherRows,
} from "../support/earning.ts";
import type { Earning } from "../support/earning.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { LOST_SHARE, isWashingExcluded, maxEarned } from "../support/model/washTrading.ts";
import type { WashingTerms } from "../support/model/washTrading.ts";
import { RewardWorlds, USERS, inDistributor, inWorld, roll } from "../support/rewards.ts";
import { DAY } from "../support/time.ts";
import { MILLION, WAD, tokens, usdc } from "../support/units.ts";

/** What net revenue can earn at the local cap of 100 [FLOCK wei]. */
const earnable = (net: bigint) => net * 100n * 10n ** 12n;

/** The last second of today. */
async function toLastSecond(): Promise<void> {
  await at(((await now()) / DAY + 1n) * DAY - 1n);
}

describe("Threats: emissions and rewards", () => {
  const fixture = () => networkHelpers.loadFixture(earningFixture);

  describe("S1 nobody eligible uses for a while", () => {
    it("what was emitted waits, and the first wei staked takes no more than its usage earns", async () => {
      const f = await fixture();
      for (let day = 0; day < 3; ++day) {
        await settle(f, f.modelId, [{ user: f.dave, list: usdc(1_000) }]);
        await toNoonIn(1n);
      }
      await f.emissions.roll(f.modelId);
      const waiting = (await f.emissions.modelRewardsOf(f.modelId)).carriedEmission;
      expect(waiting).to.be.closeTo(tokens(54_000), 3n);

      const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(2) }]);
      await toNoonIn(1n);
      const { flock } = await f.emissions.claimableOf(f.bob, f.modelId);
      expect(flock).to.equal(earnable(net));
      await f.emissions.roll(f.modelId);
      const left = (await f.emissions.modelRewardsOf(f.modelId)).carriedEmission;
      expect(left).to.equal(waiting - flock + earnable(net) - earnable(net) / 10n - scoreLoss(net, 3n));
    });

    /** What a model emits less because it is `age` days old. */
    function scoreLoss(net: bigint, age: bigint): bigint {
      const share = (earnable(net) * (180n - age)) / 180n;
      return earnable(net) - earnable(net) / 10n - (share - share / 10n);
    }

    it("a wei of stake is not eligible at all", async () => {
      const f = await fixture();
      await f.mt.connect(f.carol).transfer(f.dave, 1n);
      await f.mt.connect(f.dave).approve(f.staking, 1n);
      await f.staking.connect(f.dave).stake(f.modelId, 1n);
      await toNoonIn(2n);
      await settle(f, f.modelId, [{ user: f.dave, list: usdc(1_000) }]);
      expect((await f.emissions.weightOf(f.dave, f.modelId)).weight).to.equal(0n);
    });
  });

  describe("S3 flash stake", () => {
    it("a stake of today earns nothing for today's usage, nor one whose exit was requested", async () => {
      const f = await fixture();
      await f.mt.connect(f.carol).transfer(f.dave, tokens(1_000));
      await f.mt.connect(f.dave).approve(f.staking, MaxUint256);
      await f.staking.connect(f.dave).stake(f.modelId, tokens(1_000));
      await f.staking.connect(f.bob).requestExit(f.modelId, tokens(500));
      await settle(f, f.modelId, [
        { user: f.dave, list: usdc(10) },
        { user: f.bob, list: usdc(10) },
      ]);
      expect((await f.emissions.modelRewardsOf(f.modelId)).openWeight).to.equal(0n);
    });
  });

  describe("S4 a change of weight without a checkpoint", () => {
    it("each day's weight earns once, from the pool of its own day", async () => {
      const f = await fixture();
      let expected = 0n;
      for (const list of ["100", "7", "30"]) {
        await settle(f, f.modelId, [
          { user: f.bob, list: usdc(list) },
          { user: f.carol, list: usdc(50) },
        ]);
        const epoch = await f.emissions.currentEpoch();
        await toNoonIn(1n);
        await f.emissions.roll(f.modelId);
        const pool = await f.emissions.poolOf(f.modelId, epoch);
        expected += (pool.flock * usdc(list)) / pool.weight;
      }
      expect((await f.emissions.claimableOf(f.bob, f.modelId)).flock).to.equal(expected);
      await f.emissions.claim(f.bob, [f.modelId]);
      await f.emissions.roll(f.modelId);
      expect(await f.emissions.claimableOf(f.bob, f.modelId)).to.deep.equal([0n, 0n]);
    });
  });

  describe("S6 one unit of revenue on a quiet day", () => {
    it("reserves what it can earn and leaves the rest of the day's emission in the budget", async () => {
      const f = await fixture();
      const budget = await f.emissions.unreserved();
      await toLastSecond();
      const net = await settle(f, f.modelId, [{ user: f.bob, list: 1n }]);
      expect(net).to.equal(1n);
      expect(budget - (await f.emissions.unreserved())).to.equal(earnable(1n));
      await toNoonIn(1n);
      expect((await f.emissions.claimableOf(f.bob, f.modelId)).flock).to.be.at.most(earnable(1n));
    });

    it("in the last second of a day gets its part by score, no more", async () => {
      const f = await networkHelpers.loadFixture(twoModelsFixture);
      const fair = await settle(f, f.modelId, [{ user: f.bob, list: usdc(1_000) }]);
      await toLastSecond();
      const late = await settle(f, f.secondId, [{ user: f.carol, list: usdc(10) }]);
      const age = (await f.emissions.currentEpoch()) - (await f.registry.usageTermsOf(f.modelId)).liveAt / DAY;
      const secondAge = (await f.emissions.currentEpoch()) - (await f.registry.usageTermsOf(f.secondId)).liveAt / DAY;
      await toNoonIn(1n);
      await f.emissions.roll(f.secondId);
      const { share } = await lastRollOf(f, f.secondId);
      const score = late * (180n - secondAge);
      expect(share).to.equal((tokens(20_000) * score) / (fair * (180n - age) + score));
      expect(share).to.be.lessThan(tokens(250));
    });
  });

  describe("S7 the first use after a long silence", () => {
    it("takes what its revenue can earn of carried emission, fund and reserve, not all of them", async () => {
      const f = await fixture();
      await settleCard(f, f.modelId, usdc(10_000));
      await toAge(f, 170n);
      const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(1) }]);
      await toNoonIn(1n);
      await f.emissions.roll(f.modelId);
      const rolled = await lastRollOf(f, f.modelId);
      expect(rolled.emission + rolled.fund).to.equal(earnable(net));
      expect(rolled.reserve).to.equal(earnable(net) * 8n);
      expect(rolled.carriedEmission).to.be.greaterThan(tokens(17_900));
    });
  });

  describe("S8 dust settlements without net revenue", () => {
    it("reserve nothing, however often", async () => {
      const f = await fixture();
      let [paid, earned] = [0n, 0n];
      const budget = await f.emissions.unreserved();
      for (let i = 0; i < 20; ++i) {
        earned += await settle(f, f.modelId, [{ user: f.bob, list: 1n, units: 1n }]);
        paid += 1n;
      }
      expect(paid - earned).to.equal(4n);
      expect(budget - (await f.emissions.unreserved())).to.equal(earnable(earned));
    });

    it("reserve nothing day after day either: a fifth unit that is all compute cost emits nothing", async () => {
      const f = await fixture();
      for (let i = 0; i < 4; ++i) await settle(f, f.modelId, [{ user: f.bob, list: 1n, units: 1n }]);
      for (let day = 0; day < 3; ++day) {
        await toNoonIn(1n);
        const budget = await f.emissions.unreserved();
        const net = await settle(f, f.modelId, [{ user: f.bob, list: 1n, units: 1n }]);
        expect(budget - (await f.emissions.unreserved())).to.equal(((await ageOf(f)) * earnable(net)) / 180n);
        if (day === 0) expect(net).to.equal(0n);
      }
    });

    /** Age factor of the first model today, in 180ths. */
    async function ageOf(f: Earning): Promise<bigint> {
      return 180n - ((await f.emissions.currentEpoch()) - (await f.registry.usageTermsOf(f.modelId)).liveAt / DAY);
    }
  });

  describe("S9 units of 6 and 18 decimals, and small claims", () => {
    const terms = { dailyRate: 20_000n * WAD, maxFlockPerUsdc: 100n, minimumStake: 0n };
    async function worldsFixture() {
      return RewardWorlds.deploy([10n ** 6n, WAD].map((usdcUnit) => ({ ...terms, usdcUnit })));
    }

    async function twinWorldsFixture() {
      return RewardWorlds.deploy([0, 1].map(() => ({ ...terms, usdcUnit: 10n ** 6n })));
    }

    it("the same dollars earn the same FLOCK with either kind of USDC", async () => {
      const worlds = await networkHelpers.loadFixture(worldsFixture);
      let time = ((await now()) / DAY + 1n) * DAY;
      const opening = { flock: 25_000n * WAD, mt: 200_000n * WAD };
      const begin = [
        inWorld("graduate", [1n, worlds.holders[0], 12_500n * WAD, 200_000n * WAD, opening]),
        inWorld("goLive", [1n]),
        inWorld("fund", [1_000_000n * WAD]),
      ];
      await worlds.run(time, [begin, begin]);
      for (const dollars of [3n, 40n, 1_000n]) {
        time += DAY;
        const settled = [10n ** 6n, WAD].map((unit) => {
          const rows = USERS.map((user, i) => ({ user, list: dollars * unit * BigInt(i + 1), paid: dollars * unit }));
          return [inWorld("record", [1n, 3n * dollars * unit, 4n * dollars * unit, rows])];
        });
        await worlds.run(time, settled);
      }
      time += DAY;
      await worlds.run(time, [[roll(1n)], [roll(1n)]]);
      const [six, eighteen] = await worlds.states();
      for (const [i, user] of six!.models[0]!.users.entries()) {
        expect(user.flock).to.be.greaterThan(0n);
        // A weight is rounded to a unit of USDC, which is a millionth of a dollar here and nothing there.
        expect(user.flock).to.be.closeTo(eighteen!.models[0]!.users[i]!.flock, tokens("0.01"));
        expect(user.mt).to.be.closeTo(eighteen!.models[0]!.users[i]!.mt, tokens("0.1"));
      }
      expect(six!.models[0]!.bonus).to.equal(eighteen!.models[0]!.bonus);
    });

    it("claiming every day loses no wei against claiming once", async () => {
      const worlds = await networkHelpers.loadFixture(twinWorldsFixture);
      let time = ((await now()) / DAY + 1n) * DAY;
      const opening = { flock: 3n * WAD, mt: 7n * WAD };
      const begin = [
        inWorld("graduate", [1n, worlds.holders[0], 12_345n, 67_890n, opening]),
        inWorld("goLive", [1n]),
        inWorld("fund", [1_000_000n * WAD]),
      ];
      await worlds.run(time, [begin, begin]);
      const rows = [
        { user: USERS[0]!, list: 1n, paid: 1n },
        { user: USERS[1]!, list: 6n, paid: 6n },
      ];
      const claim = inDistributor("claim", [USERS[0], [1n]]);
      for (let day = 0; day < 10; ++day) {
        const use = inWorld("record", [1n, 5n, 7n, rows]);
        time += DAY;
        await worlds.run(time, [day === 0 ? [use] : [claim, use], [use]]);
      }
      await worlds.run(time + DAY, [[claim], [claim]]);
      const [often, once] = await worlds.states();
      expect(often!.users[0]).to.equal(once!.users[0]);
      expect(often!.models[0]!.users[0]!.mtBalance).to.equal(once!.models[0]!.users[0]!.mtBalance);
    });
  });

  describe("S10 the age factor where the floor begins, and long after", () => {
    for (const [age, factor] of [
      [143n, 37n],
      [144n, 36n],
      [145n, 36n],
      [20_000n, 36n],
    ] as const) {
      it(`is ${factor} of 180 at day ${age}`, async () => {
        const f = await fixture();
        await toAge(f, age);
        const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(1) }]);
        expect((await f.emissions.modelRewardsOf(f.modelId)).openScore).to.equal(net * factor);
      });
    }
  });

  describe("P5 gross inflated beyond the discount cap", () => {
    it("is skipped by the meter, so that it never weighs", async () => {
      const f = await fixture();
      const rows = await voucherRows(f, f.modelId, [{ user: f.bob, list: usdc(100), paid: usdc(70) - 1n }]);
      await expect(f.meter.connect(f.platform).settle(f.modelId, rows)).to.emit(f.meter, "VoucherSkipped");
      expect((await f.emissions.weightOf(f.bob, f.modelId)).weight).to.equal(0n);
    });
  });

  describe("B6 buying one's own inference", () => {
    /** What the live parameters say, with FLOCK at `flockPrice` [USD]. */
    async function washingTerms(f: Earning, flockPrice: Fraction): Promise<WashingTerms> {
      const opening = await f.graduation.openingReservesOf(f.modelId);
      const pair = IUniswapV2Pair__factory.connect(await f.dexFactory.getPair(f.flock, f.mt), f.deployer);
      const [reserve0, reserve1] = await pair.getReserves();
      const flockIsFirst = (await pair.token0()) === f.addresses.flock;
      return {
        maxFlockPerUsdc: (await f.emissions.emissionSettings()).nextMaxFlockPerUsdc,
        flockPrice,
        mtPrice: flockIsFirst ? new Fraction(reserve0, reserve1) : new Fraction(reserve1, reserve0),
        openingPrice: new Fraction(opening.flock, opening.mt),
        weight: new Fraction(1),
      };
    }

    /**
     * Bob washes: he holds the issuer's seat, is the only staker who uses the model today, and even gets back what goes
     * to the provider and into the MT buyback. Returns what is gone for good and what he has earned.
     */
    async function wash(f: Earning, list: bigint) {
      const lostSeats = [await f.registry.treasurySeat(), `0x04${"00".repeat(31)}`];
      const lost = async () =>
        (await f.waterfall.creditOf(lostSeats[0]!)) + (await f.waterfall.creditOf(lostSeats[1]!));
      const bonusBefore = await f.emissions.issuerBonusOf(f.modelId);
      const [lostBefore, before] = [await lost(), await f.emissions.claimableOf(f.bob, f.modelId)];
      const net = await settle(f, f.modelId, [{ user: f.bob, list }]);
      const gone = (await lost()) - lostBefore;
      await toNoonIn(1n);
      const after = await f.emissions.claimableOf(f.bob, f.modelId);
      const bonus = (await f.emissions.issuerBonusOf(f.modelId)) - bonusBefore;
      return { net, gone, flock: after.flock - before.flock + bonus, mt: after.mt - before.mt };
    }

    /** USD that the washer is better off with, if it can sell everything at today's prices. */
    function gainOf(washed: Awaited<ReturnType<typeof wash>>, terms: WashingTerms): Fraction {
      const earned = new Fraction(washed.flock, WAD).add(new Fraction(washed.mt, WAD).mul(terms.mtPrice));
      return earned.mul(terms.flockPrice).sub(new Fraction(washed.gone, 10n ** 6n));
    }

    it("earns at most 1.1 FLOCK and MT for one FLOCK at the opening price, times the cap: the bound is met", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      const { net, gone, flock, mt } = await wash(f, usdc(100));
      expect(gone).to.equal((net * 6n) / 10n);
      expect(flock).to.equal((earnable(net) * 11n) / 10n);
      expect(mt).to.equal(earnable(net) * 8n);
    });

    it("never pays while the bound excludes it, on a day when nobody else spends", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      const unpriced = await washingTerms(f, new Fraction(1));
      const highest = LOST_SHARE.div(maxEarned(unpriced));
      expect(highest.equals(new Fraction(6, 2_100))).to.equal(true);
      const terms = { ...unpriced, flockPrice: highest.mul(new Fraction(99, 100)) };
      expect(isWashingExcluded(terms)).to.equal(true);
      for (const list of [usdc("0.01"), usdc(100), usdc(5_000)])
        expect(gainOf(await wash(f, list), terms).compare(0), `${list}`).to.be.at.most(0);
    });

    it("never pays at a cap that is safe for the price, beside others who pay the same prices neither", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      await setEmissionSettings(f, tokens(20_000), 2n);
      const terms = await washingTerms(f, new Fraction(1, 10));
      expect(isWashingExcluded(terms)).to.equal(true);
      for (const list of [usdc(1), usdc(100), usdc(20_000)])
        expect(gainOf(await washBesideCarol(f, list, list), terms).compare(0), `${list}`).to.equal(-1);
    });

    it("beside others without a discount takes up to 1 / (1 - X) as much, at their cost: a wider bound", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      const paid = usdc(70);
      const washed = await washBesideCarol(f, usdc(100), paid);
      const alone = earnable(washed.net);
      expect(washed.flock).to.be.greaterThan((alone * 11n) / 10n);
      expect(washed.flock).to.be.at.most((alone * 10n) / 7n + alone / 10n);
      expect(washed.mt).to.be.at.most((alone * 8n * 10n) / 7n);
    });

    it("never pays beside others while the wider bound excludes it, and does at the bound of one who is alone", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      const { minimumPrice, computeCost } = await f.registry.usageTermsOf(f.modelId);
      // At the price floor, with the largest discount; Carol's revenue is all net.
      const net = new Fraction(7, 10).sub(new Fraction(computeCost, minimumPrice));
      const beside = { ...(await washingTerms(f, new Fraction(1))), weight: new Fraction(1).div(net) };
      expect(beside.weight.equals(2)).to.equal(true);
      const at99 = (terms: WashingTerms) => LOST_SHARE.div(maxEarned(terms)).mul(new Fraction(99, 100));

      const safe = { ...beside, flockPrice: at99(beside) };
      expect(isWashingExcluded(safe)).to.equal(true);
      const atFloor = (list: string) =>
        washBesideCarol(f, usdc(list), (usdc(list) * 7n) / 10n, (usdc(list) * MILLION) / minimumPrice);
      for (const list of ["0.1", "1", "10", "100"]) {
        expect(gainOf(await atFloor(list), safe).compare(0), list).to.equal(-1);
      }
      // Washing a little beside much is what comes close to k; at the narrower bound it pays.
      const narrow = { ...beside, weight: new Fraction(1) };
      const washed = await atFloor("10");
      expect(washed.net).to.equal(usdc(5));
      expect(gainOf(washed, { ...narrow, flockPrice: at99(narrow) }).compare(1)).to.equal(1);
    });

    /** What washing adds to what Bob has anyway, on a day when Carol spends 100: with it, less without it. */
    async function washBesideCarol(f: Earning, list: bigint, paid: bigint, units = 1n) {
      const snapshot = await networkHelpers.takeSnapshot();
      const day = async (uses: { list: bigint; paid: bigint; units: bigint }[]) => {
        await settle(f, f.modelId, [{ user: f.carol, list: usdc(100) }]);
        let net = 0n;
        for (const use of uses) net += await settle(f, f.modelId, [{ user: f.bob, ...use }]);
        await toNoonIn(1n);
        const { flock, mt } = await f.emissions.claimableOf(f.bob, f.modelId);
        return { net, flock: flock + (await f.emissions.issuerBonusOf(f.modelId)), mt };
      };
      const without = await day([]);
      await snapshot.restore();
      const washed = await day([{ list, paid, units }]);
      await snapshot.restore();
      const gone = (washed.net * 6n) / 10n;
      return { net: washed.net, gone, flock: washed.flock - without.flock, mt: washed.mt - without.mt };
    }

    it("never pays when carried emissions have piled up for months either", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      await setEmissionSettings(f, tokens(20_000), 2n);
      for (let day = 0; day < 3; ++day) {
        await settleCard(f, f.modelId, usdc(10_000));
        await toNoonIn(30n);
      }
      const terms = await washingTerms(f, new Fraction(1, 10));
      expect(gainOf(await wash(f, usdc(10_000)), terms).compare(0)).to.equal(-1);
    });

    it("would pay far above the bound, which is why the cap is a required parameter", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      const terms = await washingTerms(f, new Fraction(1));
      expect(isWashingExcluded(terms)).to.equal(false);
      expect(gainOf(await wash(f, usdc(100)), terms).compare(20_000)).to.equal(1);
    });
  });
});

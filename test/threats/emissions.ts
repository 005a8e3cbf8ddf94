import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { at, now } from "../support/clock.ts";
import {
  earnable,
  earningFixture,
  lastRollOf,
  settle,
  settleCard,
  toAge,
  toNoonIn,
  twoModelsFixture,
  voucherRows,
} from "../support/earning.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { RewardWorlds, USERS, inDistributor, inWorld, roll } from "../support/rewards.ts";
import { DAY } from "../support/time.ts";
import { WAD, tokens, usdc } from "../support/units.ts";

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
      // The model's own fund was enough for that: all of the emission still waits, and what this day has added.
      const { carriedEmission, releasedFund } = await f.emissions.modelRewardsOf(f.modelId);
      expect(releasedFund).to.equal(flock);
      const share = (earnable(net) * (180n - 3n)) / 180n;
      expect(carriedEmission).to.equal(waiting + share - share / 10n);
    });

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
      expect(rolled.fund).to.equal(earnable(net));
      expect(rolled.pool.mt + rolled.emission).to.equal(0n);
      expect(rolled.totals.carriedEmission).to.be.greaterThan(tokens(17_900));
    });
  });

  describe("S8 dust settlements", () => {
    it("reserve what their net revenue earns and no more, however often; none is without net revenue", async () => {
      const f = await fixture();
      const budget = await f.emissions.unreserved();
      let earned = 0n;
      // 20 units at 0.20 cost more than such a row pays: an eleventh of it is left all the same.
      for (let i = 0; i < 20; ++i) {
        const net = await settle(f, f.modelId, [{ user: f.bob, list: 20n, paid: 14n, units: 20n }]);
        expect(net).to.equal(14n - 4n);
        earned += net;
      }
      expect(budget - (await f.emissions.unreserved())).to.equal(earnable(earned));
    });

    it("reserve nothing for nobody day after day: what is reserved is the pool's when the day ends", async () => {
      const f = await fixture();
      for (let day = 0; day < 3; ++day) {
        const budget = await f.emissions.unreserved();
        const net = await settle(f, f.modelId, [{ user: f.bob, list: 1n, units: 1n }]);
        expect(net).to.equal(1n);
        expect(budget - (await f.emissions.unreserved())).to.equal((earnable(net) * (180n - BigInt(day))) / 180n);
        await toNoonIn(1n);
      }
    });
  });

  describe("S9 units of 6 and 18 decimals, and small claims", () => {
    const terms = { dailyRate: 20_000n * WAD, maxFlockPerUsdc: 200n * WAD, maxRewardBps: 0n, minimumStake: 0n };
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
          const rows = USERS.map((user, i) => ({
            user,
            list: dollars * unit * BigInt(i + 1),
            paid: dollars * unit,
            net: (dollars * unit * 3n) / 4n,
          }));
          return [inWorld("record", [1n, 3n * dollars * unit, rows])];
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
        { user: USERS[0]!, list: 1n, paid: 1n, net: 1n },
        { user: USERS[1]!, list: 6n, paid: 6n, net: 4n },
      ];
      const claim = inDistributor("claim", [USERS[0], [1n]]);
      for (let day = 0; day < 10; ++day) {
        const use = inWorld("record", [1n, 5n, rows]);
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
});

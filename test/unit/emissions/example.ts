import { expect } from "chai";

import {
  earnable,
  earningFixture,
  lastRollOf,
  setEmissionSettings,
  settle,
  settleCard,
  toAge,
  toNoonIn,
  twoModelsFixture,
} from "../../support/earning.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { DAY } from "../../support/time.ts";
import { tokens, usdc } from "../../support/units.ts";

/** The numbers of sections 4.4, 4.5 and 4.7. */
describe("EmissionDistributor: the paper's example", () => {
  describe("age factor", () => {
    for (const [age, in180ths] of [
      [0n, 180n],
      [1n, 179n],
      [30n, 150n],
      [143n, 37n],
      [144n, 36n],
      [145n, 36n],
      [180n, 36n],
      [5_000n, 36n],
    ] as const) {
      it(`is ${in180ths}/180 = ${(Number(in180ths) / 180).toFixed(4)} at day ${age}`, async () => {
        const f = await networkHelpers.loadFixture(earningFixture);
        await toAge(f, age);
        const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
        const { totalScore } = await f.emissions.epochTotalsOf(await f.emissions.currentEpoch());
        expect(totalScore).to.equal(net * in180ths);
      });
    }
  });

  describe("a day with 50,000 of list spend and 20,000 FLOCK", () => {
    async function closedDayFixture() {
      const f = await networkHelpers.loadFixture(earningFixture);
      await toAge(f, 30n);
      const epoch = await f.emissions.currentEpoch();
      await settle(f, f.modelId, [
        { user: f.bob, list: usdc(2_500), paid: usdc("2083.5") },
        { user: f.carol, list: usdc(47_500) },
      ]);
      await toNoonIn(1n);
      await f.emissions.roll(f.modelId);
      return { ...f, epoch, rolled: await lastRollOf(f, f.modelId) };
    }

    it("emits 20,000 and gives 2,000 to Alice's seat and 18,000 to the pool", async () => {
      const { emissions, modelId, epoch, rolled } = await networkHelpers.loadFixture(closedDayFixture);
      expect((await emissions.epochTotalsOf(epoch)).emission).to.equal(tokens(20_000));
      expect(rolled.share).to.equal(tokens(20_000));
      expect(rolled.issuerBonus).to.equal(tokens(2_000));
      expect(rolled.emission).to.equal(tokens(18_000));
      expect(await emissions.issuerBonusOf(modelId)).to.equal(tokens(2_000));
    });

    it("gives Bob 900 of the emission for 5% of the spend, and 5% of the vested slices on top", async () => {
      const { emissions, modelId, bob, epoch, rolled, vault } = await networkHelpers.loadFixture(closedDayFixture);
      const { startAt } = await vault.recordOf(modelId);
      const elapsed = (epoch + 1n) * DAY - startAt;
      expect(rolled.fund).to.equal((tokens(12_500) * elapsed) / (180n * DAY));
      expect(rolled.pool.mt).to.equal((tokens(200_000) * elapsed) / (180n * DAY));
      const reward = await emissions.claimableOf(bob, modelId);
      expect(reward.flock).to.equal(tokens(900) + rolled.fund / 20n);
      expect(reward.mt).to.equal(rolled.pool.mt / 20n);
    });

    it("weighs by the list spend, so that the discount costs no reward", async () => {
      const { emissions, modelId, bob } = await networkHelpers.loadFixture(closedDayFixture);
      expect((await emissions.weightOf(bob, modelId)).weight).to.equal(usdc(2_500));
    });

    it("pays the bonus accrued so far to whoever holds the seat, after a hand-over too", async () => {
      const { emissions, registry, flock, modelId, alice, dave } = await networkHelpers.loadFixture(closedDayFixture);
      const seat = await registry.issuerSeatOf(modelId);
      await registry.connect(alice).offerSeat(seat, dave);
      await registry.connect(dave).acceptSeat(seat);
      await expect(emissions.connect(alice).claimIssuerBonus(modelId, alice))
        .to.be.revertedWithCustomError(emissions, "Emission_NotIssuer")
        .withArgs(alice, dave);
      await expect(emissions.connect(dave).claimIssuerBonus(modelId, dave)).to.changeTokenBalance(
        ethers,
        flock,
        dave,
        tokens(2_000),
      );
    });
  });

  describe("two models and one day's emission", () => {
    it("is divided by score: revenue times age factor", async () => {
      const f = await networkHelpers.loadFixture(twoModelsFixture);
      const first = await settle(f, f.modelId, [{ user: f.bob, list: usdc(300) }]);
      const second = await settle(f, f.secondId, [{ user: f.carol, list: usdc(700) }]);
      const factorOf = async (modelId: bigint) => {
        const { liveAt } = await f.registry.usageTermsOf(modelId);
        return 180n - ((await f.emissions.currentEpoch()) - liveAt / DAY);
      };
      const scores = [first * (await factorOf(f.modelId)), second * (await factorOf(f.secondId))] as const;
      await toNoonIn(1n);
      await f.emissions.roll(f.secondId);
      await f.emissions.roll(f.modelId);
      for (const [index, modelId] of [f.modelId, f.secondId].entries()) {
        const { share } = await lastRollOf(f, modelId);
        expect(share).to.equal((tokens(20_000) * scores[index]!) / (scores[0] + scores[1]));
      }
    });

    it("gives all of it to the one that had revenue", async () => {
      const f = await networkHelpers.loadFixture(twoModelsFixture);
      await settle(f, f.secondId, [{ user: f.carol, list: usdc(700) }]);
      await toNoonIn(1n);
      await f.emissions.roll(f.secondId);
      expect((await lastRollOf(f, f.secondId)).share).to.equal(tokens(20_000));
      expect(await f.emissions.issuerBonusOf(f.modelId)).to.equal(0n);
    });
  });

  describe("the cap per USDC", () => {
    it("holds a day's emission at half of cap times revenue times age factor", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
      const { emission } = await f.emissions.epochTotalsOf(await f.emissions.currentEpoch());
      expect(emission).to.equal(earnable(net));
      expect(emission).to.be.lessThan(tokens(20_000));
    });

    it("holds what all three sources release as well, the model's own money first; the rest waits", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await toAge(f, 100n);
      const cards = await settleCard(f, f.modelId, usdc(10_000));
      expect(cards).to.be.greaterThan(0n);
      await toNoonIn(1n);
      const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(1) }]);
      await toNoonIn(1n);
      await f.emissions.roll(f.modelId);
      const rolled = await lastRollOf(f, f.modelId);
      expect(rolled.fund).to.equal(earnable(net));
      expect([rolled.pool.mt, rolled.emission]).to.deep.equal([0n, 0n]);
      expect(rolled.totals.carriedEmission).to.be.greaterThan(tokens(17_000));
    });

    for (const [cap, emitted] of [
      ["4", "16666.666666"],
      ["4.8", "20000"],
      ["4.799999", "19999.995833"],
    ] as const) {
      it(`of ${cap} lets 10,000 net at a month of age emit ${emitted}: the example needs 4.8`, async () => {
        const f = await networkHelpers.loadFixture(earningFixture);
        await setEmissionSettings(f, tokens(20_000), tokens(cap));
        await toAge(f, 30n);
        const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(10_000) }]);
        expect(net).to.equal(usdc(10_000));
        const { emission } = await f.emissions.epochTotalsOf(await f.emissions.currentEpoch());
        expect(emission / 10n ** 12n).to.equal(usdc(emitted));
      });
    }
  });
});

import { expect } from "chai";

import {
  WAIT,
  decide,
  earn,
  earningFixture as marketWithRevenue,
  fillModel,
  marketFixture,
  observe,
  pokeAll,
} from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { now, until } from "../../support/clock.ts";
import { earningFixture, settle, settleCard, toNoonIn, twoModelsFixture } from "../../support/earning.ts";
import { networkHelpers, openOfferingFixture } from "../../support/fixtures.ts";
import { missedFixture, partialSuccessFixture, soldOutFixture } from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { NO_DEADLINE, OBSERVATION_AGE, STUCK_AFTER } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";

/** What can be done for one model. */
const dueFor = async (f: Pick<ProtocolScene, "lens">, modelId = 1n) => (await f.lens.dueOf([modelId])).models[0]!;

describe("ProtocolLens: dueOf", () => {
  describe("given a list of models", () => {
    it("shows route and burning alone for an empty one", async () => {
      const f = await networkHelpers.loadFixture(marketWithRevenue);
      const due = await f.lens.dueOf([]);
      expect(due.models).to.deep.equal([]);
      expect(due.flockLot).to.deep.equal(await f.buyback.nextFlockLot(0n));
      expect(due.flockLot.wait).to.equal(WAIT.None);
    });

    it("reverts if one of them does not exist", async () => {
      const f = await networkHelpers.loadFixture(openOfferingFixture);
      for (const modelIds of [[0n], [9n], [1n, 2n]]) {
        await expect(f.lens.dueOf(modelIds))
          .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
          .withArgs(modelIds.at(-1));
      }
    });

    it("answers in its order", async () => {
      const f = await networkHelpers.loadFixture(twoModelsFixture);
      await settle(f, f.secondId, [{ user: f.carol, list: usdc(1) }]);
      await toNoonIn(1n);
      const { models } = await f.lens.dueOf([f.secondId, f.modelId]);
      expect(models.map(({ modelId, roll }) => [modelId, roll])).to.deep.equal([
        [f.secondId, true],
        [f.modelId, false],
      ]);
    });
  });

  describe("graduate and fail", () => {
    /** What the lens says is what the calls do. */
    async function expectOutcomes(f: ProtocolScene, graduate: boolean, fail: boolean) {
      const due = await dueFor(f);
      expect([due.graduate, due.fail]).to.deep.equal([graduate, fail]);
      const isPossible = (call: Promise<unknown>) =>
        call.then(
          () => true,
          () => false,
        );
      expect(await isPossible(f.offering.graduate.staticCall(1n))).to.equal(graduate);
      expect(await isPossible(f.offering.fail.staticCall(1n))).to.equal(fail);
      return due;
    }

    it("are not due while the sale runs, to its last second; nor is anything else", async () => {
      const f = await networkHelpers.loadFixture(openOfferingFixture);
      await until((await f.lens.raiseOf(1n)).endsAt - 1n);
      const due = await expectOutcomes(f, false, false);
      expect([due.roll, due.poke]).to.deep.equal([false, false]);
      expect(due.mtLot).to.deep.equal([0n, "0x0000000000000000000000000000000000000000", 0n, 0n, 0n, 0n, 0n]);
    });

    it("let a raise be failed from the second on in which it ends below its minimum", async () => {
      const f = await networkHelpers.loadFixture(openOfferingFixture);
      await until((await f.lens.raiseOf(1n)).endsAt);
      await expectOutcomes(f, false, true);
    });

    it("let a raise be graduated as soon as it is sold out", async () => {
      await expectOutcomes(await networkHelpers.loadFixture(soldOutFixture), true, false);
    });

    it("let a partial success be graduated at its end, and 30 days later be failed too", async () => {
      const f = await networkHelpers.loadFixture(partialSuccessFixture);
      await expectOutcomes(f, true, false);
      const { endsAt } = await f.lens.raiseOf(1n);
      await until(endsAt + STUCK_AFTER - 1n);
      await expectOutcomes(f, true, false);
      await until(endsAt + STUCK_AFTER);
      await expectOutcomes(f, true, true);
    });

    it("are not due any more for a raise that is settled", async () => {
      const failed = await networkHelpers.loadFixture(missedFixture);
      await failed.offering.fail(1n);
      await expectOutcomes(failed, false, false);
      const graduated = await networkHelpers.loadFixture(soldOutFixture);
      await graduated.offering.graduate(1n);
      await expectOutcomes(graduated, false, false);
    });

    it("stand still while purchases are paused", async () => {
      const f = await networkHelpers.loadFixture(openOfferingFixture);
      const { endsAt } = await f.lens.raiseOf(1n);
      await until(endsAt - 10n);
      await f.offering.connect(f.guardian).pauseBuys();
      await until(endsAt + 1_000n);
      await expectOutcomes(f, false, false);
    });
  });

  describe("poke", () => {
    let f: MarketScene;
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(marketFixture);
    });

    it("is due for a model's pair half an hour after its last observation, not a second sooner", async () => {
      const [, graduatedAt] = await f.vault.recordOf(f.modelId);
      for (const [age, poke] of [
        [OBSERVATION_AGE - 1n, false],
        [OBSERVATION_AGE, true],
      ] as const) {
        await until(graduatedAt + age);
        expect((await dueFor(f)).poke).to.equal(poke);
        expect(await f.buyback.pokeModel.staticCall(f.modelId)).to.equal(poke);
      }
      await f.buyback.pokeModel(f.modelId);
      expect((await dueFor(f)).poke).to.equal(false);
    });

    it("is due for a route that was never observed, then every half hour", async () => {
      const pokeRoute = async () => (await f.lens.dueOf([])).pokeRoute;
      expect(await pokeRoute()).to.equal(true);
      await f.buyback.pokeRoute();
      const observedAt = await now();
      expect(await pokeRoute()).to.equal(false);
      await until(observedAt + OBSERVATION_AGE - 1n);
      expect(await pokeRoute()).to.equal(false);
      await until(observedAt + OBSERVATION_AGE);
      expect(await pokeRoute()).to.equal(true);
    });

    it("is never due without a route", async () => {
      await decide(f, f.buyback, f.buyback.interface.encodeFunctionData("setRoute", [[]]));
      expect((await f.lens.dueOf([])).pokeRoute).to.equal(false);
    });
  });

  describe("lots", () => {
    /** Every lot is the buyback's own. */
    async function expectLots(f: MarketScene) {
      const due = await f.lens.dueOf([f.modelId]);
      const own = due.models[0]!;
      expect(due.flockLot).to.deep.equal(await f.buyback.nextFlockLot(0n));
      expect(own.flockLot).to.deep.equal(await f.buyback.nextFlockLot(f.modelId));
      expect(own.mtLot).to.deep.equal(await f.buyback.nextMtLot(f.modelId));
      return [due.flockLot.wait, own.flockLot.wait, own.mtLot.wait];
    }

    it("say why nothing can be bought before anything was earned", async () => {
      const f = await networkHelpers.loadFixture(marketFixture);
      await observe(f);
      expect(await expectLots(f)).to.deep.equal([WAIT.NoCredit, WAIT.NoCredit, WAIT.NoCredit]);
    });

    it("show what can be bought, also for a model", async () => {
      const f = await networkHelpers.loadFixture(marketWithRevenue);
      expect(await expectLots(f)).to.deep.equal([WAIT.None, WAIT.None, WAIT.NoCredit]);
      await earn(f, usdc(90_000));
      await fillModel(f);
      await pokeAll(f);
      expect(await expectLots(f)).to.deep.equal([WAIT.None, WAIT.None, WAIT.None]);
      await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE);
      expect((await expectLots(f)).at(-1)).to.equal(WAIT.BucketEmpty);
    });

    it("say that buybacks are paused", async () => {
      const f = await networkHelpers.loadFixture(marketWithRevenue);
      await f.buyback.connect(f.guardian).pauseBuybacks();
      expect(await expectLots(f)).to.deep.equal([WAIT.Paused, WAIT.Paused, WAIT.Paused]);
    });
  });

  describe("roll", () => {
    it("is due on the day after usage until somebody rolls", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      expect((await dueFor(f)).roll).to.equal(false);
      await settleCard(f, 1n, usdc(100));
      expect((await dueFor(f)).roll).to.equal(false);
      await toNoonIn(1n);
      expect((await dueFor(f)).roll).to.equal(true);
      await expect(f.emissions.roll(1n)).to.emit(f.emissions, "ModelRolled");
      expect((await dueFor(f)).roll).to.equal(false);
    });

    it("is not due once a settlement has rolled on the way", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await settleCard(f, 1n, usdc(100));
      await toNoonIn(1n);
      expect(await settle(f, 1n, [{ user: f.bob, list: usdc(1) }])).to.be.greaterThan(0n);
      expect((await dueFor(f)).roll).to.equal(false);
    });
  });
});

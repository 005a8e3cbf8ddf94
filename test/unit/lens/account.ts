import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { earningFixture, settle, toNoonIn, twoModelsFixture } from "../../support/earning.ts";
import { networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import { expectAccount, expectInModel } from "../../support/lens/account.ts";
import {
  OUTCOME,
  bundledFixture,
  marketOf,
  missedFixture,
  partialSuccessFixture,
  soldOutFixture,
} from "../../support/scenes.ts";
import { COOLDOWN, STUCK_AFTER, USAGE_DELAY, WARM_UP } from "../../support/time.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("ProtocolLens: accountOf", () => {
  describe("given a list of models", () => {
    it("shows balances alone for an empty one", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const view = await expectAccount(f, f.bob, []);
      expect(view.models).to.deep.equal([]);
      expect([view.flock > 0n, view.prepaid.deposited]).to.deep.equal([true, usdc(1_000_000)]);
    });

    it("reverts if one of them does not exist", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      for (const modelIds of [[0n], [9n], [1n, 2n]]) {
        await expect(f.lens.accountOf(f.bob, modelIds))
          .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
          .withArgs(modelIds.at(-1));
      }
    });

    it("answers in its order, twice if a model stands in it twice", async () => {
      const f = await networkHelpers.loadFixture(twoModelsFixture);
      const { models } = await expectAccount(f, f.carol, [f.secondId, f.modelId, f.secondId]);
      expect(models.map(({ modelId }) => modelId)).to.deep.equal([f.secondId, f.modelId, f.secondId]);
      expect([models[0]!.mt, models[1]!.mt]).to.deep.equal([
        await f.secondMt.balanceOf(f.carol),
        await f.mt.balanceOf(f.carol),
      ]);
    });
  });

  describe("given an account with nothing", () => {
    it("shows zeros", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const view = await expectAccount(f, f.stranger, [1n]);
      expect([view.flock, view.usdc, view.prepaid, view.available]).to.deep.equal([0n, 0n, [0n, 0n, 0n, 0n], 0n]);
      const own = view.models[0]!;
      expect([own.position, own.usage, own.reward]).to.deep.equal([
        [0n, 0n],
        [0n, 0n, 0n],
        [0n, 0n],
      ]);
      expect(own.stake).to.deep.equal([0n, 0n, 0n, 0n, 0n]);
      const { claimable, refundable, mt, stakeThatCounts, discountWad, weight, issuerBonus, bundleRefundable } = own;
      const amounts = [claimable, refundable, mt, stakeThatCounts, discountWad, weight, issuerBonus, bundleRefundable];
      expect(amounts).to.deep.equal(Array(8).fill(0n));
      expect([own.weightEpoch, own.isIssuer]).to.deep.equal([0n, false]);
    });
  });

  describe("given an open raise", () => {
    it("shows the position of a supporter, of which nothing can be claimed or refunded yet", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const own = await expectInModel(f, f.bob);
      expect(own.position.mt > 0n && own.position.flockNet > 0n).to.equal(true);
      expect([own.outcome, own.claimable, own.refundable]).to.deep.equal([OUTCOME.Open, 0n, 0n]);
    });

    it("shows the issuer, whose bundle is no position", async () => {
      const f = await networkHelpers.loadFixture(bundledFixture);
      const own = await expectInModel(f, f.alice);
      expect([own.isIssuer, own.position, own.bundleRefundable]).to.deep.equal([true, [0n, 0n], 0n]);
      expect((await expectInModel(f, f.bob)).isIssuer).to.equal(false);
    });

    it("shows what can be refunded once it can be failed, although nobody has failed it", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      const { bundleNet } = await f.lens.raiseOf(1n);
      const supporter = await expectInModel(f, f.bob);
      expect([supporter.outcome, supporter.refundable]).to.deep.equal([OUTCOME.Open, supporter.position.flockNet]);
      expect(supporter.bundleRefundable).to.equal(0n);
      const issuer = await expectInModel(f, f.alice);
      expect([issuer.refundable, issuer.bundleRefundable]).to.deep.equal([0n, bundleNet]);
      await expect(f.offering.refund(1n, f.bob)).to.emit(f.offering, "Refunded");
    });

    it("shows no refund of a success until it has waited for 30 days", async () => {
      const f = await networkHelpers.loadFixture(partialSuccessFixture);
      expect((await expectInModel(f, f.bob)).refundable).to.equal(0n);
      await networkHelpers.time.increase(STUCK_AFTER);
      const own = await expectInModel(f, f.bob);
      expect(own.refundable).to.equal(own.position.flockNet);
    });
  });

  describe("given a failed raise", () => {
    it("shows what can be refunded, and nothing after it was", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      await f.offering.fail(1n);
      const before = await expectInModel(f, f.bob);
      expect([before.outcome, before.refundable]).to.deep.equal([OUTCOME.Failed, before.position.flockNet]);
      await f.offering.refund(1n, f.bob);
      expect((await expectInModel(f, f.bob)).refundable).to.equal(0n);
    });

    it("shows the bundle to whoever holds the issuer's seat, until it was refunded", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      await f.offering.fail(1n);
      const seat = await f.registry.issuerSeatOf(1n);
      await f.registry.connect(f.alice).offerSeat(seat, f.dave);
      await f.registry.connect(f.dave).acceptSeat(seat);
      expect((await expectInModel(f, f.alice)).bundleRefundable).to.equal(0n);
      expect((await expectInModel(f, f.dave)).bundleRefundable).to.be.greaterThan(0n);
      await f.offering.connect(f.dave).refundBundle(1n);
      expect((await expectInModel(f, f.dave)).bundleRefundable).to.equal(0n);
    });
  });

  describe("given a graduated model", () => {
    it("shows what can be claimed, then the tokens", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      await f.offering.graduate(1n);
      const before = await expectInModel(f, f.bob);
      expect([before.claimable, before.mt, before.refundable]).to.deep.equal([before.position.mt, 0n, 0n]);
      await f.offering.claim(1n, f.bob);
      const after = await expectInModel(f, f.bob);
      expect([after.claimable, after.mt]).to.deep.equal([0n, before.claimable]);
    });

    it("shows a stake that warms up, counts, and is leaving", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      await f.offering.graduate(1n);
      await f.offering.claim(1n, f.bob);
      const { mt } = await marketOf(f);
      await mt.connect(f.bob).approve(f.staking, MaxUint256);
      await f.staking.connect(f.bob).stake(1n, tokens(800));
      const warming = await expectInModel(f, f.bob);
      expect([warming.stake.active, warming.stake.warming, warming.stakeThatCounts]).to.deep.equal([
        0n,
        tokens(800),
        0n,
      ]);
      await networkHelpers.time.increase(WARM_UP);
      const active = await expectInModel(f, f.bob);
      expect([active.stake.active, active.stakeThatCounts]).to.deep.equal([tokens(800), tokens(800)]);
      expect(active.discountWad).to.be.greaterThan(0n);
      await f.staking.connect(f.bob).requestExit(1n, tokens(300));
      const exiting = await expectInModel(f, f.bob);
      expect([exiting.stakeThatCounts, exiting.stake.exiting]).to.deep.equal([tokens(500), tokens(300)]);
      await networkHelpers.time.increase(COOLDOWN);
      await f.staking.connect(f.bob).withdraw(1n);
      const left = await expectInModel(f, f.bob);
      expect([left.stake.exiting, left.mt - exiting.mt]).to.deep.equal([0n, tokens(300)]);
    });
  });

  describe("given prepaid USDC", () => {
    it("takes from what can be served what is requested back, and the credit stays", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await f.meter.connect(f.platform).depositCredit(f.bob, usdc(7));
      await f.meter.connect(f.bob).requestWithdrawal(usdc(400));
      const requested = await expectAccount(f, f.bob, []);
      expect([requested.prepaid.deposited, requested.prepaid.credit, requested.prepaid.requested]).to.deep.equal([
        usdc(1_000_000),
        usdc(7),
        usdc(400),
      ]);
      expect(requested.available).to.equal(usdc(999_607));
      await networkHelpers.time.increase(USAGE_DELAY);
      await f.meter.connect(f.bob).withdraw(f.bob);
      const withdrawn = await expectAccount(f, f.bob, []);
      expect([withdrawn.available, withdrawn.prepaid.requested]).to.deep.equal([usdc(999_607), 0n]);
      expect(withdrawn.usdc - requested.usdc).to.equal(usdc(400));
    });
  });

  describe("given usage", () => {
    it("shows what was collected and its weight at once, the reward on the next day", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await settle(f, 1n, [{ user: f.bob, list: usdc(100), units: 5n }]);
      const epoch = await f.emissions.currentEpoch();
      const used = await expectInModel(f, f.bob);
      expect(used.usage).to.deep.equal([5n, usdc(100), usdc(100)]);
      expect([used.weightEpoch, used.weight, used.reward]).to.deep.equal([epoch, usdc(100), [0n, 0n]]);
      await toNoonIn(1n);
      const earned = await expectInModel(f, f.bob);
      expect(earned.reward.flock > 0n && earned.reward.mt > 0n).to.equal(true);
      await f.emissions.claim(f.bob, [1n]);
      expect((await expectInModel(f, f.bob)).reward).to.deep.equal([0n, 0n]);
    });

    it("shows the issuer's bonus to the issuer alone", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await settle(f, 1n, [{ user: f.bob, list: usdc(100) }]);
      await toNoonIn(1n);
      expect((await expectInModel(f, f.alice)).issuerBonus).to.be.greaterThan(0n);
      expect((await expectInModel(f, f.bob)).issuerBonus).to.equal(0n);
    });
  });

  it("shows what an account has beside the protocol", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    await f.usdc.transfer(f.bob, usdc(12));
    const view = await expectAccount(f, f.bob, []);
    expect([view.flock, view.usdc]).to.deep.equal([tokens(10_000_000), usdc(12)]);
  });
});

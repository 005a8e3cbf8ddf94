import { expect } from "chai";

import { at } from "../../support/clock.ts";
import { fillExactIn } from "../../support/expected.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { BUNDLE_PAID, EXAMPLE, OUTCOME, bundledFixture, missedFixture, soldOutFixture } from "../../support/scenes.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { DAY, NO_DEADLINE, STUCK_AFTER } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

const BUNDLE = fillExactIn(EXAMPLE, 0n, BUNDLE_PAID);
const BOBS = fillExactIn(EXAMPLE, BUNDLE.flockNet, tokens(6_000));
const CAROLS = fillExactIn(EXAMPLE, BUNDLE.flockNet + BOBS.flockNet, tokens(3_000));
const RAISED = BUNDLE.flockNet + BOBS.flockNet + CAROLS.flockNet;

describe("RealModelOffering: failure", () => {
  describe("fail", () => {
    it("reverts for an unknown model", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      for (const id of [0n, 2n]) {
        await expect(f.offering.fail(id))
          .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
          .withArgs(id);
      }
    });

    it("reverts in the last second of the sale and works in the next", async () => {
      const f = await networkHelpers.loadFixture(bundledFixture);
      const { endsAt } = await f.lens.raiseOf(1n);
      await at(endsAt - 1n);
      await expect(f.offering.fail(1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_NotFailable")
        .withArgs(1n, OUTCOME.Open, endsAt);
      await at(endsAt);
      await f.offering.connect(f.stranger).fail(1n);
      expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Failed);
    });

    it("reverts for a success until it has waited 30 days", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const { endsAt, failableAt } = await f.lens.raiseOf(1n);
      expect(failableAt).to.equal(endsAt + STUCK_AFTER);
      await at(failableAt - 1n);
      await expect(f.offering.fail(1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_NotFailable")
        .withArgs(1n, OUTCOME.Open, failableAt);
      await at(failableAt);
      await f.offering.fail(1n);
      expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Failed);
    });

    it("reverts the second time", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      const { endsAt } = await f.lens.raiseOf(1n);
      await f.offering.fail(1n);
      await expect(f.offering.fail(1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_NotFailable")
        .withArgs(1n, OUTCOME.Failed, endsAt);
    });

    it("reverts after graduation", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const { failableAt } = await f.lens.raiseOf(1n);
      await f.offering.graduate(1n);
      await networkHelpers.time.increase(31n * DAY);
      await expect(f.offering.fail(1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_NotFailable")
        .withArgs(1n, OUTCOME.Graduated, failableAt);
    });

    it("reports it and moves nothing", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      const tx = f.offering.fail(1n);
      await expect(tx).to.emit(f.offering, "RaiseFailed").withArgs(1n, RAISED);
      await expect(tx).to.changeTokenBalances(ethers, f.flock, [f.offering], [0n]);
    });
  });

  describe("refund", () => {
    describe("guards", () => {
      it("reverts for an unknown model", async () => {
        const f = await networkHelpers.loadFixture(missedFixture);
        await expect(f.offering.refund(2n, f.bob))
          .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
          .withArgs(2n);
      });

      it("reverts while the sale lasts", async () => {
        const f = await networkHelpers.loadFixture(bundledFixture);
        await f.offering.connect(f.bob).buyExactIn(1n, tokens(100), 0n, f.bob, NO_DEADLINE);
        const { endsAt } = await f.lens.raiseOf(1n);
        await expect(f.offering.refund(1n, f.bob))
          .to.be.revertedWithCustomError(f.offering, "Offering_NotFailable")
          .withArgs(1n, OUTCOME.Open, endsAt);
      });

      it("reverts for a success that may still graduate, and for one that has", async () => {
        const f = await networkHelpers.loadFixture(soldOutFixture);
        const { failableAt } = await f.lens.raiseOf(1n);
        for (const outcome of [OUTCOME.Open, OUTCOME.Graduated]) {
          await expect(f.offering.refund(1n, f.bob))
            .to.be.revertedWithCustomError(f.offering, "Offering_NotFailable")
            .withArgs(1n, outcome, failableAt);
          if (outcome === OUTCOME.Open) await f.offering.graduate(1n);
        }
      });

      it("reverts for an account without a position, and settles nothing then", async () => {
        const f = await networkHelpers.loadFixture(missedFixture);
        for (const account of [f.dave, f.alice]) {
          await expect(f.offering.refund(1n, account))
            .to.be.revertedWithCustomError(f.offering, "Offering_NoPosition")
            .withArgs(1n, account);
        }
        expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Open);
      });

      it("reverts the second time", async () => {
        const f = await networkHelpers.loadFixture(missedFixture);
        await f.offering.refund(1n, f.bob);
        await expect(f.offering.refund(1n, f.bob))
          .to.be.revertedWithCustomError(f.offering, "Offering_NoPosition")
          .withArgs(1n, f.bob);
      });
    });

    describe("given a raise that missed its minimum", () => {
      let f: OpenScene;
      beforeEach(async () => {
        f = await networkHelpers.loadFixture(missedFixture);
      });

      it("settles the failure with the first refund", async () => {
        const tx = f.offering.refund(1n, f.bob);
        await expect(tx).to.emit(f.offering, "RaiseFailed").withArgs(1n, RAISED);
        expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Failed);
        await expect(f.offering.refund(1n, f.carol)).to.not.emit(f.offering, "RaiseFailed");
      });

      it("sends the net contribution to its owner, whoever calls", async () => {
        await expect(f.offering.connect(f.stranger).refund(1n, f.bob)).to.changeTokenBalances(
          ethers,
          f.flock,
          [f.offering, f.bob, f.stranger],
          [-BOBS.flockNet, BOBS.flockNet, 0n],
        );
      });

      it("deletes the position and reports it", async () => {
        await expect(f.offering.refund(1n, f.bob)).to.emit(f.offering, "Refunded").withArgs(1n, f.bob, BOBS.flockNet);
        expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([0n, 0n]);
      });

      it("returns what it sent", async () => {
        expect(await f.offering.refund.staticCall(1n, f.bob)).to.equal(BOBS.flockNet);
      });

      it("leaves everybody else's money alone", async () => {
        await f.offering.refund(1n, f.bob);
        expect(await f.offering.positionOf(1n, f.carol)).to.deep.equal([CAROLS.mtOut, CAROLS.flockNet]);
        await expect(f.offering.refund(1n, f.carol)).to.changeTokenBalances(
          ethers,
          f.flock,
          [f.carol],
          [CAROLS.flockNet],
        );
      });
    });

    it("refunds a success that nobody graduated for 30 days", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const { failableAt } = await f.lens.raiseOf(1n);
      const { flockNet } = await f.offering.positionOf(1n, f.bob);
      await at(failableAt);
      await expect(f.offering.refund(1n, f.bob)).to.changeTokenBalances(ethers, f.flock, [f.bob], [flockNet]);
    });
  });

  describe("refundBundle", () => {
    it("reverts for an unknown model", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      await expect(f.offering.refundBundle(2n))
        .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
        .withArgs(2n);
    });

    it("reverts while the sale lasts", async () => {
      const f = await networkHelpers.loadFixture(bundledFixture);
      const { endsAt } = await f.lens.raiseOf(1n);
      await expect(f.offering.refundBundle(1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_NotFailable")
        .withArgs(1n, OUTCOME.Open, endsAt);
    });

    it("reverts after graduation", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const { failableAt } = await f.lens.raiseOf(1n);
      await f.offering.graduate(1n);
      await expect(f.offering.refundBundle(1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_NotFailable")
        .withArgs(1n, OUTCOME.Graduated, failableAt);
    });

    it("reverts the second time and without a bundle", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      await f.offering.refundBundle(1n);
      await expect(f.offering.refundBundle(1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_NoBundle")
        .withArgs(1n);
    });

    it("sends the net to the issuer, whoever calls, settles the failure and reports it", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      const tx = f.offering.connect(f.stranger).refundBundle(1n);
      await expect(tx).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.offering, f.alice, f.stranger],
        [-BUNDLE.flockNet, BUNDLE.flockNet, 0n],
      );
      await expect(tx).to.emit(f.offering, "RaiseFailed").withArgs(1n, RAISED);
      await expect(tx).to.emit(f.offering, "BundleRefunded").withArgs(1n, f.alice, BUNDLE.flockNet);
    });

    it("returns what it sent", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      expect(await f.offering.refundBundle.staticCall(1n)).to.equal(BUNDLE.flockNet);
    });

    it("clears the bundle of the record", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      await f.offering.refundBundle(1n);
      const { bundleMt, bundleNet } = await f.lens.raiseOf(1n);
      expect([bundleMt, bundleNet]).to.deep.equal([0n, 0n]);
    });

    it("goes to the present holder of the seat", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      const seat = `0x01${"00".repeat(30)}01`;
      await f.registry.connect(f.alice).offerSeat(seat, f.dave);
      await f.registry.connect(f.dave).acceptSeat(seat);
      await expect(f.offering.refundBundle(1n)).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.alice, f.dave],
        [0n, BUNDLE.flockNet],
      );
    });
  });

  it("keeps the fees: after all refunds exactly they are left", async () => {
    const f = await networkHelpers.loadFixture(missedFixture);
    const { gross } = await f.lens.raiseOf(1n);
    await f.offering.refund(1n, f.bob);
    await f.offering.refund(1n, f.carol);
    await f.offering.refundBundle(1n);
    const [creatorFee, protocolFee] = await f.offering.unclaimedFeesOf(1n);
    expect(creatorFee + protocolFee).to.equal(gross - RAISED);
    expect(await f.flock.balanceOf(f.offering)).to.equal(creatorFee + protocolFee + tokens(1_000));
  });
});

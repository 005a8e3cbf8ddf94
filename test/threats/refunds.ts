import { expect } from "chai";

import { changing } from "../support/abi.ts";
import { at } from "../support/clock.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import {
  OUTCOME,
  bundledFixture,
  launchBy,
  marketOf,
  missedFixture,
  partialSuccessFixture,
  soldOutFixture,
} from "../support/scenes.ts";
import { DAY, NO_DEADLINE } from "../support/time.ts";
import { tokens } from "../support/units.ts";

describe("Threats: refunds", () => {
  it("R1 insolvency by refunding fees: everybody gets the net, and what is owed is always there", async () => {
    const f = await networkHelpers.loadFixture(missedFixture);
    // A second raise and its escrow stand beside it.
    await launchBy(f);
    await f.offering.connect(f.dave).buyExactIn(2n, tokens(9_999), 0n, f.dave, NO_DEADLINE);
    const { raised, gross } = await f.lens.raiseOf(1n);
    const other = await f.lens.raiseOf(2n);
    const launchFees = await f.offering.unclaimedLaunchFees();
    const before = await f.flock.balanceOf(f.offering);
    expect(before).to.equal(gross + other.gross + launchFees);
    for (const account of [f.bob, f.carol]) await f.offering.refund(1n, account);
    await f.offering.refundBundle(1n);
    expect(before - (await f.flock.balanceOf(f.offering))).to.equal(raised);
    await f.offering.connect(f.alice).claimCreatorFee(1n, f.alice);
    await f.offering.connect(f.treasury).claimProtocolFee(1n, f.treasury);
    await f.offering.connect(f.treasury).claimLaunchFees(f.treasury);
    // Exactly the other raise is left: its escrow and its fees.
    expect(await f.flock.balanceOf(f.offering)).to.equal(other.gross);
  });

  describe("R2 two readings of the outcome", () => {
    it("R2 a raise cannot be failed and graduated, in either order", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const { failableAt } = await f.lens.raiseOf(1n);
      await at(failableAt);
      const both = await networkHelpers.takeSnapshot();
      await f.offering.graduate(1n);
      await expect(f.offering.fail(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotFailable");
      await expect(f.offering.refund(1n, f.bob)).to.be.revertedWithCustomError(f.offering, "Offering_NotFailable");
      await both.restore();
      await f.offering.fail(1n);
      await expect(f.offering.graduate(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable");
      await expect(f.offering.claim(1n, f.bob)).to.be.revertedWithCustomError(f.offering, "Offering_NotGraduated");
    });

    it("R2 before the end no path can settle anything", async () => {
      const f = await networkHelpers.loadFixture(bundledFixture);
      await f.offering.connect(f.bob).buyExactIn(1n, tokens(30_000), 0n, f.bob, NO_DEADLINE);
      await expect(f.offering.graduate(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable");
      await expect(f.offering.fail(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotFailable");
      await expect(f.offering.refund(1n, f.bob)).to.be.revertedWithCustomError(f.offering, "Offering_NotFailable");
      await expect(f.offering.claim(1n, f.bob)).to.be.revertedWithCustomError(f.offering, "Offering_NotGraduated");
    });

    it("R2 an outcome that is stored never changes back, whatever time passes", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      await f.offering.fail(1n);
      await networkHelpers.time.increase(1_000n * DAY);
      await expect(f.offering.graduate(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable");
      expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Failed);
    });
  });

  describe("R3 claim and refund", () => {
    it("R3 both open: never", async () => {
      const sold = await networkHelpers.loadFixture(soldOutFixture);
      await sold.offering.graduate(1n);
      await sold.offering.claim(1n, sold.bob);
      await networkHelpers.time.increase(31n * DAY);
      await expect(sold.offering.refund(1n, sold.bob)).to.be.revertedWithCustomError(
        sold.offering,
        "Offering_NotFailable",
      );
      await expect(sold.offering.refund(1n, sold.carol)).to.be.revertedWithCustomError(
        sold.offering,
        "Offering_NotFailable",
      );
    });

    it("R3 refund twice, also by somebody else, also through multicall", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      const refund = f.offering.interface.encodeFunctionData("refund", [1n, f.bob.address]);
      await expect(f.offering.connect(f.stranger).multicall([refund, refund])).to.be.revertedWithCustomError(
        f.offering,
        "Offering_NoPosition",
      );
      await f.offering.refund(1n, f.bob);
      await expect(f.offering.connect(f.stranger).refund(1n, f.bob)).to.be.revertedWithCustomError(
        f.offering,
        "Offering_NoPosition",
      );
    });

    it("R3 a position that moved: there is no function that moves one, and a gift refunds its receiver", async () => {
      const f = await networkHelpers.loadFixture(bundledFixture);
      await f.offering.connect(f.bob).buyExactIn(1n, tokens(1_000), 0n, f.dave, NO_DEADLINE);
      const { flockNet } = await f.offering.positionOf(1n, f.dave);
      await networkHelpers.time.increase(8n * DAY);
      await expect(f.offering.refund(1n, f.bob)).to.be.revertedWithCustomError(f.offering, "Offering_NoPosition");
      await expect(f.offering.refund(1n, f.dave)).to.changeTokenBalances(ethers, f.flock, [f.dave], [flockNet]);
      const taking = changing(f.offering.interface).filter(({ name }) => /transfer|move/i.test(name));
      expect(taking).to.deep.equal([]);
    });
  });

  it("R4 left behind after partial success: when all have claimed, no room holds a wei that is nobody's", async () => {
    const f = await networkHelpers.loadFixture(partialSuccessFixture);
    await f.offering.graduate(1n);
    const { mt, reserves } = await marketOf(f);
    for (const account of [f.bob, f.carol]) await f.offering.claim(1n, account);
    await f.offering.connect(f.alice).claimCreatorFee(1n, f.alice);
    await f.offering.connect(f.treasury).claimProtocolFee(1n, f.treasury);
    await f.offering.connect(f.treasury).claimLaunchFees(f.treasury);
    for (const token of [f.flock, mt]) {
      expect(await token.balanceOf(f.offering)).to.equal(0n);
      expect(await token.balanceOf(f.graduation)).to.equal(0n);
      expect(await token.balanceOf(f.tokenFactory)).to.equal(0n);
    }
    await networkHelpers.time.increase(180n * DAY);
    for (const share of [0n, 1n, 3n]) await f.vault.release(1n, share);
    const [, , reserve, , fund] = await Promise.all(
      [0n, 1n, 2n, 3n, 4n].map(async (share) => (await f.vault.allocationOf(1n, share)).total),
    );
    expect(await mt.balanceOf(f.vault)).to.equal(reserve);
    expect(await f.flock.balanceOf(f.vault)).to.equal(fund);
    const holders = await Promise.all([f.bob, f.carol, f.alice, f.treasury].map((holder) => mt.balanceOf(holder)));
    const held = holders.reduce((sum, balance) => sum + balance, 0n);
    expect(held + reserve! + reserves.mt).to.equal(await mt.totalSupply());
  });
});

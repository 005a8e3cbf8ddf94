import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { feesOf } from "../../support/expected.ts";
import { ethers, launchPayment, networkHelpers, workedExample } from "../../support/fixtures.ts";
import { bundledFixture, missedFixture, soldOutFixture } from "../../support/scenes.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { SEAT } from "../../support/seats.ts";
import { NO_DEADLINE } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** An open raise with purchases of odd amounts. */
async function oddPurchasesFixture() {
  const f = await bundledFixture();
  for (const flockIn of [2n, 1_001n, tokens(333) + 7n, tokens(1_234) + 1n]) {
    await f.offering.connect(f.bob).buyExactIn(1n, flockIn, 0n, f.bob, NO_DEADLINE);
  }
  return f;
}

describe("RealModelOffering: fees", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(oddPurchasesFixture);
  });

  const expected = async () => {
    const { gross, raised } = await f.lens.raiseOf(1n);
    return feesOf(gross, raised);
  };

  /** The two fees of a model, side by side. */
  const KINDS = [
    { fn: "claimCreatorFee", holder: () => f.alice, part: "creator", index: 0, event: "CreatorFeeClaimed" },
    { fn: "claimProtocolFee", holder: () => f.treasury, part: "protocol", index: 1, event: "ProtocolFeeClaimed" },
  ] as const;

  for (const { fn, holder, part, index, event } of KINDS) {
    describe(fn, () => {
      it("reverts for everybody but the holder of the seat", async () => {
        const others = [f.alice, f.treasury, f.stranger, f.administrator, f.guardian, f.deployer, f.provider];
        for (const caller of others.filter((actor) => actor !== holder())) {
          await expect(f.offering.connect(caller)[fn](1n, caller))
            .to.be.revertedWithCustomError(f.offering, "Offering_NotSeatHolder")
            .withArgs(caller, holder());
        }
      });

      it("reverts for the zero address as recipient", async () => {
        await expect(f.offering.connect(holder())[fn](1n, ZeroAddress)).to.be.revertedWithCustomError(
          f.offering,
          "Offering_ZeroRecipient",
        );
      });

      it("reverts when there is nothing to take, at once after a claim too", async () => {
        await f.offering.connect(holder())[fn](1n, holder());
        await expect(f.offering.connect(holder())[fn](1n, holder()))
          .to.be.revertedWithCustomError(f.offering, "Offering_NoFees")
          .withArgs(1n);
      });

      it("sends exactly the share of what was paid to the address named", async () => {
        const amount = (await expected())[part];
        await expect(f.offering.connect(holder())[fn](1n, f.dave)).to.changeTokenBalances(
          ethers,
          f.flock,
          [f.offering, f.dave, holder()],
          [-amount, amount, 0n],
        );
      });

      it("returns what it sends, not the sum so far", async () => {
        const first = (await expected())[part];
        expect(await f.offering.connect(holder())[fn].staticCall(1n, f.dave)).to.equal(first);
        await f.offering.connect(holder())[fn](1n, f.dave);
        await f.offering.connect(f.carol).buyExactIn(1n, tokens(500), 0n, f.carol, NO_DEADLINE);
        const second = (await expected())[part] - first;
        expect(await f.offering.connect(holder())[fn].staticCall(1n, f.dave)).to.equal(second);
      });

      it("reports the amount and the sum so far", async () => {
        const first = (await expected())[part];
        await expect(f.offering.connect(holder())[fn](1n, f.dave))
          .to.emit(f.offering, event)
          .withArgs(1n, f.dave, first, first);
        await f.offering.connect(f.carol).buyExactIn(1n, tokens(500), 0n, f.carol, NO_DEADLINE);
        const sum = (await expected())[part];
        await expect(f.offering.connect(holder())[fn](1n, f.dave))
          .to.emit(f.offering, event)
          .withArgs(1n, f.dave, sum - first, sum);
      });

      it("leaves the other fee alone", async () => {
        const other = (await f.offering.unclaimedFeesOf(1n))[1 - index];
        await f.offering.connect(holder())[fn](1n, f.dave);
        const left = await f.offering.unclaimedFeesOf(1n);
        expect(left[index]).to.equal(0n);
        expect(left[1 - index]).to.equal(other);
      });

      it("works after graduation and after a failure: fees are never refunded", async () => {
        const sold = await networkHelpers.loadFixture(soldOutFixture);
        await sold.offering.graduate(1n);
        const soldView = await sold.lens.raiseOf(1n);
        const ofSold = feesOf(soldView.gross, soldView.raised)[part];
        const soldHolder = part === "creator" ? sold.alice : sold.treasury;
        await expect(sold.offering.connect(soldHolder)[fn](1n, sold.dave)).to.changeTokenBalances(
          ethers,
          sold.flock,
          [sold.dave],
          [ofSold],
        );
        const missed = await networkHelpers.loadFixture(missedFixture);
        await missed.offering.refund(1n, missed.bob);
        await missed.offering.refund(1n, missed.carol);
        await missed.offering.refundBundle(1n);
        const missedView = await missed.lens.raiseOf(1n);
        const ofMissed = feesOf(missedView.gross, missedView.raised)[part];
        const missedHolder = part === "creator" ? missed.alice : missed.treasury;
        await expect(missed.offering.connect(missedHolder)[fn](1n, missed.dave)).to.changeTokenBalances(
          ethers,
          missed.flock,
          [missed.dave],
          [ofMissed],
        );
      });

      it("goes with the seat, what was not claimed before included", async () => {
        const seat = part === "creator" ? SEAT.issuer(1n) : SEAT.treasury;
        const former = holder();
        await f.registry.connect(former).offerSeat(seat, f.dave);
        await f.registry.connect(f.dave).acceptSeat(seat);
        await expect(f.offering.connect(former)[fn](1n, former))
          .to.be.revertedWithCustomError(f.offering, "Offering_NotSeatHolder")
          .withArgs(former, f.dave);
        const amount = (await expected())[part];
        await expect(f.offering.connect(f.dave)[fn](1n, f.dave)).to.changeTokenBalances(
          ethers,
          f.flock,
          [f.dave],
          [amount],
        );
      });
    });
  }

  describe("given an unknown model", () => {
    it("reverts for both fees", async () => {
      for (const call of [
        () => f.offering.connect(f.alice).claimCreatorFee(2n, f.alice),
        () => f.offering.connect(f.treasury).claimProtocolFee(2n, f.treasury),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel").withArgs(2n);
      }
    });
  });

  describe("unclaimedFeesOf", () => {
    it("adds up to what was paid and did not reach the curve", async () => {
      const { gross, raised } = await f.lens.raiseOf(1n);
      const [creatorFee, protocolFee] = await f.offering.unclaimedFeesOf(1n);
      expect(creatorFee + protocolFee).to.equal(gross - raised);
      expect(creatorFee).to.equal((gross * 30n) / 10_000n);
    });
  });

  describe("claimLaunchFees", () => {
    it("reverts for everybody but the treasury", async () => {
      for (const caller of [f.alice, f.stranger, f.administrator, f.guardian, f.deployer]) {
        await expect(f.offering.connect(caller).claimLaunchFees(caller))
          .to.be.revertedWithCustomError(f.offering, "Offering_NotSeatHolder")
          .withArgs(caller, f.treasury);
      }
    });

    it("reverts for the zero address as recipient", async () => {
      await expect(f.offering.connect(f.treasury).claimLaunchFees(ZeroAddress)).to.be.revertedWithCustomError(
        f.offering,
        "Offering_ZeroRecipient",
      );
    });

    it("returns what it sends, not the sum so far", async () => {
      const claim = f.offering.connect(f.treasury).claimLaunchFees;
      expect(await claim.staticCall(f.dave)).to.equal(tokens(1_000));
      await claim(f.dave);
      for (let i = 0; i < 2; ++i) await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
      expect(await claim.staticCall(f.dave)).to.equal(tokens(2_000));
    });

    it("sends what has come in, reports it, and starts anew", async () => {
      const tx = f.offering.connect(f.treasury).claimLaunchFees(f.dave);
      await expect(tx).to.changeTokenBalances(ethers, f.flock, [f.offering, f.dave], [-tokens(1_000), tokens(1_000)]);
      await expect(tx).to.emit(f.offering, "LaunchFeesClaimed").withArgs(f.dave, tokens(1_000), tokens(1_000));
      expect(await f.offering.unclaimedLaunchFees()).to.equal(0n);
    });

    it("reverts when there is nothing to take", async () => {
      await f.offering.connect(f.treasury).claimLaunchFees(f.dave);
      await expect(f.offering.connect(f.treasury).claimLaunchFees(f.dave))
        .to.be.revertedWithCustomError(f.offering, "Offering_NoFees")
        .withArgs(0n);
    });
  });
});

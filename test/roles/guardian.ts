import { expect } from "chai";

import { DAY, LOCK_DURATION, VESTING_DURATION, tokens } from "../support/expected.ts";
import { NO_DEADLINE, ethers, launchPayment, networkHelpers, workedExample } from "../support/fixtures.ts";
import { OUTCOME, SHARE, bundledFixture, marketOf, missedFixture, now, soldOutFixture } from "../support/scenes.ts";
import type { OpenScene, ProtocolScene } from "../support/scenes.ts";

/** The guardian does all it can: both switches. */
async function pauseEverything(f: ProtocolScene) {
  await f.offering.connect(f.guardian).pauseLaunches();
  await f.offering.connect(f.guardian).pauseBuys();
}

const soldOutAndPaused = async () => {
  const f = await soldOutFixture();
  await pauseEverything(f);
  return f;
};
const missedAndPaused = async () => {
  const f = await missedFixture();
  await pauseEverything(f);
  return f;
};

describe("Roles: what the guardian can and cannot stop", () => {
  describe("A2 given that everything is paused that can be", () => {
    let f: OpenScene;

    it("stops launches and purchases", async () => {
      f = await networkHelpers.loadFixture(bundledFixture);
      await pauseEverything(f);
      await expect(f.offering.connect(f.alice).launch(workedExample(), launchPayment())).to.be.revertedWithCustomError(
        f.offering,
        "Offering_LaunchesPaused",
      );
      await expect(
        f.offering.connect(f.bob).buyExactIn(1n, tokens(1), 0n, f.bob, NO_DEADLINE),
      ).to.be.revertedWithCustomError(f.offering, "Offering_BuysPaused");
    });

    it("A2 cannot stop graduate and claim", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      const { mt: owed } = await f.offering.positionOf(1n, f.bob);
      await f.offering.graduate(1n);
      await f.offering.claim(1n, f.bob);
      expect(await (await marketOf(f)).mt.balanceOf(f.bob)).to.equal(owed);
    });

    it("A2 cannot stop fail, refund and refundBundle", async () => {
      f = await networkHelpers.loadFixture(missedAndPaused);
      const { flockNet } = await f.offering.positionOf(1n, f.bob);
      const { bundleNet } = await f.offering.offeringOf(1n);
      await f.offering.fail(1n);
      expect((await f.offering.offeringOf(1n)).outcome).to.equal(OUTCOME.Failed);
      await expect(f.offering.refund(1n, f.bob)).to.changeTokenBalances(ethers, f.flock, [f.bob], [flockNet]);
      await expect(f.offering.refundBundle(1n)).to.changeTokenBalances(ethers, f.flock, [f.alice], [bundleNet]);
    });

    it("A2 cannot stop the claims of fees", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      const { creatorFee, protocolFee } = await f.offering.unclaimedFeesOf(1n);
      await expect(f.offering.connect(f.alice).claimCreatorFee(1n, f.alice)).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.alice],
        [creatorFee],
      );
      await expect(f.offering.connect(f.treasury).claimProtocolFee(1n, f.treasury)).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.treasury],
        [protocolFee],
      );
      await expect(f.offering.connect(f.treasury).claimLaunchFees(f.treasury)).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.treasury],
        [tokens(1_000)],
      );
    });

    it("A2 cannot stop the vault's releases, even if it pauses again whenever it may", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      await f.offering.graduate(1n);
      const end = (await now()) + VESTING_DURATION;
      while ((await now()) < end) {
        await networkHelpers.time.increase(37n * DAY);
        await pauseEverything(f);
        for (const share of [SHARE.IssuerMt, SHARE.TreasuryMt, SHARE.ProtocolFlock]) await f.vault.release(1n, share);
      }
      for (const share of [SHARE.IssuerMt, SHARE.TreasuryMt, SHARE.ProtocolFlock]) {
        const { total, released } = await f.vault.allocationOf(1n, share);
        expect(released).to.equal(total);
      }
    });

    it("A2 cannot stop the locker's release", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      await f.offering.graduate(1n);
      await networkHelpers.time.increase(LOCK_DURATION);
      await pauseEverything(f);
      await f.locker.release(1n);
      expect((await (await marketOf(f)).pair.balanceOf(f.treasury)) > 0n).to.equal(true);
    });

    it("A2 cannot stop the hand-over of a seat", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      const seat = `0x01${"00".repeat(30)}01`;
      await f.registry.connect(f.alice).offerSeat(seat, f.dave);
      await f.registry.connect(f.dave).acceptSeat(seat);
      expect(await f.registry.issuerOf(1n)).to.equal(f.dave.address);
    });
  });

  it("A2 never moves funds: no call of the guardian changes a balance", async () => {
    const f = await networkHelpers.loadFixture(bundledFixture);
    const held = await f.flock.balanceOf(f.offering);
    const guarded = f.offering.connect(f.guardian);
    for (const call of [
      () => guarded.pauseLaunches(),
      () => guarded.pauseBuys(),
      () => guarded.unpauseLaunches(),
      () => guarded.unpauseBuys(),
    ]) {
      await expect(call()).to.changeTokenBalances(ethers, f.flock, [f.offering, f.guardian], [0n, 0n]);
    }
    expect(await f.flock.balanceOf(f.offering)).to.equal(held);
  });
});

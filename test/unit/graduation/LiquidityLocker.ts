import { expect } from "chai";

import { sqrt } from "../../support/bigints.ts";
import { at, now } from "../../support/clock.ts";
import { ethers, graduatedFixture, networkHelpers } from "../../support/fixtures.ts";
import { bundledFixture, marketOf } from "../../support/scenes.ts";
import { SEAT } from "../../support/seats.ts";
import { DAY, LOCK_DURATION } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** A graduated model, its market and the moment of its graduation. */
async function lockedFixture() {
  const f = await graduatedFixture();
  return { ...f, ...(await marketOf(f)), graduatedAt: await now() };
}

const LOCKED = sqrt(tokens(25_000) * tokens(200_000)) - 1_000n;

describe("LiquidityLocker", () => {
  let f: Awaited<ReturnType<typeof lockedFixture>>;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(lockedFixture);
  });

  describe("lockOf", () => {
    it("reverts for a model that has not graduated", async () => {
      const open = await networkHelpers.loadFixture(bundledFixture);
      for (const id of [0n, 1n, 2n]) {
        await expect(open.locker.lockOf(id))
          .to.be.revertedWithCustomError(open.locker, "Locker_NotGraduated")
          .withArgs(id);
      }
    });

    it("gives the pair, what is locked, and the date: 1,461 days after graduation", async () => {
      expect(await f.locker.lockOf(1n)).to.deep.equal([f.pairAddress, LOCKED, f.graduatedAt + 1_461n * DAY]);
    });
  });

  describe("release", () => {
    it("reverts for a model that has not graduated", async () => {
      await expect(f.locker.release(2n)).to.be.revertedWithCustomError(f.locker, "Locker_NotGraduated").withArgs(2n);
    });

    it("reverts in the last second of the lock, for the treasury too, and works in the next", async () => {
      const unlocksAt = f.graduatedAt + LOCK_DURATION;
      await at(unlocksAt - 1n);
      await expect(f.locker.connect(f.treasury).release(1n))
        .to.be.revertedWithCustomError(f.locker, "Locker_Locked")
        .withArgs(1n, unlocksAt);
      await at(unlocksAt);
      await f.locker.release(1n);
      expect(await f.pair.balanceOf(f.treasury)).to.equal(LOCKED);
    });

    describe("given that the lock has ended", () => {
      beforeEach(async () => {
        await networkHelpers.time.increaseTo(f.graduatedAt + LOCK_DURATION);
      });

      it("sends everything to the treasury, whoever calls", async () => {
        await expect(f.locker.connect(f.stranger).release(1n)).to.changeTokenBalances(
          ethers,
          f.pair,
          [f.locker, f.treasury, f.stranger],
          [-LOCKED, LOCKED, 0n],
        );
      });

      it("returns what it sent and reports it", async () => {
        expect(await f.locker.release.staticCall(1n)).to.equal(LOCKED);
        await expect(f.locker.release(1n))
          .to.emit(f.locker, "LiquidityReleased")
          .withArgs(1n, f.pairAddress, f.treasury, LOCKED);
      });

      it("goes to the holder of the treasury's seat of that moment", async () => {
        await f.registry.connect(f.treasury).offerSeat(SEAT.treasury, f.dave);
        await f.registry.connect(f.dave).acceptSeat(SEAT.treasury);
        await f.locker.release(1n);
        expect(await f.pair.balanceOf(f.dave)).to.equal(LOCKED);
      });

      it("reverts when there is nothing left", async () => {
        await f.locker.release(1n);
        await expect(f.locker.release(1n)).to.be.revertedWithCustomError(f.locker, "Locker_NothingLocked").withArgs(1n);
      });

      it("sends what arrives later the same way", async () => {
        await f.locker.release(1n);
        await f.pair.connect(f.treasury).transfer(f.locker, 5n);
        await f.locker.release(1n);
        expect(await f.pair.balanceOf(f.treasury)).to.equal(LOCKED);
      });
    });
  });
});

import { expect } from "chai";

import { at, now } from "../../support/clock.ts";
import { networkHelpers, openOfferingFixture } from "../../support/fixtures.ts";
import { timeOf } from "../../support/scenes.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { MAX_PAUSE_DURATION, MIN_PAUSE_INTERVAL } from "../../support/time.ts";

/** The two switches, which share one library. */
const SWITCHES = [
  { what: "launches", pause: "pauseLaunches", unpause: "unpauseLaunches", on: "LaunchesPaused", off: "LaunchesUnpaused", until: "launchesPausedUntil" },
  { what: "purchases", pause: "pauseBuys", unpause: "unpauseBuys", on: "BuysPaused", off: "BuysUnpaused", until: "buysPausedUntil" },
] as const; // prettier-ignore

describe("PauseWindow", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(openOfferingFixture);
  });

  for (const { what, pause, unpause, on, off, until } of SWITCHES) {
    const until_ = async () => await f.offering[until]();
    const guarded = () => f.offering.connect(f.guardian);

    describe(`begin, for ${what}`, () => {
      it("pauses for seven days and says so", async () => {
        const start = (await now()) + 10n;
        await at(start);
        await expect(guarded()[pause]())
          .to.emit(f.offering, on)
          .withArgs(start + MAX_PAUSE_DURATION);
        expect(await until_()).to.equal(start + MAX_PAUSE_DURATION);
      });

      it("leaves the other switch alone", async () => {
        await guarded()[pause]();
        const other = until === "launchesPausedUntil" ? "buysPausedUntil" : "launchesPausedUntil";
        expect(await f.offering[other]()).to.equal(0n);
      });

      it("ends by itself: paused in its last second, not in the next", async () => {
        const start = await timeOf(await guarded()[pause]());
        await networkHelpers.time.increaseTo(start + MAX_PAUSE_DURATION - 1n);
        expect(await until_()).to.equal(start + MAX_PAUSE_DURATION);
        await networkHelpers.time.increaseTo(start + MAX_PAUSE_DURATION);
        expect(await until_()).to.equal(0n);
      });

      it("reverts while a pause runs", async () => {
        const start = await timeOf(await guarded()[pause]());
        await expect(guarded()[pause]())
          .to.be.revertedWithCustomError(f.offering, "Pause_TooSoon")
          .withArgs(start + MAX_PAUSE_DURATION + MIN_PAUSE_INTERVAL);
      });

      it("reverts in the last second of the 30 days after a pause that ran out, and works in the next", async () => {
        const earliest = (await timeOf(await guarded()[pause]())) + MAX_PAUSE_DURATION + MIN_PAUSE_INTERVAL;
        await at(earliest - 1n);
        await expect(guarded()[pause]()).to.be.revertedWithCustomError(f.offering, "Pause_TooSoon").withArgs(earliest);
        await at(earliest);
        await expect(guarded()[pause]())
          .to.emit(f.offering, on)
          .withArgs(earliest + MAX_PAUSE_DURATION);
      });

      it("counts the 30 days from the moment at which a pause was ended early", async () => {
        await guarded()[pause]();
        const ended = await timeOf(await guarded()[unpause]());
        await at(ended + MIN_PAUSE_INTERVAL - 1n);
        await expect(guarded()[pause]())
          .to.be.revertedWithCustomError(f.offering, "Pause_TooSoon")
          .withArgs(ended + MIN_PAUSE_INTERVAL);
        await at(ended + MIN_PAUSE_INTERVAL);
        await guarded()[pause]();
        expect(await until_()).to.equal(ended + MIN_PAUSE_INTERVAL + MAX_PAUSE_DURATION);
      });
    });

    describe(`end, for ${what}`, () => {
      it("reverts when there never was a pause", async () => {
        await expect(guarded()[unpause]()).to.be.revertedWithCustomError(f.offering, "Pause_NotPaused");
      });

      it("reverts when the pause has run out", async () => {
        const start = await timeOf(await guarded()[pause]());
        await at(start + MAX_PAUSE_DURATION);
        await expect(guarded()[unpause]()).to.be.revertedWithCustomError(f.offering, "Pause_NotPaused");
      });

      it("ends the pause at once, in its last second too", async () => {
        const start = await timeOf(await guarded()[pause]());
        await at(start + MAX_PAUSE_DURATION - 1n);
        await expect(guarded()[unpause]()).to.emit(f.offering, off).withArgs();
        expect(await until_()).to.equal(0n);
      });

      it("reverts when the pause was ended before", async () => {
        await guarded()[pause]();
        await guarded()[unpause]();
        await expect(guarded()[unpause]()).to.be.revertedWithCustomError(f.offering, "Pause_NotPaused");
      });
    });
  }
});

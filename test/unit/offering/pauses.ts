import { expect } from "chai";

import { at, now } from "../../support/clock.ts";
import { fillExactIn, rateAt } from "../../support/expected.ts";
import { launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import { EXAMPLE, OUTCOME, missedFixture, soldOutFixture, timeOf } from "../../support/scenes.ts";
import { DAY, MAX_PAUSE_DURATION, NO_DEADLINE, STUCK_AFTER } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** The first moment of Alice's sale. */
async function justLaunchedFixture() {
  const f = await protocolFixture();
  await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
  return { ...f, start: await now() };
}

describe("RealModelOffering: the clock during a pause of purchases", () => {
  let f: Awaited<ReturnType<typeof justLaunchedFixture>>;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(justLaunchedFixture);
  });

  const pause = async () => timeOf(await f.offering.connect(f.guardian).pauseBuys());
  const unpause = async () => timeOf(await f.offering.connect(f.guardian).unpauseBuys());
  const buy = (flockIn = tokens(1_000), id = 1n) =>
    f.offering.connect(f.bob).buyExactIn(id, flockIn, 0n, f.bob, NO_DEADLINE);

  describe("given a pause that runs its seven days", () => {
    it("moves the end of the sale by exactly the pause", async () => {
      const { endsAt } = await f.lens.raiseOf(1n);
      await pause();
      await networkHelpers.time.increase(MAX_PAUSE_DURATION);
      const moved = endsAt + MAX_PAUSE_DURATION;
      expect((await f.lens.raiseOf(1n)).endsAt).to.equal(moved);
      await at(moved - 1n);
      await buy();
      await at(moved);
      await expect(buy())
        .to.be.revertedWithCustomError(f.offering, "Offering_SaleClosed")
        .withArgs(1n, OUTCOME.Open, moved);
    });

    it("moves the moment from which it can be failed by exactly the pause", async () => {
      const { failableAt } = await f.lens.raiseOf(1n);
      await pause();
      await networkHelpers.time.increase(MAX_PAUSE_DURATION);
      const moved = failableAt + MAX_PAUSE_DURATION;
      expect((await f.lens.raiseOf(1n)).failableAt).to.equal(moved);
      await at(moved - 1n);
      await expect(f.offering.fail(1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_NotFailable")
        .withArgs(1n, OUTCOME.Open, moved);
      await at(moved);
      await f.offering.fail(1n);
    });

    it("lets the anti-sniping fee fall on where it stood", async () => {
      const paused = await pause();
      const elapsed = paused - f.start;
      const resumed = paused + MAX_PAUSE_DURATION;
      await at(resumed + 100n);
      await buy();
      const fill = fillExactIn(EXAMPLE, 0n, tokens(1_000), rateAt(elapsed + 100n));
      expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
    });
  });

  describe("given a pause that was ended early", () => {
    it("counts only the time that it lasted", async () => {
      const { endsAt } = await f.lens.raiseOf(1n);
      const paused = await pause();
      await at(paused + 12_345n);
      const resumed = await unpause();
      expect(resumed - paused).to.equal(12_345n);
      expect((await f.lens.raiseOf(1n)).endsAt).to.equal(endsAt + 12_345n);
      await at(resumed + 50n);
      await buy();
      const fill = fillExactIn(EXAMPLE, 0n, tokens(1_000), rateAt(paused - f.start + 50n));
      expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
    });
  });

  describe("given a pause that lasts", () => {
    it("shows an end that moves on with it", async () => {
      const { endsAt } = await f.lens.raiseOf(1n);
      const paused = await pause();
      for (const passed of [1_000n, DAY, MAX_PAUSE_DURATION - 1n]) {
        await networkHelpers.time.increaseTo(paused + passed);
        expect((await f.lens.raiseOf(1n)).endsAt).to.equal(endsAt + passed);
      }
    });

    it("keeps a sale from ending that would have ended in it", async () => {
      const { endsAt } = await f.lens.raiseOf(1n);
      await at(endsAt - 10n);
      await pause();
      await at(endsAt + 1_000n);
      await expect(f.offering.fail(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotFailable");
      await at(endsAt + 1_001n);
      await unpause();
      await buy();
      expect((await f.lens.raiseOf(1n)).gross).to.equal(tokens(1_000));
    });

    it("lets a new sale begin when the pause ends", async () => {
      const paused = await pause();
      await at(paused + 1_000n);
      await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
      const resumed = paused + MAX_PAUSE_DURATION;
      await networkHelpers.time.increaseTo(resumed);
      const view = await f.lens.raiseOf(2n);
      expect(view.startsAt).to.equal(resumed);
      expect(view.endsAt).to.equal(resumed + 7n * DAY);
      await at(resumed + 60n);
      await buy(tokens(1_000), 2n);
      const fill = fillExactIn(EXAMPLE, 0n, tokens(1_000), rateAt(60n));
      expect(await f.offering.positionOf(2n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
    });
  });

  describe("given two pauses, 30 days apart", () => {
    it("counts the second alone for a sale launched between them", async () => {
      const first = await pause();
      await at(first + 10n);
      await unpause();
      await at(first + 29n * DAY);
      await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
      const start = await now();
      await at(first + 10n + 30n * DAY);
      await pause();
      await networkHelpers.time.increase(MAX_PAUSE_DURATION);
      const view = await f.lens.raiseOf(2n);
      expect(view.endsAt).to.equal(start + 7n * DAY + MAX_PAUSE_DURATION);
      await at(view.endsAt - 1n);
      await buy(tokens(1), 2n);
      await at(view.endsAt);
      await expect(buy(tokens(1), 2n)).to.be.revertedWithCustomError(f.offering, "Offering_SaleClosed");
    });

    it("counts the first for the sale and the second for the 30 days of one raise", async () => {
      await f.offering.connect(f.alice).launch(workedExample({ saleDuration: 30n * DAY }), launchPayment());
      const first = await pause();
      await at(first + 10n);
      await unpause();
      await at(first + 20n * DAY);
      await buy(tokens(100_000), 2n);
      const reached = first + 20n * DAY;
      await at(first + 10n + 30n * DAY);
      await pause();
      await networkHelpers.time.increase(MAX_PAUSE_DURATION);
      const failableAt = reached + STUCK_AFTER + MAX_PAUSE_DURATION;
      expect((await f.lens.raiseOf(2n)).failableAt).to.equal(failableAt);
      await at(failableAt - 1n);
      await expect(f.offering.fail(2n)).to.be.revertedWithCustomError(f.offering, "Offering_NotFailable");
      await at(failableAt);
      await f.offering.fail(2n);
    });
  });

  describe("given a success that waits", () => {
    it("graduates during a pause", async () => {
      const sold = await networkHelpers.loadFixture(soldOutFixture);
      await sold.offering.connect(sold.guardian).pauseBuys();
      await sold.offering.graduate(1n);
      expect((await sold.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
    });

    it("does not move its end if the pause begins in the very second of it", async () => {
      const { endsAt } = await f.lens.raiseOf(1n);
      await at(endsAt);
      await f.offering.connect(f.guardian).pauseBuys();
      expect((await f.lens.raiseOf(1n)).endsAt).to.equal(endsAt);
      await networkHelpers.time.increase(DAY);
      expect((await f.lens.raiseOf(1n)).endsAt).to.equal(endsAt);
    });

    it("has the pause added to its 30 days", async () => {
      const sold = await networkHelpers.loadFixture(soldOutFixture);
      const { endsAt } = await sold.lens.raiseOf(1n);
      await sold.offering.connect(sold.guardian).pauseBuys();
      await networkHelpers.time.increase(MAX_PAUSE_DURATION);
      const moved = endsAt + STUCK_AFTER + MAX_PAUSE_DURATION;
      await at(moved - 1n);
      await expect(sold.offering.fail(1n)).to.be.revertedWithCustomError(sold.offering, "Offering_NotFailable");
      await at(moved);
      await sold.offering.fail(1n);
    });
  });

  it("refunds during a pause what had failed before", async () => {
    const missed = await networkHelpers.loadFixture(missedFixture);
    await missed.offering.connect(missed.guardian).pauseBuys();
    await missed.offering.refund(1n, missed.bob);
    await missed.offering.refundBundle(1n);
    expect((await missed.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Failed);
  });

  it("does not stand still while launches are paused", async () => {
    const { endsAt } = await f.lens.raiseOf(1n);
    await f.offering.connect(f.guardian).pauseLaunches();
    await networkHelpers.time.increase(MAX_PAUSE_DURATION);
    expect((await f.lens.raiseOf(1n)).endsAt).to.equal(endsAt);
  });
});

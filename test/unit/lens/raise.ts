import { expect } from "chai";

import { now, until } from "../../support/clock.ts";
import { BASE_RATE, rateAt } from "../../support/expected.ts";
import {
  graduatedFixture,
  launchPayment,
  networkHelpers,
  protocolFixture,
  workedExample,
} from "../../support/fixtures.ts";
import { ORDERS } from "../../support/donations.ts";
import { expectRaise } from "../../support/lens/raise.ts";
import {
  MODE,
  OUTCOME,
  SHARE,
  bundledFixture,
  marketOf,
  missedFixture,
  partialSuccessFixture,
  soldOutFixture,
} from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import {
  ANTI_SNIPE_WINDOW,
  DAY,
  LOCK_DURATION,
  MAX_PAUSE_DURATION,
  NO_DEADLINE,
  STUCK_AFTER,
} from "../../support/time.ts";
import { trade } from "../../support/trades.ts";
import { tokens } from "../../support/units.ts";

describe("ProtocolLens: raiseOf", () => {
  let f: ProtocolScene;

  const launch = async () => {
    await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
    return now();
  };

  describe("given no model", () => {
    it("reverts", async () => {
      f = await networkHelpers.loadFixture(protocolFixture);
      for (const modelId of [0n, 1n, 2n ** 256n - 1n]) {
        await expect(f.lens.raiseOf(modelId))
          .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
          .withArgs(modelId);
      }
    });
  });

  describe("given a sale in its anti-sniping window", () => {
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(protocolFixture);
    });

    for (const elapsed of [0n, 1n, 1_000n, ANTI_SNIPE_WINDOW - 1n, ANTI_SNIPE_WINDOW]) {
      it(`shows the fee of second ${elapsed}, and when the window ends`, async () => {
        const start = await launch();
        if (elapsed > 0n) await until(start + elapsed);
        const view = await expectRaise(f);
        expect(view.feeRateWad).to.equal(rateAt(elapsed));
        expect([view.startsAt, view.antiSnipeEndsAt]).to.deep.equal([start, start + ANTI_SNIPE_WINDOW]);
        expect([view.endsAt, view.failableAt]).to.deep.equal([start + 7n * DAY, start + 7n * DAY]);
      });
    }

    it("shows what the issuer chose otherwise than in the worked example", async () => {
      const terms = {
        name: "Other",
        symbol: "OTHER",
        metadataHash: `0x${"b2".repeat(32)}`,
        minimumRaise: tokens(3_000),
        target: tokens(8_000),
        startPriceWad: tokens("0.015"),
        saleDuration: 3n * DAY,
        openingMode: MODE.CurvePrice,
        usage: { tierId: 1n, minimumPrice: 2_000_000n },
      };
      await f.offering.connect(f.bob).launch(workedExample(terms), launchPayment());
      const view = await expectRaise(f);
      expect([view.name, view.symbol, view.metadataHash, view.issuer]).to.deep.equal([
        terms.name,
        terms.symbol,
        terms.metadataHash,
        f.bob.address,
      ]);
      expect([view.minimumRaise, view.target, view.priceWad, view.openingMode]).to.deep.equal([
        terms.minimumRaise,
        terms.target,
        terms.startPriceWad,
        terms.openingMode,
      ]);
      expect([view.minimumPrice, view.endsAt - view.startsAt]).to.deep.equal([2_000_000n, terms.saleDuration]);
    });
  });

  describe("given a pause of purchases", () => {
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(protocolFixture);
    });

    /** Pauses a quarter of an hour after the launch. */
    async function pauseAfterLaunch() {
      const start = await launch();
      await until(start + 900n);
      await f.offering.connect(f.guardian).pauseBuys();
      return { start, pausedAt: await now() };
    }

    it("moves on what has not come yet with every second of it, and holds the fee", async () => {
      const { start, pausedAt } = await pauseAfterLaunch();
      for (const passed of [1n, DAY]) {
        await until(pausedAt + passed);
        const view = await expectRaise(f);
        expect(view.startsAt).to.equal(start);
        expect(view.antiSnipeEndsAt).to.equal(start + ANTI_SNIPE_WINDOW + passed);
        expect(view.endsAt).to.equal(start + 7n * DAY + passed);
        expect(view.feeRateWad).to.equal(rateAt(pausedAt - start));
      }
    });

    it("leaves times and fee moved by its seven days when it is over", async () => {
      const { start, pausedAt } = await pauseAfterLaunch();
      await until(pausedAt + MAX_PAUSE_DURATION + 100n);
      const view = await expectRaise(f);
      expect(view.startsAt).to.equal(start);
      expect(view.endsAt).to.equal(start + 7n * DAY + MAX_PAUSE_DURATION);
      expect(view.feeRateWad).to.equal(rateAt(pausedAt - start + 100n));
    });

    it("makes a sale that is launched in it begin when it ends", async () => {
      await f.offering.connect(f.guardian).pauseBuys();
      const endsAt = (await now()) + MAX_PAUSE_DURATION;
      const start = await launch();
      expect((await expectRaise(f)).startsAt).to.equal(start);
      await until(endsAt + DAY);
      const view = await expectRaise(f);
      expect(view.startsAt).to.equal(endsAt);
      expect(view.endsAt).to.equal(endsAt + 7n * DAY);
    });
  });

  describe("given an open raise with a bundle", () => {
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(bundledFixture);
    });

    it("shows the bundle, and the base fee after the window", async () => {
      const view = await expectRaise(f);
      expect(view.feeRateWad).to.equal(BASE_RATE);
      expect([view.bundleNet, view.bundleMt]).to.deep.equal([view.raised, view.sold]);
      expect(view.bundleNet).to.be.greaterThan(0n);
    });

    it("follows purchases, and lets it be failed 30 days later once the minimum is reached", async () => {
      const before = await expectRaise(f);
      await f.offering.connect(f.bob).buyExactIn(1n, tokens(20_000), 0n, f.bob, NO_DEADLINE);
      const view = await expectRaise(f);
      expect(view.gross - before.gross).to.equal(tokens(20_000));
      expect(view.raised).to.be.greaterThan(before.raised);
      expect(view.failableAt).to.equal(view.endsAt + STUCK_AFTER);
    });

    it("shows the fees that were not claimed", async () => {
      const before = await expectRaise(f);
      expect(before.creatorFee).to.be.greaterThan(0n);
      await f.offering.connect(f.alice).claimCreatorFee(1n, f.alice);
      const view = await expectRaise(f);
      expect([view.creatorFee, view.protocolFee]).to.deep.equal([0n, before.protocolFee]);
    });

    it("knows who holds the issuer's seat now", async () => {
      const seat = await f.registry.issuerSeatOf(1n);
      await f.registry.connect(f.alice).offerSeat(seat, f.dave);
      await f.registry.connect(f.dave).acceptSeat(seat);
      expect((await expectRaise(f)).issuer).to.equal(f.dave.address);
    });
  });

  describe("given a sale that is over", () => {
    it("shows the end of the one that sold out as the moment in which it did", async () => {
      f = await networkHelpers.loadFixture(soldOutFixture);
      const soldOutAt = await now();
      await networkHelpers.time.increase(DAY);
      const view = await expectRaise(f);
      expect([view.outcome, view.endsAt]).to.deep.equal([OUTCOME.Open, soldOutAt]);
      expect(view.raised).to.equal(view.target);
    });

    it("shows one that missed its minimum as open until somebody fails it", async () => {
      f = await networkHelpers.loadFixture(missedFixture);
      expect((await expectRaise(f)).outcome).to.equal(OUTCOME.Open);
      await f.offering.fail(1n);
      expect((await expectRaise(f)).outcome).to.equal(OUTCOME.Failed);
    });

    it("shows a partial success", async () => {
      f = await networkHelpers.loadFixture(partialSuccessFixture);
      const view = await expectRaise(f);
      expect([view.outcome, view.failableAt]).to.deep.equal([OUTCOME.Open, view.endsAt + STUCK_AFTER]);
      await f.offering.graduate(1n);
      expect((await expectRaise(f)).outcome).to.equal(OUTCOME.Graduated);
    });
  });

  describe("given a graduated model", () => {
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(graduatedFixture);
    });

    it("shows pool, lock and shares as they opened", async () => {
      const graduatedAt = await now();
      const { pool } = await expectRaise(f);
      expect([pool.graduatedAt, pool.unlocksAt]).to.deep.equal([graduatedAt, graduatedAt + LOCK_DURATION]);
      expect([pool.flock, pool.mt]).to.deep.equal([tokens(25_000), tokens(200_000)]);
      expect([pool.openingFlock, pool.openingMt]).to.deep.equal([pool.flock, pool.mt]);
      expect(pool.shares.map(({ released, releasable }) => released + releasable)).to.deep.equal(Array(5).fill(0n));
    });

    it("follows what vests and what was released", async () => {
      await networkHelpers.time.increase(90n * DAY);
      expect((await expectRaise(f)).pool.shares[Number(SHARE.IssuerMt)]!.releasable).to.be.greaterThan(0n);
      await f.vault.release(1n, SHARE.IssuerMt);
      const share = (await expectRaise(f)).pool.shares[Number(SHARE.IssuerMt)]!;
      expect(share.released).to.be.greaterThan(0n);
      expect(share.releasable).to.equal(0n);
    });

    it("shows since when it is served, and under which id", async () => {
      const before = await expectRaise(f);
      expect([before.liveAt, before.apiId]).to.deep.equal([0n, ""]);
      await f.registry.connect(f.alice).setApiId(1n, "qwen-alice"); // on the local chain the platform is Alice
      const view = await expectRaise(f);
      expect([view.liveAt, view.apiId]).to.deep.equal([await now(), "qwen-alice"]);
    });
  });

  for (const { order, fixture } of ORDERS) {
    describe(`given a pool with ${order}`, () => {
      it("tells the reserves of now from those at the opening", async () => {
        f = await networkHelpers.loadFixture(fixture);
        await f.offering.graduate(1n);
        const { pairAddress } = await marketOf(f);
        await trade(f.bob, pairAddress, f.addresses.flock, tokens(1_000));
        const { pool } = await expectRaise(f);
        expect(pool.flock).to.equal(tokens(26_000));
        expect(pool.mt).to.be.lessThan(tokens(200_000));
        expect([pool.openingFlock, pool.openingMt]).to.deep.equal([tokens(25_000), tokens(200_000)]);
      });
    });
  }
});

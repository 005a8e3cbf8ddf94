import { expect } from "chai";

import { BASE_RATE, curveOf, fillExactIn, raisedAt, soldAt } from "../../support/expected.ts";
import { grossFor } from "../../support/model/fees.ts";
import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import { EXAMPLE, LOCAL_SETTINGS, govern } from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, DAY, NO_DEADLINE } from "../../support/time.ts";
import { BPS, SALE_SUPPLY, WAD, tokens } from "../../support/units.ts";

describe("RealModelOffering: the issuer's bundle", () => {
  let f: ProtocolScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(protocolFixture);
  });

  const launch = (payment: object, terms = {}) =>
    f.offering.connect(f.alice).launch(workedExample(terms), launchPayment(payment));

  describe("guards", () => {
    it("reverts when it is too small to yield anything", async () => {
      await expect(launch({ bundleFlock: 1n }))
        .to.be.revertedWithCustomError(f.offering, "Offering_YieldsNothing")
        .withArgs(1n);
    });

    for (const minimumRaise of [tokens(12_500), tokens(20_000), tokens(50_000)]) {
      it(`reverts one wei of FLOCK above a quarter of what a minimum of ${minimumRaise / WAD} FLOCK would sell, and takes the most that fits`, async () => {
        const cap = soldAt(EXAMPLE, minimumRaise) / 4n;
        const net = raisedAt(EXAMPLE, cap + 1n);
        expect(soldAt(EXAMPLE, net) > cap && soldAt(EXAMPLE, net - 1n) <= cap).to.equal(true);
        await expect(launch({ bundleFlock: grossFor(net, BASE_RATE) }, { minimumRaise }))
          .to.be.revertedWithCustomError(f.offering, "Offering_BundleAboveCap")
          .withArgs(soldAt(EXAMPLE, net), cap);
        await launch({ bundleFlock: grossFor(net - 1n, BASE_RATE) }, { minimumRaise });
        const { bundleMt, bundleNet } = await f.lens.raiseOf(1n);
        expect(bundleMt).to.equal(soldAt(EXAMPLE, net - 1n));
        expect(cap - bundleMt < 10n).to.equal(true);
        // The curve gives most to the first, so a quarter of the tokens costs less than a quarter of the minimum.
        expect(bundleNet < minimumRaise / 4n).to.equal(true);
      });
    }

    it("C12 takes a quarter of what a success at the minimum has sold, and not 55% of it", async () => {
      const minimumRaise = tokens(12_500);
      const startPriceWad = (tokens(50_000) * WAD) / (2n * SALE_SUPPLY);
      const curve = curveOf(tokens(50_000), startPriceWad);
      const ofTheSale = grossFor(raisedAt(curve, SALE_SUPPLY / 4n) - 1n, BASE_RATE);
      await expect(launch({ bundleFlock: ofTheSale }, { minimumRaise, startPriceWad })).to.be.revertedWithCustomError(
        f.offering,
        "Offering_BundleAboveCap",
      );
      const cap = soldAt(curve, minimumRaise) / 4n;
      await launch({ bundleFlock: grossFor(raisedAt(curve, cap) - 1n, BASE_RATE) }, { minimumRaise, startPriceWad });
      const { bundleMt, bundleNet } = await f.lens.raiseOf(1n);
      await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
      const missing = grossFor(minimumRaise - bundleNet, BASE_RATE);
      await f.offering.connect(f.bob).buyExactIn(1n, missing, 0n, f.bob, NO_DEADLINE);
      await networkHelpers.time.increase(8n * DAY);
      await f.offering.graduate(1n);
      const { sold } = await f.lens.raiseOf(1n);
      expect(bundleMt * 4n <= sold && (bundleMt + 10n) * 4n > sold).to.equal(true);
    });

    it("reverts below the issuer's minimum output", async () => {
      const { mtOut } = fillExactIn(EXAMPLE, 0n, tokens(4_000));
      await expect(launch({ bundleFlock: tokens(4_000), bundleMtMin: mtOut + 1n }))
        .to.be.revertedWithCustomError(f.offering, "Offering_OutputBelowMin")
        .withArgs(mtOut, mtOut + 1n);
      await launch({ bundleFlock: tokens(4_000), bundleMtMin: mtOut });
    });

    it("reverts for any bundle when the cap of that launch is zero", async () => {
      const settings = { ...LOCAL_SETTINGS, bundleCapBps: 0n };
      await govern(f, f.addresses.offering, f.offering.interface.encodeFunctionData("setOfferingSettings", [settings]));
      const { mtOut } = fillExactIn(EXAMPLE, 0n, tokens(100));
      await expect(launch({ bundleFlock: tokens(100) }))
        .to.be.revertedWithCustomError(f.offering, "Offering_BundleAboveCap")
        .withArgs(mtOut, 0n);
    });
  });

  describe("given a bundle of 4,000 FLOCK", () => {
    const PAID = tokens(4_000);
    const fill = fillExactIn(EXAMPLE, 0n, PAID);

    it("pays the base fee only, at the moment at which everybody else pays 99%", async () => {
      await launch({ bundleFlock: PAID });
      const view = await f.lens.raiseOf(1n);
      expect(fill.flockNet).to.equal(PAID - (PAID * 125n) / BPS);
      expect(view.bundleNet).to.equal(fill.flockNet);
      expect(view.feeRateWad).to.equal((9_900n * WAD) / BPS);
    });

    it("gives what the curve gives", async () => {
      await launch({ bundleFlock: PAID });
      const view = await f.lens.raiseOf(1n);
      expect(view.bundleMt).to.equal(soldAt(EXAMPLE, fill.flockNet));
      expect(view.sold).to.equal(fill.mtOut);
    });

    it("is what the raise begins with", async () => {
      await launch({ bundleFlock: PAID });
      const view = await f.lens.raiseOf(1n);
      expect(view.raised).to.equal(fill.flockNet);
      expect(view.gross).to.equal(PAID);
    });

    it("is kept in the launch record, not among positions", async () => {
      await launch({ bundleFlock: PAID });
      expect(await f.offering.positionOf(1n, f.alice)).to.deep.equal([0n, 0n]);
    });

    it("is paid together with the launch fee", async () => {
      await expect(launch({ bundleFlock: PAID })).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.alice, f.offering],
        [-tokens(5_000), tokens(5_000)],
      );
      expect(await f.offering.unclaimedLaunchFees()).to.equal(tokens(1_000));
    });

    it("leaves the base fees to creator and protocol", async () => {
      await launch({ bundleFlock: PAID });
      expect(await f.offering.unclaimedFeesOf(1n)).to.deep.equal([(PAID * 30n) / BPS, (PAID * 95n) / BPS]);
    });

    it("is reported", async () => {
      await expect(launch({ bundleFlock: PAID }))
        .to.emit(f.offering, "BundleBought")
        .withArgs(1n, f.alice, PAID, fill.flockNet, fill.mtOut, (PAID * 30n) / BPS, (PAID * 95n) / BPS);
    });
  });
});

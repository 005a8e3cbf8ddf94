import { expect } from "chai";

import { BASE_RATE, fillExactIn, raisedAt, soldAt } from "../../support/expected.ts";
import { grossFor } from "../../support/model/fees.ts";
import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import { EXAMPLE, LOCAL_SETTINGS, govern } from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { BPS, SALE_SUPPLY, WAD, tokens } from "../../support/units.ts";

const CAP = SALE_SUPPLY / 4n;

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

    it("reverts one wei of FLOCK above a quarter of the sale, and takes the most that fits", async () => {
      // The whole target as minimum, so that its half is not what binds.
      const terms = { minimumRaise: tokens(50_000) };
      const net = raisedAt(EXAMPLE, CAP);
      expect(soldAt(EXAMPLE, net) > CAP).to.equal(true);
      await expect(launch({ bundleFlock: grossFor(net, BASE_RATE) }, terms))
        .to.be.revertedWithCustomError(f.offering, "Offering_BundleAboveCap")
        .withArgs(soldAt(EXAMPLE, net), CAP);
      await launch({ bundleFlock: grossFor(net - 1n, BASE_RATE) }, terms);
      const { bundleMt } = await f.lens.raiseOf(1n);
      expect(bundleMt).to.equal(soldAt(EXAMPLE, net - 1n));
      expect(bundleMt <= CAP && CAP - bundleMt < 10n).to.equal(true);
    });

    it("reverts when its net is above half of the minimum, and accepts the half exactly", async () => {
      const half = tokens(10_000);
      const max = grossFor(half, BASE_RATE);
      const over = fillExactIn(EXAMPLE, 0n, max + 2n);
      expect(over.flockNet > half).to.equal(true);
      await expect(launch({ bundleFlock: max + 2n }))
        .to.be.revertedWithCustomError(f.offering, "Offering_BundleAboveHalfMinimum")
        .withArgs(over.flockNet, half);
      await launch({ bundleFlock: max });
      expect((await f.lens.raiseOf(1n)).bundleNet).to.equal(half);
    });

    it("reverts below the issuer's minimum output", async () => {
      const { mtOut } = fillExactIn(EXAMPLE, 0n, tokens(5_000));
      await expect(launch({ bundleFlock: tokens(5_000), bundleMtMin: mtOut + 1n }))
        .to.be.revertedWithCustomError(f.offering, "Offering_OutputBelowMin")
        .withArgs(mtOut, mtOut + 1n);
      await launch({ bundleFlock: tokens(5_000), bundleMtMin: mtOut });
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

  describe("given a bundle of 5,000 FLOCK", () => {
    const PAID = tokens(5_000);
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
        [-tokens(6_000), tokens(6_000)],
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
        .withArgs(1n, f.alice, PAID, fill.flockNet, fill.mtOut);
    });
  });
});

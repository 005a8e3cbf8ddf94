import { expect } from "chai";

import { priceAt, soldAt, virtualMtOf } from "../../support/expected.ts";
import { grossFor } from "../../support/model/fees.ts";
import { networkHelpers, openOfferingFixture } from "../../support/fixtures.ts";
import { EXAMPLE, LOCAL_SETTINGS } from "../../support/scenes.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { NO_DEADLINE } from "../../support/time.ts";
import { SALE_SUPPLY, WAD, tokens } from "../../support/units.ts";

describe("RealModelOffering: views", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(openOfferingFixture);
  });

  describe("raiseOf of the lens", () => {
    it("reverts for an unknown model", async () => {
      for (const id of [0n, 2n, 2n ** 256n - 1n]) {
        await expect(f.lens.raiseOf(id))
          .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
          .withArgs(id);
      }
    });

    it("follows the curve through the raise", async () => {
      expect((await f.lens.raiseOf(1n)).virtualMt).to.equal(virtualMtOf(EXAMPLE));
      for (let raised = 0n; raised <= EXAMPLE.target; raised += tokens(12_500)) {
        const view = await f.lens.raiseOf(1n);
        expect(view.raised).to.equal(raised);
        expect(view.sold).to.equal(soldAt(EXAMPLE, raised));
        expect(view.priceWad).to.equal(priceAt(EXAMPLE, raised));
        if (raised === EXAMPLE.target) break;
        const gross = grossFor(tokens(12_500), (125n * WAD) / 10_000n);
        await f.offering.connect(f.bob).buyExactIn(1n, gross, 0n, f.bob, NO_DEADLINE);
      }
      expect((await f.lens.raiseOf(1n)).sold).to.equal(SALE_SUPPLY);
    });
  });

  describe("positionOf", () => {
    it("is empty for strangers and unknown models", async () => {
      expect(await f.offering.positionOf(1n, f.stranger)).to.deep.equal([0n, 0n]);
      expect(await f.offering.positionOf(9n, f.bob)).to.deep.equal([0n, 0n]);
    });
  });

  describe("offeringSettings", () => {
    it("gives what the deployment set", async () => {
      expect(await f.offering.offeringSettings()).to.deep.equal(Object.values(LOCAL_SETTINGS));
    });
  });

  describe("launchesPausedUntil and buysPausedUntil", () => {
    it("are zero when nothing is paused", async () => {
      expect(await f.offering.launchesPausedUntil()).to.equal(0n);
      expect(await f.offering.buysPausedUntil()).to.equal(0n);
    });
  });

  describe("unclaimedFeesOf", () => {
    it("is zero for an unknown model", async () => {
      expect(await f.offering.unclaimedFeesOf(9n)).to.deep.equal([0n, 0n]);
    });
  });

  it("name the contracts that the offering works with", async () => {
    expect(await f.offering.FLOCK()).to.equal(f.addresses.flock);
    expect(await f.offering.REGISTRY()).to.equal(f.addresses.registry);
    expect(await f.offering.GRADUATION()).to.equal(f.addresses.graduation);
    expect(await f.offering.authority()).to.equal(f.addresses.accessManager);
  });
});

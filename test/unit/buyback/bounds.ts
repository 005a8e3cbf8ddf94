import { expect } from "chai";
import { encodeBytes32String } from "ethers";

import { behavesLikeBounds, behavesLikeSettings } from "../../behaviours/bounds.ts";
import { networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import { LOCAL_LOTS, govern, structOf, deployAs } from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { tokens } from "../../support/units.ts";

/** Another buyback beside that of the protocol. */
function deployBuyback(f: ProtocolScene, pairFeeBps: bigint, settings = LOCAL_LOTS) {
  const { accessManager, usdc, flock, dexFactory, registry, vault, waterfall } = f.addresses;
  const parts = { usdc, flock, flockBurns: true, dexFactory, pairFeeBps, registry, vault, waterfall };
  return deployAs("buyback", [accessManager, parts, settings], f.deployer);
}

describe("Buyback: bounds of setBuybackSettings", () => {
  behavesLikeSettings({
    fixture: protocolFixture,
    contractOf: (f) => f.buyback,
    // A model's pool cannot be asked for more than half of the smallest minimum of any tier, 1,000 FLOCK here.
    bounds: [
      ["bucketBps", 0n, 25n],
      ["bandBps", 9_500n, 9_940n],
      ["modelMinReserve", 0n, tokens(500)],
      ["routeRefillDuration", 60n, 3_600n, [0n]],
      ["modelRefillDuration", 3_600n, 86_400n, [0n, 300n]],
    ],
    read: async (f) => structOf(await f.buyback.buybackSettings()),
    set: (f, name, value) => {
      const settings = { ...LOCAL_LOTS, [name]: value };
      return govern(f, f.addresses.buyback, f.buyback.interface.encodeFunctionData("setBuybackSettings", [settings]));
    },
    event: "BuybackSettingsChanged",
  });
});

describe("Buyback: bounds of its deployment", () => {
  behavesLikeBounds({
    fixture: protocolFixture,
    contractOf: (f) => f.buyback,
    bounds: [["pairFeeBps", 0n, 30n]],
    give: async (f, _, value) => (await deployBuyback(f, value)).deploymentTransaction()!,
    expectAccepted: async (f, _, value) => {
      expect(await (await deployBuyback(f, value)).PAIR_FEE_BPS()).to.equal(value);
    },
  });

  it("checks the first settings too", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    await expect(deployBuyback(f, 30n, { ...LOCAL_LOTS, bucketBps: 26n }))
      .to.be.revertedWithCustomError(f.buyback, "Bounds_OutOfRange")
      .withArgs(encodeBytes32String("bucketBps"), 26n, 0n, 25n);
  });
});

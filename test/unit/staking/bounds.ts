import { expect } from "chai";
import { encodeBytes32String } from "ethers";

import { behavesLikeSettings } from "../../behaviours/bounds.ts";
import { networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import { govern, structOf, deployAs } from "../../support/scenes.ts";

const SETTINGS = { capBps: 3_000n, multiplier: 2n };

describe("ModelStaking: bounds of setDiscountSettings", () => {
  behavesLikeSettings({
    fixture: protocolFixture,
    contractOf: (f) => f.staking,
    bounds: [
      ["capBps", 0n, 3_000n],
      ["multiplier", 1n, 10n],
    ],
    read: async (f) => structOf(await f.staking.discountSettings()),
    set: (f, name, value) => {
      const settings = { ...SETTINGS, [name]: value };
      return govern(f, f.addresses.staking, f.staking.interface.encodeFunctionData("setDiscountSettings", [settings]));
    },
    event: "DiscountSettingsChanged",
  });

  it("are checked at deployment too", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    const { accessManager, offering, vault } = f.addresses;
    const settings = { ...SETTINGS, capBps: 3_001n };
    await expect(deployAs("staking", [accessManager, offering, vault, settings], f.deployer))
      .to.be.revertedWithCustomError(f.staking, "Bounds_OutOfRange")
      .withArgs(encodeBytes32String("capBps"), 3_001n, 0n, 3_000n);
  });
});

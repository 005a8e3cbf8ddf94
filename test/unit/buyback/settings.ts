import { expect } from "chai";
import { encodeBytes32String } from "ethers";

import { FLOCK_SEAT, decide, earn, earningFixture, observe } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { LOCAL_TIER } from "../../support/scenes.ts";
import { tokens, usdc } from "../../support/units.ts";

/** The local settings. */
const SETTINGS = { bucketBps: 15n, bandBps: 9_800n, modelMinReserve: tokens(250) };

describe("Buyback: settings", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
  });

  const settled = (settings: object) => {
    const all = { ...SETTINGS, ...settings };
    return decide(f, f.buyback, f.buyback.interface.encodeFunctionData("setBuybackSettings", [all]));
  };

  it("A6 asks no more of a model's pool than half of the smallest minimum that any tier ever had", async () => {
    const changeTier = (minMinimumRaise: bigint, open: boolean) => {
      const terms = { ...LOCAL_TIER, minMinimumRaise, open };
      return decide(f, f.registry, f.registry.interface.encodeFunctionData("changeTier", [1n, terms, "ipfs://tier"]));
    };
    // The minimum was 1,000 when the models of this scene were launched. It is raised, and the tier closed.
    await changeTier(tokens(10_000), false);
    await expect(settled({ modelMinReserve: tokens(500) + 1n }))
      .to.be.revertedWithCustomError(f.buyback, "Bounds_OutOfRange")
      .withArgs(encodeBytes32String("modelMinReserve"), tokens(500) + 1n, 0n, tokens(500));
    await settled({ modelMinReserve: tokens(500) });
  });

  it("asks no more of a model's pool than half of the smallest minimum of any tier", async () => {
    await settled({ modelMinReserve: tokens(50) }); // or the registry would refuse the tier
    const tier = {
      computeCost: usdc(1),
      minMinimumRaise: tokens(100),
      open: true,
      maxTarget: tokens(1_000),
      guaranteesHash: FLOCK_SEAT,
    };
    await decide(
      f,
      f.registry,
      f.registry.interface.encodeFunctionData("addTier", [tier, f.provider.address, "ipfs://small"]),
    );
    await expect(settled({ modelMinReserve: tokens(50) + 1n }))
      .to.be.revertedWithCustomError(f.buyback, "Bounds_OutOfRange")
      .withArgs(encodeBytes32String("modelMinReserve"), tokens(50) + 1n, 0n, tokens(50));
    await settled({ modelMinReserve: tokens(50) });
  });

  it("changes lot and bound from then on", async () => {
    await earn(f, usdc(90_000));
    await settled({ bucketBps: 5n, bandBps: 9_500n });
    await observe(f);
    const lot = await f.buyback.nextFlockLot(0n);
    expect(lot.amountIn).to.equal(usdc(1_000));
    expect(lot.amountOutMin).to.be.closeTo(tokens(950), 1_000n);
  });
});

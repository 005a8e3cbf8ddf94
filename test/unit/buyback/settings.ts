import { expect } from "chai";
import { encodeBytes32String } from "ethers";

import { FLOCK_SEAT, decide, earn, earningFixture, observe, poolOf } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { at, now } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { LOCAL_LOTS, LOCAL_TIER } from "../../support/scenes.ts";
import { HOUR, NO_DEADLINE } from "../../support/time.ts";
import { BPS, tokens, usdc } from "../../support/units.ts";
import { GOVERNANCE_DELAY } from "../../../deploy/config/roles.ts";

describe("Buyback: settings", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
  });

  const settled = (settings: object) => {
    const all = { ...LOCAL_LOTS, ...settings };
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

  describe("given a bucket that a whole lot has filled when its refill time changes", () => {
    /** Changes the route's refill time from `before` to `after`, `elapsed` seconds after a whole lot. */
    const changed = async (before: bigint, after: bigint, elapsed: bigint) => {
      await earn(f, usdc(900_000));
      await settled({ routeRefillDuration: before });
      const settings = { ...LOCAL_LOTS, routeRefillDuration: after };
      const data = f.buyback.interface.encodeFunctionData("setBuybackSettings", [settings]);
      const manager = f.accessManager.connect(f.administrator);
      await manager.schedule(f.buyback, data, 0);
      await networkHelpers.time.increase(GOVERNANCE_DELAY);
      await observe(f);
      const capacity = (await f.buyback.nextFlockLot(0n)).amountIn;
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      const boughtAt = await now();
      await at(boughtAt + elapsed);
      await manager.execute(f.buyback, data);
      return { capacity, boughtAt };
    };

    it("a longer one holds for what is in it, and lets less through", async () => {
      const { capacity, boughtAt } = await changed(60n, HOUR, 59n);
      const { amountIn, nextAt } = await f.buyback.nextFlockLot(0n);
      expect(amountIn).to.equal((capacity * 59n) / HOUR);
      expect(nextAt).to.be.closeTo(boughtAt + HOUR, 1n); // what has leaked is rounded down
    });

    it("a shorter one holds for what is in it, and lets one capacity through, not more", async () => {
      const { capacity, boughtAt } = await changed(HOUR, 60n, 59n);
      expect((await f.buyback.nextFlockLot(0n)).amountIn).to.equal((capacity * 59n) / 60n);
      await at(boughtAt + 10n * HOUR);
      await observe(f);
      const lot = await f.buyback.nextFlockLot(0n);
      const { reserveIn } = await poolOf(f.routePair, f.addresses.usdc);
      expect(lot.amountIn).to.equal((reserveIn * LOCAL_LOTS.bucketBps) / BPS);
    });
  });

  it("has a refill time of its own for models' pools, which the route's does not touch", async () => {
    await earn(f, usdc(900_000));
    await settled({ routeRefillDuration: 60n, modelRefillDuration: 2n * HOUR });
    await observe(f);
    await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
    const routeAt = await now();
    await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE);
    const modelAt = await now();
    expect((await f.buyback.nextFlockLot(0n)).nextAt).to.equal(routeAt + 60n);
    expect((await f.buyback.nextMtLot(f.modelId)).nextAt).to.equal(modelAt + 2n * HOUR);
  });
});

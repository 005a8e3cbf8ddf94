import { expect } from "chai";
import { ZeroAddress } from "ethers";

import {
  FLOCK_SEAT,
  WAIT,
  WHOLE_LOT,
  earn,
  earningFixture,
  expectFlockWait,
  marketScene,
  observe,
  poolOf,
} from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { now } from "../../support/clock.ts";
import { launchPayment, networkHelpers, workedExample } from "../../support/fixtures.ts";
import { amountOut } from "../../support/model/constantProduct.ts";
import { ANTI_SNIPE_WINDOW, DAY, NO_DEADLINE, REFILL } from "../../support/time.ts";
import { trade } from "../../support/trades.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("Buyback: why nothing can be bought", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
  });

  describe("None", () => {
    it("shows credit, input, output and bound, and now as the moment of a whole lot", async () => {
      const lot = await f.buyback.nextFlockLot(0n);
      const out = amountOut(await poolOf(f.routePair, f.addresses.usdc), WHOLE_LOT);
      expect(lot.wait).to.equal(WAIT.None);
      expect(lot.pair).to.equal(ZeroAddress);
      expect(lot.credit).to.equal(usdc(3_000));
      expect(lot.amountIn).to.equal(WHOLE_LOT);
      expect(lot.amountOut).to.equal(out);
      // 98% of the average, which has not moved: one FLOCK for one USDC.
      expect(lot.amountOutMin).to.be.closeTo(tokens(2_940), 1_000n);
      expect(lot.nextAt).to.equal(await now());
    });

    it("offers the whole credit when it is less than a lot", async () => {
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      await networkHelpers.time.increase(REFILL);
      await earn(f, 10n);
      expect((await f.buyback.nextFlockLot(0n)).amountIn).to.equal(3n);
    });
  });

  describe("Paused", () => {
    it("until the pause ends by itself", async () => {
      await f.buyback.connect(f.guardian).pauseBuybacks();
      const endsAt = (await now()) + 7n * DAY;
      await expectFlockWait(f, WAIT.Paused, ZeroAddress, endsAt);
      await expect(f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.Paused, ZeroAddress);
    });

    it("says so before it says that nothing is to be spent", async () => {
      await f.buyback.connect(f.guardian).pauseBuybacks();
      expect((await f.buyback.nextMtLot(f.modelId)).wait).to.equal(WAIT.Paused);
    });

    it("does not stop observations, so that buying goes on at once", async () => {
      await f.buyback.connect(f.guardian).pauseBuybacks();
      await observe(f);
      await f.buyback.connect(f.guardian).unpauseBuybacks();
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    });
  });

  describe("NoCredit", () => {
    it("when a model has no FLOCK", async () => {
      const lot = await f.buyback.nextMtLot(f.modelId);
      expect([lot.wait, lot.pair, lot.credit, lot.nextAt]).to.deep.equal([WAIT.NoCredit, ZeroAddress, 0n, 0n]);
    });
  });

  describe("ShallowPool", () => {
    it("when a model's pool holds less than the settings ask, as after sales from the smallest raise", async () => {
      const terms = { minimumRaise: tokens(1_000), target: tokens(2_000), startPriceWad: tokens(1) / 250n };
      await f.offering.connect(f.platform).launch(workedExample(terms), launchPayment());
      await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
      await f.offering.connect(f.carol).buyExactIn(2n, tokens(1_013), 0n, f.carol, NO_DEADLINE);
      await networkHelpers.time.increase(7n * DAY);
      await f.offering.graduate(2n);
      await f.registry.connect(f.platform).setApiId(2n, "small");
      await f.offering.claim(2n, f.carol);
      await earn(f, usdc(10_000), 2n);
      await observe(f);
      await f.buyback.pokeModel(2n);
      await f.buyback.buyFlock(2n, 0n, NO_DEADLINE);
      const { token } = await f.lens.raiseOf(2n);
      const pair = await f.dexFactory.getPair(f.addresses.flock, token);
      expect((await f.buyback.nextMtLot(2n)).wait).to.equal(WAIT.None);

      await trade(f.carol, pair, token, tokens(150_000));
      const lot = await f.buyback.nextMtLot(2n);
      expect([lot.wait, lot.pair, lot.nextAt]).to.deep.equal([WAIT.ShallowPool, pair, 0n]);
      await expect(f.buyback.buyMt(2n, 0n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.ShallowPool, pair);
    });
  });

  it("nextMtLot reverts for a model without a token", async () => {
    await expect(f.buyback.nextMtLot(9n)).to.be.revertedWithCustomError(f.buyback, "Buyback_NotGraduated").withArgs(9n);
  });
});

/** Nothing names a way from USDC to FLOCK. */
const routelessScene = () => marketScene(() => Promise.resolve({ route: [] }));

describe("Buyback: why nothing can be bought, given no route", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(routelessScene);
  });

  it("lets the money wait, and none of it is lost", async () => {
    await earn(f, usdc(10_000));
    await expectFlockWait(f, WAIT.NoRoute, ZeroAddress, 0n);
    expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.equal(usdc(3_000));
  });

  it("has nothing to observe, which is no error", async () => {
    await expect(f.buyback.pokeRoute()).not.to.emit(f.buyback, "Poked");
  });
});

/** The route asks for one unit more than the pool holds. */
const demandingScene = () =>
  marketScene(({ pair }) => Promise.resolve({ route: [{ pair, minReserveWei: (usdc(2_000_000) + 1n).toString() }] }));

describe("Buyback: why nothing can be bought, given a route that asks for much", () => {
  it("is ShallowPool until the pair holds it", async () => {
    const f = await networkHelpers.loadFixture(demandingScene);
    await earn(f, usdc(10_000));
    await observe(f);
    await expectFlockWait(f, WAIT.ShallowPool, f.routePair, 0n);
    await trade(f.deployer, f.routePair, f.addresses.usdc, 1n);
    await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
  });
});

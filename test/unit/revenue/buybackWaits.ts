import { expect } from "chai";

import {
  FLOCK_SEAT,
  WAIT,
  decide,
  earn,
  earningFixture,
  fillModel,
  marketFixture,
  marketScene,
  observe,
  pokeAll,
  poolOf,
} from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { at, now } from "../../support/clock.ts";
import { ethers, launchPayment, networkHelpers, workedExample } from "../../support/fixtures.ts";
import { amountOut } from "../../support/model/constantProduct.ts";
import { ANTI_SNIPE_WINDOW, DAY, NO_DEADLINE, OBSERVATION_AGE, REFILL } from "../../support/time.ts";
import { deployRunner, trade } from "../../support/trades.ts";
import { tokens, usdc } from "../../support/units.ts";

const NOBODY = ethers.ZeroAddress;
const WHOLE_LOT = usdc(3_000);

/** Nothing names a way from USDC to FLOCK. */
const routelessScene = () => marketScene(() => Promise.resolve({ route: [] }));

/** The route asks for one unit more than the pool holds. */
const demandingScene = () =>
  marketScene(({ pair }) => Promise.resolve({ route: [{ pair, minReserveWei: (usdc(2_000_000) + 1n).toString() }] }));

describe("Buyback: why nothing can be bought, and when to come again", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
  });

  /** The view and the call agree on the reason. */
  async function expectFlockWait(wait: bigint, pair: string, nextAt: bigint) {
    const lot = await f.buyback.nextFlockLot(0n);
    expect(lot.wait).to.equal(wait);
    expect(lot.pair).to.equal(pair);
    expect(lot.nextAt).to.equal(nextAt);
    await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE))
      .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
      .withArgs(wait, pair);
    return lot;
  }

  describe("None", () => {
    it("shows credit, input, output and bound, and now as the moment of a whole lot", async () => {
      const lot = await f.buyback.nextFlockLot(0n);
      const out = amountOut(await poolOf(f.routePair, f.addresses.usdc), WHOLE_LOT);
      expect(lot.wait).to.equal(WAIT.None);
      expect(lot.pair).to.equal(NOBODY);
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
      await expectFlockWait(WAIT.Paused, NOBODY, endsAt);
      await expect(f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.Paused, NOBODY);
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

  describe("NoRoute", () => {
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(routelessScene);
    });

    it("lets the money wait, and none of it is lost", async () => {
      await earn(f, usdc(10_000));
      await expectFlockWait(WAIT.NoRoute, NOBODY, 0n);
      expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.equal(usdc(3_000));
    });

    it("has nothing to observe, which is no error", async () => {
      await expect(f.buyback.pokeRoute()).not.to.emit(f.buyback, "Poked");
    });
  });

  describe("NoCredit", () => {
    it("when nothing has been earned", async () => {
      f = await networkHelpers.loadFixture(marketFixture);
      await observe(f);
      const lot = await expectFlockWait(WAIT.NoCredit, NOBODY, 0n);
      expect(lot.credit).to.equal(0n);
    });

    it("when a model has no FLOCK", async () => {
      const lot = await f.buyback.nextMtLot(f.modelId);
      expect([lot.wait, lot.pair, lot.credit, lot.nextAt]).to.deep.equal([WAIT.NoCredit, NOBODY, 0n, 0n]);
    });
  });

  describe("ShallowPool", () => {
    it("when the route asks for more than its pair holds, until the pair holds it", async () => {
      f = await networkHelpers.loadFixture(demandingScene);
      await earn(f, usdc(10_000));
      await observe(f);
      await expectFlockWait(WAIT.ShallowPool, f.routePair, 0n);
      await trade(f.deployer, f.routePair, f.addresses.usdc, 1n);
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    });

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

  describe("NoObservation", () => {
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(marketFixture);
      await earn(f, usdc(10_000));
    });

    it("before the first one: it can be made now", async () => {
      await networkHelpers.mine();
      await expectFlockWait(WAIT.NoObservation, f.routePair, await now());
    });

    it("before the second one: it can be made half an hour after the first", async () => {
      await f.buyback.pokeRoute();
      const firstAt = await now();
      await expectFlockWait(WAIT.NoObservation, f.routePair, firstAt + OBSERVATION_AGE);
    });
  });

  describe("BucketEmpty", () => {
    beforeEach(async () => {
      await earn(f, usdc(90_000));
    });

    it("in the second of a whole lot", async () => {
      const { run } = await deployRunner();
      const data = f.buyback.interface.encodeFunctionData("buyFlock", [0n, 0n, NO_DEADLINE]);
      const lot = { target: f.addresses.buyback, data };
      await expect(run([lot, lot]))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.BucketEmpty, f.routePair);
      await run([lot]);
      const boughtAt = await now();
      const view = await f.buyback.nextFlockLot(0n);
      expect(view.wait).to.equal(WAIT.BucketEmpty);
      expect(view.pair).to.equal(f.routePair);
      // The pool holds a lot more than before, so a full bucket is a little larger and the last lot leaks out sooner.
      expect(view.nextAt).to.be.closeTo(boughtAt + REFILL, 1n);
    });

    it("is over a second later, for a three-hundredth of a lot", async () => {
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      const capacity = ((usdc(2_000_000) + WHOLE_LOT) * 15n) / 10_000n;
      // The noted reserve is still the former one.
      expect(capacity > WHOLE_LOT).to.equal(true);
      await at((await now()) + 1n);
      await networkHelpers.mine();
      expect((await f.buyback.nextFlockLot(0n)).amountIn).to.equal(WHOLE_LOT / 300n);
    });

    it("is over by a third after 100 seconds, with the moment of the next whole lot", async () => {
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      const boughtAt = await now();
      await at(boughtAt + 100n);
      await networkHelpers.mine();
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.amountIn).to.equal(WHOLE_LOT / 3n);
      expect(lot.nextAt).to.equal(boughtAt + REFILL);
    });

    it("is over altogether after 300 seconds", async () => {
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      await at((await now()) + REFILL);
      await networkHelpers.mine();
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.amountIn).to.equal(WHOLE_LOT);
      expect(lot.nextAt).to.equal(await now());
    });

    it("is one bucket for all who pass: a model's lot leaves no room for burning", async () => {
      await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.wait).to.equal(WAIT.BucketEmpty);
      expect(lot.credit).to.equal(usdc(30_000));
    });

    it("says so too when the settings let nothing through", async () => {
      const settings = { bucketBps: 0n, bandBps: 9_800n, modelMinReserve: tokens(500) };
      await decide(f, f.buyback, f.buyback.interface.encodeFunctionData("setBuybackSettings", [settings]));
      await observe(f);
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.wait).to.equal(WAIT.ShallowPool);
      expect(lot.amountIn).to.equal(0n);
    });
  });

  describe("PriceOff", () => {
    it("when the pool asks more than 2% above its average; the lot is shown as it would be", async () => {
      await trade(f.deployer, f.routePair, f.addresses.usdc, usdc(20_000));
      const lot = await expectFlockWait(WAIT.PriceOff, f.routePair, 0n);
      expect(lot.amountIn).to.equal(WHOLE_LOT);
      expect(lot.amountOut < lot.amountOutMin).to.equal(true);
    });

    it("until the average has followed, or the price has come back", async () => {
      const bought = await trade(f.deployer, f.routePair, f.addresses.usdc, usdc(20_000));
      const snapshot = await networkHelpers.takeSnapshot();
      await trade(f.deployer, f.routePair, f.addresses.flock, bought);
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);

      await snapshot.restore();
      for (let i = 0; i < 2; ++i) {
        await networkHelpers.time.increase(OBSERVATION_AGE);
        await pokeAll(f);
      }
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    });

    it("holds for a model's pool as well", async () => {
      await fillModel(f);
      await trade(f.deployer, f.modelPair, f.addresses.flock, tokens(500));
      const lot = await f.buyback.nextMtLot(f.modelId);
      expect([lot.wait, lot.pair, lot.nextAt]).to.deep.equal([WAIT.PriceOff, f.modelPair, 0n]);
      await expect(f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.PriceOff, f.modelPair);
    });

    it("does not mind a price that has fallen, however far", async () => {
      await trade(f.deployer, f.routePair, f.addresses.flock, tokens(400_000));
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.wait).to.equal(WAIT.None);
      expect(lot.amountOut > lot.amountOutMin).to.equal(true);
    });
  });

  it("nextMtLot reverts for a model without a token", async () => {
    await expect(f.buyback.nextMtLot(9n)).to.be.revertedWithCustomError(f.buyback, "Buyback_NotGraduated").withArgs(9n);
  });
});

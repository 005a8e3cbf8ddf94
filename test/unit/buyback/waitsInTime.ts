import { expect } from "chai";
import { ZeroAddress } from "ethers";

import {
  WAIT,
  WHOLE_LOT,
  decide,
  earn,
  earningFixture,
  expectFlockWait,
  fillModel,
  marketFixture,
  observe,
  pokeAll,
} from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { at, now } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { LOCAL_LOTS } from "../../support/scenes.ts";
import { NO_DEADLINE, OBSERVATION_AGE, REFILL } from "../../support/time.ts";
import { deployRunner, trade } from "../../support/trades.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("Buyback: when nothing can be bought yet", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
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
      const settings = { ...LOCAL_LOTS, bucketBps: 0n };
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
      const lot = await expectFlockWait(f, WAIT.PriceOff, f.routePair, 0n);
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
});

describe("Buyback: when nothing can be bought yet, given no observation", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(marketFixture);
    await earn(f, usdc(10_000));
  });

  it("when nothing has been earned", async () => {
    f = await networkHelpers.loadFixture(marketFixture);
    await observe(f);
    const lot = await expectFlockWait(f, WAIT.NoCredit, ZeroAddress, 0n);
    expect(lot.credit).to.equal(0n);
  });

  it("before the first one: it can be made now", async () => {
    await networkHelpers.mine();
    await expectFlockWait(f, WAIT.NoObservation, f.routePair, await now());
  });

  it("before the second one: it can be made half an hour after the first", async () => {
    await f.buyback.pokeRoute();
    const firstAt = await now();
    await expectFlockWait(f, WAIT.NoObservation, f.routePair, firstAt + OBSERVATION_AGE);
  });
});

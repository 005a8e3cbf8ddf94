import { expect } from "chai";

import { earn, earningFixture, graduateModel, observe, pokeAll } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { now } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { Books } from "../../support/replay/books.ts";
import { MODEL_REFILL, NO_DEADLINE, OBSERVATION_AGE, REFILL } from "../../support/time.ts";
import { trade } from "../../support/trades.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("Buyback: its state from its events alone", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
  });

  it("is that of the views, after lots of both steps, parts of lots, trades of others and pokes", async () => {
    const books = new Books(f);
    const other = await graduateModel(f);
    await earn(f, usdc(90_000));
    await earn(f, usdc(9_000), other);
    await observe(f);
    await f.buyback.pokeModel(other);
    for (const [wait, modelId] of [[1n, 0n], [40n, f.modelId], [REFILL, other], [REFILL / 2n, 0n]] as const) {
      await networkHelpers.time.increase(wait);
      await f.buyback.buyFlock(modelId, 0n, NO_DEADLINE);
    }
    await books.expectViews({}, ["buyback"]);

    await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE);
    await networkHelpers.time.increase(OBSERVATION_AGE);
    await trade(f.deployer, f.modelPair, f.addresses.flock, tokens(10));
    await pokeAll(f);
    await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE); // a sixth of a lot
    await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    await books.expectViews({}, ["buyback"]);
  }); // prettier-ignore

  it("tells the level after a lot of each pair, as it leaks", async () => {
    await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
    const lot = (tokens(25_000) * 15n) / 10_000n;
    const inIsFirst = BigInt(f.addresses.flock) < BigInt(await f.mt.getAddress());
    await expect(f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE))
      .to.emit(f.buyback, "BucketFilled")
      .withArgs(f.modelPair, inIsFirst, lot);
    const filledAt = await now();
    await networkHelpers.time.setNextBlockTimestamp(filledAt + 1_200n);
    const waiting = await f.buyback.flockOf(f.modelId);
    // As much as has leaked out in 1,200 seconds, so that the bucket is full again.
    await expect(f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE))
      .to.emit(f.buyback, "BucketFilled")
      .withArgs(f.modelPair, inIsFirst, lot);
    expect(waiting - (await f.buyback.flockOf(f.modelId))).to.equal((lot * 1_200n) / MODEL_REFILL);
    expect(await f.buyback.bucketOf(f.modelPair, f.addresses.flock)).to.deep.equal([lot, filledAt + 1_200n]);
  });

  it("shows an empty bucket of the other direction, and refuses a token that the pair does not trade", async () => {
    expect(await f.buyback.bucketOf(f.routePair, f.addresses.flock)).to.deep.equal([0n, 0n]);
    await expect(f.buyback.bucketOf(f.routePair, f.mt))
      .to.be.revertedWithCustomError(f.buyback, "Buyback_RouteBroken")
      .withArgs(f.routePair, f.mt);
  });
});

import { expect } from "chai";
import type { BaseContract } from "ethers";

import { IUniswapV2Pair__factory } from "../../../typechain-types/index.ts";
import { earn, earningFixture, graduateModel, observe, pokeAll } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { now } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { MODEL_REFILL, NO_DEADLINE, OBSERVATION_AGE, REFILL } from "../../support/time.ts";
import { trade } from "../../support/trades.ts";
import { tokens, usdc } from "../../support/units.ts";

/** The buyback's storage as its events tell it, without a call. */
interface Told {
  flockOf: Map<bigint, bigint>;
  /** By pair and whether the input is its first token: level and time. */
  buckets: Map<string, [bigint, bigint]>;
  /** By pair and input token: time of the newer and of the older observation, noted reserve. */
  observations: Map<string, [bigint, bigint, bigint]>;
}

describe("Buyback: its state from its events alone", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
  });

  /** Folds all events of the buyback. */
  async function told(): Promise<Told> {
    const state: Told = { flockOf: new Map(), buckets: new Map(), observations: new Map() };
    const untyped: BaseContract = f.buyback;
    for (const event of await untyped.queryFilter("*")) {
      if (!("eventName" in event)) throw new Error("An event without a name.");
      const { eventName, args } = event;
      if (eventName === "FlockBought") state.flockOf.set(args.modelId as bigint, args.flockKept as bigint);
      if (eventName === "MtBurned") state.flockOf.set(args.modelId as bigint, args.flockLeft as bigint);
      if (eventName === "BucketFilled") {
        const { timestamp } = await event.getBlock();
        const id = `${args.pair as string}/${String(args.inIsFirst)}`;
        state.buckets.set(id, [args.level as bigint, BigInt(timestamp)]);
      }
      if (eventName === "Poked") {
        const { newerAt, olderAt, notedReserve } = args as unknown as Record<string, bigint>;
        state.observations.set(`${args.pair as string}/${args.tokenIn as string}`, [newerAt!, olderAt!, notedReserve!]);
      }
    }
    return state;
  }

  async function expectTold(models: readonly bigint[]): Promise<void> {
    const state = await told();
    for (const modelId of models) {
      expect(state.flockOf.get(modelId) ?? 0n).to.equal(await f.buyback.flockOf(modelId));
    }
    for (const [id, observation] of state.observations) {
      const [pair, tokenIn] = id.split("/") as [string, string];
      expect(await f.buyback.observationOf(pair, tokenIn)).to.deep.equal(observation);
      const inIsFirst = (await IUniswapV2Pair__factory.connect(pair, f.keeper).token0()) === tokenIn;
      const bucket = state.buckets.get(`${pair}/${String(inIsFirst)}`) ?? [0n, 0n];
      expect(await f.buyback.bucketOf(pair, tokenIn)).to.deep.equal(bucket);
    }
  }

  it("is that of the views, after lots of both steps, parts of lots, trades of others and pokes", async () => {
    const other = await graduateModel(f);
    await earn(f, usdc(90_000));
    await earn(f, usdc(9_000), other);
    await observe(f);
    await f.buyback.pokeModel(other);
    for (const [wait, modelId] of [[1n, 0n], [40n, f.modelId], [REFILL, other], [REFILL / 2n, 0n]] as const) {
      await networkHelpers.time.increase(wait);
      await f.buyback.buyFlock(modelId, 0n, NO_DEADLINE);
    }
    await expectTold([f.modelId, other]);

    await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE);
    await networkHelpers.time.increase(OBSERVATION_AGE);
    await trade(f.deployer, f.modelPair, f.addresses.flock, tokens(10));
    await pokeAll(f);
    await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE); // a sixth of a lot
    await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    await expectTold([f.modelId, other]);
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

import { expect } from "chai";
import { toBeHex } from "ethers";

import { WAIT, decide, earn, earningFixture, marketFixture, observe, poolOf } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { at, now } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import type { Pool } from "../../support/model/constantProduct.ts";
import { HOUR, MINUTE, NO_DEADLINE, OBSERVATION_AGE, REFILL } from "../../support/time.ts";
import { deployRunner, trade } from "../../support/trades.ts";
import { IUniswapV2Pair__factory } from "../../../typechain-types/index.ts";
import { tokens, usdc } from "../../support/units.ts";

const Q112 = 1n << 112n;

/** Where the canonical pair keeps its cumulative prices. */
const CUMULATIVE_SLOTS = [9n, 10n];

describe("Buyback: observations", () => {
  let f: MarketScene;

  const routeObservation = () => f.buyback.observationOf(f.routePair, f.addresses.usdc);
  const modelObservation = () => f.buyback.observationOf(f.modelPair, f.addresses.flock);
  /** Adds to a price sum what a pool's price is while `duration` passes. */
  const priceQ = ({ reserveIn, reserveOut }: Pool) => (reserveOut * Q112) / reserveIn;
  /** The bound of a whole lot at an average price. */
  const minOutFor = (averageQ: bigint, amountIn: bigint, band = 9_800n) =>
    (((averageQ * amountIn) / Q112) * band) / 10_000n;

  describe("right after graduation", () => {
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(marketFixture);
      await earn(f, usdc(10_000));
    });

    it("graduation has made the first observation, of the pool's 25,000 FLOCK", async () => {
      const [observedAt, averageSince, notedReserve] = await modelObservation();
      const [, graduatedAt] = await f.vault.recordOf(f.modelId);
      expect([observedAt, averageSince, notedReserve]).to.deep.equal([graduatedAt, 0n, tokens(25_000)]);
    });

    it("reverts for a model that has not graduated", async () => {
      for (const modelId of [0n, 2n]) {
        await expect(f.buyback.pokeModel(modelId))
          .to.be.revertedWithCustomError(f.buyback, "Buyback_NotGraduated")
          .withArgs(modelId);
      }
    });

    it("makes no second one before half an hour has passed", async () => {
      const [, graduatedAt] = await f.vault.recordOf(f.modelId);
      await at(graduatedAt + OBSERVATION_AGE - 1n);
      await expect(f.buyback.pokeModel(f.modelId)).not.to.emit(f.buyback, "Poked");
      await expect(f.buyback.pokeModel(f.modelId)).to.emit(f.buyback, "Poked");
      expect(await modelObservation()).to.deep.equal([graduatedAt + OBSERVATION_AGE, graduatedAt, tokens(25_000)]);
    });

    it("returns whether it has made one", async () => {
      const [, graduatedAt] = await f.vault.recordOf(f.modelId);
      await networkHelpers.time.increaseTo(graduatedAt + OBSERVATION_AGE - 1n);
      expect(await f.buyback.pokeModel.staticCall(f.modelId)).to.equal(false);
      await networkHelpers.time.increaseTo(graduatedAt + OBSERVATION_AGE);
      expect(await f.buyback.pokeModel.staticCall(f.modelId)).to.equal(true);
      await f.buyback.pokeModel(f.modelId);
      expect(await f.buyback.pokeModel.staticCall(f.modelId)).to.equal(false);
    });

    it("waits for the second observation, and says when that is due", async () => {
      await f.buyback.pokeRoute();
      await networkHelpers.time.increase(OBSERVATION_AGE);
      await f.buyback.pokeRoute();
      await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
      const [, graduatedAt] = await f.vault.recordOf(f.modelId);
      const lot = await f.buyback.nextMtLot(f.modelId);
      expect([lot.wait, lot.pair, lot.nextAt]).to.deep.equal([
        WAIT.NoObservation,
        f.modelPair,
        graduatedAt + OBSERVATION_AGE,
      ]);
      await f.buyback.pokeModel(f.modelId);
      await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE);
    });
  });

  describe("pokeRoute", () => {
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(marketFixture);
    });

    it("reports the pair, the direction, the cumulative price carried on to now, and the reserve", async () => {
      const pair = IUniswapV2Pair__factory.connect(f.routePair, f.keeper);
      const [, , touchedAt] = await pair.getReserves();
      const inIsFirst = (await pair.token0()) === f.addresses.usdc;
      const last = inIsFirst ? await pair.price0CumulativeLast() : await pair.price1CumulativeLast();
      const time = (await now()) + 100n;
      await at(time);
      const cumulative = last + priceQ(await poolOf(f.routePair, f.addresses.usdc)) * (time - touchedAt);
      await expect(f.buyback.connect(f.stranger).pokeRoute())
        .to.emit(f.buyback, "Poked")
        .withArgs(f.routePair, f.addresses.usdc, cumulative, usdc(2_000_000));
      expect(await routeObservation()).to.deep.equal([time, 0n, usdc(2_000_000)]);
    });

    it("is nothing to the other direction", async () => {
      await f.buyback.pokeRoute();
      expect(await f.buyback.observationOf(f.routePair, f.addresses.flock)).to.deep.equal([0n, 0n, 0n]);
    });

    it("reverts for a token that the pair does not trade", async () => {
      await expect(f.buyback.observationOf(f.routePair, f.mt))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_RouteBroken")
        .withArgs(f.routePair, f.mt);
    });

    it("notes no more than governance vouches for if the first observation comes in a touched block", async () => {
      const { run } = await deployRunner();
      const sync = { target: f.routePair, data: IUniswapV2Pair__factory.createInterface().encodeFunctionData("sync") };
      const poke = { target: f.addresses.buyback, data: f.buyback.interface.encodeFunctionData("pokeRoute") };
      await run([sync, poke]);
      expect(await routeObservation()).to.deep.equal([await now(), 0n, usdc(1_000)]);
      await networkHelpers.time.increase(OBSERVATION_AGE);
      await run([poke, sync]);
      expect((await routeObservation())[2]).to.equal(usdc(2_000_000));
    });

    it("shifts the newer observation to the older when it is half an hour old, not a second sooner", async () => {
      await f.buyback.pokeRoute();
      const firstAt = await now();
      await at(firstAt + OBSERVATION_AGE - 1n);
      await f.buyback.pokeRoute();
      expect(await routeObservation()).to.deep.equal([firstAt, 0n, usdc(2_000_000)]);
      await at(firstAt + OBSERVATION_AGE);
      await f.buyback.pokeRoute();
      expect(await routeObservation()).to.deep.equal([firstAt + OBSERVATION_AGE, firstAt, usdc(2_000_000)]);
    });

    it("notes a reserve that has fallen in a touched block, and one that has risen only in an untouched one", async () => {
      const { run, address } = await deployRunner();
      const sync = { target: f.routePair, data: IUniswapV2Pair__factory.createInterface().encodeFunctionData("sync") };
      const poke = { target: f.addresses.buyback, data: f.buyback.interface.encodeFunctionData("pokeRoute") };
      const grow = { target: f.addresses.usdc, data: f.usdc.interface.encodeFunctionData("transfer", [f.routePair, usdc(1_000)]) }; // prettier-ignore
      const noted = async () => (await routeObservation())[2];
      await f.usdc.transfer(address, usdc(10_000));
      await observe(f);

      await networkHelpers.time.increase(OBSERVATION_AGE);
      await run([grow, sync, poke]);
      expect(await noted()).to.equal(usdc(2_000_000));
      await networkHelpers.time.increase(OBSERVATION_AGE);
      await f.buyback.pokeRoute();
      expect(await noted()).to.equal(usdc(2_001_000));

      await trade(f.deployer, f.routePair, f.addresses.flock, tokens(100_000));
      await networkHelpers.time.increase(OBSERVATION_AGE);
      await run([sync, poke]);
      expect(await noted()).to.equal((await poolOf(f.routePair, f.addresses.usdc)).reserveIn);
      expect((await noted()) < usdc(2_000_000)).to.equal(true);
    });
  });

  describe("the average", () => {
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(earningFixture);
    });

    it("weighs every price by how long it stood", async () => {
      const [, since] = await routeObservation();
      const before = priceQ(await poolOf(f.routePair, f.addresses.usdc));
      await trade(f.deployer, f.routePair, f.addresses.usdc, usdc(5_000));
      const changedAt = await now();
      const after = priceQ(await poolOf(f.routePair, f.addresses.usdc));
      const time = changedAt + 17n * MINUTE;
      await at(time);
      await networkHelpers.mine();
      const lot = await f.buyback.nextFlockLot(0n);
      const averageQ = (before * (changedAt - since) + after * (time - changedAt)) / (time - since);
      expect(lot.amountOutMin).to.equal(minOutFor(averageQ, lot.amountIn));
      expect(after < averageQ && averageQ < before).to.equal(true);
    });

    it("is refused from the second after two hours on", async () => {
      const [observedAt, since] = await routeObservation();
      await at(since + 2n * HOUR);
      await networkHelpers.mine();
      expect((await f.buyback.nextFlockLot(0n)).wait).to.equal(WAIT.None);
      await networkHelpers.mine();
      const lot = await f.buyback.nextFlockLot(0n);
      // The next observation is due already; it was just not made.
      expect([lot.wait, lot.pair]).to.deep.equal([WAIT.NoObservation, f.routePair]);
      expect(lot.nextAt).to.equal(observedAt + OBSERVATION_AGE);
    });

    it("after a silence needs one more observation if the newer one is fresh enough", async () => {
      const [observedAt] = await routeObservation();
      await networkHelpers.time.increaseTo(observedAt + 110n * MINUTE);
      await f.buyback.pokeRoute();
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    });

    it("after a long silence needs two, half an hour apart", async () => {
      await networkHelpers.time.increase(40n * 24n * HOUR);
      await f.buyback.pokeRoute();
      const firstAt = await now();
      const lot = await f.buyback.nextFlockLot(0n);
      expect([lot.wait, lot.nextAt]).to.deep.equal([WAIT.NoObservation, firstAt + OBSERVATION_AGE]);
      await at(firstAt + OBSERVATION_AGE);
      await f.buyback.pokeRoute();
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    });
  });

  describe("a block in which the pair was touched", () => {
    it("asks 99.4% of the average instead of 98%", async () => {
      f = await networkHelpers.loadFixture(earningFixture);
      const pool = await poolOf(f.routePair, f.addresses.usdc);
      await IUniswapV2Pair__factory.connect(f.routePair, f.stranger).sync();
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.amountIn).to.equal(usdc(3_000));
      expect(lot.amountOutMin).to.equal(minOutFor(priceQ(pool), lot.amountIn, 9_940n));
    });
  });

  describe("the wrap-around of Uniswap's numbers", () => {
    /** Puts the cumulative prices of a pair just below 2^256. */
    async function nearTheEnd(pair: string, left: bigint) {
      for (const slot of CUMULATIVE_SLOTS) {
        await networkHelpers.setStorageAt(pair, Number(slot), toBeHex((1n << 256n) - left, 32));
      }
    }

    it("of the cumulative prices, between the two observations", async () => {
      f = await networkHelpers.loadFixture(marketFixture);
      await earn(f, usdc(10_000));
      const averageQ = priceQ(await poolOf(f.routePair, f.addresses.usdc));
      const pair = IUniswapV2Pair__factory.connect(f.routePair, f.deployer);
      await pair.sync();
      await nearTheEnd(f.routePair, averageQ * 20n * MINUTE);
      await networkHelpers.mine();
      await observe(f);
      // The pair itself has carried it over the end.
      await pair.sync();
      const inIsFirst = (await pair.token0()) === f.addresses.usdc;
      const cumulative = inIsFirst ? await pair.price0CumulativeLast() : await pair.price1CumulativeLast();
      expect(cumulative < averageQ * HOUR).to.equal(true);
      await networkHelpers.mine();
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.wait).to.equal(WAIT.None);
      expect(lot.amountOutMin).to.equal(minOutFor(averageQ, lot.amountIn));
      await f.buyback.buyFlock(0n, lot.amountOutMin, NO_DEADLINE);
    });

    it("of the cumulative prices, after the second observation", async () => {
      f = await networkHelpers.loadFixture(marketFixture);
      await earn(f, usdc(10_000));
      const averageQ = priceQ(await poolOf(f.routePair, f.addresses.usdc));
      await IUniswapV2Pair__factory.connect(f.routePair, f.deployer).sync();
      await nearTheEnd(f.routePair, averageQ * 40n * MINUTE);
      await networkHelpers.mine();
      await observe(f);
      await networkHelpers.time.increase(25n * MINUTE);
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.amountOutMin).to.equal(minOutFor(averageQ, lot.amountIn));
      await f.buyback.buyFlock(0n, lot.amountOutMin, NO_DEADLINE);
    });

    it("of the pair's clock of 32 bits, in the year 2106", async () => {
      f = await networkHelpers.loadFixture(marketFixture);
      await earn(f, usdc(10_000));
      const averageQ = priceQ(await poolOf(f.routePair, f.addresses.usdc));
      await networkHelpers.time.increaseTo((1n << 32n) - 20n * MINUTE);
      await IUniswapV2Pair__factory.connect(f.routePair, f.deployer).sync();
      await networkHelpers.mine();
      await observe(f);
      expect((await now()) > 1n << 32n).to.equal(true);
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.amountOutMin).to.equal(minOutFor(averageQ, lot.amountIn));
      await f.buyback.buyFlock(0n, lot.amountOutMin, NO_DEADLINE);
      await networkHelpers.time.increase(REFILL);
      await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
      await f.buyback.pokeModel(f.modelId);
      await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE);
    });
  });

  describe("a pool without liquidity", () => {
    it("is not observed, and nothing is bought in it", async () => {
      f = await networkHelpers.loadFixture(marketFixture);
      const weth = await (await ethers.deployContract("PlainToken", ["WETH", 18, 1n])).getAddress();
      await f.dexFactory.connect(f.deployer).createPair(f.addresses.usdc, weth);
      const empty = await f.dexFactory.getPair(f.addresses.usdc, weth);
      await f.dexFactory.connect(f.deployer).createPair(weth, f.addresses.flock);
      const emptyToo = await f.dexFactory.getPair(weth, f.addresses.flock);
      await earn(f, usdc(10_000));
      const route = [empty, emptyToo].map((pair) => ({ pair, minReserve: 0n }));
      await decide(f, f.buyback, f.buyback.interface.encodeFunctionData("setRoute", [route]));

      await expect(f.buyback.pokeRoute()).not.to.emit(f.buyback, "Poked");
      expect(await f.buyback.observationOf(empty, f.addresses.usdc)).to.deep.equal([0n, 0n, 0n]);
      const lot = await f.buyback.nextFlockLot(0n);
      expect([lot.wait, lot.pair, lot.nextAt]).to.deep.equal([WAIT.ShallowPool, emptyToo, 0n]);
    });
  });
});

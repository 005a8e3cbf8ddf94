import { expect } from "chai";

import { connectAs, interfaceAs } from "../../../sdk/src/ethers/connect.ts";
import { WAIT, decide, earn, marketFixture, observe, poolOf } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { at, now } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { priceQ } from "../../support/model/constantProduct.ts";
import { NO_DEADLINE, OBSERVATION_AGE } from "../../support/time.ts";
import { deployRunner, trade } from "../../support/trades.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("Buyback: observations", () => {
  let f: MarketScene;

  const routeObservation = () => f.buyback.observationOf(f.routePair, f.addresses.usdc);
  const modelObservation = () => f.buyback.observationOf(f.modelPair, f.addresses.flock);

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

    it("reports the pair, the direction, both observations, carried on to now, the reserve and the average", async () => {
      const pair = connectAs("pair", f.routePair, f.keeper);
      const [, , touchedAt] = await pair.getReserves();
      const inIsFirst = (await pair.token0()) === f.addresses.usdc;
      const last = inIsFirst ? await pair.price0CumulativeLast() : await pair.price1CumulativeLast();
      const time = (await now()) + 100n;
      await at(time);
      const cumulative = last + priceQ(await poolOf(f.routePair, f.addresses.usdc)) * (time - touchedAt);
      await expect(f.buyback.connect(f.stranger).pokeRoute())
        .to.emit(f.buyback, "Poked")
        .withArgs(f.routePair, f.addresses.usdc, 0n, 0n, time, cumulative, usdc(2_000_000), 0n);
      expect(await routeObservation()).to.deep.equal([time, 0n, usdc(2_000_000)]);

      const before = priceQ(await poolOf(f.routePair, f.addresses.usdc));
      await at(time + 999n);
      await f.usdc.transfer(f.routePair, usdc(1_000));
      await at(time + 1_000n);
      await pair.sync();
      const after = priceQ(await poolOf(f.routePair, f.addresses.usdc));
      await at(time + 2_500n);
      const newer = cumulative + before * 1_000n + after * 1_500n;
      const average = (newer - cumulative) / 2_500n;
      expect(average < before && average > after).to.equal(true);
      await expect(f.buyback.pokeRoute())
        .to.emit(f.buyback, "Poked")
        .withArgs(f.routePair, f.addresses.usdc, time, cumulative, time + 2_500n, newer, usdc(2_001_000), average);
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
      const sync = { target: f.routePair, data: interfaceAs("pair").encodeFunctionData("sync") };
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
      const sync = { target: f.routePair, data: interfaceAs("pair").encodeFunctionData("sync") };
      const poke = { target: f.addresses.buyback, data: f.buyback.interface.encodeFunctionData("pokeRoute") };
      const grow = {
        target: f.addresses.usdc,
        data: f.usdc.interface.encodeFunctionData("transfer", [f.routePair, usdc(1_000)]),
      };
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

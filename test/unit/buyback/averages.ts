import { expect } from "chai";
import { toBeHex } from "ethers";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { WAIT, earn, earningFixture, marketFixture, observe, poolOf } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { at, now } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { Q112, priceQ } from "../../support/model/constantProduct.ts";
import { HOUR, MINUTE, NO_DEADLINE, OBSERVATION_AGE, REFILL } from "../../support/time.ts";
import { trade } from "../../support/trades.ts";
import { BPS, usdc } from "../../support/units.ts";

/** Where the canonical pair keeps its cumulative prices. */
const CUMULATIVE_SLOTS = [9n, 10n];

describe("Buyback: the averages of observations", () => {
  let f: MarketScene;

  const routeObservation = () => f.buyback.observationOf(f.routePair, f.addresses.usdc);
  /** The bound of a whole lot at an average price. */
  const minOutFor = (averageQ: bigint, amountIn: bigint, band = 9_800n) =>
    (((averageQ * amountIn) / Q112) * band) / BPS;

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
      await connectAs("pair", f.routePair, f.stranger).sync();
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
      const pair = connectAs("pair", f.routePair, f.deployer);
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
      await connectAs("pair", f.routePair, f.deployer).sync();
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
      await connectAs("pair", f.routePair, f.deployer).sync();
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
});

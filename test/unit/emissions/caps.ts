import { expect } from "chai";

import { earningFixture, settle, toNoonIn } from "../../support/earning.ts";
import type { Earning } from "../../support/earning.ts";
import { createPool } from "../../support/buyback.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { flockPerMt, flockPerUsdc, moveFlockTo, moveMtBy, observePrices, setCapsOf } from "../../support/markets.ts";
import { DAY, HOUR, OBSERVATION_AGE } from "../../support/time.ts";
import { BPS, WAD, tokens, usdc } from "../../support/units.ts";
import { govern } from "../../support/scenes.ts";

/** A cap that does not bind here, and rewards that may be worth a quarter of net revenue. */
const BY_WORTH = { maxFlockPerUsdc: tokens(1_000), maxRewardBps: 2_500n };

async function byWorthFixture() {
  const f = await networkHelpers.loadFixture(earningFixture);
  await setCapsOf(f, BY_WORTH);
  return f;
}

const today = (f: Earning) => f.emissions.currentEpoch();
const capNow = async (f: Earning) => f.emissions.capOf(await today(f));
const use = (f: Earning) => settle(f, f.modelId, [{ user: f.bob, list: usdc(10) }]);
/** A quarter of what one USDC buys. */
const quarterOf = (flock: bigint) => (flock * BY_WORTH.maxRewardBps) / BPS;

describe("EmissionDistributor: the cap of an epoch", () => {
  it("is the fixed cap while the bound by worth is off, whatever the averages show", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await observePrices(f);
    expect(await capNow(f)).to.equal(tokens(200));
  });

  it("is what a part of a USDC buys at the route's average price, rounded down", async () => {
    const f = await networkHelpers.loadFixture(byWorthFixture);
    await observePrices(f);
    expect(await f.buyback.averageFlockFor(usdc(1))).to.equal(WAD);
    expect(await capNow(f)).to.equal(WAD / 4n);
    await moveFlockTo(f, WAD / 10n);
    await networkHelpers.time.increase(2n * HOUR);
    await observePrices(f);
    const price = await flockPerUsdc(f);
    expect(await capNow(f)).to.be.closeTo(quarterOf(price), 10n ** 12n);
    expect(await capNow(f)).to.be.at.most(quarterOf(price));
  });

  it("is never more than the fixed cap, however cheap FLOCK is", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await setCapsOf(f, { maxFlockPerUsdc: WAD / 5n, maxRewardBps: 2_500n });
    await observePrices(f);
    expect(await capNow(f)).to.equal(WAD / 5n);
  });

  describe("given that there is no average yet", () => {
    it("is the fixed cap: never observed", async () => {
      const f = await networkHelpers.loadFixture(byWorthFixture);
      expect(await f.buyback.averageFlockFor(usdc(1))).to.equal(0n);
      expect(await capNow(f)).to.equal(BY_WORTH.maxFlockPerUsdc);
    });

    it("is the fixed cap: observed less than half an hour ago", async () => {
      const f = await networkHelpers.loadFixture(byWorthFixture);
      await f.buyback.pokeRoute();
      await networkHelpers.time.increase(OBSERVATION_AGE - 2n);
      expect(await capNow(f)).to.equal(BY_WORTH.maxFlockPerUsdc);
      await networkHelpers.time.increase(2n);
      expect(await capNow(f)).to.equal(WAD / 4n);
    });

    it("is the fixed cap: no route", async () => {
      const f = await networkHelpers.loadFixture(byWorthFixture);
      await govern(f, f.addresses.buyback, f.buyback.interface.encodeFunctionData("setRoute", [[]]));
      await observePrices(f);
      expect(await capNow(f)).to.equal(BY_WORTH.maxFlockPerUsdc);
    });
  });

  it("stays bound by worth when nobody observes any more, at the average since the last observation", async () => {
    const f = await networkHelpers.loadFixture(byWorthFixture);
    await observePrices(f);
    await networkHelpers.time.increase(30n * DAY);
    expect(await capNow(f)).to.equal(WAD / 4n);
    await moveFlockTo(f, WAD / 2n);
    await networkHelpers.time.increase(10n * DAY);
    // 30 days at one for a USDC, then 10 at two.
    expect(await capNow(f)).to.be.closeTo(quarterOf((WAD * 5n) / 4n), WAD / 1_000n);
  });

  it("stays bound by worth when the pool has become shallower than what the route needs to buy", async () => {
    const f = await networkHelpers.loadFixture(byWorthFixture);
    await observePrices(f);
    const [hop] = await f.buyback.routePairs();
    const route = [{ pair: hop!.pair, minReserve: 2n ** 88n - 1n }];
    await govern(f, f.addresses.buyback, f.buyback.interface.encodeFunctionData("setRoute", [route]));
    expect(await capNow(f)).to.equal(WAD / 4n);
  });

  it("goes over both pairs of a route, and needs the average of each", async () => {
    const f = await networkHelpers.loadFixture(byWorthFixture);
    const weth = await ethers.deployContract("PlainToken", ["WETH", 18, 10n ** 30n]);
    const middle = await weth.getAddress();
    const first = await createPool(f.dexFactory, f.deployer, [
      { token: f.addresses.usdc, amount: usdc(2_000_000) },
      { token: middle, amount: tokens(800) },
    ]);
    const second = await createPool(f.dexFactory, f.deployer, [
      { token: middle, amount: tokens(500) },
      { token: f.addresses.flock, amount: tokens(1_250_000) },
    ]);
    const route = [first, second].map((pair) => ({ pair, minReserve: 1n }));
    await govern(f, f.addresses.buyback, f.buyback.interface.encodeFunctionData("setRoute", [route]));
    await f.buyback.pokeRoute();
    expect(await f.buyback.averageFlockFor(usdc(1))).to.equal(0n);
    await networkHelpers.time.increase(OBSERVATION_AGE);
    // 2,500 USDC for a WETH, 2,500 FLOCK for a WETH: one for one; the price of each pair rounds down.
    expect(await f.buyback.averageFlockFor(usdc(1))).to.be.closeTo(WAD, 10n ** 9n);
    expect(await capNow(f)).to.be.closeTo(WAD / 4n, 10n ** 9n);
  });

  it("is fixed by the first settlement of the epoch, for all models; the next epoch reads anew", async () => {
    const f = await networkHelpers.loadFixture(byWorthFixture);
    await observePrices(f);
    await use(f);
    const epoch = await today(f);
    expect((await f.emissions.epochTotalsOf(epoch)).cap).to.equal(WAD / 4n);
    await moveFlockTo(f, WAD / 2n);
    await networkHelpers.time.increase(2n * HOUR);
    await observePrices(f);
    await use(f);
    expect(await f.emissions.capOf(epoch)).to.equal(WAD / 4n);
    expect((await f.emissions.modelRewardsOf(f.modelId)).openCap).to.equal(WAD / 4n);

    await toNoonIn(1n);
    await observePrices(f);
    await use(f);
    expect(await capNow(f)).to.be.closeTo(WAD / 2n, WAD / 100n);
    expect(await f.emissions.capOf(epoch)).to.equal(WAD / 4n);
    expect(await f.emissions.capOf(epoch - 1n)).to.equal(0n);
  });
});

describe("EmissionDistributor: what MT counts for in an epoch", () => {
  const priceOf = async (f: Earning) => (await f.emissions.modelRewardsOf(f.modelId)).openPrice;

  it("is the price at which the pool opened, as long as it has stayed there", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await use(f);
    expect(await priceOf(f)).to.equal(tokens("0.125"));
  });

  it("is the average if that is higher, though nobody has observed the pool since graduation", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await moveMtBy(f, 500n);
    await networkHelpers.time.increase(60n * DAY);
    await use(f);
    expect(await priceOf(f)).to.be.closeTo(((await flockPerMt(f)) * 9n) / 10n, (await flockPerMt(f)) / 10n);
  });

  it("is the average if that is higher, rounded up, and stays so however prices move on that day", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await moveMtBy(f, 300n);
    await observePrices(f);
    const price = await flockPerMt(f);
    await use(f);
    const counted = await priceOf(f);
    expect(counted).to.be.closeTo(price, 10n ** 6n);
    expect(counted).to.be.at.least(price);
    await moveMtBy(f, 20n);
    await networkHelpers.time.increase(2n * HOUR);
    await observePrices(f);
    await use(f);
    expect(await priceOf(f)).to.equal(counted);
  });

  it("is the opening price if the average is lower", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await moveMtBy(f, 30n);
    await observePrices(f);
    expect(await f.buyback.averageMtPrice(f.modelId)).to.be.lessThan(tokens("0.05"));
    await use(f);
    expect(await priceOf(f)).to.equal(tokens("0.125"));
  });

  it("has an average only for a model that has graduated", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await expect(f.buyback.averageMtPrice(99n))
      .to.be.revertedWithCustomError(f.buyback, "Buyback_NotGraduated")
      .withArgs(99n);
  });
});

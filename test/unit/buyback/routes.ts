import { expect } from "chai";

import { connectAs, connectToken } from "../../../sdk/src/ethers/connect.ts";
import { WAIT, createPool, earn, fillModel, marketScene, observe, poolOf } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { amountOut, largestFor } from "../../support/model/constantProduct.ts";
import type { Pool } from "../../support/model/constantProduct.ts";
import { HOUR, NO_DEADLINE, REFILL } from "../../support/time.ts";
import { trade } from "../../support/trades.ts";
import { tokens, usdc } from "../../support/units.ts";

/** One side of each pair of a route: how much of the token that comes in, and of the one that goes out. */
type Depth = readonly [into: bigint, out: bigint];

/** A market whose route leads over tokens of its own, through canonical pairs as deep as said. */
async function routeScene(decimals: readonly number[], depths: readonly Depth[]) {
  return marketScene(async ({ usdc: usdcAddress, flock, dexFactory }, deployer) => {
    const factory = connectAs("dexFactory", dexFactory, deployer);
    const between = [];
    for (const [i, unit] of decimals.entries()) {
      const token = await ethers.deployContract("PlainToken", [`T${i}`, unit, 10n ** 30n]);
      between.push(await token.getAddress());
    }
    const path = [usdcAddress, ...between, flock];
    const route = [];
    for (const [i, [into, out]] of depths.entries()) {
      const pair = await createPool(factory, deployer, [
        { token: path[i]!, amount: into },
        { token: path[i + 1]!, amount: out },
      ]);
      route.push({ pair, minReserveWei: "1" });
    }
    return { route };
  });
}

const SATS = 10n ** 8n;

/** The first pair is the narrow one: 0.15% of 200,000 USDC. */
const firstIsNarrow = () =>
  routeScene(
    [18],
    [
      [usdc(200_000), tokens(80)],
      [tokens(4_000), tokens(10_000_000)],
    ],
  );
/** The second pair is the narrow one: 0.15% of 40 WETH. */
const secondIsNarrow = () =>
  routeScene(
    [18],
    [
      [usdc(2_000_000), tokens(800)],
      [tokens(40), tokens(100_000)],
    ],
  );
/** Three pairs over 18 and 8 decimals, the last one narrow. */
const lastOfThreeIsNarrow = () =>
  routeScene(
    [18, 8],
    [
      [usdc(3_000_000), tokens(1_200)],
      [tokens(900), 30n * SATS],
      [1n * SATS, tokens(75_000)],
    ],
  );
/** Three pairs, the one in the middle narrow. */
const middleOfThreeIsNarrow = () =>
  routeScene(
    [18, 8],
    [
      [usdc(3_000_000), tokens(1_200)],
      [tokens(90), 3n * SATS],
      [50n * SATS, tokens(3_750_000)],
    ],
  );

/** PancakeSwap's fee with its bucket, over a pair that takes `pairFeeBps`. */
const feeScene = (protocolFeeBps: number, pairFeeBps: number) =>
  marketScene(async ({ usdc: usdcAddress, flock }, deployer) => {
    const pair = await ethers.deployContract("FeePair", [usdcAddress, flock, pairFeeBps]);
    const address = await pair.getAddress();
    await connectAs("usdc", usdcAddress, deployer).transfer(address, usdc(2_000_000));
    await connectAs("flock", flock, deployer).transfer(address, tokens(2_000_000));
    await pair.getFunction("sync").send();
    return { pairFeeBps: protocolFeeBps, bucketBps: 12, route: [{ pair: address, minReserveWei: "1" }] };
  });
const pancakeScene = () => feeScene(25, 25);
const wrongFeeScene = () => feeScene(25, 30);

describe("Buyback: routes", () => {
  /** The pools of the route in order, as they are now. */
  async function poolsOf(f: MarketScene): Promise<{ pair: string; tokenIn: string; pool: Pool }[]> {
    const hops = [];
    let tokenIn = f.addresses.usdc;
    for (const { pair } of await f.buyback.routePairs()) {
      hops.push({ pair, tokenIn, pool: await poolOf(pair, tokenIn) });
      const tokensOfPair = await Promise.all(
        ["token0", "token1"].map(async (side) => {
          const data = ethers.id(`${side}()`).slice(0, 10);
          return ethers.getAddress(`0x${(await ethers.provider.call({ to: pair, data })).slice(26)}`);
        }),
      );
      tokenIn = tokensOfPair.find((token) => token !== tokenIn)!;
    }
    return hops;
  }

  /** What each pool gives for what the one before gave. */
  const through = (pools: readonly Pool[], amountIn: bigint) =>
    pools.reduce<bigint[]>((amounts, pool) => [...amounts, amountOut(pool, amounts.at(-1)!)], [amountIn]);

  /** The largest input for which no pool gets more than 0.15% of its reserve. */
  const largestLot = (pools: readonly Pool[]) =>
    largestFor(pools[0]!.reserveIn, (amountIn) =>
      pools.every((pool, i) => through(pools, amountIn)[i]! <= (pool.reserveIn * 15n) / 10_000n),
    );

  const cases = [
    { name: "two pairs, the first narrow", scene: firstIsNarrow, narrow: 0 },
    { name: "two pairs, the second narrow", scene: secondIsNarrow, narrow: 1 },
    { name: "three pairs, the last narrow", scene: lastOfThreeIsNarrow, narrow: 2 },
    { name: "three pairs, the middle one narrow", scene: middleOfThreeIsNarrow, narrow: 1 },
  ];
  for (const { name, scene, narrow } of cases) {
    describe(`over ${name}`, () => {
      let f: MarketScene;
      let hops: Awaited<ReturnType<typeof poolsOf>>;
      let pools: Pool[];
      beforeEach(async () => {
        f = await networkHelpers.loadFixture(scene);
        await earn(f, usdc(1_000_000));
        await observe(f);
        hops = await poolsOf(f);
        pools = hops.map(({ pool }) => pool);
      });

      it("buys the largest lot for which no pool passes its bucket", async () => {
        const { amountIn } = await f.buyback.nextFlockLot(0n);
        const largest = largestLot(pools);
        const reached = through(pools, amountIn);
        for (const [i, pool] of pools.entries()) expect(reached[i]! <= (pool.reserveIn * 15n) / 10_000n).to.equal(true);
        // Inverses are rounded down once for each pair behind: by a unit of that pair's input.
        expect(amountIn <= largest).to.equal(true);
        const slack = through(pools, largest).map((amount, i) => amount - reached[i]!);
        expect(slack[narrow]! <= 2n).to.equal(true);
      });

      it("gives what the pools give one after the other, and burns it", async () => {
        const { amountIn, amountOut: out } = await f.buyback.nextFlockLot(0n);
        expect(out).to.equal(through(pools, amountIn).at(-1));
        const supply = await f.flock.totalSupply();
        await expect(f.buyback.buyFlock(0n, out, NO_DEADLINE))
          .to.emit(f.buyback, "FlockBought")
          .withArgs(0n, f.keeper, amountIn, out, out, 0n);
        expect(await f.flock.totalSupply()).to.equal(supply - out);
      });

      it("passes every token from pair to pair and never holds one in between", async () => {
        const { amountIn } = await f.buyback.nextFlockLot(0n);
        const reached = through(pools, amountIn);
        await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
        for (const [i, { pair, tokenIn, pool }] of hops.entries()) {
          const after = await poolOf(pair, tokenIn);
          expect(after.reserveIn).to.equal(pool.reserveIn + reached[i]!);
          expect(after.reserveOut).to.equal(pool.reserveOut - reached[i + 1]!);
          const token = connectToken(tokenIn, f.keeper);
          expect(await token.balanceOf(f.buyback)).to.equal(0n);
        }
      });

      it("waits for the narrow pair's bucket, and buys a whole lot when it is empty again", async () => {
        const { amountIn } = await f.buyback.nextFlockLot(0n);
        await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
        // Nothing is left but what rounding has left, which buys nothing.
        expect((await f.buyback.nextFlockLot(0n)).wait).to.be.oneOf([WAIT.BucketEmpty, WAIT.PriceOff]);
        await networkHelpers.time.increase(REFILL);
        const next = await f.buyback.nextFlockLot(0n);
        expect(next.wait).to.equal(WAIT.None);
        // The first lot has raised the price, so the narrow pair gets there with a little more of the first token.
        expect(next.amountIn * 1_000n >= amountIn * 999n).to.equal(true);
      });

      it("does not buy when any one of the pairs asks too much", async () => {
        for (const { pair, tokenIn, pool } of hops) {
          const snapshot = await networkHelpers.takeSnapshot();
          await trade(f.deployer, pair, tokenIn, pool.reserveIn / 90n);
          const lot = await f.buyback.nextFlockLot(0n);
          expect([lot.wait, lot.pair]).to.deep.equal([WAIT.PriceOff, pair]);
          await snapshot.restore();
        }
      });

      it("does not buy when any one of the pairs has no average", async () => {
        await networkHelpers.time.increase(3n * HOUR);
        const lot = await f.buyback.nextFlockLot(0n);
        expect(lot.wait).to.equal(WAIT.NoObservation);
        expect(lot.pair).to.equal(hops.at(-1)!.pair);
      });
    });
  }

  describe("over a pair with PancakeSwap's fee of 0.25%", () => {
    let f: MarketScene;
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(pancakeScene);
      await earn(f, usdc(100_000));
      await observe(f);
    });

    it("buys 0.12% of the reserve, and takes all that the pair gives", async () => {
      const pair = (await f.buyback.routePairs())[0]!.pair;
      const pool = await poolOf(pair, f.addresses.usdc, 25n);
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.amountIn).to.equal(usdc(2_400));
      expect(lot.amountOut).to.equal(amountOut(pool, usdc(2_400)));
      expect(lot.amountOut > amountOut({ ...pool, feeBps: 30n }, usdc(2_400))).to.equal(true);
      await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE)).to.changeTokenBalance(
        ethers,
        f.flock,
        pair,
        -lot.amountOut,
      );
    });

    it("fails as a whole over a pair that takes more than the protocol was told, and nothing is lost", async () => {
      f = await networkHelpers.loadFixture(wrongFeeScene);
      await earn(f, usdc(100_000));
      await observe(f);
      const pair = (await f.buyback.routePairs())[0]!.pair;
      const feePair = await ethers.getContractAt("FeePair", pair);
      await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE)).to.be.revertedWithCustomError(
        feePair,
        "FeePair_ProductFalls",
      );
      expect((await f.buyback.nextFlockLot(0n)).credit).to.equal(usdc(30_000));
    });
  });

  it("over one canonical pair, a fee of 0.25% is refused by the pair's own check", async () => {
    const f = await networkHelpers.loadFixture(tooLowFeeScene);
    await earn(f, usdc(100_000));
    await observe(f);
    await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE)).to.be.revertedWith("UniswapV2: K");
    await expect(fillModel(f)).to.be.revertedWith("UniswapV2: K");
  });
});

/** A protocol that was told 0.25% on Uniswap's own pairs. */
function tooLowFeeScene() {
  return marketScene(() => Promise.resolve({ pairFeeBps: 25 }));
}

import { expect } from "chai";

import {
  FLOCK_SEAT,
  WAIT,
  WHOLE_LOT,
  earn,
  earningFixture,
  fillModel,
  graduateModel,
  marketScene,
  modelSeat,
  observe,
  poolOf,
} from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { at, now } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { amountOut } from "../../support/model/constantProduct.ts";
import { NO_DEADLINE, REFILL } from "../../support/time.ts";
import { tokens, usdc } from "../../support/units.ts";

const DEAD = "0x000000000000000000000000000000000000dEaD";

describe("Buyback: buyFlock", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
  });

  /** What the route gives now for an input. */
  const flockFor = async (amountIn: bigint) => amountOut(await poolOf(f.routePair, f.addresses.usdc), amountIn);

  describe("guards", () => {
    it("reverts after its deadline, before everything else", async () => {
      const time = (await now()) + 10n;
      await at(time);
      await expect(f.buyback.buyFlock(7n, tokens(1_000_000), time - 1n))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_DeadlinePassed")
        .withArgs(time - 1n, time);
    });

    it("goes through in the last second of its deadline", async () => {
      const time = (await now()) + 10n;
      await at(time);
      await f.buyback.buyFlock(0n, 0n, time);
    });

    it("reverts with the reason when there is nothing to buy, also for a model that does not exist", async () => {
      await expect(f.buyback.buyFlock(7n, 0n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.NoCredit, ethers.ZeroAddress);
    });

    it("reverts one wei below the caller's minimum, and accepts the minimum exactly", async () => {
      const out = await flockFor(WHOLE_LOT);
      await expect(f.buyback.buyFlock(0n, out + 1n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_OutputBelowMin")
        .withArgs(out, out + 1n);
      await f.buyback.buyFlock(0n, out, NO_DEADLINE);
    });

    it("reverts for an id that no seat can have", async () => {
      await expect(f.buyback.buyFlock(1n << 248n, 0n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "SafeCastOverflowedUintDowncast")
        .withArgs(248n, 1n << 248n);
    });

    it("takes anybody as its caller", async () => {
      await f.buyback.connect(f.stranger).buyFlock(0n, 0n, NO_DEADLINE);
    });
  });

  describe("given 3,000 USDC of credit for burning, a whole lot", () => {
    it("spends the credit of the FLOCK seat", async () => {
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.equal(0n);
      expect(await f.waterfall.creditOf(modelSeat(f.modelId))).to.equal(usdc(3_000));
    });

    it("moves the USDC straight from the waterfall to the pair", async () => {
      await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE)).to.changeTokenBalances(
        ethers,
        f.usdc,
        [f.waterfall, f.routePair, f.buyback, f.keeper],
        [-WHOLE_LOT, WHOLE_LOT, 0n, 0n],
      );
    });

    it("burns exactly what the pair gave", async () => {
      const out = await flockFor(WHOLE_LOT);
      const supply = await f.flock.totalSupply();
      await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE)).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.routePair, f.buyback, f.keeper],
        [-out, 0n, 0n],
      );
      expect(await f.flock.totalSupply()).to.equal(supply - out);
    });

    it("is no model's FLOCK", async () => {
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      expect(await f.buyback.flockOf(0n)).to.equal(0n);
      expect(await f.buyback.flockOf(f.modelId)).to.equal(0n);
    });

    it("is reported with its caller", async () => {
      const out = await flockFor(WHOLE_LOT);
      const tx = f.buyback.connect(f.stranger).buyFlock(0n, 0n, NO_DEADLINE);
      await expect(tx).to.emit(f.buyback, "FlockBought").withArgs(0n, f.stranger, WHOLE_LOT, out, out, 0n);
    });

    it("returns the lot that the view announced", async () => {
      const announced = await f.buyback.nextFlockLot(0n);
      const lot = await f.buyback.buyFlock.staticCall(0n, 0n, NO_DEADLINE);
      const upTo = (values: readonly unknown[]) => values.slice(0, 5);
      expect(upTo(lot)).to.deep.equal(upTo(announced));
      expect(lot.amountIn).to.equal(WHOLE_LOT);
      expect(lot.amountOut).to.equal(await flockFor(WHOLE_LOT));
    });
  });

  it("keeps a model's FLOCK for it, and burns nothing", async () => {
    const out = await flockFor(WHOLE_LOT);
    const supply = await f.flock.totalSupply();
    const tx = f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
    await expect(tx).to.emit(f.buyback, "FlockBought").withArgs(f.modelId, f.keeper, WHOLE_LOT, out, 0n, out);
    expect(await f.buyback.flockOf(f.modelId)).to.equal(out);
    expect(await f.flock.balanceOf(f.buyback)).to.equal(out);
    expect(await f.flock.totalSupply()).to.equal(supply);
  });

  it("adds to what a model has, and to no other model's", async () => {
    const other = await graduateModel(f);
    await earn(f, usdc(20_000), other);
    await observe(f);
    const first = await flockFor(WHOLE_LOT);
    await fillModel(f);
    const second = await flockFor(WHOLE_LOT);
    await f.buyback.buyFlock(other, 0n, NO_DEADLINE);
    expect(await f.buyback.flockOf(f.modelId)).to.equal(first);
    expect(await f.buyback.flockOf(other)).to.equal(second);
    await networkHelpers.time.increase(REFILL);
    const third = await flockFor(WHOLE_LOT);
    await f.buyback.buyFlock(other, 0n, NO_DEADLINE);
    expect(await f.buyback.flockOf(other)).to.equal(second + third);
    expect(await f.flock.balanceOf(f.buyback)).to.equal(first + second + third);
  });

  it("takes one lot and leaves the rest of the credit", async () => {
    await earn(f, usdc(90_000));
    await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.equal(usdc(27_000));
  });
});

/** FLOCK has no burn. */
const unburnableScene = () => marketScene(() => Promise.resolve({ flockBurns: false }));

describe("Buyback: buyFlock, given FLOCK that has no burn", () => {
  it("sends it to the dead address", async () => {
    const f = await networkHelpers.loadFixture(unburnableScene);
    await earn(f, usdc(10_000));
    await observe(f);
    const out = amountOut(await poolOf(f.routePair, f.addresses.usdc), WHOLE_LOT);
    const supply = await f.flock.totalSupply();
    const tx = f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    await expect(tx).to.changeTokenBalances(ethers, f.flock, [f.buyback, DEAD], [0n, out]);
    await expect(tx).to.emit(f.buyback, "FlockBought").withArgs(0n, f.keeper, WHOLE_LOT, out, out, 0n);
    expect(await f.flock.totalSupply()).to.equal(supply);
  });
});

import { expect } from "chai";

import { WAIT, earn, earningFixture, fillModel, graduateModel, observe, poolOf } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { at, now } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { amountOut } from "../../support/model/constantProduct.ts";
import { NO_DEADLINE, OBSERVATION_AGE } from "../../support/time.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("Buyback: buyMt", () => {
  /** A whole lot of the model's pool: 0.15% of 25,000 FLOCK. */
  const MT_LOT = (tokens(25_000) * 15n) / 10_000n;

  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
    await fillModel(f);
  });

  const mtFor = async (amountIn: bigint) => amountOut(await poolOf(f.modelPair, f.addresses.flock), amountIn);

  describe("guards", () => {
    it("reverts after its deadline", async () => {
      const time = (await now()) + 10n;
      await at(time);
      await expect(f.buyback.buyMt(f.modelId, 0n, time - 1n))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_DeadlinePassed")
        .withArgs(time - 1n, time);
    });

    it("reverts for a model without a token", async () => {
      for (const modelId of [0n, 2n]) {
        await expect(f.buyback.buyMt(modelId, 0n, NO_DEADLINE))
          .to.be.revertedWithCustomError(f.buyback, "Buyback_NotGraduated")
          .withArgs(modelId);
      }
    });

    it("reverts with the reason when no FLOCK waits", async () => {
      const other = await graduateModel(f);
      await expect(f.buyback.buyMt(other, 0n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.NoCredit, ethers.ZeroAddress);
    });

    it("reverts one wei below the caller's minimum, and accepts the minimum exactly", async () => {
      const out = await mtFor(MT_LOT);
      await expect(f.buyback.buyMt(f.modelId, out + 1n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_OutputBelowMin")
        .withArgs(out, out + 1n);
      await f.buyback.buyMt(f.modelId, out, NO_DEADLINE);
    });
  });

  it("pays 0.15% of the pool's FLOCK from what waits for the model", async () => {
    const waiting = await f.buyback.flockOf(f.modelId);
    await expect(f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE)).to.changeTokenBalances(
      ethers,
      f.flock,
      [f.buyback, f.modelPair, f.keeper],
      [-MT_LOT, MT_LOT, 0n],
    );
    expect(await f.buyback.flockOf(f.modelId)).to.equal(waiting - MT_LOT);
  });

  it("burns exactly what the pair gave", async () => {
    const out = await mtFor(MT_LOT);
    const supply = await f.mt.totalSupply();
    await expect(f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE)).to.changeTokenBalances(
      ethers,
      f.mt,
      [f.modelPair, f.buyback, f.keeper],
      [-out, 0n, 0n],
    );
    expect(await f.mt.totalSupply()).to.equal(supply - out);
  });

  it("is reported with its caller and what still waits", async () => {
    const waiting = await f.buyback.flockOf(f.modelId);
    await expect(f.buyback.connect(f.stranger).buyMt(f.modelId, 0n, NO_DEADLINE))
      .to.emit(f.buyback, "MtBurned")
      .withArgs(f.modelId, f.stranger, MT_LOT, await mtFor(MT_LOT), waiting - MT_LOT);
  });

  it("returns what the view announced", async () => {
    const announced = await f.buyback.nextMtLot(f.modelId);
    const lot = await f.buyback.buyMt.staticCall(f.modelId, 0n, NO_DEADLINE);
    expect(lot.slice(0, 5)).to.deep.equal(announced.slice(0, 5));
    expect(lot.amountOut).to.equal(await mtFor(MT_LOT));
  });

  it("spends all that waits when that is less than a lot", async () => {
    const other = await graduateModel(f);
    await earn(f, usdc(10), other);
    await observe(f);
    await f.buyback.pokeModel(other);
    await networkHelpers.time.increase(OBSERVATION_AGE);
    await f.buyback.pokeModel(other);
    await f.buyback.buyFlock(other, 0n, NO_DEADLINE);
    const waiting = await f.buyback.flockOf(other);
    expect(waiting < tokens(3)).to.equal(true);
    const tx = f.buyback.buyMt(other, 0n, NO_DEADLINE);
    await expect(tx).to.changeTokenBalance(ethers, f.flock, f.buyback, -waiting);
    expect(await f.buyback.flockOf(other)).to.equal(0n);
  });

  it("leaves every other balance alone: a donation of FLOCK is nobody's credit", async () => {
    const waiting = await f.buyback.flockOf(f.modelId);
    await f.flock.transfer(f.buyback, tokens(5_000));
    expect(await f.buyback.flockOf(f.modelId)).to.equal(waiting);
    expect((await f.buyback.nextMtLot(f.modelId)).credit).to.equal(waiting);
  });
});

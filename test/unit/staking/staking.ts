import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { at, now, until } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { WARM_UP } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";
import { stakedModelsFixture, timeOf } from "../../support/usage/serving.ts";
import type { StakedScene } from "../../support/usage/serving.ts";

describe("ModelStaking: staking", () => {
  let f: StakedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(stakedModelsFixture);
    for (const token of [f.mt, f.mt2]) await token.connect(f.carol).approve(f.addresses.staking, MaxUint256);
  });

  const staking = () => f.staking.connect(f.carol);

  describe("stake", () => {
    it("reverts for an amount of zero", async () => {
      await expect(staking().stake(1n, 0n)).to.be.revertedWithCustomError(f.staking, "Staking_ZeroAmount");
    });

    it("reverts for a model whose raise is open, one that does not exist, and model 0", async () => {
      for (const modelId of [3n, 4n, 0n]) {
        await expect(staking().stake(modelId, 1n))
          .to.be.revertedWithCustomError(f.staking, "Staking_NotGraduated")
          .withArgs(modelId);
      }
    });

    it("reverts for more than the caller holds", async () => {
      const held = await f.mt.balanceOf(f.carol);
      await expect(staking().stake(1n, held + 1n))
        .to.be.revertedWithCustomError(f.mt, "ERC20InsufficientBalance")
        .withArgs(f.carol, held, held + 1n);
    });

    it("reverts for more than the caller has approved", async () => {
      await expect(f.staking.connect(f.bob).stake(1n, 5n))
        .to.be.revertedWithCustomError(f.mt, "ERC20InsufficientAllowance")
        .withArgs(f.addresses.staking, 0n, 5n);
    });

    it("takes the tokens, warms them up and reports it", async () => {
      const tx = await staking().stake(1n, tokens(100));
      const warmAt = (await timeOf(tx)) + WARM_UP;
      const record = [0n, tokens(100), warmAt, 0n, 0n];
      await expect(tx).to.emit(f.staking, "Staked").withArgs(1n, f.carol, tokens(100), record);
      await expect(tx).to.changeTokenBalances(ethers, f.mt, [f.carol, f.staking], [-tokens(100), tokens(100)]);
      expect(await f.staking.stakeRecordOf(1n, f.carol)).to.deep.equal(record);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(0n);
    });

    it("counts 24 hours later, not a second earlier", async () => {
      const tx = await staking().stake(1n, tokens(100));
      const warmAt = (await timeOf(tx)) + WARM_UP;
      await until(warmAt - 1n);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(0n);
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(0n);
      await until(warmAt);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(100));
      expect(await f.staking.stakeRecordOf(1n, f.carol)).to.deep.equal([tokens(100), 0n, warmAt, 0n, 0n]);
    });

    it("restarts the clock of what is still warming up", async () => {
      const first = await timeOf(await staking().stake(1n, tokens(100)));
      await at(first + WARM_UP - 1n);
      await staking().stake(1n, tokens(10));
      const warmAt = first + 2n * WARM_UP - 1n;
      expect(await f.staking.stakeRecordOf(1n, f.carol)).to.deep.equal([0n, tokens(110), warmAt, 0n, 0n]);
      await until(warmAt - 1n);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(0n);
      await until(warmAt);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(110));
    });

    it("leaves what has warmed up alone, at the very second at which it has", async () => {
      const first = await timeOf(await staking().stake(1n, tokens(100)));
      await at(first + WARM_UP);
      await staking().stake(1n, tokens(10));
      const warmAt = first + 2n * WARM_UP;
      expect(await f.staking.stakeRecordOf(1n, f.carol)).to.deep.equal([tokens(100), tokens(10), warmAt, 0n, 0n]);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(100));
    });

    it("keeps models and users apart", async () => {
      await f.mt.connect(f.bob).approve(f.addresses.staking, MaxUint256);
      await staking().stake(1n, tokens(100));
      await staking().stake(2n, tokens(7));
      await f.staking.connect(f.bob).stake(1n, tokens(3));
      await until((await now()) + WARM_UP);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(100));
      expect(await f.staking.stakeOf(2n, f.carol)).to.equal(tokens(7));
      expect(await f.staking.stakeOf(1n, f.bob)).to.equal(tokens(3));
      expect(await f.staking.stakeOf(2n, f.bob)).to.equal(0n);
      expect(await f.mt.balanceOf(f.staking)).to.equal(tokens(103));
      expect(await f.mt2.balanceOf(f.staking)).to.equal(tokens(7));
    });

    it("works for all that exists: the whole of what was sold", async () => {
      const held = await f.mt.balanceOf(f.carol);
      await f.mt.connect(f.bob).transfer(f.carol, await f.mt.balanceOf(f.bob));
      const all = await f.mt.balanceOf(f.carol);
      expect(all).to.be.greaterThan(held);
      await staking().stake(1n, all);
      expect(await f.mt.balanceOf(f.staking)).to.equal(tokens(400_000));
    });
  });
});

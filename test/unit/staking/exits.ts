import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { at, now, until } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { COOLDOWN, HOUR, WARM_UP } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";
import { stakedModelsFixture, timeOf } from "../../support/usage/serving.ts";
import type { StakedScene } from "../../support/usage/serving.ts";

/** Carol has 100 MT that count and 40 that warm up. */
async function warmingFixture() {
  const f = await stakedModelsFixture();
  await f.mt.connect(f.carol).approve(f.addresses.staking, MaxUint256);
  await f.staking.connect(f.carol).stake(1n, tokens(100));
  await until((await now()) + WARM_UP);
  const tx = await f.staking.connect(f.carol).stake(1n, tokens(40));
  return { ...f, warmAt: (await timeOf(tx)) + WARM_UP };
}

describe("ModelStaking: exits", () => {
  let f: StakedScene & { warmAt: bigint };
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(warmingFixture);
  });

  const staking = () => f.staking.connect(f.carol);
  const record = () => f.staking.stakeRecordOf(1n, f.carol);

  describe("requestExit", () => {
    it("reverts for an amount of zero", async () => {
      await expect(staking().requestExit(1n, 0n)).to.be.revertedWithCustomError(f.staking, "Staking_ZeroAmount");
    });

    it("reverts for more than is staked", async () => {
      await expect(staking().requestExit(1n, tokens(140) + 1n))
        .to.be.revertedWithCustomError(f.staking, "Staking_AboveStake")
        .withArgs(tokens(140) + 1n, tokens(140));
    });

    it("reverts for more than remains staked, whatever is on its way out", async () => {
      await staking().requestExit(1n, tokens(100));
      await expect(staking().requestExit(1n, tokens(41)))
        .to.be.revertedWithCustomError(f.staking, "Staking_AboveStake")
        .withArgs(tokens(41), tokens(40));
    });

    it("reverts for somebody who has no stake, also in a model of which there is none", async () => {
      for (const modelId of [1n, 3n, 99n]) {
        await expect(f.staking.connect(f.bob).requestExit(modelId, 1n))
          .to.be.revertedWithCustomError(f.staking, "Staking_AboveStake")
          .withArgs(1n, 0n);
      }
    });

    it("takes from what warms up first, and leaves what counts", async () => {
      const tx = await staking().requestExit(1n, tokens(30));
      const after = [tokens(100), tokens(10), f.warmAt, tokens(30), (await timeOf(tx)) + COOLDOWN];
      await expect(tx).to.emit(f.staking, "ExitRequested").withArgs(1n, f.carol, tokens(30), after);
      expect(await record()).to.deep.equal(after);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(100));
    });

    it("takes the rest from what counts, which stops counting at once", async () => {
      const tx = await staking().requestExit(1n, tokens(60));
      const after = [tokens(80), 0n, f.warmAt, tokens(60), (await timeOf(tx)) + COOLDOWN];
      expect(await record()).to.deep.equal(after);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(80));
      await until(f.warmAt);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(80));
    });

    it("takes all that is staked", async () => {
      await staking().requestExit(1n, tokens(140));
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(0n);
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(0n);
      expect((await record()).exiting).to.equal(tokens(140));
    });

    it("takes from what counts alone once everything has warmed up", async () => {
      await until(f.warmAt);
      await staking().requestExit(1n, tokens(30));
      expect((await record()).slice(0, 2)).to.deep.equal([tokens(110), 0n]);
    });

    it("moves nothing, and lets what warms up keep its clock", async () => {
      await expect(staking().requestExit(1n, tokens(30))).to.changeTokenBalances(
        ethers,
        f.mt,
        [f.carol, f.staking],
        [0n, 0n],
      );
      await until(f.warmAt);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(110));
    });
  });

  describe("withdraw", () => {
    it("reverts when nothing is on its way out", async () => {
      await expect(staking().withdraw(1n))
        .to.be.revertedWithCustomError(f.staking, "Staking_NothingExiting")
        .withArgs(1n, f.carol);
    });

    it("reverts a second before the cooldown is over and works at its end, once", async () => {
      const requestedAt = await timeOf(await staking().requestExit(1n, tokens(60)));
      await at(requestedAt + COOLDOWN - 1n);
      await expect(staking().withdraw(1n))
        .to.be.revertedWithCustomError(f.staking, "Staking_CoolingDown")
        .withArgs(requestedAt + COOLDOWN);
      await at(requestedAt + COOLDOWN);
      const tx = await staking().withdraw(1n);
      await expect(tx).to.emit(f.staking, "Withdrawn").withArgs(1n, f.carol, tokens(60));
      await expect(tx).to.changeTokenBalances(ethers, f.mt, [f.carol, f.staking], [tokens(60), -tokens(60)]);
      expect(await record()).to.deep.equal([tokens(80), 0n, f.warmAt, 0n, 0n]);
      await expect(staking().withdraw(1n))
        .to.be.revertedWithCustomError(f.staking, "Staking_NothingExiting")
        .withArgs(1n, f.carol);
    });

    it("returns what it pays: all that is on its way out", async () => {
      await staking().requestExit(1n, tokens(60));
      await staking().requestExit(1n, tokens(7));
      await networkHelpers.time.increase(COOLDOWN);
      expect(await staking().withdraw.staticCall(1n)).to.equal(tokens(67));
    });

    it("counts the cooldown from the last request, for all of it", async () => {
      const first = await timeOf(await staking().requestExit(1n, tokens(60)));
      await at(first + COOLDOWN - HOUR);
      const last = await timeOf(await staking().requestExit(1n, 1n));
      await at(first + COOLDOWN);
      await expect(staking().withdraw(1n))
        .to.be.revertedWithCustomError(f.staking, "Staking_CoolingDown")
        .withArgs(last + COOLDOWN);
      await at(last + COOLDOWN);
      await expect(staking().withdraw(1n)).to.changeTokenBalance(ethers, f.mt, f.carol, tokens(60) + 1n);
    });

    it("gives nobody what another user has on its way out", async () => {
      await staking().requestExit(1n, tokens(60));
      await until((await now()) + COOLDOWN);
      await expect(f.staking.connect(f.bob).withdraw(1n))
        .to.be.revertedWithCustomError(f.staking, "Staking_NothingExiting")
        .withArgs(1n, f.bob);
    });

    it("is not delayed by a new stake", async () => {
      const requestedAt = await timeOf(await staking().requestExit(1n, tokens(60)));
      await at(requestedAt + COOLDOWN - 1n);
      await staking().stake(1n, tokens(5));
      await at(requestedAt + COOLDOWN);
      await expect(staking().withdraw(1n)).to.changeTokenBalance(ethers, f.mt, f.carol, tokens(60));
    });
  });

  describe("cancelExit", () => {
    beforeEach(async () => {
      await until(f.warmAt);
      await staking().requestExit(1n, tokens(60));
    });

    it("reverts for an amount of zero", async () => {
      await expect(staking().cancelExit(1n, 0n)).to.be.revertedWithCustomError(f.staking, "Staking_ZeroAmount");
    });

    it("reverts for more than is on its way out", async () => {
      await expect(staking().cancelExit(1n, tokens(60) + 1n))
        .to.be.revertedWithCustomError(f.staking, "Staking_AboveExiting")
        .withArgs(tokens(60) + 1n, tokens(60));
    });

    it("reverts for somebody who has nothing on its way out", async () => {
      await expect(f.staking.connect(f.bob).cancelExit(1n, 1n))
        .to.be.revertedWithCustomError(f.staking, "Staking_AboveExiting")
        .withArgs(1n, 0n);
    });

    it("warms the cancelled part up anew, and leaves the cooldown of the rest", async () => {
      const { withdrawableAt } = await record();
      const tx = await staking().cancelExit(1n, tokens(20));
      const warmAt = (await timeOf(tx)) + WARM_UP;
      const after = [tokens(80), tokens(20), warmAt, tokens(40), withdrawableAt];
      await expect(tx).to.emit(f.staking, "ExitCancelled").withArgs(1n, f.carol, tokens(20), after);
      expect(await record()).to.deep.equal(after);
      await until(warmAt - 1n);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(80));
      await until(warmAt);
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(tokens(100));
      await until(withdrawableAt);
      await expect(staking().withdraw(1n)).to.changeTokenBalance(ethers, f.mt, f.carol, tokens(40));
    });

    it("restarts the clock of what was warming up beside it", async () => {
      await staking().stake(1n, tokens(1));
      await until((await now()) + WARM_UP - HOUR);
      const tx = await staking().cancelExit(1n, tokens(20));
      expect((await record()).slice(0, 3)).to.deep.equal([tokens(80), tokens(21), (await timeOf(tx)) + WARM_UP]);
    });

    it("works after the cooldown too, and leaves nothing to withdraw if all is cancelled", async () => {
      await until((await now()) + COOLDOWN);
      await staking().cancelExit(1n, tokens(60));
      await expect(staking().withdraw(1n)).to.be.revertedWithCustomError(f.staking, "Staking_NothingExiting");
      expect(await f.mt.balanceOf(f.staking)).to.equal(tokens(140));
    });
  });
});

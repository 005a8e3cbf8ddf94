import { expect } from "chai";

import { at, until } from "../../support/clock.ts";
import { settle, settleCard, toNoonIn, usedFixture } from "../../support/earning.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { DAY, SWEEP_DELAY, VESTING_DURATION } from "../../support/time.ts";
import { tokens, usdc } from "../../support/units.ts";

/** A model whose reserves can be swept in a minute; Bob has used it once, Dave by card later. */
async function sweepableFixture() {
  const f = await networkHelpers.loadFixture(usedFixture);
  await networkHelpers.time.increase(100n * DAY);
  await settleCard(f, f.modelId, usdc(100));
  const { startAt } = await f.vault.recordOf(f.modelId);
  const sweepableAt = startAt + VESTING_DURATION + SWEEP_DELAY;
  await until(sweepableAt - 60n);
  return { ...f, sweepableAt };
}

describe("EmissionDistributor: sweep", () => {
  it("reverts for a model that has not graduated", async () => {
    const f = await networkHelpers.loadFixture(sweepableFixture);
    await expect(f.emissions.sweep(99n))
      .to.be.revertedWithCustomError(f.emissions, "Emission_NotGraduated")
      .withArgs(99n);
  });

  it("reverts a second too early, and works in the next", async () => {
    const f = await networkHelpers.loadFixture(sweepableFixture);
    await at(f.sweepableAt - 1n);
    await expect(f.emissions.sweep(f.modelId))
      .to.be.revertedWithCustomError(f.emissions, "Emission_NotSweepable")
      .withArgs(f.modelId, f.sweepableAt);
    await at(f.sweepableAt);
    await f.emissions.sweep(f.modelId);
  });

  it("reverts on a day on which somebody eligible has used the model: its pool may need what is left", async () => {
    const f = await networkHelpers.loadFixture(sweepableFixture);
    await until(f.sweepableAt);
    await settle(f, f.modelId, [{ user: f.bob, list: usdc(1) }]);
    await expect(f.emissions.sweep(f.modelId))
      .to.be.revertedWithCustomError(f.emissions, "Emission_StillEarning")
      .withArgs(f.modelId, await f.emissions.currentEpoch());
    await toNoonIn(1n);
    await settleCard(f, f.modelId, usdc(1));
    const before = await f.emissions.claimableOf(f.bob, f.modelId);
    expect(before.mt).to.be.greaterThan(0n);
    await f.emissions.sweep(f.modelId);
    expect(await f.emissions.claimableOf(f.bob, f.modelId)).to.deep.equal(before);
  });

  it("takes what was carried since again, 360 days after the day of the last time, and nothing else", async () => {
    const f = await networkHelpers.loadFixture(sweepableFixture);
    await until(f.sweepableAt);
    const sweptOn = await f.emissions.currentEpoch();
    await f.emissions.sweep(f.modelId);
    expect((await f.emissions.modelRewardsOf(f.modelId)).sweptEpoch).to.equal(sweptOn);
    await settleCard(f, f.modelId, usdc(100));
    const again = (sweptOn + 1n) * DAY + SWEEP_DELAY;
    await at(again - 1n);
    await expect(f.emissions.sweep(f.modelId))
      .to.be.revertedWithCustomError(f.emissions, "Emission_NotSweepable")
      .withArgs(f.modelId, again);
    await f.emissions.roll(f.modelId);
    const { carriedEmission } = await f.emissions.modelRewardsOf(f.modelId);
    expect(carriedEmission).to.be.greaterThan(0n);
    const supply = await f.mt.totalSupply();
    const sweeping = f.emissions.connect(f.stranger).sweep(f.modelId);
    await sweeping;
    const budget = await f.emissions.unreserved();
    await expect(sweeping)
      .to.emit(f.emissions, "ModelSwept")
      .withArgs(f.modelId, await f.emissions.currentEpoch(), 0n, 0n, carriedEmission, budget);
    await expect(sweeping).to.changeTokenBalances(ethers, f.flock, [f.treasury, f.emissions], [0n, 0n]);
    expect(await f.mt.totalSupply()).to.equal(supply);
  });

  it("S13 burns the rest of fund and reserve, and gives carried emission back to the budget: nobody gets any of it", async () => {
    const f = await networkHelpers.loadFixture(sweepableFixture);
    await until(f.sweepableAt);
    await f.emissions.roll(f.modelId);
    const model = await f.emissions.modelRewardsOf(f.modelId);
    const fundLeft = tokens(12_500) - model.releasedFund;
    const mtLeft = tokens(200_000) - model.releasedReserve;
    expect(model.carriedEmission).to.be.greaterThan(0n);
    const [supply, flockSupply] = [await f.mt.totalSupply(), await f.flock.totalSupply()];
    const budget = (await f.emissions.unreserved()) + model.carriedEmission;
    const sweeping = f.emissions.connect(f.stranger).sweep(f.modelId);
    await sweeping;
    await expect(sweeping)
      .to.emit(f.emissions, "ModelSwept")
      .withArgs(f.modelId, await f.emissions.currentEpoch(), fundLeft, mtLeft, model.carriedEmission, budget);
    await expect(sweeping).to.changeTokenBalances(ethers, f.flock, [f.treasury, f.vault], [0n, -fundLeft]);
    expect(await f.mt.totalSupply()).to.equal(supply - mtLeft);
    expect(await f.flock.totalSupply()).to.equal(flockSupply - fundLeft);
    expect(await f.emissions.unreserved()).to.equal(budget);
  });

  it("leaves what users have earned, and later use earns emissions alone", async () => {
    const f = await networkHelpers.loadFixture(sweepableFixture);
    await until(f.sweepableAt);
    const due = await f.emissions.claimableOf(f.bob, f.modelId);
    await f.emissions.sweep(f.modelId);
    expect(await f.emissions.claimableOf(f.bob, f.modelId)).to.deep.equal(due);
    await settle(f, f.modelId, [{ user: f.carol, list: usdc(100) }]);
    await toNoonIn(1n);
    const carols = await f.emissions.claimableOf(f.carol, f.modelId);
    expect(carols.flock).to.be.greaterThan(0n);
    expect(carols.mt).to.equal(0n);
    await f.emissions.claim(f.bob, [f.modelId]);
    await f.emissions.claim(f.carol, [f.modelId]);
    expect((await f.vault.allocationOf(f.modelId, 2n)).released).to.equal(tokens(200_000));
  });
});

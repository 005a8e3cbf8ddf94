import { expect } from "chai";

import { earnable, earningFixture, settle, settleCard } from "../../support/earning.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { usdc } from "../../support/units.ts";

describe("EmissionDistributor: record", () => {
  it("reverts for everybody but the meter", async () => {
    const { emissions, platform, modelId } = await networkHelpers.loadFixture(earningFixture);
    await expect(emissions.connect(platform).record(modelId, 1n, 1n, 1n, []))
      .to.be.revertedWithCustomError(emissions, "Emission_NotMeter")
      .withArgs(platform);
  });

  it("adds score, weight and allowance, and raises the emission", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const budget = await f.emissions.unreserved();
    const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
    const epoch = await f.emissions.currentEpoch();
    const model = await f.emissions.modelRewardsOf(f.modelId);
    expect(model.openEpoch).to.equal(epoch);
    expect(model.openScore).to.equal(net * 180n);
    expect(model.openWeight).to.equal(usdc(100));
    expect(model.openAllowance).to.equal(earnable(net));
    const totals = await f.emissions.epochTotalsOf(epoch);
    expect(totals.emission).to.equal(earnable(net));
    expect(await f.emissions.unreserved()).to.equal(budget - earnable(net));
    expect(await f.emissions.weightOf(f.bob, f.modelId)).to.deep.equal([epoch, usdc(100)]);
    const [recorded] = await f.emissions.queryFilter(f.emissions.filters.UsageRecorded(f.modelId));
    expect(recorded!.args.slice(2)).to.deep.equal([
      model.openScore,
      model.openWeight,
      model.openAllowance,
      totals.totalScore,
      totals.emission,
    ]);
    const [added] = await f.emissions.queryFilter(f.emissions.filters.WeightAdded(f.modelId, f.bob));
    expect(added!.args.slice(2)).to.deep.equal([epoch, usdc(100)]);
  });

  it("gives no weight and no allowance for users without the minimum stake, nor for cards", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const net = await settle(f, f.modelId, [{ user: f.dave, list: usdc(100) }]);
    const byCard = await settleCard(f, f.modelId, usdc(50));
    const model = await f.emissions.modelRewardsOf(f.modelId);
    expect(model.openScore).to.equal((net + byCard) * 180n);
    expect(model.openWeight).to.equal(0n);
    expect(model.openAllowance).to.equal(0n);
  });

  it("gives allowance for the eligible part of a settlement only", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const net = await settle(f, f.modelId, [
      { user: f.dave, list: usdc(300) },
      { user: f.bob, list: usdc(100) },
    ]);
    const { openAllowance } = await f.emissions.modelRewardsOf(f.modelId);
    expect(openAllowance).to.equal(earnable(net) / 4n);
  });

  it("counts a list price only as far as the largest discount reaches", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await settle(f, f.modelId, [{ user: f.bob, list: usdc(100), paid: usdc(70) }]);
    expect((await f.emissions.weightOf(f.bob, f.modelId)).weight).to.equal(usdc(100));
  });
});

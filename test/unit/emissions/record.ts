import { expect } from "chai";

import { earnable, earningFixture, settle, settleCard } from "../../support/earning.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("EmissionDistributor: record", () => {
  it("reverts for everybody but the meter", async () => {
    const { emissions, platform, modelId } = await networkHelpers.loadFixture(earningFixture);
    await expect(emissions.connect(platform).record(modelId, 1n, 1n, []))
      .to.be.revertedWithCustomError(emissions, "Emission_NotMeter")
      .withArgs(platform);
  });

  it("adds score, weight and net revenue, fixes price and cap, and raises the emission", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const budget = await f.emissions.unreserved();
    const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
    const epoch = await f.emissions.currentEpoch();
    const model = await f.emissions.modelRewardsOf(f.modelId);
    expect(model.openEpoch).to.equal(epoch);
    expect(model.openScore).to.equal(net * 180n);
    expect(model.openWeight).to.equal(usdc(100));
    expect(model.openNet).to.equal(net);
    expect(model.openPrice).to.equal(tokens("0.125"));
    expect(model.openCap).to.equal(tokens(200));
    const totals = await f.emissions.epochTotalsOf(epoch);
    expect(totals).to.deep.equal([net * 180n, earnable(net), tokens(200)]);
    const unreserved = await f.emissions.unreserved();
    expect(unreserved).to.equal(budget - earnable(net));
    expect(await f.emissions.weightOf(f.bob, f.modelId)).to.deep.equal([epoch, usdc(100), net]);
    const [recorded] = await f.emissions.queryFilter(f.emissions.filters.UsageRecorded(f.modelId));
    const { openScore, openWeight, openNet, openPrice } = model;
    expect(recorded!.args.slice(2)).to.deep.equal([openScore, openWeight, openNet, openPrice, totals, unreserved]);
    const [added] = await f.emissions.queryFilter(f.emissions.filters.WeightAdded(f.modelId, f.bob));
    expect(added!.args.slice(2)).to.deep.equal([epoch, usdc(100), net]);
  });

  it("gives no weight and no net revenue for users without the minimum stake, nor for cards", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const net = await settle(f, f.modelId, [{ user: f.dave, list: usdc(100) }]);
    const byCard = await settleCard(f, f.modelId, usdc(50));
    const model = await f.emissions.modelRewardsOf(f.modelId);
    expect(model.openScore).to.equal((net + byCard) * 180n);
    expect(model.openWeight).to.equal(0n);
    expect(model.openNet).to.equal(0n);
  });

  it("counts the net revenue of eligible rows only", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await settle(f, f.modelId, [
      { user: f.dave, list: usdc(300) },
      { user: f.bob, list: usdc(100) },
    ]);
    expect((await f.emissions.modelRewardsOf(f.modelId)).openNet).to.equal(usdc(100));
  });

  it("counts a list price only as far as the largest discount reaches", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await settle(f, f.modelId, [{ user: f.bob, list: usdc(100), paid: usdc(70) }]);
    expect((await f.emissions.weightOf(f.bob, f.modelId)).weight).to.equal(usdc(100));
  });
});

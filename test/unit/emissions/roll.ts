import { expect } from "chai";

import { earnable, earningFixture, lastRollOf, settle, usedFixture } from "../../support/earning.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("EmissionDistributor: roll", () => {
  it("does nothing while the epoch is open", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
    await expect(f.emissions.connect(f.stranger).roll(f.modelId)).not.to.emit(f.emissions, "ModelRolled");
  });

  it("closes the epoch once: bonus, pool, and the slice of the fund drawn from the vault", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    const share = earnable(f.net);
    const rolling = f.emissions.connect(f.stranger).roll(f.modelId);
    await rolling;
    const rolled = await lastRollOf(f, f.modelId);
    const { fund, emission } = rolled;
    const pool = [fund + emission, rolled.pool.mt, usdc(100), tokens("0.125"), tokens(200)];
    const totals = [share - share / 10n - emission, share / 10n, fund, rolled.pool.mt];
    expect([...rolled]).to.deep.equal([f.modelId, f.epoch, share, share / 10n, fund, emission, pool, totals]);
    await expect(rolling).to.changeTokenBalances(ethers, f.flock, [f.vault, f.emissions], [-fund, fund]);
    expect(await f.emissions.poolOf(f.modelId, f.epoch)).to.deep.equal(pool);
    const model = await f.emissions.modelRewardsOf(f.modelId);
    const { carriedEmission, issuerBonus, releasedFund, releasedReserve } = model;
    expect([carriedEmission, issuerBonus, releasedFund, releasedReserve]).to.deep.equal(totals);
    expect([...model].slice(0, 7)).to.deep.equal(Array(7).fill(0n));
    await expect(f.emissions.roll(f.modelId)).not.to.emit(f.emissions, "ModelRolled");
  });

  it("does nothing for a model that does not exist", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    await expect(f.emissions.roll(99n)).not.to.emit(f.emissions, "ModelRolled");
  });
});

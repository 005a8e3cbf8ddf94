import { expect } from "chai";

import { earnable, earningFixture, lastRollOf, settle, usedFixture } from "../../support/earning.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { usdc } from "../../support/units.ts";

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
    expect([...rolled]).to.deep.equal([
      f.modelId,
      f.epoch,
      share,
      share / 10n,
      share - share / 10n,
      rolled.fund,
      rolled.reserve,
      usdc(100),
      0n,
    ]);
    await expect(rolling).to.changeTokenBalances(ethers, f.flock, [f.vault, f.emissions], [-rolled.fund, rolled.fund]);
    const pool = await f.emissions.poolOf(f.modelId, f.epoch);
    expect(pool).to.deep.equal([rolled.emission + rolled.fund, rolled.reserve, usdc(100)]);
    const model = await f.emissions.modelRewardsOf(f.modelId);
    expect(model.releasedFund).to.equal(rolled.fund);
    expect(model.releasedReserve).to.equal(rolled.reserve);
    expect(model.issuerBonus).to.equal(share / 10n);
    expect([model.openEpoch, model.openScore, model.openWeight, model.openAllowance]).to.deep.equal([0n, 0n, 0n, 0n]);
    await expect(f.emissions.roll(f.modelId)).not.to.emit(f.emissions, "ModelRolled");
  });

  it("does nothing for a model that does not exist", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    await expect(f.emissions.roll(99n)).not.to.emit(f.emissions, "ModelRolled");
  });
});

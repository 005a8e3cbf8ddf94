import { expect } from "chai";

import type { CardRowStruct } from "../../../typechain-types/contracts/usage/InferenceMeter.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { usdc } from "../../support/units.ts";
import { waterfall } from "../../support/usage/numbers.ts";
import { SKIP, prepaidFixture } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";

const row = (overrides: Partial<CardRowStruct> = {}): CardRowStruct => ({
  modelId: 1n,
  units: 2_000_000n,
  list: usdc(4),
  paid: usdc(3),
  ...overrides,
});

describe("InferenceMeter: card rows", () => {
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
  });

  const settleCard = (rows: CardRowStruct[]) => f.meter.connect(f.platform).settleCard(rows);

  it("bring the platform's USDC straight to the waterfall, and are revenue", async () => {
    const tx = await settleCard([row()]);
    const { net } = waterfall(usdc(3), 2_000_000n, 200_000n);
    await expect(tx).to.emit(f.meter, "UsageSettled").withArgs(1n, true, 2_000_000n, usdc(4), usdc(3), net);
    await expect(tx).to.changeTokenBalances(
      ethers,
      f.usdc,
      [f.platform, f.meter, f.waterfall],
      [-usdc(3), 0n, usdc(3)],
    );
  });

  it("are score, and no reward weight", async () => {
    await settleCard([row()]);
    const rewards = await f.emissions.modelRewardsOf(1n);
    const { net } = waterfall(usdc(3), 2_000_000n, 200_000n);
    expect(rewards.openScore).to.equal(net * 180n);
    expect(rewards.openWeight).to.equal(0n);
    expect(rewards.openNet).to.equal(0n);
  });

  it("are not cumulative: the same row again is paid again", async () => {
    await settleCard([row()]);
    await expect(settleCard([row()])).to.changeTokenBalance(ethers, f.usdc, f.waterfall, usdc(3));
  });

  it("may be of several models in one call, each split by itself", async () => {
    const tx = await settleCard([row(), row({ modelId: 2n, paid: usdc(4) }), row()]);
    await expect(tx).to.changeTokenBalance(ethers, f.usdc, f.waterfall, usdc(10));
    const settled = await f.meter.queryFilter(f.meter.filters.UsageSettled(), tx.blockNumber!, tx.blockNumber!);
    expect(settled.map(({ args }) => [args.modelId, args.byCard, args.paid])).to.deep.equal([
      [1n, true, usdc(3)],
      [2n, true, usdc(4)],
      [1n, true, usdc(3)],
    ]);
  });

  it("keep the same bounds, exact at the edges, and a bad row is skipped with its number and reason", async () => {
    const bad: [CardRowStruct, bigint][] = [
      [row({ modelId: 3n }), SKIP.ModelNotLive],
      [row({ modelId: 99n }), SKIP.ModelNotLive],
      [row({ units: 4_000_001n }), SKIP.BelowPriceFloor],
      [row({ list: 1_999_999n }), SKIP.BelowPriceFloor],
      [row({ paid: 2_799_999n }), SKIP.AboveDiscountCap],
      [row({ paid: 0n }), SKIP.NothingNew],
      [row({ units: 0n }), SKIP.NoUnits],
    ];
    const edges = [row({ units: 4_000_000n }), row({ list: 2_000_000n }), row({ paid: 2_800_000n })];
    const tx = await settleCard([...bad.map(([r]) => r), ...edges]);
    for (const [i, [{ modelId }, reason]] of bad.entries()) {
      await expect(tx).to.emit(f.meter, "CardRowSkipped").withArgs(modelId, i, reason);
    }
    await expect(tx).to.changeTokenBalance(ethers, f.usdc, f.waterfall, usdc(6) + 2_800_000n);
  });

  it("take nothing from any user", async () => {
    await settleCard([row()]);
    for (const user of [f.bob, f.carol]) expect((await f.meter.accountOf(user)).deposited).to.equal(usdc(1_000));
    expect(await f.usdc.balanceOf(f.meter)).to.equal(usdc(2_000));
  });

  it("revert as a whole if the platform cannot pay them", async () => {
    await f.usdc.connect(f.platform).approve(f.meter, usdc(5));
    await expect(settleCard([row(), row()]))
      .to.be.revertedWithCustomError(f.usdc, "ERC20InsufficientAllowance")
      .withArgs(f.meter, usdc(2), usdc(3));
  });
});

import { expect } from "chai";

import { earningFixture, govern, settle, toNoonIn } from "../../support/earning.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("EmissionDistributor: settings", () => {
  describe("setEmissionSettings", () => {
    it("holds from the next epoch on, and the last word of a day counts", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const encode = (rate: bigint, cap: bigint, maxRewardBps: bigint) =>
        f.emissions.interface.encodeFunctionData("setEmissionSettings", [rate, cap, maxRewardBps]);
      await govern(f, f.addresses.emissions, encode(tokens(500), tokens(50), 9_998n));
      const calls = [encode(tokens(1_000_000), tokens(1_000), 9_999n), encode(tokens(600), tokens(10), 10_000n)];
      for (const call of calls) await f.accessManager.connect(f.governor).schedule(f.addresses.emissions, call, 0n);
      await toNoonIn(3n);
      for (const call of calls) await f.accessManager.connect(f.governor).execute(f.addresses.emissions, call);
      const settings = await f.emissions.emissionSettings();
      const epoch = await f.emissions.currentEpoch();
      expect(settings).to.deep.equal([tokens(500), tokens(50), 9_998n, tokens(600), tokens(10), 10_000n, epoch + 1n]);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(10_000) }]);
      expect((await f.emissions.epochTotalsOf(epoch)).emission).to.equal(tokens(500));
      await toNoonIn(1n);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(10_000) }]);
      expect((await f.emissions.epochTotalsOf(epoch + 1n)).emission).to.equal(tokens(600));
    });
  });

  describe("setMinimumStake", () => {
    it("decides at once whose usage weighs: exactly the minimum does", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      for (const [minimum, weighs] of [
        [tokens(500), true],
        [tokens(500) + 1n, false],
      ] as const) {
        const data = f.emissions.interface.encodeFunctionData("setMinimumStake", [minimum]);
        await govern(f, f.addresses.emissions, data);
        expect(await f.emissions.minimumStake()).to.equal(minimum);
        await toNoonIn(1n);
        await settle(f, f.modelId, [{ user: f.bob, list: usdc(1) }]);
        expect((await f.emissions.modelRewardsOf(f.modelId)).openWeight).to.equal(weighs ? usdc(1) : 0n);
      }
      const changes = await f.emissions.queryFilter(f.emissions.filters.MinimumStakeChanged());
      expect(changes.at(-1)!.args).to.deep.equal([tokens(500), tokens(500) + 1n]);
    });
  });
});

import { expect } from "chai";

import { earningFixture, setEmissionSettings, settle, toNoonIn } from "../../support/earning.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { tokens, usdc } from "../../support/units.ts";

describe("EmissionDistributor: the budget", () => {
  describe("fund", () => {
    it("reverts when the amount is zero", async () => {
      const { emissions, stranger } = await networkHelpers.loadFixture(earningFixture);
      await expect(emissions.connect(stranger).fund(0n)).to.be.revertedWithCustomError(
        emissions,
        "Emission_ZeroAmount",
      );
    });

    it("reverts without an allowance, and counts nothing then", async () => {
      const { emissions, flock, stranger } = await networkHelpers.loadFixture(earningFixture);
      const before = await emissions.unreserved();
      await flock.transfer(stranger, 7n);
      await expect(emissions.connect(stranger).fund(7n))
        .to.be.revertedWithCustomError(flock, "ERC20InsufficientAllowance")
        .withArgs(emissions, 0n, 7n);
      expect(await emissions.unreserved()).to.equal(before);
    });

    it("reverts without the FLOCK, and counts nothing then", async () => {
      const { emissions, flock, stranger } = await networkHelpers.loadFixture(earningFixture);
      const before = await emissions.unreserved();
      await flock.transfer(stranger, 7n);
      await flock.connect(stranger).approve(emissions, 8n);
      await expect(emissions.connect(stranger).fund(8n))
        .to.be.revertedWithCustomError(flock, "ERC20InsufficientBalance")
        .withArgs(stranger, 7n, 8n);
      expect(await emissions.unreserved()).to.equal(before);
    });

    it("takes FLOCK of anyone into the budget", async () => {
      const { emissions, flock, stranger } = await networkHelpers.loadFixture(earningFixture);
      await flock.transfer(stranger, 7n);
      await flock.connect(stranger).approve(emissions, 7n);
      const before = await emissions.unreserved();
      const funding = emissions.connect(stranger).fund(7n);
      await expect(funding)
        .to.emit(emissions, "Funded")
        .withArgs(stranger, 7n, before + 7n);
      await expect(funding).to.changeTokenBalances(ethers, flock, [stranger, emissions], [-7n, 7n]);
      expect(await emissions.unreserved()).to.equal(before + 7n);
    });
  });

  describe("given that it runs dry within a day", () => {
    it("bounds the emission; what is added counts from the next settlement", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const epoch = await f.emissions.currentEpoch();
      await drain(f);
      const left = await f.emissions.unreserved();
      expect(left).to.equal(0n);
      const before = (await f.emissions.epochTotalsOf(await f.emissions.currentEpoch())).emission;
      await f.emissions.connect(f.deployer).fund(tokens(5));
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
      const after = (await f.emissions.epochTotalsOf(await f.emissions.currentEpoch())).emission;
      expect(after - before).to.equal(tokens(5));
      expect(await f.emissions.currentEpoch()).to.be.greaterThan(epoch);
    });

    /** Spends the whole budget: 10,000,000 in ten days at the highest rate and one more. */
    async function drain(f: Awaited<ReturnType<typeof earningFixture>>): Promise<void> {
      await setEmissionSettings(f, tokens(1_000_000), tokens(1_000));
      for (let day = 0; day < 11; ++day) {
        await toNoonIn(1n);
        await settle(f, f.modelId, [{ user: f.bob, list: usdc(4_000) }]);
      }
    }
  });
});

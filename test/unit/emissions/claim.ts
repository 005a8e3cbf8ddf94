import { expect } from "chai";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { earningFixture, lastRollOf, settle, toNoonIn, twoModelsFixture, usedFixture } from "../../support/earning.ts";
import type { Earning } from "../../support/earning.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { usdc } from "../../support/units.ts";

/** Carol has used both models, and can claim what they owe her. */
async function bothUsedFixture() {
  const f = await twoModelsFixture();
  await settle(f, f.modelId, [{ user: f.carol, list: usdc(100) }]);
  await settle(f, f.secondId, [{ user: f.carol, list: usdc(50) }]);
  await toNoonIn(1n);
  const first = await f.emissions.claimableOf(f.carol, f.modelId);
  const second = await f.emissions.claimableOf(f.carol, f.secondId);
  return { ...f, first, second };
}

describe("EmissionDistributor: claim", () => {
  const EMPTY: [what: string, claim: (f: Earning) => [HardhatEthersSigner, bigint[]]][] = [
    ["while the epoch is open", (f) => [f.bob, [f.modelId]]],
    ["for somebody who has not used the model", (f) => [f.dave, [f.modelId]]],
    ["for no model", (f) => [f.bob, []]],
    ["for a model that does not exist", (f) => [f.bob, [99n]]],
  ];
  for (const [what, claim] of EMPTY) {
    it(`reverts ${what}: there is nothing`, async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
      const [user, models] = claim(f);
      await expect(f.emissions.claim(user, models))
        .to.be.revertedWithCustomError(f.emissions, "Emission_NothingToClaim")
        .withArgs(user);
    });
  }

  it("pays the user what the view says, whoever asks, and rolls the model on the way", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    const due = await f.emissions.claimableOf(f.bob, f.modelId);
    expect(due.flock).to.be.greaterThan(0n);
    expect(due.mt).to.be.greaterThan(0n);
    const claiming = f.emissions.connect(f.stranger).claim(f.bob, [f.modelId]);
    await expect(claiming)
      .to.emit(f.emissions, "RewardClaimed")
      .withArgs(f.modelId, f.bob, due.flock, due.mt)
      .and.to.emit(f.emissions, "UserRolled")
      .withArgs(f.modelId, f.bob, [due.flock, due.mt], [0n, 0n, 0n])
      .and.to.emit(f.emissions, "ModelRolled");
    await expect(claiming).to.changeTokenBalance(ethers, f.flock, f.bob, due.flock);
    await expect(claiming).to.changeTokenBalances(ethers, f.mt, [f.vault, f.bob], [-due.mt, due.mt]);
    expect(await f.emissions.claimableOf(f.bob, f.modelId)).to.deep.equal([0n, 0n]);
    await expect(f.emissions.claim(f.bob, [f.modelId])).to.be.revertedWithCustomError(
      f.emissions,
      "Emission_NothingToClaim",
    );
  });

  it("returns the FLOCK of all the models together, without what is paid in MT", async () => {
    const { first, second, ...f } = await networkHelpers.loadFixture(bothUsedFixture);
    expect(first.flock > 0n && second.flock > 0n && first.mt > 0n).to.equal(true);
    expect(await f.emissions.claim.staticCall(f.carol, [f.modelId])).to.equal(first.flock);
    expect(await f.emissions.claim.staticCall(f.carol, [f.modelId, f.secondId])).to.equal(first.flock + second.flock);
  });

  it("pays several models in one call, and a model that is named twice once", async () => {
    const { first, second, ...f } = await networkHelpers.loadFixture(bothUsedFixture);
    const claiming = f.emissions.claim(f.carol, [f.secondId, f.modelId, f.secondId]);
    await expect(claiming).to.changeTokenBalance(ethers, f.flock, f.carol, first.flock + second.flock);
    await expect(claiming).to.changeTokenBalance(ethers, f.mt, f.carol, first.mt);
    await expect(claiming).to.changeTokenBalance(ethers, f.secondMt, f.carol, second.mt);
  });

  it("leaves the weight of the open epoch where it is", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    await settle(f, f.modelId, [{ user: f.bob, list: usdc(30) }]);
    await f.emissions.claim(f.bob, [f.modelId]);
    expect((await f.emissions.weightOf(f.bob, f.modelId)).weight).to.equal(usdc(30));
    await toNoonIn(1n);
    expect((await f.emissions.claimableOf(f.bob, f.modelId)).flock).to.be.greaterThan(0n);
  });

  it("adds up several epochs that nobody claimed", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    const first = await f.emissions.claimableOf(f.bob, f.modelId);
    await settle(f, f.modelId, [{ user: f.bob, list: usdc(30) }]);
    expect(await f.emissions.claimableOf(f.bob, f.modelId)).to.deep.equal(first);
    await toNoonIn(40n);
    const both = await f.emissions.claimableOf(f.bob, f.modelId);
    await f.emissions.roll(f.modelId);
    const rolled = await lastRollOf(f, f.modelId);
    expect(both.flock).to.equal(first.flock + rolled.emission + rolled.fund);
    expect(both.mt).to.equal(first.mt + rolled.pool.mt);
  });

  it("costs the same gas after one epoch and after two hundred", async () => {
    const gasAfter = async (days: bigint) => {
      const f = await networkHelpers.loadFixture(usedFixture);
      await f.emissions.claim(f.bob, [f.modelId]);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(10) }]);
      await toNoonIn(days);
      return (await (await f.emissions.claim(f.bob, [f.modelId])).wait())!.gasUsed;
    };
    const [one, many] = [await gasAfter(1n), await gasAfter(200n)];
    expect(many).to.be.closeTo(one, 300n);
    expect(many).to.be.lessThan(190_000n);
  });
});

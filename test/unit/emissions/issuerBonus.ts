import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { earnable, usedFixture } from "../../support/earning.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";

describe("EmissionDistributor: claimIssuerBonus", () => {
  it("reverts for anyone but the holder", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    await expect(f.emissions.connect(f.bob).claimIssuerBonus(f.modelId, f.bob))
      .to.be.revertedWithCustomError(f.emissions, "Emission_NotIssuer")
      .withArgs(f.bob, f.alice);
  });

  it("reverts for the zero address", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    await expect(f.emissions.connect(f.alice).claimIssuerBonus(f.modelId, ZeroAddress)).to.be.revertedWithCustomError(
      f.emissions,
      "Emission_ZeroRecipient",
    );
  });

  it("reverts when there is nothing", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    await f.emissions.connect(f.alice).claimIssuerBonus(f.modelId, f.alice);
    await expect(f.emissions.connect(f.alice).claimIssuerBonus(f.modelId, f.alice))
      .to.be.revertedWithCustomError(f.emissions, "Emission_NothingToClaim")
      .withArgs(f.alice);
  });

  it("reverts for a model that does not exist, whose issuer nobody is", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    for (const modelId of [0n, 2n, 99n]) {
      await expect(f.emissions.connect(f.alice).claimIssuerBonus(modelId, f.alice))
        .to.be.revertedWithCustomError(f.emissions, "Emission_NotIssuer")
        .withArgs(f.alice, ZeroAddress);
    }
  });

  it("pays the bonus to the address that the holder names", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    const bonus = earnable(f.net) / 10n;
    expect(await f.emissions.issuerBonusOf(f.modelId)).to.equal(bonus);
    expect(await f.emissions.connect(f.alice).claimIssuerBonus.staticCall(f.modelId, f.dave)).to.equal(bonus);
    const claiming = f.emissions.connect(f.alice).claimIssuerBonus(f.modelId, f.dave);
    await expect(claiming).to.emit(f.emissions, "IssuerBonusClaimed").withArgs(f.modelId, f.dave, bonus);
    await expect(claiming).to.changeTokenBalance(ethers, f.flock, f.dave, bonus);
    expect(await f.emissions.issuerBonusOf(f.modelId)).to.equal(0n);
  });
});

import { expect } from "chai";

import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { OUTCOME, bundledFixture, marketOf, missedFixture, soldOutFixture } from "../../support/scenes.ts";
import { NO_DEADLINE } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** The sold-out raise, graduated, with its positions as they were. */
async function graduatedFixture() {
  const f = await soldOutFixture();
  const [bobs, carols] = [await f.offering.positionOf(1n, f.bob), await f.offering.positionOf(1n, f.carol)];
  await f.offering.graduate(1n);
  return { ...f, bobs, carols, ...(await marketOf(f)) };
}

describe("RealModelOffering: claim", () => {
  describe("guards", () => {
    it("reverts for an unknown model", async () => {
      const f = await networkHelpers.loadFixture(graduatedFixture);
      await expect(f.offering.claim(2n, f.bob))
        .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
        .withArgs(2n);
    });

    it("reverts before graduation", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      await expect(f.offering.claim(1n, f.bob))
        .to.be.revertedWithCustomError(f.offering, "Offering_NotGraduated")
        .withArgs(1n, OUTCOME.Open);
    });

    it("reverts after a failure", async () => {
      const f = await networkHelpers.loadFixture(missedFixture);
      await f.offering.fail(1n);
      await expect(f.offering.claim(1n, f.bob))
        .to.be.revertedWithCustomError(f.offering, "Offering_NotGraduated")
        .withArgs(1n, OUTCOME.Failed);
    });

    it("reverts for an account without a position, the issuer with its bundle included", async () => {
      const f = await networkHelpers.loadFixture(graduatedFixture);
      for (const account of [f.dave, f.alice]) {
        await expect(f.offering.claim(1n, account))
          .to.be.revertedWithCustomError(f.offering, "Offering_NoPosition")
          .withArgs(1n, account);
      }
    });

    it("reverts the second time", async () => {
      const f = await networkHelpers.loadFixture(graduatedFixture);
      await f.offering.claim(1n, f.bob);
      await expect(f.offering.claim(1n, f.bob))
        .to.be.revertedWithCustomError(f.offering, "Offering_NoPosition")
        .withArgs(1n, f.bob);
    });
  });

  describe("given a graduated model", () => {
    it("sends the tokens to the owner of the position, whoever calls", async () => {
      const f = await networkHelpers.loadFixture(graduatedFixture);
      await expect(f.offering.connect(f.stranger).claim(1n, f.bob)).to.changeTokenBalances(
        ethers,
        f.mt,
        [f.offering, f.bob, f.stranger],
        [-f.bobs.mt, f.bobs.mt, 0n],
      );
    });

    it("returns what it sent, deletes the position and reports it", async () => {
      const f = await networkHelpers.loadFixture(graduatedFixture);
      expect(await f.offering.claim.staticCall(1n, f.carol)).to.equal(f.carols.mt);
      await expect(f.offering.claim(1n, f.carol)).to.emit(f.offering, "Claimed").withArgs(1n, f.carol, f.carols.mt);
      expect(await f.offering.positionOf(1n, f.carol)).to.deep.equal([0n, 0n]);
    });

    it("leaves nothing behind when everybody has claimed", async () => {
      const f = await networkHelpers.loadFixture(graduatedFixture);
      await f.offering.claim(1n, f.bob);
      await f.offering.claim(1n, f.carol);
      expect(await f.mt.balanceOf(f.offering)).to.equal(0n);
    });

    it("moves no FLOCK", async () => {
      const f = await networkHelpers.loadFixture(graduatedFixture);
      await expect(f.offering.claim(1n, f.bob)).to.changeTokenBalances(ethers, f.flock, [f.offering, f.bob], [0n, 0n]);
    });
  });

  it("gives a gift to the one it was for", async () => {
    const f = await networkHelpers.loadFixture(bundledFixture);
    await f.offering.connect(f.bob).buyExactIn(1n, tokens(100_000), 0n, f.dave, NO_DEADLINE);
    const { mt: owed } = await f.offering.positionOf(1n, f.dave);
    await f.offering.graduate(1n);
    const { mt } = await marketOf(f);
    await expect(f.offering.connect(f.bob).claim(1n, f.bob)).to.be.revertedWithCustomError(
      f.offering,
      "Offering_NoPosition",
    );
    await f.offering.connect(f.bob).claim(1n, f.dave);
    expect(await mt.balanceOf(f.dave)).to.equal(owed);
  });
});

import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { now } from "../../support/clock.ts";
import { ethers, graduatedFixture, networkHelpers, openOfferingFixture } from "../../support/fixtures.ts";
import { NO_DEADLINE, WARM_UP } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";
import { timeOf } from "../../support/usage/serving.ts";
import { permitFor } from "../../support/usage/signatures.ts";
import { connectAs } from "../../../sdk/src/ethers/connect.ts";

/** A graduated model of which nobody has claimed. */
async function unclaimedFixture() {
  const f = await graduatedFixture();
  return { ...f, mt: connectAs("modelToken", f.token, f.keeper) };
}

type UnclaimedScene = Awaited<ReturnType<typeof unclaimedFixture>>;

describe("ModelStaking: straight from a claim, and with a permit", () => {
  let f: UnclaimedScene;
  /** What waits for Bob [MT wei]. */
  let position: bigint;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(unclaimedFixture);
    position = (await f.offering.positionOf(1n, f.bob)).mt;
  });

  const staking = () => f.staking.connect(f.bob);

  describe("claimAndStake", () => {
    it("reverts for an amount of zero, and claims nothing then", async () => {
      await f.mt.connect(f.bob).approve(f.addresses.staking, MaxUint256);
      await expect(staking().claimAndStake(1n, 0n)).to.be.revertedWithCustomError(f.staking, "Staking_ZeroAmount");
      expect(await f.mt.balanceOf(f.bob)).to.equal(0n);
    });

    it("reverts without an allowance, although the tokens come from the claim", async () => {
      await expect(staking().claimAndStake(1n, position))
        .to.be.revertedWithCustomError(f.mt, "ERC20InsufficientAllowance")
        .withArgs(f.addresses.staking, 0n, position);
    });

    it("claims everything and stakes the part that was named", async () => {
      await f.mt.connect(f.bob).approve(f.addresses.staking, MaxUint256);
      const part = position / 3n;
      const tx = await staking().claimAndStake(1n, part);
      await expect(tx).to.emit(f.offering, "Claimed");
      await expect(tx)
        .to.emit(f.staking, "Staked")
        .withArgs(1n, f.bob, part, [0n, part, (await timeOf(tx)) + WARM_UP, 0n, 0n]);
      expect(await f.mt.balanceOf(f.bob)).to.equal(position - part);
      expect((await f.offering.positionOf(1n, f.bob)).mt).to.equal(0n);
    });

    it("stakes when somebody else has claimed for the caller first", async () => {
      await f.mt.connect(f.bob).approve(f.addresses.staking, MaxUint256);
      await f.offering.connect(f.stranger).claim(1n, f.bob);
      await staking().claimAndStake(1n, position);
      expect((await f.staking.stakeRecordOf(1n, f.bob)).warming).to.equal(position);
    });

    it("stakes for somebody who never bought, from what it holds", async () => {
      await f.offering.claim(1n, f.bob);
      await f.mt.connect(f.bob).transfer(f.dave, 500n);
      await f.mt.connect(f.dave).approve(f.addresses.staking, 500n);
      await f.staking.connect(f.dave).claimAndStake(1n, 500n);
      expect((await f.staking.stakeRecordOf(1n, f.dave)).warming).to.equal(500n);
    });

    it("can stake more than was claimed", async () => {
      await f.offering.claim(1n, f.carol);
      await f.mt.connect(f.carol).transfer(f.bob, 7n);
      await f.mt.connect(f.bob).approve(f.addresses.staking, MaxUint256);
      await staking().claimAndStake(1n, position + 7n);
      expect(await f.mt.balanceOf(f.staking)).to.equal(position + 7n);
    });

    it("reverts for a supporter while the raise is open", async () => {
      const open = await networkHelpers.loadFixture(openOfferingFixture);
      await open.offering.connect(open.bob).buyExactIn(1n, tokens(100), 0n, open.bob, NO_DEADLINE);
      await expect(open.staking.connect(open.bob).claimAndStake(1n, 1n))
        .to.be.revertedWithCustomError(open.offering, "Offering_NotGraduated")
        .withArgs(1n, 1n);
    });

    it("reverts for somebody without a position while the raise is open", async () => {
      const open = await networkHelpers.loadFixture(openOfferingFixture);
      await expect(open.staking.connect(open.carol).claimAndStake(1n, 1n))
        .to.be.revertedWithCustomError(open.staking, "Staking_NotGraduated")
        .withArgs(1n);
    });
  });

  describe("permitMt", () => {
    it("reverts for a model that has not graduated", async () => {
      const permit = await permitFor(f.mt, f.bob, f.addresses.staking, 1n);
      await expect(staking().permitMt(2n, ...permit))
        .to.be.revertedWithCustomError(f.staking, "Staking_NotGraduated")
        .withArgs(2n);
    });

    it("sets the allowance of the caller", async () => {
      await staking().permitMt(1n, ...(await permitFor(f.mt, f.bob, f.addresses.staking, position)));
      expect(await f.mt.allowance(f.bob, f.staking)).to.equal(position);
    });

    it("reverts for a permit of somebody else", async () => {
      const carols = await permitFor(f.mt, f.carol, f.addresses.staking, position);
      await expect(staking().permitMt(1n, ...carols))
        .to.be.revertedWithCustomError(f.staking, "Permit_NoAllowance")
        .withArgs(f.bob, 0n, position);
      expect(await f.mt.allowance(f.carol, f.staking)).to.equal(0n);
    });

    it("reverts for a permit that has expired", async () => {
      const late = await permitFor(f.mt, f.bob, f.addresses.staking, position, (await now()) - 1n);
      await expect(staking().permitMt(1n, ...late))
        .to.be.revertedWithCustomError(f.staking, "Permit_NoAllowance")
        .withArgs(f.bob, 0n, position);
    });

    it("reverts for a permit of another amount", async () => {
      const [, ...signed] = await permitFor(f.mt, f.bob, f.addresses.staking, position);
      await expect(staking().permitMt(1n, position + 1n, ...signed))
        .to.be.revertedWithCustomError(f.staking, "Permit_NoAllowance")
        .withArgs(f.bob, 0n, position + 1n);
    });

    it("goes with claimAndStake in one multicall", async () => {
      const permit = await permitFor(f.mt, f.bob, f.addresses.staking, position);
      await staking().multicall([
        f.staking.interface.encodeFunctionData("permitMt", [1n, ...permit]),
        f.staking.interface.encodeFunctionData("claimAndStake", [1n, position]),
      ]);
      expect((await f.staking.stakeRecordOf(1n, f.bob)).warming).to.equal(position);
      expect(await f.mt.allowance(f.bob, f.staking)).to.equal(0n);
    });

    it("does no harm when somebody has submitted the permit first", async () => {
      const permit = await permitFor(f.mt, f.bob, f.addresses.staking, position);
      await f.mt.connect(f.stranger).permit(f.bob, f.addresses.staking, ...permit);
      await f.offering.connect(f.stranger).claim(1n, f.bob);
      await expect(
        staking().multicall([
          f.staking.interface.encodeFunctionData("permitMt", [1n, ...permit]),
          f.staking.interface.encodeFunctionData("claimAndStake", [1n, position]),
        ]),
      ).to.changeTokenBalance(ethers, f.mt, f.staking, position);
    });
  });
});

import { expect } from "chai";

import { changing } from "../support/abi.ts";
import { at, now } from "../support/clock.ts";
import { vestedAfter } from "../support/model/vesting.ts";
import { ethers, graduatedFixture, networkHelpers } from "../support/fixtures.ts";
import { SHARE, marketOf } from "../support/scenes.ts";
import { LOCK_DURATION, VESTING_DURATION } from "../support/time.ts";
import { tokens } from "../support/units.ts";

/** A graduated model, its market, and the moment. */
async function vestingFixture() {
  const f = await graduatedFixture();
  await f.offering.claim(1n, f.carol);
  return { ...f, ...(await marketOf(f)), start: await graduationTime(f) };
}
const graduationTime = async (f: Awaited<ReturnType<typeof graduatedFixture>>) => (await f.vault.recordOf(1n)).startAt;

describe("Threats: vesting and lock", () => {
  let f: Awaited<ReturnType<typeof vestingFixture>>;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(vestingFixture);
  });

  it("V1 vesting computed from a balance: tokens sent to the vault change no schedule", async () => {
    await f.mt.connect(f.carol).transfer(f.vault, tokens(12_345));
    await f.flock.transfer(f.vault, tokens(54_321));
    await at(f.start + VESTING_DURATION / 4n);
    await expect(f.vault.release(1n, SHARE.IssuerMt)).to.changeTokenBalances(ethers, f.mt, [f.alice], [tokens(25_000)]);
    await at(f.start + VESTING_DURATION / 2n);
    await expect(f.vault.release(1n, SHARE.ProtocolFlock)).to.changeTokenBalances(
      ethers,
      f.flock,
      [f.treasury],
      [tokens(6_250)],
    );
    expect(await f.vault.unvested(1n)).to.equal(tokens(200_000));
  });

  it("V1 releasing often or late gives the same: each share is recorded once", async () => {
    const total = tokens(100_000);
    for (const elapsed of [1n, 2n, 1_000n, 1_001n]) {
      await at(f.start + 10_000n + elapsed);
      await f.vault.release(1n, SHARE.TreasuryMt);
      expect(await f.mt.balanceOf(f.treasury)).to.equal(vestedAfter(total, 10_000n + elapsed));
    }
    expect(await f.vault.allocationOf(1n, SHARE.TreasuryMt)).to.deep.equal([total, vestedAfter(total, 11_001n)]);
  });

  it("V2 a cast that wraps: shares above 128 bits are refused, and the duration is one constant", async () => {
    await networkHelpers.impersonateAccount(f.addresses.graduation);
    await networkHelpers.setBalance(f.addresses.graduation, tokens(1));
    const asGraduation = f.vault.connect(await ethers.getSigner(f.addresses.graduation));
    const huge = 2n ** 128n;
    await expect(asGraduation.open(2n, f.token, [huge, 1n, 1n, 1n, 1n]))
      .to.be.revertedWithCustomError(f.vault, "SafeCastOverflowedUintDowncast")
      .withArgs(128n, huge);
    // The largest share that is stored still vests without overflow, at any time.
    const largest = huge - 1n;
    await asGraduation.open(2n, f.token, [largest, 0n, 0n, 0n, 0n]);
    const start = await now();
    await networkHelpers.time.increaseTo(start + VESTING_DURATION - 1n);
    expect(await f.vault.releasable(2n, SHARE.IssuerMt)).to.equal(vestedAfter(largest, VESTING_DURATION - 1n));
    await networkHelpers.time.increaseTo(start + 1_000n * VESTING_DURATION);
    expect(await f.vault.releasable(2n, SHARE.IssuerMt)).to.equal(largest);
  });

  it("V3 a claim that can name the principal token: no function of the vault takes a token from its caller", () => {
    const byAnyone = changing(f.vault.interface).filter(({ name }) => !["wire", "open", "draw"].includes(name));
    expect(byAnyone.map((fragment) => fragment.format("sighash"))).to.deep.equal(["release(uint256,uint8)"]);
  });

  it("V3 the reward shares of one model cannot be drained by anyone, nor through another share", async () => {
    await networkHelpers.time.increase(VESTING_DURATION);
    for (const share of [SHARE.IssuerMt, SHARE.TreasuryMt, SHARE.ProtocolFlock]) await f.vault.release(1n, share);
    for (const share of [SHARE.IncentiveReserve, SHARE.StakingFund]) {
      await expect(f.vault.connect(f.treasury).release(1n, share)).to.be.revertedWithCustomError(
        f.vault,
        "Vault_ReservedForRewards",
      );
    }
    expect(await f.mt.balanceOf(f.vault)).to.equal(tokens(200_000));
    expect(await f.flock.balanceOf(f.vault)).to.equal(tokens(12_500));
  });

  it("V4 a locker with migrate, execute or an owner: it can do one thing, which takes no address and no calldata", () => {
    expect(changing(f.locker.interface).map((fragment) => fragment.format("sighash"))).to.deep.equal([
      "release(uint256)",
    ]);
  });

  it("V4 nobody can take the liquidity before the date: no role, no seat, no deployer", async () => {
    for (const caller of [f.deployer, f.administrator, f.guardian, f.treasury, f.alice, f.stranger]) {
      await expect(f.locker.connect(caller).release(1n))
        .to.be.revertedWithCustomError(f.locker, "Locker_Locked")
        .withArgs(1n, f.start + LOCK_DURATION);
      await expect(f.pair.connect(caller).transferFrom(f.locker, caller, 1n)).to.revert(ethers);
    }
  });

  it("V4 the graduation record decides the date: an early release of another model changes nothing", async () => {
    await expect(f.locker.release(2n)).to.be.revertedWithCustomError(f.locker, "Locker_NotGraduated").withArgs(2n);
    const { unlocksAt } = await f.locker.lockOf(1n);
    expect(unlocksAt).to.equal(f.start + LOCK_DURATION);
  });
});

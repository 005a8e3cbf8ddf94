import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { at, until } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { USAGE_DELAY } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { keyPair, prepaidFixture, timeOf } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";
import { atFloor, ownVoucher } from "../../support/usage/vouchers.ts";

describe("InferenceMeter: withdrawals", () => {
  let f: ServedScene;
  beforeEach(async () => {
    // Bob has deposited 1,000 USDC.
    f = await networkHelpers.loadFixture(prepaidFixture);
  });

  const meter = () => f.meter.connect(f.bob);
  const account = () => f.meter.accountOf(f.bob);
  /** Collects a voucher of Bob's; `total` is cumulative [USDC]. */
  const spend = async (total: bigint) =>
    f.meter.connect(f.platform).settle(1n, [await ownVoucher(f, f.bob, atFloor(total))]);

  describe("requestWithdrawal", () => {
    it("reverts for an amount of zero", async () => {
      await expect(meter().requestWithdrawal(0n)).to.be.revertedWithCustomError(f.meter, "Meter_ZeroAmount");
    });

    it("reverts for more than is deposited; credit does not count", async () => {
      await f.meter.connect(f.platform).depositCredit(f.bob, usdc(500));
      await expect(meter().requestWithdrawal(usdc(1_000) + 1n))
        .to.be.revertedWithCustomError(f.meter, "Meter_AboveDeposit")
        .withArgs(usdc(1_000) + 1n, usdc(1_000));
    });

    it("records it, reports when it matures and lapses, and moves nothing", async () => {
      const tx = await meter().requestWithdrawal(usdc(400));
      const requestedAt = await timeOf(tx);
      await expect(tx)
        .to.emit(f.meter, "WithdrawalRequested")
        .withArgs(f.bob, usdc(400), requestedAt + USAGE_DELAY, requestedAt + 2n * USAGE_DELAY);
      await expect(tx).to.changeTokenBalances(ethers, f.usdc, [f.bob, f.meter], [0n, 0n]);
      expect(await account()).to.deep.equal([usdc(1_000), 0n, requestedAt, usdc(400)]);
      expect(await f.meter.availableOf(f.bob)).to.equal(usdc(600));
    });

    it("replaces an earlier request, its amount and its clock", async () => {
      const first = await timeOf(await meter().requestWithdrawal(usdc(400)));
      await at(first + USAGE_DELAY - 1n);
      const second = await timeOf(await meter().requestWithdrawal(usdc(100)));
      expect(await account()).to.deep.equal([usdc(1_000), 0n, second, usdc(100)]);
      await at(first + USAGE_DELAY);
      await expect(meter().withdraw(f.bob))
        .to.be.revertedWithCustomError(f.meter, "Meter_NotWithdrawable")
        .withArgs(second + USAGE_DELAY, second + 2n * USAGE_DELAY);
      await at(second + USAGE_DELAY);
      await expect(meter().withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(100));
    });
  });

  describe("cancelWithdrawal", () => {
    it("reverts when nothing is requested", async () => {
      await expect(meter().cancelWithdrawal())
        .to.be.revertedWithCustomError(f.meter, "Meter_NothingRequested")
        .withArgs(f.bob);
    });

    it("takes the request back and reports it", async () => {
      await meter().requestWithdrawal(usdc(400));
      await expect(meter().cancelWithdrawal()).to.emit(f.meter, "WithdrawalCancelled").withArgs(f.bob);
      expect(await account()).to.deep.equal([usdc(1_000), 0n, 0n, 0n]);
      expect(await f.meter.availableOf(f.bob)).to.equal(usdc(1_000));
      await networkHelpers.time.increase(USAGE_DELAY);
      await expect(meter().withdraw(f.bob))
        .to.be.revertedWithCustomError(f.meter, "Meter_NothingRequested")
        .withArgs(f.bob);
    });
  });

  describe("withdraw", () => {
    it("reverts when nothing is requested", async () => {
      await expect(meter().withdraw(f.bob))
        .to.be.revertedWithCustomError(f.meter, "Meter_NothingRequested")
        .withArgs(f.bob);
    });

    it("reverts to the zero address", async () => {
      await meter().requestWithdrawal(1n);
      await networkHelpers.time.increase(USAGE_DELAY);
      await expect(meter().withdraw(ZeroAddress)).to.be.revertedWithCustomError(f.meter, "Meter_ZeroAddress");
    });

    it("works from 48 hours after the request", async () => {
      const requestedAt = await timeOf(await meter().requestWithdrawal(usdc(400)));
      const bounds = [requestedAt + USAGE_DELAY, requestedAt + 2n * USAGE_DELAY] as const;
      await at(bounds[0] - 1n);
      await expect(meter().withdraw(f.bob))
        .to.be.revertedWithCustomError(f.meter, "Meter_NotWithdrawable")
        .withArgs(...bounds);
      await at(bounds[0]);
      await expect(meter().withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(400));
    });

    it("works until a second before 96 hours after the request", async () => {
      const requestedAt = await timeOf(await meter().requestWithdrawal(usdc(400)));
      await at(requestedAt + 2n * USAGE_DELAY - 1n);
      await expect(meter().withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(400));
    });

    it("lapses 96 hours after the request, and what lapsed is available again", async () => {
      const requestedAt = await timeOf(await meter().requestWithdrawal(usdc(400)));
      const lapsesAt = requestedAt + 2n * USAGE_DELAY;
      await until(lapsesAt - 1n);
      expect(await f.meter.availableOf(f.bob)).to.equal(usdc(600));
      await at(lapsesAt);
      await expect(meter().withdraw(f.bob))
        .to.be.revertedWithCustomError(f.meter, "Meter_NotWithdrawable")
        .withArgs(requestedAt + USAGE_DELAY, lapsesAt);
      expect(await f.meter.availableOf(f.bob)).to.equal(usdc(1_000));
      const again = await timeOf(await meter().requestWithdrawal(usdc(400)));
      await at(again + USAGE_DELAY);
      await expect(meter().withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(400));
    });

    it("pays to any address, clears the request and reports what is left", async () => {
      const to = keyPair("elsewhere").address;
      const requestedAt = await timeOf(await meter().requestWithdrawal(usdc(400)));
      await at(requestedAt + USAGE_DELAY);
      const tx = await meter().withdraw(to);
      await expect(tx).to.emit(f.meter, "Withdrawn").withArgs(f.bob, to, usdc(400), usdc(600));
      await expect(tx).to.changeTokenBalances(ethers, f.usdc, [f.meter, to, f.bob], [-usdc(400), usdc(400), 0n]);
      expect(await account()).to.deep.equal([usdc(600), 0n, 0n, 0n]);
      await expect(meter().withdraw(to)).to.be.revertedWithCustomError(f.meter, "Meter_NothingRequested");
    });

    it("returns what it pays: what is left of the request after vouchers", async () => {
      await meter().requestWithdrawal(usdc(1_000));
      await networkHelpers.time.increase(USAGE_DELAY);
      expect(await meter().withdraw.staticCall(f.bob)).to.equal(usdc(1_000));
      await spend(300n);
      expect(await meter().withdraw.staticCall(f.bob)).to.equal(usdc(700));
    });

    it("touches nobody else's balance", async () => {
      await meter().requestWithdrawal(usdc(1_000));
      await networkHelpers.time.increase(USAGE_DELAY);
      await meter().withdraw(f.bob);
      expect((await f.meter.accountOf(f.carol)).deposited).to.equal(usdc(1_000));
      expect(await f.usdc.balanceOf(f.meter)).to.equal(usdc(1_000));
    });
  });

  describe("given vouchers come in while a request runs", () => {
    it("they take credit first, then what is not requested, then lower the request", async () => {
      await f.meter.connect(f.platform).depositCredit(f.bob, usdc(50));
      const requestedAt = await timeOf(await meter().requestWithdrawal(usdc(400)));
      await spend(30n);
      expect(await account()).to.deep.equal([usdc(1_000), usdc(20), requestedAt, usdc(400)]);
      await spend(50n);
      expect(await account()).to.deep.equal([usdc(1_000), 0n, requestedAt, usdc(400)]);
      await expect(spend(650n)).not.to.emit(f.meter, "WithdrawalLowered");
      expect(await account()).to.deep.equal([usdc(400), 0n, requestedAt, usdc(400)]);
      await expect(spend(651n)).to.emit(f.meter, "WithdrawalLowered").withArgs(f.bob, usdc(399));
      expect(await account()).to.deep.equal([usdc(399), 0n, requestedAt, usdc(399)]);
      expect(await f.meter.availableOf(f.bob)).to.equal(0n);
    });

    it("one that reaches over all three takes exactly what is needed of each", async () => {
      await f.meter.connect(f.platform).depositCredit(f.bob, usdc(50));
      const requestedAt = await timeOf(await meter().requestWithdrawal(usdc(400)));
      await spend(750n);
      expect(await account()).to.deep.equal([usdc(300), 0n, requestedAt, usdc(300)]);
    });

    it("a matured request goes on covering them until it is executed", async () => {
      const requestedAt = await timeOf(await meter().requestWithdrawal(usdc(1_000)));
      await until(requestedAt + USAGE_DELAY);
      await spend(900n);
      await expect(meter().withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(100));
    });

    it("a request that is used up can be taken back, not executed", async () => {
      await meter().requestWithdrawal(usdc(1_000));
      await spend(1_000n);
      await networkHelpers.time.increase(USAGE_DELAY);
      await expect(meter().withdraw(f.bob))
        .to.be.revertedWithCustomError(f.meter, "Meter_NothingRequested")
        .withArgs(f.bob);
      await expect(meter().cancelWithdrawal()).to.emit(f.meter, "WithdrawalCancelled");
    });

    it("a later deposit is not covered, even when the request was lowered before it", async () => {
      const requestedAt = await timeOf(await meter().requestWithdrawal(usdc(1_000)));
      await spend(600n);
      await meter().deposit(usdc(5_000));
      expect(await account()).to.deep.equal([usdc(5_400), 0n, requestedAt, usdc(400)]);
      expect(await f.meter.availableOf(f.bob)).to.equal(usdc(5_000));
      await at(requestedAt + USAGE_DELAY);
      await expect(meter().withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(400));
      expect(await account()).to.deep.equal([usdc(5_000), 0n, 0n, 0n]);
    });

    it("a lapsed request that is larger than what is left is lowered too, and nothing gets stuck", async () => {
      await meter().requestWithdrawal(usdc(1_000));
      await networkHelpers.time.increase(2n * USAGE_DELAY);
      await spend(900n);
      expect((await account()).requested).to.equal(usdc(100));
      expect(await f.meter.availableOf(f.bob)).to.equal(usdc(100));
      await spend(1_000n);
      expect(await f.meter.availableOf(f.bob)).to.equal(0n);
    });
  });
});

import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { now } from "../support/clock.ts";
import { ethers, launchPayment, networkHelpers, workedExample } from "../support/fixtures.ts";
import { DAY, USAGE_DELAY } from "../support/time.ts";
import { tokens, usdc } from "../support/units.ts";
import { waterfall } from "../support/usage/numbers.ts";
import { usdcOf18Fixture, usdcOf6Fixture } from "../support/usage/oddUsdc.ts";
import type { OddUsdcScene } from "../support/usage/oddUsdc.ts";
import { SEATS } from "../support/usage/seatNames.ts";
import { keyPair, prepaidFixture } from "../support/usage/serving.ts";
import { DEPOSIT_BY_PARTS, signDeposit } from "../support/usage/signatures.ts";
import { atFloor, ownVoucher } from "../support/usage/vouchers.ts";

/** What a month of the paper brings: 10,000 million units for 12,000 USDC, 2,000 of them compute cost. */
const month = (f: OddUsdcScene) => ({
  modelId: 1n,
  units: 10_000_000_000n,
  list: 12_000n * f.unit,
  paid: 12_000n * f.unit,
});

describe("Threats: revenue", () => {
  describe("B4 a recipient that USDC has blacklisted", () => {
    let f: OddUsdcScene;
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(usdcOf6Fixture);
    });
    const blacklist = async (account: string): Promise<void> => {
      await f.odd.getFunction("blacklist")(account);
    };

    it("B4 stops no settlement, and nobody else's claim; its own goes to another address", async () => {
      const holders = [
        { seat: SEATS.provider(1n), holder: f.provider, credit: usdc(2_000) },
        { seat: SEATS.treasury, holder: f.treasury, credit: usdc(3_000) },
        { seat: SEATS.issuer(1n), holder: f.issuer, credit: usdc(1_000) },
      ];
      for (const { holder } of holders) await blacklist(holder.address);
      await blacklist(f.addresses.buyback);
      await f.meter.connect(f.platform).settleCard([month(f)]);
      for (const { seat, holder, credit } of holders) {
        await expect(f.waterfall.connect(holder).claim(seat, credit, holder)).to.be.revertedWithCustomError(
          f.odd,
          "Blacklisted",
        );
        const elsewhere = keyPair(`elsewhere ${seat}`).address;
        await f.waterfall.connect(holder).claim(seat, credit, elsewhere);
        expect(await f.usdc.balanceOf(elsewhere)).to.equal(credit);
      }
    });

    it("B4 a blacklisted user withdraws to another address", async () => {
      await blacklist(f.bob.address);
      await f.meter.connect(f.bob).requestWithdrawal(usdc(1_000));
      await networkHelpers.time.increase(USAGE_DELAY);
      const elsewhere = keyPair("elsewhere").address;
      await f.meter.connect(f.bob).withdraw(elsewhere);
      expect(await f.usdc.balanceOf(elsewhere)).to.equal(usdc(1_000));
    });
  });

  it("B5 the parts of every settlement are its whole, over 40 settlements of odd amounts", async () => {
    const f = await networkHelpers.loadFixture(prepaidFixture);
    let opex = 0n;
    let total = 0n;
    for (let day = 1n; day <= 40n; ++day) {
      const paid = (day * 7_919n) % 10_007n;
      const units = paid / 2n + 1n;
      await f.meter.connect(f.platform).settleCard([{ modelId: 1n, units, list: paid, paid }]);
      opex += waterfall(paid, units, 200_000n).opex;
      total += paid;
    }
    const seats = [SEATS.provider(1n), SEATS.buybackFlock, SEATS.treasury, SEATS.issuer(1n), SEATS.buybackModel(1n)];
    const credits = await Promise.all(seats.map((seat) => f.waterfall.creditOf(seat)));
    expect(credits.reduce((sum, credit) => sum + credit)).to.equal(total);
    expect(await f.usdc.balanceOf(f.waterfall)).to.equal(total);
    expect(credits[0]).to.equal(opex);
  });

  it("B7 settlement costs the same however many users, keys and models strangers add", async () => {
    const f = await networkHelpers.loadFixture(prepaidFixture);
    const settle = async (total: bigint) => {
      const row = await ownVoucher(f, f.bob, atFloor(total));
      const receipt = await (await f.meter.connect(f.platform).settle(1n, [row])).wait();
      return receipt!.gasUsed;
    };
    await settle(1n);
    const before = await settle(2n);
    for (let i = 0; i < 20; ++i) {
      await f.meter.connect(f.bob).authorizeKey(keyPair(`key ${i}`), 1n, (await now()) + 1_000n);
      await f.meter.connect(f.platform).depositCredit(keyPair(`user ${i}`), 1n);
    }
    for (let i = 0; i < 5; ++i) await f.offering.connect(f.issuer).launch(workedExample(), launchPayment());
    // What differs is the price of the zero bytes in a signature.
    const after = await settle(3n);
    expect(after > before ? after - before : before - after).to.be.lessThan(200n);
  });

  describe("S9 units of 6 and 18 decimals", () => {
    it("S9 the worked example comes out to the cent with a USDC of 18 decimals too", async () => {
      for (const fixture of [usdcOf6Fixture, usdcOf18Fixture]) {
        const f = await networkHelpers.loadFixture(fixture);
        expect(await f.registry.computeCostOf(1n)).to.equal(f.unit / 5n);
        await f.meter.connect(f.platform).settleCard([month(f)]);
        expect(await f.waterfall.creditOf(SEATS.provider(1n))).to.equal(2_000n * f.unit);
        expect(await f.waterfall.creditOf(SEATS.buybackFlock)).to.equal(3_000n * f.unit);
        expect(await f.waterfall.creditOf(SEATS.treasury)).to.equal(3_000n * f.unit);
        expect(await f.waterfall.creditOf(SEATS.issuer(1n))).to.equal(1_000n * f.unit);
        expect(await f.waterfall.creditOf(SEATS.buybackModel(1n))).to.equal(3_000n * f.unit);
      }
    });

    it("S9 what revenue earns in FLOCK does not depend on the decimals", async () => {
      for (const fixture of [usdcOf6Fixture, usdcOf18Fixture]) {
        const f = await networkHelpers.loadFixture(fixture);
        await f.flock.connect(f.deployer).approve(f.emissions, MaxUint256);
        await f.emissions.connect(f.deployer).fund(tokens(1_000_000));
        await f.meter
          .connect(f.platform)
          .settleCard([{ modelId: 1n, units: 50_000_000n, list: 60n * f.unit, paid: 60n * f.unit }]);
        // 50 USDC net, at half of 200 FLOCK each, on the model's first day.
        const totals = await f.emissions.epochTotalsOf(await f.emissions.currentEpoch());
        expect(totals.emission).to.equal(tokens(5_000));
      }
    });

    it("S9 fractions of compute cost are lost for each row, below a unit; nothing else is, by many small claims", async () => {
      const f = await networkHelpers.loadFixture(prepaidFixture);
      const platform = f.meter.connect(f.platform);
      for (let i = 0; i < 25; ++i) await platform.settleCard([{ modelId: 1n, units: 6n, list: 6n, paid: 6n }]);
      // Each row costs 1.2 millionths of a USDC.
      expect(await f.waterfall.creditOf(SEATS.provider(1n))).to.equal(25n);
      for (let i = 0; i < 5; ++i) await f.waterfall.connect(f.provider).claim(SEATS.provider(1n), 5n, f.provider);
      expect(await f.usdc.balanceOf(f.provider)).to.equal(25n);
      expect(await f.usdc.balanceOf(f.waterfall)).to.equal(125n);
    });
  });

  describe("A2 the guardian never stops an exit", () => {
    it("A2 withdrawals, exits of stakes, claims of credits and keys go on while everything is paused", async () => {
      const f = await networkHelpers.loadFixture(prepaidFixture);
      await f.mt.connect(f.carol).approve(f.staking, MaxUint256);
      await f.staking.connect(f.carol).stake(1n, 1_000n);
      await f.staking.connect(f.carol).requestExit(1n, 1_000n);
      await f.meter.connect(f.platform).settle(1n, [await ownVoucher(f, f.bob, atFloor(100n))]);
      await networkHelpers.time.increase(6n * DAY);
      await f.meter.connect(f.bob).requestWithdrawal(usdc(900));
      await networkHelpers.time.increase(USAGE_DELAY);
      await f.meter.connect(f.guardian).pauseDeposits();
      await f.offering.connect(f.guardian).pauseLaunches();
      await f.offering.connect(f.guardian).pauseBuys();
      await f.buyback.connect(f.guardian).pauseBuybacks();

      await expect(f.meter.connect(f.bob).withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(900));
      await expect(f.staking.connect(f.carol).withdraw(1n)).to.changeTokenBalance(ethers, f.mt, f.carol, 1_000n);
      await f.waterfall.connect(f.issuer).claim(SEATS.issuer(1n), 1n, f.issuer);
      await f.meter.connect(f.bob).authorizeKey(keyPair("key"), 1n, (await now()) + 1_000n);
      await f.meter.connect(f.bob).revokeKey(keyPair("key"));
      await f.staking.connect(f.carol).stake(1n, 1_000n);
      await f.meter.connect(f.platform).settle(1n, [await ownVoucher(f, f.carol, atFloor(1n))]);
    });
  });

  it("A3 multicall keeps the caller: it lends nobody the platform's role or another one's money", async () => {
    const f = await networkHelpers.loadFixture(prepaidFixture);
    const row = await ownVoucher(f, f.bob, atFloor(1n));
    const settle = f.meter.interface.encodeFunctionData("settle", [1n, [row]]);
    await expect(f.meter.connect(f.bob).multicall([settle]))
      .to.be.revertedWithCustomError(f.meter, "AccessManagedUnauthorized")
      .withArgs(f.bob);
    const deposit = f.meter.interface.encodeFunctionData("deposit", [usdc(1)]);
    await expect(f.meter.connect(f.stranger).multicall([deposit]))
      .to.be.revertedWithCustomError(f.usdc, "ERC20InsufficientAllowance")
      .withArgs(f.meter, 0n, usdc(1));
    const stake = f.staking.interface.encodeFunctionData("stake", [1n, 1n]);
    await f.mt.connect(f.carol).approve(f.staking, MaxUint256);
    await expect(f.staking.connect(f.stranger).multicall([stake])).to.be.revertedWithCustomError(
      f.mt,
      "ERC20InsufficientAllowance",
    );
  });

  it("A4 a USDC that begins to take a fee on transfers is refused at the door", async () => {
    const f = await networkHelpers.loadFixture(usdcOf6Fixture);
    await f.odd.getFunction("setFee")(100n);
    await expect(f.meter.connect(f.bob).deposit(usdc(100)))
      .to.be.revertedWithCustomError(f.meter, "Transfer_NotExact")
      .withArgs(f.addresses.usdc, usdc(99), usdc(100));
    await expect(f.meter.connect(f.platform).depositCredit(f.bob, usdc(100)))
      .to.be.revertedWithCustomError(f.meter, "Transfer_NotExact")
      .withArgs(f.addresses.usdc, usdc(99), usdc(100));
  });

  it("A4 and so is one whose authorisations deliver less than was signed for", async () => {
    const f = await networkHelpers.loadFixture(usdcOf6Fixture);
    const token = connectAs("usdc", f.addresses.usdc, f.bob);
    const signed = await signDeposit(token, f.bob, f.addresses.meter, usdc(100));
    const deposit = () => f.meter[DEPOSIT_BY_PARTS](...signed);
    const before = await f.meter.accountOf(f.bob);
    await f.odd.getFunction("setFee")(100n);
    await expect(deposit())
      .to.be.revertedWithCustomError(f.meter, "Transfer_NotExact")
      .withArgs(f.addresses.usdc, usdc(99), usdc(100));
    expect(await f.meter.accountOf(f.bob)).to.deep.equal(before);
    // The same authorisation is good without the fee.
    await f.odd.getFunction("setFee")(0n);
    await deposit();
    expect((await f.meter.accountOf(f.bob)).deposited).to.equal(before.deposited + usdc(100));
  });
});

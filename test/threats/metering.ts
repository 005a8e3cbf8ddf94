import { expect } from "chai";
import { ZeroHash, id } from "ethers";
import type { TypedDataDomain } from "ethers";

import { at, now, until } from "../support/clock.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { DAY, HOUR, NO_DEADLINE, USAGE_DELAY } from "../support/time.ts";
import { usdc } from "../support/units.ts";
import { waterfall } from "../support/usage/numbers.ts";
import { SEATS } from "../support/usage/seatNames.ts";
import { SKIP, deployUsageMock, keyPair, notThePlatform, prepaidFixture, timeOf } from "../support/usage/serving.ts";
import type { ServedScene } from "../support/usage/serving.ts";
import {
  DEPOSIT_BY_PARTS,
  PERMIT_BY_PARTS,
  RECEIVE_BY_PARTS,
  TRANSFER_BY_PARTS,
  permitFor,
  signAuthorisation,
} from "../support/usage/signatures.ts";
import { VOUCHER_TYPES, atFloor, meterDomain, ownVoucher, signVoucher } from "../support/usage/vouchers.ts";
import type { Row } from "../support/usage/vouchers.ts";

/** Attacks on payments for inference. Bob and Carol have deposited 1,000 USDC each. */
describe("Threats: payments for inference", () => {
  const key = keyPair("bob's key");
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
  });

  const settle = (rows: Row[], modelId = 1n) => f.meter.connect(f.platform).settle(modelId, rows);
  const reasonOf = async (row: Row, modelId = 1n) => (await f.meter.previewVoucher(modelId, row)).reason;
  const byKey = (total: bigint, modelId = 1n) =>
    signVoucher(f, key, { user: f.bob.address, modelId, ...atFloor(total) });

  describe("P1 a voucher field that is not in the signed hash", () => {
    it("P1 payer, key, model, units, list and paid are all signed", async () => {
      await f.meter.connect(f.carol).authorizeKey(f.bob, usdc(100), NO_DEADLINE - 1n);
      const row = await ownVoucher(f, f.bob, { units: 1_000_000n, list: usdc(3), paid: usdc(3) });
      const forged: [Partial<Row>, bigint][] = [
        [{ user: f.carol.address }, 1n],
        [{ key: f.carol.address }, 1n],
        [{}, 2n],
        [{ units: 999_999n }, 1n],
        [{ list: usdc(4) }, 1n],
        [{ paid: usdc(2) + 500_000n }, 1n],
      ];
      for (const [change, modelId] of forged) {
        expect(await reasonOf({ ...row, ...change }, modelId)).to.equal(SKIP.BadSignature);
        await expect(settle([{ ...row, ...change }], modelId)).to.not.emit(f.meter, "VoucherCollected");
      }
      expect(await reasonOf(row)).to.equal(SKIP.None);
    });

    it("P1 chain, contract, name and version are signed: a voucher for another one is worth nothing", async () => {
      const others: TypedDataDomain[] = [
        { chainId: 8_453n },
        { chainId: 56n },
        { verifyingContract: f.addresses.waterfall },
        { name: "FOMO Meter" },
        { version: "2" },
      ];
      for (const change of others) {
        const domain = { ...meterDomain(f), ...change };
        const row = await signVoucher(f, f.bob, { user: f.bob, ...atFloor(1n) }, domain);
        expect(await reasonOf(row)).to.equal(SKIP.BadSignature);
      }
    });

    it("P1 a voucher of this meter is worth nothing at a second one, where the user has money too", async () => {
      const { accessManager, usdc: token, registry, waterfall: splitter, emissions } = f.addresses;
      const second = f.meter.attach(
        await (
          await ethers.deployContract("InferenceMeter", [accessManager, token, registry, splitter, emissions])
        ).getAddress(),
      ) as ServedScene["meter"];
      await f.usdc.connect(f.bob).approve(second, usdc(10));
      await second.connect(f.bob).deposit(usdc(10));
      const row = await ownVoucher(f, f.bob, atFloor(1n));
      expect(await reasonOf(row)).to.equal(SKIP.None);
      expect((await second.previewVoucher(1n, row)).reason).to.equal(SKIP.BadSignature);
    });

    it("P1 the type string of the chain is the one wallets show", async () => {
      const type = VOUCHER_TYPES.UsageVoucher.map(({ type, name }) => `${type} ${name}`).join(",");
      const typehash = id(`UsageVoucher(${type})`);
      const coder = ethers.AbiCoder.defaultAbiCoder();
      const fields = [f.bob.address, key.address, 1n, 2n, 3n, 3n] as const;
      const types = ["bytes32", "address", "address", "uint256", "uint64", "uint96", "uint96"];
      const structHash = ethers.keccak256(coder.encode(types, [typehash, ...fields]));
      const domain = ethers.TypedDataEncoder.hashDomain(meterDomain(f));
      const digest = ethers.keccak256(ethers.concat(["0x1901", domain, structHash]));
      expect(await f.meter.voucherHash(...fields)).to.equal(digest);
    });
  });

  describe("P2 the same voucher collected twice", () => {
    it("P2 in one batch, in the next one, and long after", async () => {
      const row = await ownVoucher(f, f.bob, atFloor(10n));
      const tx = await settle([row, row]);
      await expect(tx).to.emit(f.meter, "VoucherSkipped").withArgs(1n, f.bob, f.bob, SKIP.NothingNew);
      await settle([row]);
      await networkHelpers.time.increase(400n * DAY);
      await settle([row]);
      expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(990));
    });

    it("P2 after the balance was withdrawn and deposited again", async () => {
      const row = await ownVoucher(f, f.bob, atFloor(10n));
      await settle([row]);
      await f.meter.connect(f.bob).requestWithdrawal(usdc(990));
      await networkHelpers.time.increase(USAGE_DELAY);
      await f.meter.connect(f.bob).withdraw(f.bob);
      await f.meter.connect(f.bob).deposit(usdc(100));
      expect(await reasonOf(row)).to.equal(SKIP.NothingNew);
    });

    it("P2 after the key expired and was authorised again: its sums survive", async () => {
      await f.meter.connect(f.bob).authorizeKey(key, usdc(100), (await now()) + DAY);
      const row = await byKey(10n);
      await settle([row]);
      await networkHelpers.time.increase(DAY);
      await f.meter.connect(f.bob).authorizeKey(key, usdc(100), (await now()) + DAY);
      expect(await reasonOf(row)).to.equal(SKIP.NothingNew);
      expect((await f.meter.keyOf(f.bob, key)).spent).to.equal(usdc(10));
    });

    it("P2 with a malleated signature, and under another model, key or user", async () => {
      const row = await ownVoucher(f, f.bob, atFloor(10n));
      await settle([row]);
      const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
      const parity = BigInt(row.vs) >> 255n;
      const s = BigInt(row.vs) & (2n ** 255n - 1n);
      const malleated = { ...row, vs: ethers.toBeHex((order - s) | ((1n - parity) << 255n), 32) };
      expect(await reasonOf(malleated)).to.be.oneOf([SKIP.BadSignature, SKIP.NothingNew]);
      await f.meter.connect(f.carol).authorizeKey(f.bob, usdc(100), NO_DEADLINE - 1n);
      expect(await reasonOf(row, 2n)).to.equal(SKIP.BadSignature);
      expect(await reasonOf({ ...row, user: f.carol.address })).to.equal(SKIP.BadSignature);
    });
  });

  it("P3 the payer cannot withdraw before an outstanding voucher is collected: requests cover until executed", async () => {
    const row = await ownVoucher(f, f.bob, atFloor(1_000n));
    const requestedAt = await timeOf(await f.meter.connect(f.bob).requestWithdrawal(usdc(1_000)));
    // The platform serves against nothing from here on, and settles within a day.
    expect(await f.meter.availableOf(f.bob)).to.equal(0n);
    await at(requestedAt + USAGE_DELAY - 1n);
    await expect(f.meter.connect(f.bob).withdraw(f.bob)).to.be.revertedWithCustomError(
      f.meter,
      "Meter_NotWithdrawable",
    );
    await settle([row]);
    expect((await f.meter.usageOf(f.bob, f.bob, 1n)).paid).to.equal(usdc(1_000));
    await expect(f.meter.connect(f.bob).withdraw(f.bob)).to.be.revertedWithCustomError(
      f.meter,
      "Meter_NothingRequested",
    );
  });

  it("P4 one bad voucher of every sort does not revert the batch, and an underfunded one brings what there is", async () => {
    await f.meter.connect(f.bob).authorizeKey(key, usdc(1), (await now()) + DAY);
    await networkHelpers.time.increase(DAY + USAGE_DELAY);
    const good = await ownVoucher(f, f.carol, atFloor(5n));
    const bad = [
      { ...(await ownVoucher(f, f.bob, atFloor(1n))), r: ZeroHash },
      { ...(await ownVoucher(f, f.bob, atFloor(1n))), vs: `0x${"ff".repeat(32)}` },
      await byKey(1n),
      await signVoucher(f, keyPair("unknown"), { user: f.bob.address, ...atFloor(1n) }),
      await ownVoucher(f, f.bob, { units: 2n ** 64n - 1n, list: 2n ** 96n - 1n, paid: 0n }),
      await ownVoucher(f, f.bob, { units: 2n ** 64n - 1n, list: 1n, paid: 1n }),
      await ownVoucher(f, f.bob, { units: 0n, list: 0n, paid: 0n }),
      await ownVoucher(f, f.stranger, atFloor(1n)),
    ];
    const huge = await ownVoucher(f, f.bob, { units: 2n ** 64n - 1n, list: 2n ** 96n - 1n, paid: 2n ** 96n - 1n });
    const tx = await settle([...bad, huge, good]);
    const receipt = await tx.wait();
    const skipped = receipt!.logs.filter(
      ({ topics }) => topics[0] === id("VoucherSkipped(uint256,address,address,uint8)"),
    );
    expect(skipped.length).to.equal(bad.length);
    expect((await f.meter.usageOf(f.bob, f.bob, 1n)).paid).to.equal(usdc(1_000));
    expect((await f.meter.usageOf(f.carol, f.carol, 1n)).paid).to.equal(usdc(5));
  });

  it("P5 gross inflated beyond the discount cap, by user and platform together, is refused by voucher and by card", async () => {
    const inflated = { units: 1_000_000n, list: usdc(1_000), paid: usdc(700) - 1n };
    expect(await reasonOf(await ownVoucher(f, f.bob, inflated))).to.equal(SKIP.AboveDiscountCap);
    await expect(f.meter.connect(f.platform).settleCard([{ modelId: 1n, ...inflated }]))
      .to.emit(f.meter, "CardRowSkipped")
      .withArgs(1n, 0n, SKIP.AboveDiscountCap);
    // A list price above the floor is allowed, but all of it is paid for, at 70% at least.
    const dear = { ...inflated, paid: usdc(700) };
    await expect(settle([await ownVoucher(f, f.bob, dear)])).to.changeTokenBalance(
      ethers,
      f.usdc,
      f.waterfall,
      usdc(700),
    );
  });

  describe("P6 a delegated signer that outlives its revocation, or that can withdraw", () => {
    it("P6 its vouchers are refused from 48 hours after the revocation, whenever they were signed", async () => {
      await f.meter.connect(f.bob).authorizeKey(key, usdc(100), (await now()) + 30n * DAY);
      const row = await byKey(10n);
      const revokedAt = await timeOf(await f.meter.connect(f.bob).revokeKey(key));
      await until(revokedAt + USAGE_DELAY - 1n);
      expect(await reasonOf(row)).to.equal(SKIP.None);
      await until(revokedAt + USAGE_DELAY);
      expect(await reasonOf(row)).to.equal(SKIP.KeyExpired);
      await networkHelpers.time.increase(400n * DAY);
      expect(await reasonOf(row)).to.equal(SKIP.KeyExpired);
    });

    it("P6 it can neither request nor withdraw nor authorise, and its cap bounds what it spends", async () => {
      await f.meter.connect(f.bob).authorizeKey(f.stranger, usdc(7), (await now()) + 30n * DAY);
      const asKey = f.meter.connect(f.stranger);
      await expect(asKey.requestWithdrawal(1n))
        .to.be.revertedWithCustomError(f.meter, "Meter_AboveDeposit")
        .withArgs(1n, 0n);
      await expect(asKey.withdraw(f.stranger)).to.be.revertedWithCustomError(f.meter, "Meter_NothingRequested");
      await asKey.authorizeKey(key, usdc(1_000), NO_DEADLINE - 1n);
      expect(await reasonOf(await byKey(1n))).to.equal(SKIP.KeyNotAuthorized);
      await settle([await signVoucher(f, f.stranger, { user: f.bob.address, ...atFloor(1_000n) })]);
      expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(993));
    });
  });

  it("P7 a contract wallet pays through a key; one that would misbehave when called is never called", async () => {
    const wallet = await deployUsageMock("CallingWallet");
    const address = await wallet.getAddress();
    // Credit needs nothing of the wallet, and without a key nobody can sign for it.
    await f.meter.connect(f.platform).depositCredit(address, usdc(5));
    const asItself = await signVoucher(f, f.deployer, { user: address, key: address, ...atFloor(1n) });
    expect(await reasonOf(asItself)).to.equal(SKIP.BadSignature);
    const data = f.meter.interface.encodeFunctionData("authorizeKey", [key.address, usdc(5), NO_DEADLINE - 1n]);
    await wallet.getFunction("execute")(f.addresses.meter, data);
    await expect(settle([await signVoucher(f, key, { user: address, ...atFloor(2n) })])).to.emit(
      f.meter,
      "VoucherCollected",
    );
  });

  it("P8 a deposit after a withdrawal request does not inherit its state", async () => {
    await f.meter.connect(f.bob).requestWithdrawal(usdc(1_000));
    await networkHelpers.time.increase(USAGE_DELAY);
    await f.meter.connect(f.bob).deposit(usdc(500));
    expect(await f.meter.availableOf(f.bob)).to.equal(usdc(500));
    await expect(f.meter.connect(f.bob).withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(1_000));
    expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(500));
    await expect(f.meter.connect(f.bob).withdraw(f.bob)).to.be.revertedWithCustomError(
      f.meter,
      "Meter_NothingRequested",
    );
  });

  describe("P9 an EIP-3009 or permit signature used by somebody else for another purpose", () => {
    const authorisation = (to: string) => ({
      from: f.bob.address,
      to,
      value: usdc(30),
      validAfter: 0n,
      validBefore: NO_DEADLINE,
      nonce: id("P9"),
    });

    it("P9 an authorisation for the meter is of use to the meter alone, and books for its signer", async () => {
      const a = authorisation(f.addresses.meter);
      const [v, r, s] = await signAuthorisation(f.usdc, f.bob, a);
      const args = [a.from, a.to, a.value, a.validAfter, a.validBefore, a.nonce, v, r, s] as const;
      const thief = f.usdc.connect(f.stranger);
      await expect(thief[RECEIVE_BY_PARTS](...args))
        .to.be.revertedWithCustomError(f.usdc, "ERC20InvalidReceiver")
        .withArgs(f.meter);
      // Nor can it be turned into a transfer that nobody books.
      await expect(thief[TRANSFER_BY_PARTS](...args)).to.be.revertedWithCustomError(f.usdc, "ERC3009InvalidSignature");
      const meter = f.meter.connect(f.stranger);
      await meter[DEPOSIT_BY_PARTS](a.from, a.value, a.validAfter, a.validBefore, a.nonce, v, r, s);
      expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(1_030));
      expect((await f.meter.accountOf(f.stranger)).deposited).to.equal(0n);
    });

    it("P9 an authorisation for somebody else is refused by the meter", async () => {
      const a = authorisation(f.stranger.address);
      const [v, r, s] = await signAuthorisation(f.usdc, f.bob, a);
      await expect(
        f.meter[DEPOSIT_BY_PARTS](a.from, a.value, a.validAfter, a.validBefore, a.nonce, v, r, s),
      ).to.be.revertedWithCustomError(f.usdc, "ERC3009InvalidSignature");
    });

    it("P9 a permit for the meter moves nothing unless its owner calls", async () => {
      await f.usdc.connect(f.bob).approve(f.meter, 0n);
      const permit = await permitFor(f.usdc, f.bob, f.addresses.meter, usdc(30));
      await f.usdc.connect(f.stranger)[PERMIT_BY_PARTS](f.bob, f.addresses.meter, ...permit);
      await expect(f.meter.connect(f.stranger).deposit(usdc(30)))
        .to.be.revertedWithCustomError(f.usdc, "ERC20InsufficientAllowance")
        .withArgs(f.meter, 0n, usdc(30));
      await expect(f.meter.connect(f.platform).depositCredit(f.platform, 1n)).to.changeTokenBalance(
        ethers,
        f.usdc,
        f.bob,
        0n,
      );
      expect(await f.usdc.allowance(f.bob, f.meter)).to.equal(usdc(30));
    });
  });

  describe("P10 bounds on differences", () => {
    it("P10 nobody but the platform can settle: no tiny voucher in between", async () => {
      const tiny = await ownVoucher(f, f.bob, { units: 1n, list: usdc(1), paid: usdc(1) });
      for (const caller of Object.values(notThePlatform(f))) {
        await expect(f.meter.connect(caller).settle(1n, [tiny])).to.be.revertedWithCustomError(
          f.meter,
          "AccessManagedUnauthorized",
        );
      }
    });

    it("P10 a voucher that was dear for its units does not block the honest one after it", async () => {
      // The difference alone would be 99 million units for 98 USDC, below the floor; the totals keep it.
      await settle([await ownVoucher(f, f.bob, { units: 1_000_000n, list: usdc(2), paid: usdc(2) })]);
      await settle([await ownVoucher(f, f.bob, atFloor(100n))]);
      expect((await f.meter.usageOf(f.bob, f.bob, 1n)).paid).to.equal(usdc(100));
    });

    it("P10 a partial collection at both edges of the bounds leaves a rest that can always be collected", async () => {
      for (const [i, deposit] of [1n, 2n, 3n, 999_999n, 1_000_001n].entries()) {
        const user = keyPair(`payer ${i}`);
        await f.meter.connect(f.platform).depositCredit(user, deposit);
        const sums = { units: 10_000_001n, list: 10_000_001n, paid: 7_000_001n };
        const row = await signVoucher(f, user, { user: user.address, ...sums });
        await settle([row]);
        expect((await f.meter.usageOf(user, user, 1n)).paid).to.equal(deposit);
        await f.meter.connect(f.platform).depositCredit(user, usdc(10));
        await settle([row]);
        expect(await f.meter.usageOf(user, user, 1n)).to.deep.equal([sums.units, sums.list, sums.paid]);
      }
    });
  });

  it("P11 a withdrawal that has matured and is left unexecuted lapses; it is no instant one later", async () => {
    const requestedAt = await timeOf(await f.meter.connect(f.bob).requestWithdrawal(usdc(1_000)));
    await at(requestedAt + 2n * USAGE_DELAY);
    await expect(f.meter.connect(f.bob).withdraw(f.bob)).to.be.revertedWithCustomError(
      f.meter,
      "Meter_NotWithdrawable",
    );
    await networkHelpers.time.increase(30n * DAY);
    await expect(f.meter.connect(f.bob).withdraw(f.bob)).to.be.revertedWithCustomError(
      f.meter,
      "Meter_NotWithdrawable",
    );
    // While it is open the platform serves against nothing; when it counts again, it can no longer be executed.
    expect(await f.meter.availableOf(f.bob)).to.equal(usdc(1_000));
  });

  it("P11 a chain of requests keeps what is requested from being served against, all the time", async () => {
    await f.meter.connect(f.bob).requestWithdrawal(usdc(1_000));
    for (let i = 0; i < 5; ++i) {
      await networkHelpers.time.increase(2n * USAGE_DELAY - HOUR);
      expect(await f.meter.availableOf(f.bob)).to.equal(0n);
      await f.meter.connect(f.bob).requestWithdrawal(usdc(1_000));
    }
  });

  describe("P15 a key that expires before its vouchers are collected", () => {
    it("P15 voids nothing of what was served: it is collected for 48 hours, longer than settlements are apart", async () => {
      const expiresAt = (await now()) + HOUR;
      await f.meter.connect(f.bob).authorizeKey(key, usdc(100), expiresAt);
      const served = await byKey(80n);
      await at(expiresAt + USAGE_DELAY - 1n);
      await expect(settle([served])).to.changeTokenBalance(ethers, f.usdc, f.waterfall, usdc(80));
    });

    it("P15 gives a thief of the key no more than 48 hours after a revocation, and the cap at most", async () => {
      await f.meter.connect(f.bob).authorizeKey(key, usdc(100), (await now()) + 30n * DAY);
      await settle([await byKey(80n)]);
      const revokedAt = await timeOf(await f.meter.connect(f.bob).revokeKey(key));
      // Nobody can tell that this was signed after the revocation.
      await expect(settle([await byKey(500n)])).to.changeTokenBalance(ethers, f.usdc, f.waterfall, usdc(20));
      await at(revokedAt + USAGE_DELAY);
      await settle([await byKey(500n, 2n)], 2n);
      expect((await f.meter.keyOf(f.bob, key)).spent).to.equal(usdc(100));
    });
  });

  describe("P12 revocation at once, and keys without a cap", () => {
    it("P12 a revocation does not void what is owed: it can be collected for 48 hours", async () => {
      await f.meter.connect(f.bob).authorizeKey(key, usdc(100), (await now()) + 30n * DAY);
      const row = await byKey(100n);
      await f.meter.connect(f.bob).revokeKey(key);
      await f.meter.connect(f.bob).authorizeKey(key, 0n, (await now()) + HOUR);
      await networkHelpers.time.increase(USAGE_DELAY - HOUR);
      await expect(settle([row])).to.changeTokenBalance(ethers, f.usdc, f.waterfall, usdc(100));
    });

    it("P12 no sequence of lower caps, earlier expiries and revocations takes effect sooner than 48 hours", async () => {
      const start = await timeOf(await f.meter.connect(f.bob).authorizeKey(key, usdc(100), (await now()) + 30n * DAY));
      const row = await byKey(100n);
      const meter = f.meter.connect(f.bob);
      await meter.authorizeKey(key, 0n, start + DAY);
      await meter.revokeKey(key);
      await meter.authorizeKey(key, 1n, start + DAY);
      await meter.revokeKey(key);
      await until(start + USAGE_DELAY);
      expect((await f.meter.previewVoucher(1n, row)).collected.paid).to.equal(usdc(100));
    });

    it("P12 a stolen key spends its cap once, however often it was authorised again", async () => {
      const meter = f.meter.connect(f.bob);
      for (let i = 0; i < 3; ++i) {
        await meter.authorizeKey(key, usdc(10), (await now()) + DAY);
        for (const modelId of [1n, 2n]) await settle([await byKey(500n, modelId)], modelId);
        await networkHelpers.time.increase(DAY);
      }
      expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(990));
    });
  });

  describe("P13 price floor, discount and compute cost together leave no net revenue", () => {
    it("P13 the cheapest usage there can be still brings net revenue after compute cost", async () => {
      const units = 10_000_000n;
      const cheapest = { units, list: usdc(10), paid: usdc(7) };
      expect(await reasonOf(await ownVoucher(f, f.bob, { ...cheapest, paid: usdc(7) - 1n }))).to.equal(
        SKIP.AboveDiscountCap,
      );
      expect(await reasonOf(await ownVoucher(f, f.bob, { ...cheapest, units: units + 1n }))).to.equal(
        SKIP.BelowPriceFloor,
      );
      await settle([await ownVoucher(f, f.bob, cheapest)]);
      const { net } = waterfall(usdc(7), units, 200_000n);
      expect(net).to.equal(usdc(5));
      expect(await f.waterfall.creditOf(SEATS.issuer(1n))).to.equal(net / 10n);
    });

    it("P13 known limit: money that is signed ahead of its units leaves the provider unpaid, and every row shows it", async () => {
      const [units, list, paid] = [10_000_000n, usdc(10), usdc(7)];
      await settle([await ownVoucher(f, f.bob, { units: 1n, list, paid })]);
      await settle([await ownVoucher(f, f.bob, { units, list: list + 1n, paid: paid + 1n })]);
      expect(await f.waterfall.creditOf(SEATS.provider(1n))).to.equal(0n);
      const rows = await f.meter.queryFilter(f.meter.filters.VoucherCollected(1n, f.bob));
      expect(rows.map(({ args }) => args.collected)).to.deep.equal([
        [1n, list, paid],
        [units - 1n, 1n, 1n],
      ]);
    });

    it("P13 whoever raises the tier's cost gets at most what leaves a tenth of it over", async () => {
      const terms = await f.registry.usageTermsOf(1n);
      const minPrice = (terms.minimumPrice * 7_000n) / 10_000n;
      const bearable = (minPrice * 10_000n) / 11_000n;
      expect(await f.registry.computeCostOf(1n)).to.be.at.most(bearable);
      expect(minPrice - bearable).to.be.at.least(bearable / 10n);
    });
  });
});

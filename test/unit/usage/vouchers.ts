import { expect } from "chai";
import { Signature, TypedDataEncoder, ZeroAddress, ZeroHash } from "ethers";

import { now } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { DAY, USAGE_DELAY } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { waterfall } from "../../support/usage/numbers.ts";
import { SKIP, keyPair, prepaidFixture } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";
import { VOUCHER_TYPES, atFloor, meterDomain, ownVoucher, signVoucher } from "../../support/usage/vouchers.ts";
import type { Row } from "../../support/usage/vouchers.ts";

describe("InferenceMeter: vouchers", () => {
  const key = keyPair("bob's key");
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
    await f.meter.connect(f.bob).authorizeKey(key, usdc(100), (await now()) + 10n * DAY);
  });

  const settle = (rows: Row[], modelId = 1n) => f.meter.connect(f.platform).settle(modelId, rows);

  describe("voucherHash", () => {
    it("is what a wallet signs", async () => {
      const sums = { units: 12n, list: 34n, paid: 56n };
      const message = { user: f.bob.address, key: key.address, modelId: 7n, ...sums };
      expect(await f.meter.voucherHash(f.bob, key, 7n, 12n, 34n, 56n)).to.equal(
        TypedDataEncoder.hash(meterDomain(f), VOUCHER_TYPES, message),
      );
    });

    it("has the domain that the meter publishes", async () => {
      const { name, version, chainId, verifyingContract } = await f.meter.eip712Domain();
      expect({ name, version, chainId, verifyingContract }).to.deep.equal(meterDomain(f));
    });
  });

  describe("settle", () => {
    it("collects a voucher of the user's own: balance, usage, waterfall and events", async () => {
      const sums = { units: 3_000_000n, list: usdc(4), paid: usdc(3) };
      const tx = await settle([await ownVoucher(f, f.bob, sums)]);
      const { net, opex, flockBuyback, treasury, issuer, mtBuyback } = waterfall(usdc(3), sums.units, 200_000n);
      await expect(tx)
        .to.emit(f.meter, "VoucherCollected")
        .withArgs(1n, f.bob, f.bob, [sums.units, sums.list, sums.paid], usdc(3), 0n, 0n, usdc(997));
      await expect(tx).to.emit(f.meter, "UsageSettled").withArgs(1n, false, sums.units, sums.list, sums.paid, net);
      const parts = [flockBuyback, treasury, issuer, mtBuyback];
      await expect(tx)
        .to.emit(f.waterfall, "RevenueSplit")
        .withArgs(1n, await f.registry.providerSeatOf(1n), opex, parts, opex, parts);
      await expect(tx).to.changeTokenBalances(ethers, f.usdc, [f.bob, f.meter, f.waterfall], [0n, -usdc(3), usdc(3)]);
      expect(await f.meter.usageOf(f.bob, f.bob, 1n)).to.deep.equal([sums.units, sums.list, sums.paid]);
      expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(997));
    });

    it("collects by difference: sums are cumulative", async () => {
      await settle([await ownVoucher(f, f.bob, atFloor(3n))]);
      const tx = await settle([await ownVoucher(f, f.bob, { units: 5_000_000n, list: usdc(9), paid: usdc(8) })]);
      await expect(tx)
        .to.emit(f.meter, "VoucherCollected")
        .withArgs(1n, f.bob, f.bob, [2_000_000n, usdc(6), usdc(5)], usdc(8), 0n, 0n, usdc(992));
      expect(await f.meter.usageOf(f.bob, f.bob, 1n)).to.deep.equal([5_000_000n, usdc(9), usdc(8)]);
      expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(992));
    });

    it("keeps users, keys and models apart", async () => {
      const byKey = (millions: bigint, modelId: bigint) =>
        signVoucher(f, key, { user: f.bob.address, modelId, ...atFloor(millions) });
      await settle([
        await ownVoucher(f, f.bob, atFloor(1n)),
        await byKey(2n, 1n),
        await ownVoucher(f, f.carol, atFloor(4n)),
      ]);
      await settle([await byKey(8n, 2n)], 2n);
      const paidOf = async (user: string, signer: string, modelId: bigint) =>
        (await f.meter.usageOf(user, signer, modelId)).paid;
      expect(await paidOf(f.bob.address, f.bob.address, 1n)).to.equal(usdc(1));
      expect(await paidOf(f.bob.address, key.address, 1n)).to.equal(usdc(2));
      expect(await paidOf(f.bob.address, key.address, 2n)).to.equal(usdc(8));
      expect(await paidOf(f.carol.address, f.carol.address, 1n)).to.equal(usdc(4));
      expect((await f.meter.keyOf(f.bob, key)).spent).to.equal(usdc(10));
      expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(989));
    });

    it("adds the rows of a batch up, with one split", async () => {
      const rows = [await ownVoucher(f, f.bob, atFloor(1n)), await ownVoucher(f, f.carol, atFloor(4n))];
      const tx = await settle(rows);
      const { net } = waterfall(usdc(5), 5_000_000n, 200_000n);
      await expect(tx).to.emit(f.meter, "UsageSettled").withArgs(1n, false, 5_000_000n, usdc(5), usdc(5), net);
      const receipt = await tx.wait();
      const splits = receipt!.logs.filter(
        ({ topics }) => topics[0] === f.waterfall.filters.RevenueSplit().fragment.topicHash,
      );
      expect(splits.length).to.equal(1);
    });

    it("collects two vouchers of one user in one batch, the second by difference", async () => {
      await settle([await ownVoucher(f, f.bob, atFloor(1n)), await ownVoucher(f, f.bob, atFloor(3n))]);
      expect((await f.meter.usageOf(f.bob, f.bob, 1n)).paid).to.equal(usdc(3));
      expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(997));
    });

    it("does nothing for an empty batch, for any model", async () => {
      for (const modelId of [1n, 3n, 99n]) {
        const receipt = await (await settle([], modelId)).wait();
        expect(receipt!.logs).to.deep.equal([]);
      }
    });
  });

  describe("skips a row, says why and changes nothing for it", () => {
    /** Settles one bad row between two good ones and expects the reason, and that the good ones were collected. */
    const expectSkipped = async (bad: Row, reason: bigint) => {
      const good = [await ownVoucher(f, f.carol, atFloor(1n)), await ownVoucher(f, f.carol, atFloor(2n))] as const;
      const before = {
        account: await f.meter.accountOf(bad.user),
        usage: await f.meter.usageOf(bad.user, bad.key, 1n),
        key: await f.meter.keyOf(bad.user, bad.key),
      };
      expect(await f.meter.previewVoucher(1n, bad)).to.deep.equal([reason, [0n, 0n, 0n]]);
      const tx = await settle([good[0], bad, good[1]]);
      await expect(tx).to.emit(f.meter, "VoucherSkipped").withArgs(1n, bad.user, bad.key, reason);
      expect((await f.meter.usageOf(f.carol, f.carol, 1n)).paid).to.equal(usdc(2));
      expect(await f.meter.accountOf(bad.user)).to.deep.equal(before.account);
      expect(await f.meter.usageOf(bad.user, bad.key, 1n)).to.deep.equal(before.usage);
      expect(await f.meter.keyOf(bad.user, bad.key)).to.deep.equal(before.key);
    };

    it("ModelNotLive: no API id, no graduation, no such model", async () => {
      for (const modelId of [3n, 0n, 99n]) {
        const row = await ownVoucher(f, f.bob, atFloor(1n), modelId);
        await expect(settle([row], modelId))
          .to.emit(f.meter, "VoucherSkipped")
          .withArgs(modelId, f.bob, f.bob, SKIP.ModelNotLive);
        expect(await f.meter.previewVoucher(modelId, row)).to.deep.equal([SKIP.ModelNotLive, [0n, 0n, 0n]]);
      }
      expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(1_000));
    });

    it("BadSignature: somebody else signed, or any field was changed", async () => {
      await expectSkipped(
        await signVoucher(f, f.carol, { user: f.bob.address, key: f.bob.address, ...atFloor(1n) }),
        SKIP.BadSignature,
      );
      const row = await ownVoucher(f, f.bob, { units: 1_000n, list: usdc(1), paid: usdc(1) });
      const changes: Partial<Row>[] = [
        { user: f.carol.address, key: f.carol.address },
        { user: f.carol.address },
        { key: key.address },
        { units: 1_001n },
        { list: usdc(1) + 1n },
        { paid: usdc(1) + 1n },
      ];
      for (const change of changes) {
        expect((await f.meter.previewVoucher(1n, { ...row, ...change })).reason).to.equal(SKIP.BadSignature);
      }
    });

    it("BadSignature: malformed, of the upper half, or of nobody", async () => {
      const row = await ownVoucher(f, f.bob, atFloor(1n));
      await expectSkipped({ ...row, r: ZeroHash, vs: ZeroHash }, SKIP.BadSignature);
      await expectSkipped({ ...row, r: `0x${"ff".repeat(32)}` }, SKIP.BadSignature);
      const nobody = { ...row, user: ZeroAddress, key: ZeroAddress };
      for (const bad of [nobody, { ...nobody, r: ZeroHash, vs: ZeroHash }]) await expectSkipped(bad, SKIP.BadSignature);
      const flipped = Signature.from({ r: row.r, yParityAndS: row.vs });
      const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
      const upper = order - BigInt(flipped.s);
      const vs = upper | (BigInt(1 - flipped.yParity) << 255n);
      await expectSkipped({ ...row, vs: ethers.toBeHex(vs, 32) }, SKIP.BadSignature);
    });

    it("KeyNotAuthorized", async () => {
      const unknown = keyPair("unknown");
      await expectSkipped(
        await signVoucher(f, unknown, { user: f.bob.address, ...atFloor(1n) }),
        SKIP.KeyNotAuthorized,
      );
    });

    it("KeyExpired", async () => {
      await networkHelpers.time.increase(10n * DAY + USAGE_DELAY);
      await expectSkipped(await signVoucher(f, key, { user: f.bob.address, ...atFloor(1n) }), SKIP.KeyExpired);
    });

    it("KeyCapReached", async () => {
      await settle([await signVoucher(f, key, { user: f.bob.address, ...atFloor(100n) })]);
      await expectSkipped(await signVoucher(f, key, { user: f.bob.address, ...atFloor(101n) }), SKIP.KeyCapReached);
    });

    it("KeyCapReached: a cap of zero", async () => {
      const poor = keyPair("poor");
      await f.meter.connect(f.bob).authorizeKey(poor, 0n, (await now()) + DAY);
      await expectSkipped(await signVoucher(f, poor, { user: f.bob.address, ...atFloor(1n) }), SKIP.KeyCapReached);
    });

    it("BelowPriceFloor, exactly at the edge: list · 1e6 = units · minimum price is enough", async () => {
      // The floor of the fixture is 1 USDC for a million units, so a unit costs a millionth of a USDC.
      const edge = { units: 1_234_567n, list: 1_234_567n, paid: 1_234_567n };
      await expectSkipped(await ownVoucher(f, f.bob, { ...edge, list: edge.list - 1n }), SKIP.BelowPriceFloor);
      await expectSkipped(await ownVoucher(f, f.bob, { ...edge, units: edge.units + 1n }), SKIP.BelowPriceFloor);
      expect((await f.meter.previewVoucher(1n, await ownVoucher(f, f.bob, edge))).reason).to.equal(SKIP.None);
    });

    it("AboveDiscountCap, exactly at the edge: paid · 1e4 = list · 7,000 is enough", async () => {
      const edge = { units: 1n, list: 10_000n, paid: 7_000n };
      await expectSkipped(await ownVoucher(f, f.bob, { ...edge, paid: 6_999n }), SKIP.AboveDiscountCap);
      await expectSkipped(await ownVoucher(f, f.bob, { ...edge, list: 10_001n }), SKIP.AboveDiscountCap);
      expect((await f.meter.previewVoucher(1n, await ownVoucher(f, f.bob, edge))).reason).to.equal(SKIP.None);
    });

    it("AboveDiscountCap: usage that is given away", async () => {
      await expectSkipped(
        await ownVoucher(f, f.bob, { units: 1_000_000n, list: usdc(1), paid: 0n }),
        SKIP.AboveDiscountCap,
      );
    });

    it("NothingNew: the same again, an older one, nothing at all", async () => {
      await settle([await ownVoucher(f, f.bob, { units: 3_000_000n, list: usdc(5), paid: usdc(4) })]);
      await expectSkipped(
        await ownVoucher(f, f.bob, { units: 3_000_000n, list: usdc(5), paid: usdc(4) }),
        SKIP.NothingNew,
      );
      const older = { units: 1_000_000n, list: usdc(2), paid: usdc(2) };
      const fresh = await ownVoucher(f, f.carol, { units: 0n, list: 0n, paid: 0n });
      for (const row of [await ownVoucher(f, f.bob, older), fresh]) {
        expect((await f.meter.previewVoucher(1n, row)).reason).to.equal(SKIP.NothingNew);
      }
    });

    it("NothingNew: one that pays more for fewer units or a smaller list than before", async () => {
      await settle([await ownVoucher(f, f.bob, { units: 3_000_000n, list: usdc(5), paid: usdc(4) })]);
      await expectSkipped(
        await ownVoucher(f, f.bob, { units: 2_999_999n, list: usdc(6), paid: usdc(5) }),
        SKIP.NothingNew,
      );
      await expectSkipped(
        await ownVoucher(f, f.bob, { units: 3_000_000n, list: usdc(5) - 1n, paid: usdc(5) }),
        SKIP.NothingNew,
      );
    });

    it("P14 NoUnits: list spend without any more units, which would pay the provider nothing", async () => {
      await expectSkipped(await ownVoucher(f, f.bob, { units: 0n, list: usdc(2), paid: usdc(2) }), SKIP.NoUnits);
      await settle([await ownVoucher(f, f.bob, { units: 3_000_000n, list: usdc(5), paid: usdc(4) })]);
      await expectSkipped(
        await ownVoucher(f, f.bob, { units: 3_000_000n, list: usdc(6), paid: usdc(5) }),
        SKIP.NoUnits,
      );
      // With the next unit all of it is collected.
      await settle([await ownVoucher(f, f.bob, { units: 3_000_001n, list: usdc(6), paid: usdc(5) })]);
      expect((await f.meter.usageOf(f.bob, f.bob, 1n)).paid).to.equal(usdc(5));
    });

    it("but not what is paid without list spend: it is revenue, and no usage", async () => {
      await settle([await ownVoucher(f, f.bob, { units: 0n, list: 0n, paid: usdc(2) })]);
      expect((await f.meter.usageOf(f.bob, f.bob, 1n)).paid).to.equal(usdc(2));
      expect((await f.emissions.modelRewardsOf(1n)).openWeight).to.equal(0n);
    });

    it("NoBalance", async () => {
      const row = await ownVoucher(f, f.stranger, atFloor(1n));
      await expectSkipped(row, SKIP.NoBalance);
    });

    it("a batch of bad rows brings no revenue, and no event of a settlement", async () => {
      const tx = await settle([await ownVoucher(f, f.stranger, atFloor(1n))]);
      await expect(tx).to.not.emit(f.meter, "UsageSettled");
      await expect(tx).to.not.emit(f.waterfall, "RevenueSplit");
    });
  });

  it("a voucher that was skipped can be settled when its cause is gone", async () => {
    const row = await ownVoucher(f, f.stranger, atFloor(2n));
    await settle([row]);
    await f.usdc.transfer(f.stranger, usdc(2));
    await f.usdc.connect(f.stranger).approve(f.meter, usdc(2));
    await f.meter.connect(f.stranger).deposit(usdc(2));
    await expect(settle([row])).to.emit(f.meter, "VoucherCollected");
  });
});

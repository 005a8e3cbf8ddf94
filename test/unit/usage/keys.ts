import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { at, now, until } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { DAY, HOUR, NO_DEADLINE, USAGE_DELAY } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { SKIP, deployUsageMock, keyPair, keyRecord, prepaidFixture, timeOf } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";
import { atFloor, signVoucher } from "../../support/usage/vouchers.ts";

describe("InferenceMeter: keys", () => {
  const key = keyPair("bob's key");
  let f: ServedScene;
  let expiresAt: bigint;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
    expiresAt = (await now()) + 30n * DAY;
  });

  const meter = () => f.meter.connect(f.bob);
  const record = () => f.meter.keyOf(f.bob, key);
  /** A voucher of Bob's that the key signed; `total` is cumulative [USDC]. */
  const voucher = (total: bigint) => signVoucher(f, key, { user: f.bob.address, ...atFloor(total) });
  const preview = async (total: bigint) => f.meter.previewVoucher(1n, await voucher(total));
  const spend = async (total: bigint) => f.meter.connect(f.platform).settle(1n, [await voucher(total)]);

  describe("authorizeKey", () => {
    it("reverts for the zero address", async () => {
      const authorise = meter().authorizeKey(ZeroAddress, 1n, expiresAt);
      await expect(authorise).to.be.revertedWithCustomError(f.meter, "Meter_ZeroAddress");
    });

    it("reverts for the user itself", async () => {
      await expect(meter().authorizeKey(f.bob, 1n, expiresAt))
        .to.be.revertedWithCustomError(f.meter, "Meter_OwnKey")
        .withArgs(f.bob);
    });

    it("reverts for an expiry that has passed, up to the same second", async () => {
      const inTenSeconds = async () => {
        const time = (await now()) + 10n;
        await at(time);
        return time;
      };
      for (const passedOf of [(time: bigint) => time, (time: bigint) => time - 1n, () => 0n]) {
        const passed = passedOf(await inTenSeconds());
        await expect(meter().authorizeKey(key, 1n, passed))
          .to.be.revertedWithCustomError(f.meter, "Meter_ExpiryPassed")
          .withArgs(passed);
      }
      await expect(meter().authorizeKey(key, 1n, (await inTenSeconds()) + 1n)).to.emit(f.meter, "KeyChanged");
    });

    it("lets a new key sign at once, and reports the record", async () => {
      const expected = keyRecord(usdc(100), 0n, expiresAt);
      await expect(meter().authorizeKey(key, usdc(100), expiresAt))
        .to.emit(f.meter, "KeyChanged")
        .withArgs(f.bob, key, expected);
      expect(await record()).to.deep.equal(expected);
      expect((await preview(100n)).reason).to.equal(SKIP.None);
    });

    it("is for the caller alone: the same key of another user stays unknown", async () => {
      await meter().authorizeKey(key, usdc(100), expiresAt);
      expect(await f.meter.keyOf(f.carol, key)).to.deep.equal(keyRecord(0n, 0n, 0n));
      const carols = await signVoucher(f, key, { user: f.carol.address, ...atFloor(1n) });
      expect((await f.meter.previewVoucher(1n, carols)).reason).to.equal(SKIP.KeyNotAuthorized);
    });

    it("allows one key to sign for several users, each with its own cap", async () => {
      await meter().authorizeKey(key, usdc(100), expiresAt);
      await f.meter.connect(f.carol).authorizeKey(key, usdc(7), expiresAt);
      const carols = await signVoucher(f, key, { user: f.carol.address, ...atFloor(10n) });
      await f.meter.connect(f.platform).settle(1n, [await voucher(10n), carols]);
      expect((await record()).spent).to.equal(usdc(10));
      expect((await f.meter.keyOf(f.carol, key)).spent).to.equal(usdc(7));
    });

    describe("given the key is authorised up to 100 USDC", () => {
      beforeEach(async () => {
        await meter().authorizeKey(key, usdc(100), expiresAt);
      });

      it("a higher cap and a later expiry hold at once", async () => {
        const expected = keyRecord(usdc(200), 0n, expiresAt + DAY);
        await expect(meter().authorizeKey(key, usdc(200), expiresAt + DAY))
          .to.emit(f.meter, "KeyChanged")
          .withArgs(f.bob, key, expected);
        expect((await preview(200n)).collected.paid).to.equal(usdc(200));
      });

      it("a lower cap holds 48 hours later, not a second earlier", async () => {
        const tx = await meter().authorizeKey(key, usdc(40), expiresAt);
        const nextCapAt = (await timeOf(tx)) + USAGE_DELAY;
        const expected = keyRecord(usdc(100), 0n, expiresAt, [usdc(40), nextCapAt]);
        await expect(tx).to.emit(f.meter, "KeyChanged").withArgs(f.bob, key, expected);
        await until(nextCapAt - 1n);
        expect(await record()).to.deep.equal(expected);
        expect((await preview(100n)).collected.paid).to.equal(usdc(100));
        await until(nextCapAt);
        expect(await record()).to.deep.equal(keyRecord(usdc(40), 0n, expiresAt));
        expect((await preview(100n)).collected.paid).to.equal(usdc(40));
      });

      it("a lower cap replaces one on its way, and its clock begins anew", async () => {
        const first = await timeOf(await meter().authorizeKey(key, usdc(40), expiresAt));
        await at(first + USAGE_DELAY - 1n);
        const second = await timeOf(await meter().authorizeKey(key, usdc(60), expiresAt));
        await until(first + USAGE_DELAY);
        expect(await record()).to.deep.equal(keyRecord(usdc(100), 0n, expiresAt, [usdc(60), second + USAGE_DELAY]));
        await until(second + USAGE_DELAY);
        expect((await record()).cap).to.equal(usdc(60));
      });

      it("the same or a higher cap calls a lower one on its way off", async () => {
        await meter().authorizeKey(key, usdc(40), expiresAt);
        await meter().authorizeKey(key, usdc(100), expiresAt);
        expect(await record()).to.deep.equal(keyRecord(usdc(100), 0n, expiresAt));
        await networkHelpers.time.increase(USAGE_DELAY);
        expect((await record()).cap).to.equal(usdc(100));
      });

      it("a lower cap whose time has come is what the next change starts from", async () => {
        await meter().authorizeKey(key, usdc(40), expiresAt);
        await networkHelpers.time.increase(USAGE_DELAY);
        await meter().authorizeKey(key, usdc(50), expiresAt);
        expect(await record()).to.deep.equal(keyRecord(usdc(50), 0n, expiresAt));
      });

      it("a cap below what is spent stops the key when it holds", async () => {
        await spend(60n);
        await meter().authorizeKey(key, usdc(10), expiresAt);
        expect((await preview(100n)).collected.paid).to.equal(usdc(40));
        await networkHelpers.time.increase(USAGE_DELAY);
        expect((await preview(100n)).reason).to.equal(SKIP.KeyCapReached);
        expect(await record()).to.deep.equal(keyRecord(usdc(10), usdc(60), expiresAt));
      });

      it("an earlier expiry holds at once", async () => {
        const sooner = (await now()) + HOUR;
        await expect(meter().authorizeKey(key, usdc(100), sooner))
          .to.emit(f.meter, "KeyChanged")
          .withArgs(f.bob, key, keyRecord(usdc(100), 0n, sooner));
        expect(await record()).to.deep.equal(keyRecord(usdc(100), 0n, sooner));
      });

      it("an earlier expiry voids nothing: what was signed is collected for 48 hours after it, to the second", async () => {
        const tx = await meter().authorizeKey(key, usdc(100), (await now()) + 2n);
        const soonest = (await timeOf(tx)) + 1n;
        expect((await record()).expiresAt).to.equal(soonest);
        await at(soonest + USAGE_DELAY - 1n);
        await expect(spend(1n)).to.emit(f.meter, "VoucherCollected");
        await at(soonest + USAGE_DELAY);
        await expect(spend(2n)).to.emit(f.meter, "VoucherSkipped").withArgs(1n, f.bob, key, SKIP.KeyExpired);
      });

      it("what is spent survives every re-authorisation", async () => {
        await spend(60n);
        await meter().authorizeKey(key, usdc(100), expiresAt + DAY);
        expect((await preview(200n)).collected.paid).to.equal(usdc(40));
        await meter().authorizeKey(key, usdc(150), expiresAt + DAY);
        expect((await preview(200n)).collected.paid).to.equal(usdc(90));
      });

      it("vouchers are collected before the expiry and for 48 hours after it, to the second", async () => {
        await at(expiresAt - 1n);
        await expect(spend(1n)).to.emit(f.meter, "VoucherCollected");
        await at(expiresAt);
        await expect(spend(2n)).to.emit(f.meter, "VoucherCollected");
        await at(expiresAt + USAGE_DELAY - 1n);
        await expect(spend(3n)).to.emit(f.meter, "VoucherCollected");
        await at(expiresAt + USAGE_DELAY);
        await expect(spend(4n)).to.emit(f.meter, "VoucherSkipped").withArgs(1n, f.bob, key, SKIP.KeyExpired);
      });

      it("the cap holds in these 48 hours too, with what was spent before", async () => {
        await spend(60n);
        await until(expiresAt);
        await expect(spend(150n)).to.emit(f.meter, "VoucherCollected");
        expect(await record()).to.deep.equal(keyRecord(usdc(100), usdc(100), expiresAt));
        expect((await preview(151n)).reason).to.equal(SKIP.KeyCapReached);
      });

      describe("given it has expired, and is still collected", () => {
        beforeEach(async () => {
          await spend(60n);
          await until(expiresAt + USAGE_DELAY - HOUR);
        });

        it("a new authorisation does not void what it owes: a lower cap waits for 48 hours", async () => {
          const later = expiresAt + 30n * DAY;
          const changedAt = await timeOf(await meter().authorizeKey(key, usdc(70), later));
          const next = [usdc(70), changedAt + USAGE_DELAY] as const;
          expect(await record()).to.deep.equal(keyRecord(usdc(100), usdc(60), later, next));
          await until(changedAt + USAGE_DELAY - 1n);
          expect((await preview(100n)).collected.paid).to.equal(usdc(40));
          await until(changedAt + USAGE_DELAY);
          expect((await preview(100n)).collected.paid).to.equal(usdc(10));
        });

        it("a nearer expiry than the end of collection does not shorten that", async () => {
          const soon = (await now()) + 2n;
          await meter().authorizeKey(key, usdc(100), soon);
          expect((await record()).collectedUntil).to.equal(soon + USAGE_DELAY);
          expect(soon + USAGE_DELAY > expiresAt + USAGE_DELAY).to.equal(true);
        });

        it("a higher cap holds at once", async () => {
          await meter().authorizeKey(key, usdc(150), expiresAt + 30n * DAY);
          expect((await preview(200n)).collected.paid).to.equal(usdc(90));
        });

        it("the last second of it counts, and from the next on it is as new", async () => {
          const snapshot = await networkHelpers.takeSnapshot();
          await at(expiresAt + USAGE_DELAY - 1n);
          await meter().authorizeKey(key, usdc(5), expiresAt + 30n * DAY);
          expect((await record()).cap).to.equal(usdc(100));
          await snapshot.restore();
          await at(expiresAt + USAGE_DELAY);
          await meter().authorizeKey(key, usdc(5), expiresAt + 30n * DAY);
          expect(await record()).to.deep.equal(keyRecord(usdc(5), usdc(60), expiresAt + 30n * DAY));
        });
      });

      it("a lower cap on its way is neither lost nor brought back by an expiry in between", async () => {
        const fallsAt = (await timeOf(await meter().authorizeKey(key, usdc(40), (await now()) + HOUR))) + USAGE_DELAY;
        // The key expires, is authorised anew at a higher cap, and the lower one is called off as ever.
        await until((await record()).expiresAt);
        await meter().authorizeKey(key, usdc(120), expiresAt);
        await until(fallsAt + 1n);
        expect(await record()).to.deep.equal(keyRecord(usdc(120), 0n, expiresAt));
      });

      it("a lower cap begins to hold while an expired key is still collected", async () => {
        const fallsAt = (await timeOf(await meter().authorizeKey(key, usdc(40), (await now()) + HOUR))) + USAGE_DELAY;
        await until(fallsAt);
        expect((await preview(100n)).collected.paid).to.equal(usdc(40));
        await until((await record()).collectedUntil);
        expect((await preview(100n)).reason).to.equal(SKIP.KeyExpired);
      });

      it("a key that is no longer collected is authorised as if it were new, but for what is spent", async () => {
        await spend(60n);
        await meter().authorizeKey(key, usdc(20), expiresAt);
        await until(expiresAt + USAGE_DELAY);
        const later = expiresAt + 30n * DAY;
        await meter().authorizeKey(key, usdc(70), later);
        expect(await record()).to.deep.equal(keyRecord(usdc(70), usdc(60), later));
        expect((await preview(100n)).collected.paid).to.equal(usdc(10));
        expect(await f.meter.usageOf(f.bob, key, 1n)).to.deep.equal([60_000_000n, usdc(60), usdc(60)]);
      });
    });
  });

  describe("revokeKey", () => {
    it("reverts for a key that only somebody else has authorised", async () => {
      await f.meter.connect(f.carol).authorizeKey(key, 1n, expiresAt);
      await expect(meter().revokeKey(key))
        .to.be.revertedWithCustomError(f.meter, "Meter_UnknownKey")
        .withArgs(f.bob, key);
    });

    it("reverts for the caller's own address", async () => {
      await expect(meter().revokeKey(f.bob))
        .to.be.revertedWithCustomError(f.meter, "Meter_UnknownKey")
        .withArgs(f.bob, f.bob);
    });

    it("lets the key expire at once and reports it; what it has signed is collected for 48 hours, to the second", async () => {
      await meter().authorizeKey(key, usdc(100), expiresAt);
      const tx = await meter().revokeKey(key);
      const revokedAt = await timeOf(tx);
      await expect(tx)
        .to.emit(f.meter, "KeyChanged")
        .withArgs(f.bob, key, keyRecord(usdc(100), 0n, revokedAt));
      await at(revokedAt + USAGE_DELAY - 1n);
      await expect(spend(10n)).to.emit(f.meter, "VoucherCollected");
      await at(revokedAt + USAGE_DELAY);
      await expect(spend(20n)).to.emit(f.meter, "VoucherSkipped").withArgs(1n, f.bob, key, SKIP.KeyExpired);
    });

    it("does not lengthen the time in which an expired or revoked key is collected", async () => {
      const soon = (await now()) + HOUR;
      await meter().authorizeKey(key, usdc(100), soon);
      await until(soon);
      await meter().revokeKey(key);
      expect((await record()).expiresAt).to.equal(soon);
      await until(soon + USAGE_DELAY);
      await meter().revokeKey(key);
      expect((await record()).collectedUntil).to.equal(soon + USAGE_DELAY);
      expect((await preview(1n)).reason).to.equal(SKIP.KeyExpired);
    });

    it("can be called off by a later expiry", async () => {
      await meter().authorizeKey(key, usdc(100), expiresAt);
      await meter().revokeKey(key);
      await meter().authorizeKey(key, usdc(100), expiresAt);
      expect((await record()).expiresAt).to.equal(expiresAt);
    });

    it("keeps a lower cap on its way", async () => {
      await meter().authorizeKey(key, usdc(100), expiresAt);
      await meter().authorizeKey(key, usdc(40), expiresAt);
      const before = await record();
      await meter().revokeKey(key);
      const after = await record();
      expect([after.cap, after.nextCap, after.nextCapAt]).to.deep.equal([before.cap, before.nextCap, before.nextCapAt]);
    });

    it("cannot revoke the user's own signature", async () => {
      const own = await signVoucher(f, f.bob, { user: f.bob.address, ...atFloor(3n) });
      await expect(meter().revokeKey(f.bob)).to.be.revertedWithCustomError(f.meter, "Meter_UnknownKey");
      expect((await f.meter.previewVoucher(1n, own)).reason).to.equal(SKIP.None);
    });
  });

  describe("given a contract wallet", () => {
    it("pays through a key, and settlement never calls it", async () => {
      const wallet = await deployUsageMock("CallingWallet");
      const address = await wallet.getAddress();
      const execute = async (target: string, data: string): Promise<void> => {
        await wallet.getFunction("execute")(target, data);
      };
      await f.usdc.transfer(address, usdc(50));
      await execute(f.addresses.usdc, f.usdc.interface.encodeFunctionData("approve", [f.addresses.meter, usdc(50)]));
      await execute(f.addresses.meter, f.meter.interface.encodeFunctionData("deposit", [usdc(50)]));
      const authorise = [key.address, usdc(30), NO_DEADLINE - 1n] as const;
      await execute(f.addresses.meter, f.meter.interface.encodeFunctionData("authorizeKey", [...authorise]));

      const row = await signVoucher(f, key, { user: address, ...atFloor(20n) });
      await expect(f.meter.connect(f.platform).settle(1n, [row]))
        .to.emit(f.meter, "VoucherCollected")
        .withArgs(1n, address, key, [20_000_000n, usdc(20), usdc(20)], usdc(20), 0n, 0n, usdc(30));
      expect((await f.meter.accountOf(address)).deposited).to.equal(usdc(30));
    });
  });
});

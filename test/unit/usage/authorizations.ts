import { expect } from "chai";
import { TypedDataEncoder, ZeroAddress } from "ethers";

import { at, now } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { DAY, HOUR, NO_DEADLINE, USAGE_DELAY } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { SKIP, keyPair, keyRecord, prepaidFixture, timeOf } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";
import { KEY_AUTHORISATION_TYPES, keyBySig } from "../../support/usage/signatures.ts";
import type { KeyAuthorisation } from "../../support/usage/signatures.ts";
import { atFloor, meterDomain, signVoucher } from "../../support/usage/vouchers.ts";

describe("InferenceMeter: keys that are authorised by signature", () => {
  const key = keyPair("bob's session key");
  let f: ServedScene;
  let terms: KeyAuthorisation;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
    const time = await now();
    terms = { user: f.bob, key, cap: usdc(100), expiresAt: time + 30n * DAY, nonce: 0n, deadline: time + DAY };
  });

  const signed = (changes: Partial<KeyAuthorisation> = {}, signer = f.bob) =>
    keyBySig(f, signer, { ...terms, ...changes });
  /** Submitted by somebody else, who pays the gas. */
  const submit = async (changes: Partial<KeyAuthorisation> = {}, signer = f.bob) =>
    f.meter.connect(f.stranger).authorizeKeyBySig(...(await signed(changes, signer)));
  const record = () => f.meter.keyOf(f.bob, key);

  describe("authorizeKeyBySig", () => {
    it("reverts for the zero address, for the user itself and for an expiry that has passed", async () => {
      await expect(submit({ key: ZeroAddress })).to.be.revertedWithCustomError(f.meter, "Meter_ZeroAddress");
      await expect(submit({ key: f.bob }))
        .to.be.revertedWithCustomError(f.meter, "Meter_OwnKey")
        .withArgs(f.bob);
      const time = (await now()) + 10n;
      const passed = await signed({ expiresAt: time });
      await at(time);
      await expect(f.meter.authorizeKeyBySig(...passed))
        .to.be.revertedWithCustomError(f.meter, "Meter_ExpiryPassed")
        .withArgs(time);
      expect(await f.meter.nonces(f.bob)).to.equal(0n);
    });

    it("reverts after its deadline, and is good in the second of it", async () => {
      const args = await signed();
      const snapshot = await networkHelpers.takeSnapshot();
      await at(terms.deadline + 1n);
      await expect(f.meter.authorizeKeyBySig(...args))
        .to.be.revertedWithCustomError(f.meter, "Meter_SignatureExpired")
        .withArgs(terms.deadline);
      await snapshot.restore();
      await at(terms.deadline);
      await expect(f.meter.authorizeKeyBySig(...args)).to.emit(f.meter, "KeyChanged");
    });

    it("reverts for a signature of somebody else, of nobody, and for any value that was not signed", async () => {
      const [user, keyAddress, cap, expiresAt, nonce, deadline, signature] = await signed();
      const forgeries = [
        await signed({}, f.carol),
        [user, keyAddress, cap, expiresAt, nonce, deadline, "0x"],
        [user, keyAddress, cap, expiresAt, nonce, deadline, `${signature.slice(0, -2)}00`],
        [f.carol.address, keyAddress, cap, expiresAt, nonce, deadline, signature],
        [user, f.stranger.address, cap, expiresAt, nonce, deadline, signature],
        [user, keyAddress, cap + 1n, expiresAt, nonce, deadline, signature],
        [user, keyAddress, cap, expiresAt + 1n, nonce, deadline, signature],
        [user, keyAddress, cap, expiresAt, nonce, deadline + 1n, signature],
      ] as Awaited<ReturnType<typeof signed>>[];
      for (const forgery of forgeries) {
        await expect(f.meter.authorizeKeyBySig(...forgery))
          .to.be.revertedWithCustomError(f.meter, "Meter_BadSignature")
          .withArgs(forgery[0]);
      }
    });

    it("reverts for a nonce that is not the next one", async () => {
      await expect(submit({ nonce: 1n }))
        .to.be.revertedWithCustomError(f.meter, "Meter_WrongNonce")
        .withArgs(f.bob, 1n, 0n);
    });

    it("lets the key sign at once, whoever submits it, and reports key and nonce", async () => {
      const tx = submit();
      const expected = keyRecord(usdc(100), 0n, terms.expiresAt);
      await expect(tx).to.emit(f.meter, "KeyChanged").withArgs(f.bob, key, expected);
      await expect(tx).to.emit(f.meter, "NonceRaised").withArgs(f.bob, 1n);
      expect(await record()).to.deep.equal(expected);
      expect(await f.meter.nonces(f.bob)).to.equal(1n);
      expect(await f.meter.keyOf(f.stranger, key)).to.deep.equal(keyRecord(0n, 0n, 0n));
      const voucher = await signVoucher(f, key, { user: f.bob.address, ...atFloor(100n) });
      expect((await f.meter.previewVoucher(1n, voucher)).reason).to.equal(SKIP.None);
    });

    it("takes no power from a key sooner than authorizeKey does", async () => {
      await submit();
      const tx = await submit({ cap: usdc(40), nonce: 1n });
      const next = [usdc(40), (await timeOf(tx)) + USAGE_DELAY] as const;
      expect(await record()).to.deep.equal(keyRecord(usdc(100), 0n, terms.expiresAt, next));
    });

    it("revokes without gas: a near expiry ends serving, and what was signed is collected for 48 hours", async () => {
      await submit();
      const soon = (await now()) + 10n;
      await submit({ expiresAt: soon, nonce: 1n });
      expect(await record()).to.deep.equal(keyRecord(usdc(100), 0n, soon));
    });

    it("takes one nonce after the other", async () => {
      const [first, second] = [await signed(), await signed({ cap: usdc(200), nonce: 1n })];
      await f.meter.authorizeKeyBySig(...first);
      await f.meter.authorizeKeyBySig(...second);
      expect((await record()).cap).to.equal(usdc(200));
      expect(await f.meter.nonces(f.bob)).to.equal(2n);
    });

    describe("given somebody else has submitted it first", () => {
      beforeEach(async () => {
        await f.meter.connect(f.carol).authorizeKeyBySig(...(await signed()));
      });

      it("does nothing and does not revert, as long as what it asks for is what was asked for last", async () => {
        const tx = submit();
        await expect(tx).not.to.emit(f.meter, "KeyChanged");
        await expect(tx).not.to.emit(f.meter, "NonceRaised");
        expect(await record()).to.deep.equal(keyRecord(usdc(100), 0n, terms.expiresAt));
      });

      it("also if it has asked for a lower cap, which waits", async () => {
        const lower = await signed({ cap: usdc(40), nonce: 1n });
        await f.meter.connect(f.carol).authorizeKeyBySig(...lower);
        await f.meter.authorizeKeyBySig(...lower);
        await networkHelpers.time.increase(USAGE_DELAY);
        await f.meter.authorizeKeyBySig(...lower);
        expect((await record()).cap).to.equal(usdc(40));
      });

      it("reverts once the key was revoked, or cap or expiry were changed", async () => {
        const args = await signed();
        const changes = [
          () => f.meter.connect(f.bob).revokeKey(key),
          () => f.meter.connect(f.bob).authorizeKey(key, usdc(101), terms.expiresAt),
          () => f.meter.connect(f.bob).authorizeKey(key, usdc(99), terms.expiresAt),
          () => f.meter.connect(f.bob).authorizeKey(key, usdc(100), terms.expiresAt + 1n),
        ];
        for (const change of changes) {
          const snapshot = await networkHelpers.takeSnapshot();
          await change();
          await expect(f.meter.authorizeKeyBySig(...args)).to.be.revertedWithCustomError(f.meter, "Meter_WrongNonce");
          await snapshot.restore();
        }
      });
    });
  });

  describe("raiseNonce", () => {
    it("cancels what the caller has signed, and nothing of anybody else", async () => {
      const [bobs, carols] = [await signed(), await signed({ user: f.carol }, f.carol)];
      await expect(f.meter.connect(f.bob).raiseNonce()).to.emit(f.meter, "NonceRaised").withArgs(f.bob, 1n);
      await expect(f.meter.authorizeKeyBySig(...bobs))
        .to.be.revertedWithCustomError(f.meter, "Meter_WrongNonce")
        .withArgs(f.bob, 0n, 1n);
      await f.meter.authorizeKeyBySig(...carols);
      await submit({ nonce: 1n });
    });

    it("comes with a key that the user authorises itself: nobody can submit an older authorisation after it", async () => {
      const older = await signed();
      await expect(f.meter.connect(f.bob).authorizeKey(key, usdc(1), terms.expiresAt))
        .to.emit(f.meter, "NonceRaised")
        .withArgs(f.bob, 1n);
      await expect(f.meter.authorizeKeyBySig(...older)).to.be.revertedWithCustomError(f.meter, "Meter_WrongNonce");
      expect((await record()).cap).to.equal(usdc(1));
    });

    it("comes with a revocation, so that nothing that was signed before brings the key back", async () => {
      await f.meter.connect(f.bob).authorizeKey(key, usdc(1), terms.expiresAt);
      const unused = await signed();
      const revoked = await f.meter.connect(f.bob).revokeKey(key);
      await expect(revoked).to.emit(f.meter, "NonceRaised").withArgs(f.bob, 2n);
      await expect(f.meter.authorizeKeyBySig(...unused)).to.be.revertedWithCustomError(f.meter, "Meter_WrongNonce");
      expect((await record()).expiresAt).to.equal(await timeOf(revoked));
    });
  });

  it("keyAuthorizationHash is what a wallet signs", async () => {
    const message = { ...terms, user: f.bob.address, key: key.address };
    const expected = TypedDataEncoder.hash(meterDomain(f), KEY_AUTHORISATION_TYPES, message);
    const { cap, expiresAt, nonce, deadline } = terms;
    expect(await f.meter.keyAuthorizationHash(f.bob, key, cap, expiresAt, nonce, deadline)).to.equal(expected);
  });

  it("a key that was authorised for ever is collected for ever", async () => {
    await submit({ expiresAt: NO_DEADLINE - 1n });
    expect(await record()).to.deep.equal(keyRecord(usdc(100), 0n, NO_DEADLINE - 1n));
    await networkHelpers.time.increase(400n * DAY + HOUR);
    const voucher = await signVoucher(f, key, { user: f.bob.address, ...atFloor(1n) });
    expect((await f.meter.previewVoucher(1n, voucher)).reason).to.equal(SKIP.None);
  });
});

import { expect } from "chai";
import { toBeHex } from "ethers";

import type { Deployment } from "../../sdk/src/deployments/deployment.ts";
import type { Hex } from "../../sdk/src/codec/hex.ts";
import { checkVoucher } from "../../sdk/src/signing/checkVoucher.ts";
import type { FlawReason } from "../../sdk/src/signing/flaw.ts";
import { signVoucher } from "../../sdk/src/signing/voucher.ts";
import type { UnsignedVoucher, Voucher } from "../../sdk/src/signing/voucher.ts";
import { now } from "../support/clock.ts";
import { deploymentIn } from "../support/deployment.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { DAY } from "../support/time.ts";
import { usdc } from "../support/units.ts";
import { SKIP, keyPair, prepaidFixture } from "../support/usage/serving.ts";
import type { ServedScene } from "../support/usage/serving.ts";

describe("SDK: the check of a voucher, beside the meter's", () => {
  const key = keyPair("a session key");
  let f: ServedScene;
  let place: Deployment;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
    place = deploymentIn(f);
  });

  const used = (changes: Partial<UnsignedVoucher> = {}): UnsignedVoucher => ({
    ...{ user: f.bob.address, key: f.bob.address, modelId: 1n },
    ...{ units: 1_000_000n, list: usdc(1), paid: usdc(1) },
    ...changes,
  });
  const terms = { minimumPrice: usdc(1) };
  const skipOf = async (voucher: Voucher) => (await f.meter.previewVoucher(voucher.modelId, voucher)).reason;

  it("is good for a user's own, and the meter collects it", async () => {
    const voucher = await signVoucher(f.bob, place, used());
    const { hash } = checkVoucher(place, voucher, terms) as { hash: string };
    expect(checkVoucher(place, voucher, terms)).to.deep.equal({ ok: true, hash, signer: f.bob.address });
    expect(await f.meter.voucherHash(f.bob, f.bob, 1n, 1_000_000n, usdc(1), usdc(1))).to.equal(hash);
    expect(await skipOf(voucher)).to.equal(SKIP.None);
    await f.meter.connect(f.platform).settle(1n, [voucher]);
    expect((await f.meter.usageOf(f.bob, f.bob, 1n)).paid).to.equal(usdc(1));
  });

  it("is good for a key's, which the meter collects once the user has authorised it", async () => {
    const voucher = await signVoucher(key, place, used({ key: key.address }));
    expect(checkVoucher(place, voucher, terms)).to.include({ ok: true, signer: key.address });
    const [user, lower] = [f.bob.address, key.address].map((one) => one.toLowerCase() as Hex) as [Hex, Hex];
    expect(checkVoucher(place, { ...voucher, user, key: lower })).to.include({ ok: true, signer: key.address });
    expect(await skipOf(voucher)).to.equal(SKIP.KeyNotAuthorized);
    await f.meter.connect(f.bob).authorizeKey(key, usdc(5), (await now()) + DAY);
    expect(await skipOf(voucher)).to.equal(SKIP.None);
  });

  it("knows every signature that the meter refuses", async () => {
    const voucher = await signVoucher(f.bob, place, used());
    const { vs } = voucher;
    const words: [FlawReason, Partial<Voucher>][] = [
      ["badR", { r: toBeHex(0n, 32) as Hex }],
      ["badR", { r: toBeHex(2n ** 256n - 1n, 32) as Hex }],
      ["badS", { vs: toBeHex(2n ** 255n, 32) as Hex }],
      ["highS", { vs: toBeHex(2n ** 255n - 1n, 32) as Hex }],
      ["noSigner", { r: toBeHex(5n, 32) as Hex }],
      ["otherSigner", { vs: toBeHex(BigInt(vs) ^ (1n << 255n), 32) as Hex }],
      ["otherSigner", { user: f.carol.address as Hex }],
      ["otherSigner", { key: f.carol.address as Hex }],
      ["otherSigner", { units: 999_999n }],
      ["otherSigner", { list: usdc(1) + 1n }],
      ["otherSigner", { paid: usdc(1) - 1n }],
      ["otherSigner", { modelId: 2n }],
    ];
    for (const [reason, change] of words) {
      const other = { ...voucher, ...change };
      expect(checkVoucher(place, other, terms)).to.include({ ok: false, reason });
      expect(await skipOf(other), reason).to.equal(SKIP.BadSignature);
    }
    for (const [reason, change] of [
      ["wrongLength", { r: "0x12" }],
      ["wrongLength", { vs: `${vs}00` }],
      ["notHex", { r: undefined }],
    ] as const) {
      expect(checkVoucher(place, { ...voucher, ...change } as Voucher)).to.include({ ok: false, reason });
    }
  });

  it("knows what was signed for another chain or another meter", async () => {
    const elsewhere = [
      { ...place, chainId: 8_453 },
      { ...place, addresses: { meter: f.addresses.usdc } },
    ];
    for (const other of elsewhere) {
      const voucher = await signVoucher(f.bob, other, used());
      expect(checkVoucher(other, voucher)).to.include({ ok: true });
      expect(checkVoucher(place, voucher)).to.include({ ok: false, reason: "otherSigner" });
      expect(await skipOf(voucher)).to.equal(SKIP.BadSignature);
    }
  });

  it("knows the bounds that the meter keeps, and that nobody pays more than list price", async () => {
    const skipped: [FlawReason, Partial<UnsignedVoucher>, bigint][] = [
      ["belowPriceFloor", { units: 1_000_001n }, SKIP.BelowPriceFloor],
      ["aboveDiscountCap", { paid: (usdc(1) * 7n) / 10n - 1n }, SKIP.AboveDiscountCap],
      ["noUnits", { units: 0n }, SKIP.NoUnits],
      ["aboveList", { paid: usdc(1) + 1n }, SKIP.None],
    ];
    for (const [reason, change, skip] of skipped) {
      const voucher = await signVoucher(f.bob, place, used(change));
      expect(checkVoucher(place, voucher, terms)).to.include({ ok: false, reason });
      expect(await skipOf(voucher), reason).to.equal(skip);
    }
    const cheapest = await signVoucher(f.bob, place, used({ paid: (usdc(1) * 7n) / 10n }));
    expect(checkVoucher(place, cheapest, terms)).to.include({ ok: true });
    expect(await skipOf(cheapest)).to.equal(SKIP.None);
    const cheap = await signVoucher(f.bob, place, used({ units: 2_000_000n }));
    expect(checkVoucher(place, cheap)).to.include({ ok: true });
  });
});

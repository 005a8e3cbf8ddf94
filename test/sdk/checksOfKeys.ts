import { expect } from "chai";
import { ZeroAddress } from "ethers";

import type { Deployment } from "../../sdk/src/deployments/deployment.ts";
import type { FlawReason } from "../../sdk/src/signing/flaw.ts";
import { checkKeyAuthorization, signKeyAuthorization } from "../../sdk/src/signing/keyAuthorization.ts";
import { badSignatures } from "../support/badSignatures.ts";
import { now } from "../support/clock.ts";
import { deploymentIn } from "../support/deployment.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { DAY } from "../support/time.ts";
import { usdc } from "../support/units.ts";
import { keyPair, prepaidFixture } from "../support/usage/serving.ts";
import type { ServedScene } from "../support/usage/serving.ts";

describe("SDK: the check of an authorisation of a key, beside the meter's", () => {
  const key = keyPair("a session key");
  let f: ServedScene;
  let place: Deployment;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
    place = deploymentIn(f);
  });

  const terms = async (changes: object = {}) => ({
    ...{ user: f.bob.address, key: key.address, cap: usdc(5), expiresAt: (await now()) + 30n * DAY },
    ...{ nonce: 0n, deadline: (await now()) + DAY },
    ...changes,
  });
  type Authorization = Awaited<ReturnType<typeof signKeyAuthorization>>;
  const submit = (a: Authorization) =>
    f.meter.connect(f.stranger).authorizeKeyBySig(a.user, a.key, a.cap, a.expiresAt, a.nonce, a.deadline, a.signature);
  const check = async (a: Authorization) => checkKeyAuthorization(place, a, { now: await now(), hasCode: false });

  it("is good, and the meter takes it from anybody", async () => {
    const signed = await signKeyAuthorization(f.bob, place, await terms());
    const { cap, expiresAt, nonce, deadline } = signed;
    const hash = await f.meter.keyAuthorizationHash(f.bob, key, cap, expiresAt, nonce, deadline);
    expect(await check(signed)).to.deep.equal({ ok: true, hash, signer: f.bob.address });
    expect(checkKeyAuthorization(place, signed)).to.include({ ok: true });
    await submit(signed);
    expect((await f.meter.keyOf(f.bob, key)).cap).to.equal(usdc(5));
  });

  it("knows every signature that the meter refuses", async () => {
    const signed = await signKeyAuthorization(f.bob, place, await terms());
    for (const [reason, signature] of badSignatures(signed.signature)) {
      const forged = { ...signed, signature };
      expect(await check(forged)).to.include({ ok: false, reason });
      await expect(submit(forged), reason).to.be.revertedWithCustomError(f.meter, "Meter_BadSignature");
    }
    for (const change of [{ cap: 1n }, { user: f.carol.address }, { expiresAt: signed.expiresAt + 1n }]) {
      const forged = { ...signed, ...change };
      expect(await check(forged)).to.include({ ok: false, reason: "otherSigner" });
      await expect(submit(forged)).to.be.revertedWithCustomError(f.meter, "Meter_BadSignature");
    }
  });

  it("knows the terms that the meter refuses", async () => {
    const time = await now();
    const refused: [FlawReason, object, string][] = [
      ["ownKey", { key: f.bob.address }, "Meter_OwnKey"],
      ["ownKey", { key: f.bob.address.toLowerCase() }, "Meter_OwnKey"],
      ["badAddress", { key: ZeroAddress }, "Meter_ZeroAddress"],
      ["expired", { expiresAt: time }, "Meter_ExpiryPassed"],
      ["expired", { deadline: time - 1n }, "Meter_SignatureExpired"],
    ];
    for (const [reason, change, error] of refused) {
      const signed = await signKeyAuthorization(f.bob, place, await terms(change));
      expect(checkKeyAuthorization(place, signed, { now: time, hasCode: false })).to.include({ ok: false, reason });
      const lower = { ...signed, key: signed.key.toLowerCase() };
      expect(checkKeyAuthorization(place, lower, { now: time, hasCode: false })).to.include({ ok: false, reason });
      await expect(submit(signed)).to.be.revertedWithCustomError(f.meter, error);
    }
  });

  it("compares no time unless it is told one, and takes the very last moments", async () => {
    const signed = await signKeyAuthorization(f.bob, place, await terms());
    const at = (time: bigint) => checkKeyAuthorization(place, signed, { now: time, hasCode: false }).ok;
    expect(at(signed.deadline)).to.equal(true);
    expect(at(signed.deadline + 1n)).to.equal(false);
    const soon = await signKeyAuthorization(f.bob, place, await terms({ expiresAt: 100n, deadline: 200n }));
    expect(checkKeyAuthorization(place, soon, { hasCode: false })).to.include({ ok: true });
    expect(checkKeyAuthorization(place, soon, { now: 99n, hasCode: false })).to.include({ ok: true });
    expect(checkKeyAuthorization(place, soon, { now: 100n, hasCode: false })).to.include({ reason: "expired" });
  });
});

import { expect } from "chai";
import { id } from "ethers";

import type { Hex } from "../../sdk/src/codec/hex.ts";
import { checkDeposit, signDeposit } from "../../sdk/src/signing/deposit.ts";
import type { DepositPlace } from "../../sdk/src/signing/deposit.ts";
import type { FlawReason } from "../../sdk/src/signing/flaw.ts";
import { checkPermit, signPermit } from "../../sdk/src/signing/permit.ts";
import { longForm } from "../../sdk/src/signing/signature.ts";
import { badParts, badSignatures } from "../support/badSignatures.ts";
import { now } from "../support/clock.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { DAY, NO_DEADLINE } from "../support/time.ts";
import { usdc } from "../support/units.ts";
import { prepaidFixture } from "../support/usage/serving.ts";
import type { ServedScene } from "../support/usage/serving.ts";
import { DEPOSIT_BY_BYTES, DEPOSIT_BY_PARTS, PERMIT_BY_PARTS, domainOf } from "../support/usage/signatures.ts";

type PermitArguments = [value: bigint, deadline: bigint, v: number, r: string, s: string];

describe("SDK: the checks of what tokens take, beside theirs", () => {
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
  });

  describe("of a deposit", () => {
    let where: DepositPlace;
    beforeEach(async () => {
      where = { usdc: await domainOf(f.usdc), meter: f.addresses.meter };
    });
    const terms = async (changes: object = {}) => ({
      ...{ user: f.bob.address, amount: usdc(30), validAfter: 0n, validBefore: (await now()) + DAY },
      nonce: id("a deposit") as Hex,
      ...changes,
    });
    type Signed = Awaited<ReturnType<typeof signDeposit>>;
    const meter = () => f.meter.connect(f.stranger);
    const byBytes = ({ user, amount, validAfter, validBefore, nonce, signature }: Signed) =>
      meter()[DEPOSIT_BY_BYTES](user, amount, validAfter, validBefore, nonce, signature);
    const byParts = ({ user, amount, validAfter, validBefore, nonce, parts }: Signed) =>
      meter()[DEPOSIT_BY_PARTS](user, amount, validAfter, validBefore, nonce, parts!.v, parts!.r, parts!.s);
    const inParts = ({ user, amount, validAfter, validBefore, nonce, parts }: Signed) => ({
      ...{ user, amount, validAfter, validBefore, nonce },
      ...parts!,
    });

    for (const [form, submit] of [
      ["as bytes", byBytes],
      ["in its parts", byParts],
    ] as const) {
      it(`is good ${form}, and the meter takes it from anybody`, async () => {
        const signed = await signDeposit(f.bob, where, await terms());
        const given = form === "as bytes" ? signed : inParts(signed);
        expect(checkDeposit(where, given, { now: await now() })).to.include({ ok: true, signer: f.bob.address });
        await submit(signed);
        expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(1_030));
      });

      it(`knows the terms that the contracts refuse ${form}`, async () => {
        const time = await now();
        const refused: [FlawReason, object][] = [
          ["badValue", { amount: 0n }],
          ["notYetValid", { validAfter: time + 100n }],
          ["expired", { validBefore: time }],
        ];
        for (const [reason, change] of refused) {
          const signed = await signDeposit(f.bob, where, await terms(change));
          const given = form === "as bytes" ? signed : inParts(signed);
          expect(checkDeposit(where, given, { now: time, hasCode: false })).to.include({ ok: false, reason });
          await expect(submit(signed), reason).to.be.revert(ethers);
        }
      });
    }

    it("knows every signature that USDC refuses, as bytes and in its parts", async () => {
      const signed = await signDeposit(f.bob, where, await terms());
      for (const [reason, signature] of badSignatures(signed.signature)) {
        const forged = { ...signed, signature };
        expect(checkDeposit(where, forged, { hasCode: false })).to.include({ ok: false, reason });
        await expect(byBytes(forged), reason).to.be.revertedWithCustomError(f.usdc, "ERC3009InvalidSignature");
      }
      for (const [reason, bad] of badParts(signed.signature)) {
        const forged = { ...signed, parts: bad as NonNullable<Signed["parts"]> };
        expect(checkDeposit(where, inParts(forged))).to.include({ ok: false, reason });
        await expect(byParts(forged), reason).to.be.revert(ethers);
      }
    });

    it("names validity that never comes, and no balance that the meter could not keep", async () => {
      for (const change of [
        { validAfter: 5n, validBefore: 6n },
        { validAfter: 5n, validBefore: 5n },
      ]) {
        const signed = { ...(await signDeposit(f.bob, where, await terms())), ...change };
        expect(checkDeposit(where, signed, { hasCode: false })).to.include({ ok: false, reason: "badValue" });
      }
      const large = { ...(await signDeposit(f.bob, where, await terms())), amount: 2n ** 96n };
      expect(checkDeposit(where, large)).to.include({ ok: false, reason: "badValue" });
      const terse = await signDeposit(f.bob, where, await terms({ validAfter: 100n, validBefore: 103n }));
      const isGoodAt = (time: bigint) => checkDeposit(where, terse, { now: time, hasCode: false }).ok;
      expect([100n, 101n, 102n, 103n].map(isGoodAt)).to.deep.equal([false, true, true, false]);
      const forEver = await signDeposit(f.bob, where, await terms({ validBefore: 2n ** 256n - 1n }));
      expect(checkDeposit(where, forEver, { now: await now() })).to.include({ ok: true });
    });
  });

  describe("of a permit", () => {
    it("is good for USDC, FLOCK and MT, and the contracts take it", async () => {
      const [meter, offering, staking] = [f.meter, f.offering, f.staking].map((one) => one.connect(f.stranger)) as [
        typeof f.meter,
        typeof f.offering,
        typeof f.staking,
      ];
      const permits: [
        token: ServedScene["usdc" | "flock" | "mt"],
        spender: string,
        hand: (...permit: PermitArguments) => Promise<unknown>,
      ][] = [
        [f.usdc, f.addresses.meter, meter.permitUsdc],
        [f.flock, f.addresses.offering, offering.permitFlock],
        [f.mt, f.addresses.staking, (...permit) => staking.permitMt(1n, ...permit)],
      ];
      for (const [token, spender, hand] of permits) {
        const domain = await domainOf(token);
        const nonce = await token.nonces(f.stranger);
        const terms = { owner: f.stranger.address, spender, value: 7n, nonce, deadline: NO_DEADLINE };
        const signed = await signPermit(f.stranger, domain, terms);
        const all = { ...terms, ...signed };
        expect(checkPermit(domain, all, { now: await now() })).to.include({ ok: true, signer: f.stranger.address });
        await hand(signed.value, signed.deadline, signed.v, signed.r, signed.s);
        expect(await token.allowance(f.stranger, spender)).to.equal(7n);
      }
    });

    it("knows every signature that the token refuses, and a deadline that has passed", async () => {
      const domain = await domainOf(f.usdc);
      const time = await now();
      const owner = f.stranger.address;
      const terms = { owner, spender: f.addresses.meter, value: 7n, nonce: 0n, deadline: time + DAY };
      const good = await signPermit(f.stranger, domain, terms);
      for (const [reason, { v, r, s }] of badParts(longForm(good))) {
        expect(checkPermit(domain, { ...terms, v, r, s })).to.include({ ok: false, reason });
        await expect(
          f.usdc[PERMIT_BY_PARTS](owner, f.addresses.meter, 7n, terms.deadline, v, r, s),
          reason,
        ).to.be.revert(ethers);
      }
      const at = (now: bigint) => checkPermit(domain, { ...terms, ...good }, { now });
      expect(at(terms.deadline)).to.include({ ok: true });
      expect(at(terms.deadline + 1n)).to.include({ ok: false, reason: "expired" });
      expect(checkPermit(domain, { ...terms, ...good, nonce: 1n })).to.include({ reason: "otherSigner" });
    });
  });
});

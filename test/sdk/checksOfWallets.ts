import { expect } from "chai";
import { Wallet, id } from "ethers";

import type { Deployment } from "../../sdk/src/deployments/deployment.ts";
import type { Hex } from "../../sdk/src/codec/hex.ts";
import { requestOf } from "../../sdk/src/reads/read.ts";
import { checkDeposit, signDeposit } from "../../sdk/src/signing/deposit.ts";
import { checkKeyAuthorization, signKeyAuthorization } from "../../sdk/src/signing/keyAuthorization.ts";
import { isAccepted } from "../../sdk/src/signing/wallet.ts";
import { now } from "../support/clock.ts";
import { deploymentIn } from "../support/deployment.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { highTwin } from "../support/signatures.ts";
import { DAY, NO_DEADLINE } from "../support/time.ts";
import { usdc } from "../support/units.ts";
import { deployUsageMock, keyPair, prepaidFixture } from "../support/usage/serving.ts";
import type { ServedScene } from "../support/usage/serving.ts";
import { DEPOSIT_BY_BYTES, domainOf } from "../support/usage/signatures.ts";

describe("SDK: the check of what a contract wallet may have signed", () => {
  const key = keyPair("a session key");
  let f: ServedScene;
  let place: Deployment;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
    place = deploymentIn(f);
  });

  const terms = async (user: string) => ({
    ...{ user, key: key.address, cap: usdc(5), expiresAt: (await now()) + 30n * DAY, nonce: 0n },
    deadline: NO_DEADLINE,
  });
  /** What a chain answers to the question of a check. */
  const answerTo = async (question: Parameters<typeof requestOf>[0]) =>
    await ethers.provider.call(requestOf(question)).catch(() => undefined);

  it("needs the chain, which is asked as the meter asks", async () => {
    const wallet = await deployUsageMock("SigningWallet", [f.bob.address]);
    const user = await wallet.getAddress();
    const signed = await signKeyAuthorization(f.bob, place, await terms(user));
    for (const hasCode of [undefined, true]) {
      const found = checkKeyAuthorization(place, signed, { hasCode });
      if (found.ok || found.reason !== "needsChain") throw new Error("It needs no chain");
      expect(found.withoutCode).to.include({ ok: false, reason: "otherSigner" });
      expect(found.sentence).to.contain(user);
      const { address, abi, functionName, args } = found.question;
      expect(isAccepted(await answerTo(found.question))).to.equal(true);
      expect(isAccepted(await new ethers.Contract(address, abi, f.bob).getFunction(functionName)(...args))).to.equal(
        true,
      );
    }
    expect(checkKeyAuthorization(place, signed, { hasCode: false })).to.include({ ok: false, reason: "otherSigner" });
    const { cap, expiresAt, nonce, deadline, signature } = signed;
    await f.meter.authorizeKeyBySig(user, key, cap, expiresAt, nonce, deadline, signature);
    expect((await f.meter.keyOf(user, key)).cap).to.equal(usdc(5));
  });

  it("is not signed if the wallet says anything else, or is none", async () => {
    const wallets = [
      await deployUsageMock("SigningWallet", [f.carol.address]),
      await ethers.deployContract("CallingWallet"),
      await ethers.deployContract("Reverter"),
    ];
    for (const wallet of wallets) {
      const user = await wallet.getAddress();
      const found = checkKeyAuthorization(place, await signKeyAuthorization(f.bob, place, await terms(user)));
      if (found.ok || found.reason !== "needsChain") throw new Error("It needs no chain");
      expect(isAccepted(await answerTo(found.question))).to.equal(false);
    }
    for (const answer of [undefined, null, 1, "0x", "0xffffffff", `0x1626ba7e${"0".repeat(55)}1`, "0x1626ba7e00"]) {
      expect(isAccepted(answer)).to.equal(false);
    }
  });

  it("needs the chain for a deposit as bytes too, and never in its parts", async () => {
    const where = { usdc: await domainOf(f.usdc), meter: f.addresses.meter };
    const wallet = await deployUsageMock("SigningWallet", [f.bob.address]);
    const user = await wallet.getAddress();
    await f.usdc.transfer(user, usdc(50));
    const deposit = {
      user,
      amount: usdc(50),
      validAfter: 0n,
      validBefore: NO_DEADLINE,
      nonce: id("a deposit") as Hex,
    };
    const signed = await signDeposit(f.bob, where, deposit);
    const found = checkDeposit(where, signed);
    if (found.ok || found.reason !== "needsChain") throw new Error("It needs no chain");
    expect(isAccepted(await answerTo(found.question))).to.equal(true);
    expect(checkDeposit(where, { ...deposit, ...signed.parts! })).to.include({ reason: "otherSigner" });
    const { amount, validAfter, validBefore, nonce, signature } = signed;
    await f.meter[DEPOSIT_BY_BYTES](user, amount, validAfter, validBefore, nonce, signature);
    expect((await f.meter.accountOf(user)).deposited).to.equal(usdc(50));
  });

  it("comes as the wallet gave it, whatever it is, if it is bytes", async () => {
    const user = Wallet.createRandom().address;
    for (const given of ["0x", "0x1234", `0x${"ab".repeat(200)}`]) {
      const signed = await signKeyAuthorization(() => Promise.resolve(given), place, await terms(user));
      expect(signed.signature).to.equal(given);
      expect(checkKeyAuthorization(place, signed)).to.include({ ok: false, reason: "needsChain" });
    }
    const where = { usdc: await domainOf(f.usdc), meter: f.addresses.meter };
    const deposit = { user, amount: 1n, validAfter: 0n, validBefore: 9n, nonce: id("any") as Hex };
    const good = (await signDeposit(f.bob, where, deposit)).signature;
    for (const given of ["0x1234", `${good.slice(0, -2)}00`]) {
      const signed = await signDeposit(() => Promise.resolve(given), where, deposit);
      expect(signed).to.include({ signature: given, parts: undefined });
    }
  });

  it("is asked of the code that a key has at its address, if there is some", async () => {
    const signed = await signKeyAuthorization(f.bob, place, await terms(f.bob.address));
    expect(checkKeyAuthorization(place, signed)).to.include({ ok: true });
    const found = checkKeyAuthorization(place, signed, { hasCode: true });
    expect(found).to.include({ ok: false, reason: "needsChain" });
    expect(found).to.have.property("withoutCode").that.includes({ ok: true });
  });

  it("comes in the form that contracts take if the user's own key gave another one", async () => {
    const good = await signKeyAuthorization(f.bob, place, await terms(f.bob.address));
    const { signature } = good;
    const parity = signature.endsWith("1b") ? "00" : "01";
    for (const given of [highTwin(signature), `${signature.slice(0, -2)}${parity}`]) {
      const signed = await signKeyAuthorization(() => Promise.resolve(given), place, await terms(f.bob.address));
      expect(signed.signature).to.equal(signature);
    }
  });
});

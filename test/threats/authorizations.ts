import { expect } from "chai";
import { Wallet, id } from "ethers";

import { now } from "../support/clock.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { DAY, NO_DEADLINE } from "../support/time.ts";
import { usdc } from "../support/units.ts";
import { deployUsageMock, keyPair, keyRecord, prepaidFixture } from "../support/usage/serving.ts";
import type { ServedScene } from "../support/usage/serving.ts";
import { DEPOSIT_BY_BYTES, authorisationSignature, keyBySig } from "../support/usage/signatures.ts";
import type { KeyAuthorisation } from "../support/usage/signatures.ts";
import { meterDomain } from "../support/usage/vouchers.ts";
import { deployAs } from "../support/scenes.ts";

describe("Threats: signatures that authorise a key or a deposit", () => {
  const key = keyPair("a session key");
  let f: ServedScene;
  let terms: KeyAuthorisation;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
    const time = await now();
    terms = { user: f.bob, key, cap: usdc(100), expiresAt: time + 30n * DAY, nonce: 0n, deadline: NO_DEADLINE };
  });

  const expectBad = (args: Awaited<ReturnType<typeof keyBySig>>) =>
    expect(f.meter.connect(f.stranger).authorizeKeyBySig(...args)).to.be.revertedWithCustomError(
      f.meter,
      "Meter_BadSignature",
    );

  it("P16 replay on another chain: the domain names this one", async () => {
    await expectBad(await keyBySig(f, f.bob, terms, { ...meterDomain(f), chainId: 1n }));
  });

  it("P16 replay on another contract: the domain names this one, and what was signed here is no use there", async () => {
    await expectBad(await keyBySig(f, f.bob, terms, { ...meterDomain(f), verifyingContract: f.addresses.usdc }));
    const { accessManager, usdc: token, registry, waterfall, emissions } = f.addresses;
    const twin = await deployAs("meter", [accessManager, token, registry, waterfall, emissions], f.deployer);
    await expect(twin.authorizeKeyBySig(...(await keyBySig(f, f.bob, terms)))).to.be.revertedWithCustomError(
      f.meter,
      "Meter_BadSignature",
    );
  });

  it("P16 replay for another account, though the same owner signs for both: the user is in the hash", async () => {
    const wallets = [
      await deployUsageMock("SigningWallet", [f.bob.address]),
      await deployUsageMock("SigningWallet", [f.bob.address]),
    ];
    const [one, two] = await Promise.all(wallets.map((wallet) => wallet.getAddress()));
    const args = await keyBySig(f, f.bob, { ...terms, user: one! });
    await f.meter.authorizeKeyBySig(...args);
    const [, ...rest] = args;
    await expectBad([two!, ...rest]);
    await expectBad([f.bob.address, ...rest]);
  });

  it("P16 replay after revocation: neither what was used nor what was signed and not used brings the key back", async () => {
    const used = await keyBySig(f, f.bob, terms);
    await f.meter.authorizeKeyBySig(...used);
    const unused = await keyBySig(f, f.bob, { ...terms, cap: usdc(900), nonce: 1n });
    await f.meter.connect(f.bob).revokeKey(key);
    const revokedAt = await now();
    for (const args of [used, unused]) {
      await expect(f.meter.connect(f.stranger).authorizeKeyBySig(...args)).to.be.revertedWithCustomError(
        f.meter,
        "Meter_WrongNonce",
      );
    }
    expect(await f.meter.keyOf(f.bob, key)).to.deep.equal(keyRecord(usdc(100), 0n, revokedAt));
  });

  it("P16 a contract wallet whose owners have changed: what the former owner signed is refused", async () => {
    const wallet = await deployUsageMock("SigningWallet", [f.bob.address]);
    const user = await wallet.getAddress();
    const args = await keyBySig(f, f.bob, { ...terms, user });
    await wallet.connect(f.bob).getFunction("setOwner").send(f.carol.address);
    await expectBad(args);
    await f.meter.authorizeKeyBySig(...(await keyBySig(f, f.carol, { ...terms, user })));
    expect((await f.meter.keyOf(user, key)).cap).to.equal(usdc(100));
  });

  it("P16 a wallet that answers anything but the magic value, or nothing, has not signed", async () => {
    for (const mock of ["CallingWallet", "Reverter"]) {
      const user = await (await ethers.deployContract(mock)).getAddress();
      await expectBad(await keyBySig(f, f.bob, { ...terms, user }));
    }
    // A contract's own address is no key: ECDSA is not tried for who has code.
    await expectBad(await keyBySig(f, f.bob, { ...terms, user: f.addresses.meter }));
  });

  it("P16 an account of a key with code, as EIP-7702 gives it, signs by that code", async () => {
    const account = Wallet.createRandom();
    const model = await deployUsageMock("SigningWallet", [f.bob.address]);
    const args = await keyBySig(f, account, { ...terms, user: account });
    await networkHelpers.setCode(account.address, await ethers.provider.getCode(model));
    await networkHelpers.setStorageAt(account.address, 0n, ethers.zeroPadValue(f.bob.address, 32));
    await expectBad(args);
    await f.meter.authorizeKeyBySig(...(await keyBySig(f, f.bob, { ...terms, user: account })));
  });

  it("P16 a nonce that somebody else used up: only the user's own calls and signatures move it", async () => {
    const args = await keyBySig(f, f.bob, terms);
    await f.meter.connect(f.stranger).raiseNonce();
    await f.meter.connect(f.stranger).authorizeKey(key, 1n, NO_DEADLINE - 1n);
    await f.meter.connect(f.stranger).revokeKey(key);
    expect(await f.meter.nonces(f.bob)).to.equal(0n);
    await f.meter.authorizeKeyBySig(...args);
  });

  describe("P16 a newcomer with USDC and without gas, whose two signatures a relayer submits in one multicall", () => {
    const newcomer = Wallet.createRandom();
    let calls: string[];
    beforeEach(async () => {
      await f.usdc.transfer(newcomer, usdc(50));
      const deposit = {
        from: newcomer.address,
        to: f.addresses.meter,
        value: usdc(50),
        validAfter: 0n,
        validBefore: NO_DEADLINE,
        nonce: id("a newcomer's deposit"),
      };
      const { value, validAfter, validBefore, nonce } = deposit;
      const signature = await authorisationSignature(f.usdc, newcomer, deposit);
      const args = [newcomer.address, value, validAfter, validBefore, nonce, signature];
      calls = [
        f.meter.interface.encodeFunctionData(DEPOSIT_BY_BYTES, args as never),
        f.meter.interface.encodeFunctionData(
          "authorizeKeyBySig",
          await keyBySig(f, newcomer, { ...terms, user: newcomer }),
        ),
      ];
    });

    const relay = (some: string[]) => f.meter.connect(f.stranger).multicall(some);
    const expectStarted = async () => {
      expect(await f.meter.accountOf(newcomer)).to.deep.equal([usdc(50), 0n, 0n, 0n]);
      expect(await f.meter.keyOf(newcomer, key)).to.deep.equal(keyRecord(usdc(100), 0n, terms.expiresAt));
      expect(await ethers.provider.getBalance(newcomer)).to.equal(0n);
      expect(await f.meter.accountOf(f.stranger)).to.deep.equal([0n, 0n, 0n, 0n]);
    };

    it("P16 ends with a funded, authorised session key", async () => {
      await relay(calls);
      await expectStarted();
    });

    for (const [title, first] of [["deposit", [0]], ["authorisation", [1]], ["both", [0, 1]]] as const) {
      it(`P16 loses nothing if somebody submits the ${title} first: the relayer's multicall still goes through`, async () => {
        await f.meter.connect(f.carol).multicall(first.map((index) => calls[index]!));
        await relay(calls);
        await expectStarted();
      });
    } // prettier-ignore

    it("P16 cannot be split to another end: the deposit is the newcomer's, and so is the key", async () => {
      await f.meter.connect(f.carol).multicall(calls);
      await expectStarted();
      await expect(f.meter.connect(f.carol).withdraw(f.carol)).to.be.revertedWithCustomError(
        f.meter,
        "Meter_NothingRequested",
      );
    });
  });
});

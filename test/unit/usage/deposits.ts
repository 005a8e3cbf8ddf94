import { expect } from "chai";
import { MaxUint256, ZeroAddress, ZeroHash, id } from "ethers";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { now, until } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { DAY, NO_DEADLINE } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { keyPair, servedFixture } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";
import {
  DEPOSIT_BY_BYTES,
  DEPOSIT_BY_PARTS,
  PERMIT_BY_PARTS,
  authorisationSignature,
  domainOf,
  permitFor,
  signAuthorisation,
} from "../../support/usage/signatures.ts";
import type { Authorisation } from "../../support/usage/signatures.ts";

describe("InferenceMeter: deposits", () => {
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(servedFixture);
  });

  const meter = () => f.meter.connect(f.bob);

  describe("deposit", () => {
    it("reverts for an amount of zero", async () => {
      await expect(meter().deposit(0n)).to.be.revertedWithCustomError(f.meter, "Meter_ZeroAmount");
    });

    it("reverts without an allowance", async () => {
      await expect(f.meter.connect(f.stranger).deposit(1n))
        .to.be.revertedWithCustomError(f.usdc, "ERC20InsufficientAllowance")
        .withArgs(f.meter, 0n, 1n);
    });

    it("reverts without the money", async () => {
      const held = await f.usdc.balanceOf(f.bob);
      await expect(meter().deposit(held + 1n))
        .to.be.revertedWithCustomError(f.usdc, "ERC20InsufficientBalance")
        .withArgs(f.bob, held, held + 1n);
    });

    it("takes the USDC, books it and reports the balance after it", async () => {
      await meter().deposit(usdc(5));
      const tx = await meter().deposit(usdc(10));
      await expect(tx).to.emit(f.meter, "Deposited").withArgs(f.bob, usdc(10), usdc(15));
      await expect(tx).to.changeTokenBalances(ethers, f.usdc, [f.bob, f.meter], [-usdc(10), usdc(10)]);
      expect(await f.meter.accountOf(f.bob)).to.deep.equal([usdc(15), 0n, 0n, 0n]);
      expect(await f.meter.availableOf(f.bob)).to.equal(usdc(15));
      expect(await f.meter.accountOf(f.carol)).to.deep.equal([0n, 0n, 0n, 0n]);
    });
  });

  describe("depositCredit", () => {
    it("reverts for an amount of zero", async () => {
      await expect(f.meter.connect(f.platform).depositCredit(f.bob, 0n)).to.be.revertedWithCustomError(
        f.meter,
        "Meter_ZeroAmount",
      );
    });

    it("reverts for the zero address", async () => {
      await expect(f.meter.connect(f.platform).depositCredit(ZeroAddress, 1n)).to.be.revertedWithCustomError(
        f.meter,
        "Meter_ZeroAddress",
      );
    });

    it("takes the platform's USDC as credit that the user can spend and not withdraw", async () => {
      await f.meter.connect(f.platform).depositCredit(f.bob, usdc(5));
      const tx = await f.meter.connect(f.platform).depositCredit(f.bob, usdc(20));
      await expect(tx).to.emit(f.meter, "CreditDeposited").withArgs(f.platform, f.bob, usdc(20), usdc(25));
      await expect(tx).to.changeTokenBalances(ethers, f.usdc, [f.platform, f.meter], [-usdc(20), usdc(20)]);
      expect(await f.meter.accountOf(f.bob)).to.deep.equal([0n, usdc(25), 0n, 0n]);
      expect(await f.meter.availableOf(f.bob)).to.equal(usdc(25));
      await expect(meter().requestWithdrawal(1n))
        .to.be.revertedWithCustomError(f.meter, "Meter_AboveDeposit")
        .withArgs(1n, 0n);
    });

    it("reverts if the platform has not approved the meter", async () => {
      await f.usdc.connect(f.platform).approve(f.meter, 0n);
      await expect(f.meter.connect(f.platform).depositCredit(f.bob, 1n))
        .to.be.revertedWithCustomError(f.usdc, "ERC20InsufficientAllowance")
        .withArgs(f.meter, 0n, 1n);
    });
  });

  describe("permitUsdc", () => {
    beforeEach(async () => {
      await f.usdc.transfer(f.stranger, usdc(100));
    });

    it("sets the caller's allowance, and goes with deposit in one multicall", async () => {
      const permit = await permitFor(f.usdc, f.stranger, f.addresses.meter, usdc(100));
      await f.meter
        .connect(f.stranger)
        .multicall([
          f.meter.interface.encodeFunctionData("permitUsdc", permit),
          f.meter.interface.encodeFunctionData("deposit", [usdc(100)]),
        ]);
      expect((await f.meter.accountOf(f.stranger)).deposited).to.equal(usdc(100));
    });

    it("does no harm when somebody has submitted the permit first", async () => {
      const permit = await permitFor(f.usdc, f.stranger, f.addresses.meter, usdc(100));
      await f.usdc.connect(f.carol)[PERMIT_BY_PARTS](f.stranger, f.addresses.meter, ...permit);
      await f.meter
        .connect(f.stranger)
        .multicall([
          f.meter.interface.encodeFunctionData("permitUsdc", permit),
          f.meter.interface.encodeFunctionData("deposit", [usdc(100)]),
        ]);
      expect((await f.meter.accountOf(f.stranger)).deposited).to.equal(usdc(100));
    });

    it("reverts when the allowance falls short afterwards", async () => {
      const expired = await permitFor(f.usdc, f.stranger, f.addresses.meter, usdc(100), (await now()) - 1n);
      const carols = await permitFor(f.usdc, f.carol, f.addresses.meter, usdc(100));
      for (const permit of [expired, carols]) {
        await expect(f.meter.connect(f.stranger).permitUsdc(...permit))
          .to.be.revertedWithCustomError(f.meter, "Permit_NoAllowance")
          .withArgs(f.stranger, 0n, usdc(100));
      }
    });

    it("reverts for a signature of nobody", async () => {
      await expect(f.meter.connect(f.stranger).permitUsdc(1n, NO_DEADLINE, 27, ZeroHash, ZeroHash))
        .to.be.revertedWithCustomError(f.meter, "Permit_NoAllowance")
        .withArgs(f.stranger, 0n, 1n);
    });
  });

  describe("depositWithAuthorization", () => {
    let authorisation: Authorisation;
    beforeEach(() => {
      authorisation = {
        from: f.bob.address,
        to: f.addresses.meter,
        value: usdc(30),
        validAfter: 0n,
        validBefore: NO_DEADLINE,
        nonce: id("a first deposit"),
      };
    });

    /** The two forms of a signature: its parts, and bytes of any length. */
    const FORMS = {
      "by parts": async (
        a: Authorisation,
        signer: HardhatEthersSigner,
        caller: HardhatEthersSigner,
        amount: bigint,
      ) => {
        const [v, r, s] = await signAuthorisation(f.usdc, signer, a);
        const meterOf = f.meter.connect(caller);
        return meterOf[DEPOSIT_BY_PARTS](a.from, amount, a.validAfter, a.validBefore, a.nonce, v, r, s);
      },
      "by bytes": async (
        a: Authorisation,
        signer: HardhatEthersSigner,
        caller: HardhatEthersSigner,
        amount: bigint,
      ) => {
        const signature = await authorisationSignature(f.usdc, signer, a);
        const meterOf = f.meter.connect(caller);
        return meterOf[DEPOSIT_BY_BYTES](a.from, amount, a.validAfter, a.validBefore, a.nonce, signature);
      },
    };

    for (const [form, depositBy] of Object.entries(FORMS)) {
      describe(form, () => {
        const submit = (a = authorisation, signer = f.bob, caller = f.bob, amount = a.value) =>
          depositBy(a, signer, caller, amount);

        it("takes the USDC without an approval, whoever submits it, for the user who signed", async () => {
          await f.usdc.connect(f.bob).approve(f.meter, 0n);
          const tx = await submit(authorisation, f.bob, f.stranger);
          await expect(tx).to.emit(f.meter, "Deposited").withArgs(f.bob, usdc(30), usdc(30));
          await expect(tx).to.changeTokenBalances(ethers, f.usdc, [f.bob, f.meter], [-usdc(30), usdc(30)]);
          expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(30));
          expect((await f.meter.accountOf(f.stranger)).deposited).to.equal(0n);
        });

        it("does nothing the second time while so much is deposited, so that a multicall goes on", async () => {
          await submit();
          const again = await submit(authorisation, f.bob, f.stranger);
          await expect(again).not.to.emit(f.meter, "Deposited");
          await expect(again).to.changeTokenBalances(ethers, f.usdc, [f.bob, f.meter], [0n, 0n]);
          expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(30));
        });

        it("reverts the second time if less is deposited, or if its signer has cancelled it", async () => {
          await submit();
          await meter().requestWithdrawal(1n);
          await networkHelpers.time.increase(2n * DAY);
          await meter().withdraw(f.bob);
          await expect(submit())
            .to.be.revertedWithCustomError(f.meter, "Meter_AuthorizationUsed")
            .withArgs(f.bob, authorisation.nonce, usdc(30) - 1n);
          const cancelled = { ...authorisation, nonce: id("cancelled") };
          const types = {
            CancelAuthorization: [
              { name: "authorizer", type: "address" },
              { name: "nonce", type: "bytes32" },
            ],
          };
          const message = { authorizer: f.bob.address, nonce: cancelled.nonce };
          const signature = await f.bob.signTypedData(await domainOf(f.usdc), types, message);
          await f.usdc["cancelAuthorization(address,bytes32,bytes)"](f.bob, cancelled.nonce, signature);
          await expect(submit(cancelled))
            .to.be.revertedWithCustomError(f.meter, "Meter_AuthorizationUsed")
            .withArgs(f.bob, cancelled.nonce, usdc(30) - 1n);
        });

        const FORGERIES = [
          ["another amount", () => submit(authorisation, f.bob, f.bob, usdc(31))],
          ["another signer", () => submit(authorisation, f.carol)],
          ["another receiver", () => submit({ ...authorisation, to: f.stranger.address })],
        ] as const;
        for (const [what, attempt] of FORGERIES) {
          it(`reverts for ${what}`, async () => {
            await expect(attempt()).to.be.revertedWithCustomError(f.usdc, "ERC3009InvalidSignature");
            expect(await f.meter.accountOf(f.bob)).to.deep.equal([0n, 0n, 0n, 0n]);
          });
        }

        it("reverts too early and too late", async () => {
          const time = await now();
          for (const mistimed of [{ validAfter: time + 1_000n }, { validBefore: time }]) {
            const { validAfter, validBefore } = { ...authorisation, ...mistimed };
            await expect(submit({ ...authorisation, ...mistimed }))
              .to.be.revertedWithCustomError(f.usdc, "ERC3009InvalidAuthorizationTime")
              .withArgs(validAfter, validBefore);
          }
          expect(await f.meter.accountOf(f.bob)).to.deep.equal([0n, 0n, 0n, 0n]);
        });

        it("reverts for an amount of zero", async () => {
          await expect(submit({ ...authorisation, value: 0n })).to.be.revertedWithCustomError(
            f.meter,
            "Meter_ZeroAmount",
          );
        });
      });
    }
  });

  describe("given a pause of deposits", () => {
    it("leaves withdrawals and keys alone", async () => {
      await meter().deposit(usdc(10));
      await meter().requestWithdrawal(usdc(10));
      await until((await now()) + 2n * DAY - 10n);
      await f.meter.connect(f.guardian).pauseDeposits();
      await meter().authorizeKey(keyPair("a key"), usdc(1), NO_DEADLINE - 1n);
      await networkHelpers.time.increase(60n);
      await expect(meter().withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(10));
    });
  });

  it("refuses deposits that no balance could hold", async () => {
    await f.usdc.connect(f.bob).approve(f.meter, MaxUint256);
    await expect(meter().deposit(2n ** 96n))
      .to.be.revertedWithCustomError(f.meter, "SafeCastOverflowedUintDowncast")
      .withArgs(96n, 2n ** 96n);
  });
});

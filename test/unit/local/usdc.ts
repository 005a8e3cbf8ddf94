import { expect } from "chai";
import { MaxUint256, id } from "ethers";
import type { Signer } from "ethers";

import { now } from "../../support/clock.ts";
import { ethers, networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { NO_DEADLINE } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { deployUsageMock } from "../../support/usage/serving.ts";
import {
  PERMIT_BY_BYTES,
  PERMIT_BY_PARTS,
  RECEIVE_BY_BYTES,
  TRANSFER_BY_BYTES,
  authorisationSignature,
  domainOf,
  permitFor,
} from "../../support/usage/signatures.ts";
import type { Authorisation } from "../../support/usage/signatures.ts";

describe("LocalUsdc: as the real one in what is used of it", () => {
  let f: ProtocolScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(protocolFixture);
    await f.usdc.transfer(f.bob, usdc(100));
  });

  const authorisation = (changes: Partial<Authorisation> = {}): Authorisation => ({
    from: f.bob.address,
    to: f.carol.address,
    value: usdc(30),
    validAfter: 0n,
    validBefore: NO_DEADLINE,
    nonce: id("an authorisation"),
    ...changes,
  });
  const bytesOf = async (
    a: Authorisation,
    signer: Signer,
    type: "ReceiveWithAuthorization" | "TransferWithAuthorization",
  ) =>
    [
      a.from,
      a.to,
      a.value,
      a.validAfter,
      a.validBefore,
      a.nonce,
      await authorisationSignature(f.usdc, signer, a, type),
    ] as const;

  it("has the whole supply from the start, and moves it like any token", async () => {
    expect(await f.usdc.totalSupply()).to.equal(usdc(1_000_000_000));
    const tx = f.usdc.connect(f.bob).transfer(f.carol, usdc(40));
    await expect(tx).to.emit(f.usdc, "Transfer").withArgs(f.bob, f.carol, usdc(40));
    await expect(tx).to.changeTokenBalances(ethers, f.usdc, [f.bob, f.carol], [-usdc(40), usdc(40)]);
    await f.usdc.connect(f.bob).transfer(f.bob, usdc(60));
    expect(await f.usdc.balanceOf(f.bob)).to.equal(usdc(60));
    await expect(f.usdc.connect(f.bob).transfer(f.carol, usdc(61)))
      .to.be.revertedWithCustomError(f.usdc, "ERC20InsufficientBalance")
      .withArgs(f.bob, usdc(60), usdc(61));
  });

  describe("the blacklist", () => {
    it("is kept by the blacklister alone", async () => {
      for (const change of ["blacklist", "unBlacklist"] as const) {
        await expect(f.usdc.connect(f.bob)[change](f.carol))
          .to.be.revertedWithCustomError(f.usdc, "Usdc_NotBlacklister")
          .withArgs(f.bob);
      }
      await expect(f.usdc.blacklist(f.bob)).to.emit(f.usdc, "Blacklisted").withArgs(f.bob);
      expect([await f.usdc.isBlacklisted(f.bob), await f.usdc.balanceOf(f.bob)]).to.deep.equal([true, usdc(100)]);
      await expect(f.usdc.unBlacklist(f.bob)).to.emit(f.usdc, "UnBlacklisted").withArgs(f.bob);
      expect([await f.usdc.isBlacklisted(f.bob), await f.usdc.balanceOf(f.bob)]).to.deep.equal([false, usdc(100)]);
    });

    it("stops sending, receiving and moving others' USDC, by call and by authorisation, and not approving", async () => {
      const signed = await bytesOf(authorisation(), f.bob, "TransferWithAuthorization");
      const toBob = authorisation({ from: f.carol.address, to: f.bob.address });
      const received = await bytesOf(toBob, f.carol, "ReceiveWithAuthorization");
      await f.usdc.transfer(f.carol, usdc(100));
      await f.usdc.connect(f.carol).approve(f.bob, MaxUint256);
      await f.usdc.connect(f.bob).approve(f.carol, MaxUint256);
      await f.usdc.blacklist(f.bob);
      const attempts = [
        () => f.usdc.connect(f.bob).transfer(f.carol, 1n),
        () => f.usdc.connect(f.carol).transfer(f.bob, 1n),
        () => f.usdc.connect(f.bob).transferFrom(f.carol, f.dave, 1n),
        () => f.usdc.connect(f.carol).transferFrom(f.bob, f.dave, 1n),
        () => f.usdc[TRANSFER_BY_BYTES](...signed),
        () => f.usdc.connect(f.bob)[RECEIVE_BY_BYTES](...received),
      ];
      for (const attempt of attempts) {
        await expect(attempt()).to.be.revertedWithCustomError(f.usdc, "Usdc_Blacklisted").withArgs(f.bob);
      }
      await f.usdc.connect(f.bob).approve(f.dave, 1n);
      await f.usdc[PERMIT_BY_PARTS](f.bob, f.dave, ...(await permitFor(f.usdc, f.bob, f.dave.address, 7n)));
      expect(await f.usdc.allowance(f.bob, f.dave)).to.equal(7n);
    });
  });

  describe("signatures of any length", () => {
    let wallet: string;
    beforeEach(async () => {
      wallet = await (await deployUsageMock("SigningWallet", [f.bob.address])).getAddress();
      await f.usdc.transfer(wallet, usdc(100));
    });

    it("move USDC of an account and of a contract wallet, once", async () => {
      for (const from of [f.bob.address, wallet]) {
        const sent = await bytesOf(authorisation({ from }), f.bob, "TransferWithAuthorization");
        await expect(f.usdc[TRANSFER_BY_BYTES](...sent)).to.changeTokenBalance(ethers, f.usdc, f.carol, usdc(30));
        await expect(f.usdc[TRANSFER_BY_BYTES](...sent)).to.be.revertedWithCustomError(
          f.usdc,
          "ERC3009UsedAuthorization",
        );
        const received = await bytesOf(authorisation({ from, nonce: id("2") }), f.bob, "ReceiveWithAuthorization");
        await expect(f.usdc[RECEIVE_BY_BYTES](...received))
          .to.be.revertedWithCustomError(f.usdc, "ERC20InvalidReceiver")
          .withArgs(f.carol);
        await f.usdc.connect(f.carol)[RECEIVE_BY_BYTES](...received);
        expect(await f.usdc.authorizationState(from, id("2"))).to.equal(true);
      }
    });

    it("are refused from anybody else, and under another type", async () => {
      const others = await bytesOf(authorisation({ from: wallet }), f.carol, "TransferWithAuthorization");
      const another = await bytesOf(authorisation({ from: wallet }), f.bob, "ReceiveWithAuthorization");
      for (const args of [others, another]) {
        await expect(f.usdc[TRANSFER_BY_BYTES](...args)).to.be.revertedWithCustomError(
          f.usdc,
          "ERC3009InvalidSignature",
        );
      }
    });

    it("permit for an account and a contract wallet, once and before the deadline", async () => {
      for (const owner of [f.bob.address, wallet]) {
        const types = {
          Permit: ["owner address", "spender address", "value uint256", "nonce uint256", "deadline uint256"].map(
            (field) => ({ name: field.split(" ")[0]!, type: field.split(" ")[1]! }),
          ),
        };
        const domain = await domainOf(f.usdc);
        const message = { owner, spender: f.carol.address, value: 5n, nonce: 0n, deadline: (await now()) + 100n };
        const signature = await f.bob.signTypedData(domain, types, message);
        await f.usdc[PERMIT_BY_BYTES](owner, f.carol, 5n, message.deadline, signature);
        expect(await f.usdc.allowance(owner, f.carol)).to.equal(5n);
        await expect(
          f.usdc[PERMIT_BY_BYTES](owner, f.carol, 5n, message.deadline, signature),
        ).to.be.revertedWithCustomError(f.usdc, "ERC2612InvalidSigner");
        await networkHelpers.time.increase(200n);
        await expect(
          f.usdc[PERMIT_BY_BYTES](owner, f.carol, 5n, message.deadline, signature),
        ).to.be.revertedWithCustomError(f.usdc, "ERC2612ExpiredSignature");
      }
    });
  });
});

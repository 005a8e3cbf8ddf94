import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { deployAs } from "../../support/scenes.ts";
import { changing } from "../../support/abi.ts";
import { SALT, asGraduation } from "../../support/modelTokens.ts";
import { ethers, networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import { NO_DEADLINE } from "../../support/time.ts";
import { MT_SUPPLY, tokens } from "../../support/units.ts";

/** A token whose whole supply Alice holds. */
async function tokenFixture() {
  const f = await protocolFixture();
  const factory = await asGraduation(f);
  await factory.deploy(1n, SALT, "QwenALICE", "QALICE");
  const mt = connectAs("modelToken", await f.tokenFactory.predict(SALT), f.alice);
  await mt.connect(factory.runner).transfer(f.alice, MT_SUPPLY);
  return { ...f, mt };
}

describe("ModelToken", () => {
  let f: Awaited<ReturnType<typeof tokenFixture>>;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(tokenFixture);
  });

  it("has its name, its symbol and 18 decimals", async () => {
    expect(await f.mt.name()).to.equal("QwenALICE");
    expect(await f.mt.symbol()).to.equal("QALICE");
    expect(await f.mt.decimals()).to.equal(18n);
  });

  it("cannot be created but by a factory: nobody else says what it is called", async () => {
    await expect(deployAs("modelToken", [], f.alice)).to.revert(ethers);
  });

  it("mints 1,000,000 once, all of it to graduation", async () => {
    const minted = await f.mt.queryFilter(f.mt.filters.Transfer(ZeroAddress));
    expect(minted.map(({ args }) => [args.to, args.value])).to.deep.equal([[f.addresses.graduation, MT_SUPPLY]]);

    expect(MT_SUPPLY).to.equal(tokens(1_000_000));
    expect(await f.mt.totalSupply()).to.equal(MT_SUPPLY);
    expect(await f.mt.balanceOf(f.alice)).to.equal(MT_SUPPLY);
  });

  it("has no owner and nothing that mints or hooks: only ERC-20, burn and permit change state", () => {
    const mutating = changing(f.mt.interface).map(({ name }) => name);
    expect(mutating.sort()).to.deep.equal(["approve", "burn", "burnFrom", "permit", "transfer", "transferFrom"]);
  });

  describe("burn", () => {
    it("takes tokens of the caller out of the supply", async () => {
      await expect(f.mt.burn(tokens(10)))
        .to.emit(f.mt, "Transfer")
        .withArgs(f.alice, ZeroAddress, tokens(10));
      expect(await f.mt.totalSupply()).to.equal(MT_SUPPLY - tokens(10));
    });

    it("reverts beyond the caller's balance", async () => {
      await expect(f.mt.connect(f.bob).burn(1n))
        .to.be.revertedWithCustomError(f.mt, "ERC20InsufficientBalance")
        .withArgs(f.bob, 0n, 1n);
    });
  });

  describe("burnFrom", () => {
    it("reverts without an allowance", async () => {
      await expect(f.mt.connect(f.bob).burnFrom(f.alice, 1n))
        .to.be.revertedWithCustomError(f.mt, "ERC20InsufficientAllowance")
        .withArgs(f.bob, 0n, 1n);
    });
  });

  describe("permit", () => {
    it("sets an allowance by signature", async () => {
      const value = tokens(5);
      const domain = {
        name: "QwenALICE",
        version: "1",
        chainId: 31_337n,
        verifyingContract: await f.mt.getAddress(),
      };
      const types = {
        Permit: [
          { name: "owner", type: "address" },
          { name: "spender", type: "address" },
          { name: "value", type: "uint256" },
          { name: "nonce", type: "uint256" },
          { name: "deadline", type: "uint256" },
        ],
      };
      const message = { owner: f.alice.address, spender: f.bob.address, value, nonce: 0n, deadline: NO_DEADLINE };
      const { v, r, s } = ethers.Signature.from(await f.alice.signTypedData(domain, types, message));
      await f.mt.connect(f.stranger).permit(f.alice, f.bob, value, NO_DEADLINE, v, r, s);
      expect(await f.mt.allowance(f.alice, f.bob)).to.equal(value);
    });
  });
});

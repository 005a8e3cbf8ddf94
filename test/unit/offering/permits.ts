import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { connectAs, interfaceAs } from "../../../sdk/src/ethers/connect.ts";
import { now } from "../../support/clock.ts";
import { fillExactIn } from "../../support/expected.ts";
import { launchPayment, networkHelpers, openOfferingFixture, workedExample } from "../../support/fixtures.ts";
import { signPermit } from "../../support/permits.ts";
import { EXAMPLE } from "../../support/scenes.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { NO_DEADLINE } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** The open offering, with no allowance of Bob's. */
async function withoutAllowanceFixture() {
  const f = await openOfferingFixture();
  await f.flock.connect(f.bob).approve(f.offering, 0n);
  return f;
}

describe("RealModelOffering: permits and multicall", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(withoutAllowanceFixture);
  });

  const abi = interfaceAs("offering");
  const buyData = (flockIn: bigint) =>
    abi.encodeFunctionData("buyExactIn", [1n, flockIn, 0n, f.bob.address, NO_DEADLINE]);

  describe("permitFlock", () => {
    it("sets the caller's allowance", async () => {
      await f.offering.connect(f.bob).permitFlock(...(await signPermit(f, f.bob, tokens(7))));
      expect(await f.flock.allowance(f.bob, f.offering)).to.equal(tokens(7));
    });

    it("reverts with the allowance for somebody else's signature", async () => {
      const permit = await signPermit(f, f.carol, tokens(7));
      await expect(f.offering.connect(f.bob).permitFlock(...permit))
        .to.be.revertedWithCustomError(f.offering, "Permit_NoAllowance")
        .withArgs(f.bob, 0n, tokens(7));
    });

    it("reverts with the allowance for an expired signature", async () => {
      const permit = await signPermit(f, f.bob, tokens(7), (await now()) - 1n);
      await f.flock.connect(f.bob).approve(f.offering, tokens(6));
      await expect(f.offering.connect(f.bob).permitFlock(...permit))
        .to.be.revertedWithCustomError(f.offering, "Permit_NoAllowance")
        .withArgs(f.bob, tokens(6), tokens(7));
    });

    it("does no harm when somebody else has submitted the signature first", async () => {
      const permit = await signPermit(f, f.bob, tokens(7));
      await f.flock.connect(f.stranger).permit(f.bob, f.offering, ...permit);
      await f.offering.connect(f.bob).permitFlock(...permit);
      expect(await f.flock.allowance(f.bob, f.offering)).to.equal(tokens(7));
    });

    it("is content with an allowance that is large enough already", async () => {
      await f.flock.connect(f.bob).approve(f.offering, MaxUint256);
      const permit = await signPermit(f, f.carol, tokens(7));
      await f.offering.connect(f.bob).permitFlock(...permit);
      expect(await f.flock.allowance(f.bob, f.offering)).to.equal(MaxUint256);
    });
  });

  describe("multicall", () => {
    it("permits and buys in one transaction", async () => {
      const permit = abi.encodeFunctionData("permitFlock", await signPermit(f, f.bob, tokens(1_000)));
      await f.offering.connect(f.bob).multicall([permit, buyData(tokens(1_000))]);
      const fill = fillExactIn(EXAMPLE, 0n, tokens(1_000));
      expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
      expect(await f.flock.allowance(f.bob, f.offering)).to.equal(0n);
    });

    it("buys although somebody else has submitted the permit first", async () => {
      const signed = await signPermit(f, f.bob, tokens(1_000));
      await f.flock.connect(f.stranger).permit(f.bob, f.offering, ...signed);
      await f.offering
        .connect(f.bob)
        .multicall([abi.encodeFunctionData("permitFlock", signed), buyData(tokens(1_000))]);
      expect((await f.lens.raiseOf(1n)).gross).to.equal(tokens(1_000));
    });

    it("reverts with the token's error when the permit is too small for the buy", async () => {
      const permit = abi.encodeFunctionData("permitFlock", await signPermit(f, f.bob, tokens(999)));
      await expect(f.offering.connect(f.bob).multicall([permit, buyData(tokens(1_000))]))
        .to.be.revertedWithCustomError(f.flock, "ERC20InsufficientAllowance")
        .withArgs(f.offering, tokens(999), tokens(1_000));
      expect(await f.flock.allowance(f.bob, f.offering)).to.equal(0n);
    });

    it("permits and launches with a bundle in one transaction", async () => {
      const permit = abi.encodeFunctionData("permitFlock", await signPermit(f, f.bob, tokens(3_000)));
      const launch = abi.encodeFunctionData("launch", [workedExample(), launchPayment({ bundleFlock: tokens(2_000) })]);
      await f.offering.connect(f.bob).multicall([permit, launch]);
      expect(await f.registry.issuerOf(2n)).to.equal(f.bob.address);
      expect((await f.lens.raiseOf(2n)).gross).to.equal(tokens(2_000));
    });

    it("claims for several supporters in one transaction", async () => {
      await f.offering.connect(f.carol).buyExactIn(1n, tokens(1_000), 0n, f.carol, NO_DEADLINE);
      await f.offering.connect(f.dave).buyExactIn(1n, tokens(100_000), 0n, f.dave, NO_DEADLINE);
      const positions = [await f.offering.positionOf(1n, f.carol), await f.offering.positionOf(1n, f.dave)];
      await f.offering.graduate(1n);
      await f.offering
        .connect(f.stranger)
        .multicall([
          abi.encodeFunctionData("claim", [1n, f.carol.address]),
          abi.encodeFunctionData("claim", [1n, f.dave.address]),
        ]);
      const mt = connectAs("modelToken", (await f.lens.raiseOf(1n)).token, f.keeper);
      expect(await mt.balanceOf(f.carol)).to.equal(positions[0]!.mt);
      expect(await mt.balanceOf(f.dave)).to.equal(positions[1]!.mt);
    });

    it("does all or nothing", async () => {
      await f.flock.connect(f.bob).approve(f.offering, MaxUint256);
      await expect(
        f.offering.connect(f.bob).multicall([buyData(tokens(10)), buyData(0n)]),
      ).to.be.revertedWithCustomError(f.offering, "Offering_ZeroAmount");
      expect((await f.lens.raiseOf(1n)).raised).to.equal(0n);
    });
  });
});

import { expect } from "chai";

import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { at } from "../support/clock.ts";
import { fillExactIn } from "../support/expected.ts";
import { ethers, launchPayment, networkHelpers, openOfferingFixture, workedExample } from "../support/fixtures.ts";
import { mockFlockOffering, mockFlockProtocol } from "../support/mockFlock.ts";
import { EXAMPLE, OUTCOME, SHARE, deployMock } from "../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, DAY, NO_DEADLINE, VESTING_DURATION } from "../support/time.ts";
import { tokens } from "../support/units.ts";

const feeFixture = () => mockFlockProtocol("FeeFlock", [100n]);
const feelessFixture = () => mockFlockOffering("FeeFlock", [0n]);
const noReturnFixture = () => mockFlockOffering("NoReturnFlock");

describe("Threats: tokens that are not plain ERC-20 (A4)", () => {
  it("A4 fee on transfer: refused at launch, with what arrived", async () => {
    const f = await networkHelpers.loadFixture(feeFixture);
    await expect(f.offering.connect(f.alice).launch(workedExample(), launchPayment()))
      .to.be.revertedWithCustomError(f.offering, "Transfer_NotExact")
      .withArgs(f.addresses.flock, tokens(990), tokens(1_000));
    expect(await f.registry.modelCount()).to.equal(0n);
  });

  it("A4 fee on transfer: refused at a launch with a bundle", async () => {
    const f = await networkHelpers.loadFixture(feeFixture);
    await expect(f.offering.connect(f.alice).launch(workedExample(), launchPayment({ bundleFlock: tokens(2_000) })))
      .to.be.revertedWithCustomError(f.offering, "Transfer_NotExact")
      .withArgs(f.addresses.flock, tokens(2_970), tokens(3_000));
  });

  describe("given a FLOCK that begins to take a fee of 1% while a raise waits to graduate", () => {
    let f: Awaited<ReturnType<typeof feelessFixture>>;
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(feelessFixture);
      await f.offering.connect(f.bob).buyExactIn(1n, tokens(100_000), 0n, f.bob, NO_DEADLINE);
      await f.token.getFunction("setFee").send(100n);
    });

    it("A4 G4 graduation reverts with the reserves that came out and those that were meant", async () => {
      // 1% of the 25,000 FLOCK for the pool is lost on the way to the pair.
      await expect(f.offering.graduate(1n))
        .to.be.revertedWithCustomError(f.graduation, "Graduation_UnexpectedReserves")
        .withArgs(tokens(24_750), tokens(200_000), tokens(25_000), tokens(200_000));
    });

    it("A4 G4 nothing has happened then: no token, no pool, and the raise can graduate once the fee is gone", async () => {
      const { token } = await f.lens.raiseOf(1n);
      await expect(f.offering.graduate(1n)).to.be.revertedWithCustomError(
        f.graduation,
        "Graduation_UnexpectedReserves",
      );
      expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Open);
      expect(await ethers.provider.getCode(token)).to.equal("0x");
      expect(await f.dexFactory.getPair(f.addresses.flock, token)).to.equal(ethers.ZeroAddress);
      await f.token.getFunction("setFee").send(0n);
      await f.offering.graduate(1n);
      const opening = await f.graduation.openingReservesOf(1n);
      expect(opening).to.deep.equal([tokens(25_000), tokens(200_000)]);
    });

    it("A4 G4 if the fee stays, supporters are refunded 30 days later", async () => {
      const { failableAt } = await f.lens.raiseOf(1n);
      const { flockNet } = await f.offering.positionOf(1n, f.bob);
      const before = await f.flock.balanceOf(f.bob);
      await at(failableAt);
      await f.offering.refund(1n, f.bob);
      // The token keeps its 1% of the refund.
      expect((await f.flock.balanceOf(f.bob)) - before).to.equal((flockNet * 99n) / 100n);
      expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Failed);
    });
  });

  it("A4 fee on transfer: refused by the emission budget, which counts nothing then", async () => {
    const f = await networkHelpers.loadFixture(feeFixture);
    await f.flock.connect(f.deployer).approve(f.emissions, tokens(100));
    await expect(f.emissions.connect(f.deployer).fund(tokens(100)))
      .to.be.revertedWithCustomError(f.emissions, "Transfer_NotExact")
      .withArgs(f.addresses.flock, tokens(99), tokens(100));
    expect(await f.emissions.unreserved()).to.equal(0n);
    expect(await f.flock.balanceOf(f.emissions)).to.equal(0n);
  });

  it("A4 no return value: launch, purchase, graduation, claims and fees work", async () => {
    const f = await networkHelpers.loadFixture(noReturnFixture);
    await f.offering.connect(f.bob).buyExactIn(1n, tokens(100_000), 0n, f.bob, NO_DEADLINE);
    const { creatorFee } = await f.offering.unclaimedFeesOf(1n);
    await f.offering.graduate(1n);
    await f.offering.claim(1n, f.bob);
    await f.offering.connect(f.alice).claimCreatorFee(1n, f.stranger);
    expect(await f.flock.balanceOf(f.stranger)).to.equal(creatorFee);
    await networkHelpers.time.increase(VESTING_DURATION);
    await f.vault.release(1n, SHARE.ProtocolFlock);
    expect(await f.flock.balanceOf(f.treasury)).to.equal(tokens(12_500));
    const mt = connectAs("modelToken", (await f.lens.raiseOf(1n)).token, f.stranger);
    expect(await mt.balanceOf(f.bob)).to.equal(tokens(400_000));
  });

  it("A4 no return value: refunds work", async () => {
    const f = await networkHelpers.loadFixture(noReturnFixture);
    await f.offering.connect(f.bob).buyExactIn(1n, tokens(1_000), 0n, f.bob, NO_DEADLINE);
    await networkHelpers.time.increase(8n * DAY);
    await f.offering.refund(1n, f.bob);
    const { flockNet } = fillExactIn(EXAMPLE, 0n, tokens(1_000));
    expect(await f.flock.balanceOf(f.bob)).to.equal(tokens(1_000_000) - tokens(1_000) + flockNet);
  });

  it("A4 no permit: `permitFlock` says what the allowance is, and an allowance does", async () => {
    const f = await networkHelpers.loadFixture(noReturnFixture);
    const zero = `0x${"00".repeat(32)}`;
    await expect(f.offering.connect(f.stranger).permitFlock(5n, NO_DEADLINE, 27, zero, zero))
      .to.be.revertedWithCustomError(f.offering, "Permit_NoAllowance")
      .withArgs(f.stranger, 0n, 5n);
    await f.offering.connect(f.bob).permitFlock(5n, NO_DEADLINE, 27, zero, zero);
  });

  it("A4 a contract wallet launches, buys, is refunded and claims: no callback is asked of it", async () => {
    const f = await networkHelpers.loadFixture(openOfferingFixture);
    const wallet = await deployMock("ContractWallet");
    const address = await wallet.getAddress();
    await f.flock.transfer(address, tokens(200_000));
    const abi = f.offering.interface;
    const { flock, offering } = f.addresses;
    await wallet.getFunction("execute")(
      [flock, offering, offering],
      [
        f.flock.interface.encodeFunctionData("approve", [offering, tokens(200_000)]),
        abi.encodeFunctionData("launch", [workedExample(), launchPayment({ bundleFlock: tokens(500) })]),
        abi.encodeFunctionData("buyExactIn", [1n, tokens(100_000), 0n, address, NO_DEADLINE]),
      ],
    );
    expect(await f.registry.issuerOf(2n)).to.equal(address);
    const { mt: owed } = await f.offering.positionOf(1n, address);
    await f.offering.graduate(1n);
    await f.offering.claim(1n, address);
    const mt = connectAs("modelToken", (await f.lens.raiseOf(1n)).token, f.keeper);
    expect(await mt.balanceOf(address)).to.equal(owed);

    await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
    await wallet.getFunction("execute")(
      [offering],
      [abi.encodeFunctionData("buyExactIn", [2n, tokens(100), 0n, address, NO_DEADLINE])],
    );
    await networkHelpers.time.increase(8n * DAY);
    const { flockNet } = await f.offering.positionOf(2n, address);
    const { bundleNet } = await f.lens.raiseOf(2n);
    await expect(f.offering.refund(2n, address)).to.changeTokenBalances(ethers, f.flock, [address], [flockNet]);
    await expect(f.offering.refundBundle(2n)).to.changeTokenBalances(ethers, f.flock, [address], [bundleNet]);
    expect((await f.lens.raiseOf(2n)).outcome).to.equal(OUTCOME.Failed);
  });
});

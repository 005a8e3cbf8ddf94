import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { at, now } from "../../support/clock.ts";
import { soldAt } from "../../support/expected.ts";
import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import {
  EXAMPLE,
  LOCAL_SETTINGS,
  OUTCOME,
  bundledFixture,
  marketOf,
  missedFixture,
  partialSuccessFixture,
  soldOutFixture,
  standIn,
  deployAs,
} from "../../support/scenes.ts";
import { DAY, NO_DEADLINE, STUCK_AFTER } from "../../support/time.ts";
import { SALE_SUPPLY, tokens } from "../../support/units.ts";

describe("RealModelOffering: graduate", () => {
  it("reverts for an unknown model", async () => {
    const f = await networkHelpers.loadFixture(soldOutFixture);
    for (const id of [0n, 2n]) {
      await expect(f.offering.graduate(id))
        .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
        .withArgs(id);
    }
  });

  it("reverts while the sale lasts, above the minimum too", async () => {
    const f = await networkHelpers.loadFixture(bundledFixture);
    await f.offering.connect(f.bob).buyExactIn(1n, tokens(40_000), 0n, f.bob, NO_DEADLINE);
    const { endsAt, raised, minimumRaise } = await f.lens.raiseOf(1n);
    expect(raised > minimumRaise).to.equal(true);
    await expect(f.offering.graduate(1n))
      .to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable")
      .withArgs(1n, OUTCOME.Open, endsAt, raised, tokens(20_000));
  });

  it("reverts when the sale ended below its minimum", async () => {
    const f = await networkHelpers.loadFixture(missedFixture);
    const { endsAt, raised } = await f.lens.raiseOf(1n);
    await expect(f.offering.graduate(1n))
      .to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable")
      .withArgs(1n, OUTCOME.Open, endsAt, raised, tokens(20_000));
  });

  it("reverts one wei below the minimum and works at the minimum exactly", async () => {
    const f = await networkHelpers.loadFixture(bundledFixture);
    const { raised } = await f.lens.raiseOf(1n);
    const missing = tokens(20_000) - raised;
    // At 1.25% the smallest payment whose net is n; one net wei is added by the smallest payment of all, two wei.
    const gross = ((missing - 1n) * 10_000n + 9_874n) / 9_875n;
    await f.offering.connect(f.bob).buyExactIn(1n, gross, 0n, f.bob, NO_DEADLINE);
    expect((await f.lens.raiseOf(1n)).raised).to.equal(tokens(20_000) - 1n);
    const ended = await networkHelpers.takeSnapshot();
    await networkHelpers.time.increase(8n * DAY);
    await expect(f.offering.graduate(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable");
    await ended.restore();
    await f.offering.connect(f.bob).buyExactIn(1n, 2n, 0n, f.bob, NO_DEADLINE);
    expect((await f.lens.raiseOf(1n)).raised).to.equal(tokens(20_000));
    await networkHelpers.time.increase(8n * DAY);
    await f.offering.graduate(1n);
    expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
  });

  it("reverts the second time", async () => {
    const f = await networkHelpers.loadFixture(soldOutFixture);
    const { endsAt } = await f.lens.raiseOf(1n);
    await f.offering.graduate(1n);
    await expect(f.offering.graduate(1n))
      .to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable")
      .withArgs(1n, OUTCOME.Graduated, endsAt, tokens(50_000), tokens(20_000));
  });

  it("reverts after the raise was failed for having waited 30 days", async () => {
    const f = await networkHelpers.loadFixture(soldOutFixture);
    const { endsAt } = await f.lens.raiseOf(1n);
    await at(endsAt + STUCK_AFTER);
    await f.offering.fail(1n);
    await expect(f.offering.graduate(1n))
      .to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable")
      .withArgs(1n, OUTCOME.Failed, endsAt, tokens(50_000), tokens(20_000));
  });

  it("reverts if graduation deploys another token than the launch announced, and settles nothing then", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    const deployed = f.keeper.address;
    const offering = await deployAs(
      "offering",
      [
        f.accessManager,
        f.flock,
        await standIn(f.registry.interface, { register: [1n] }),
        await standIn(f.graduation.interface, { TOKEN_FACTORY: [f.addresses.tokenFactory], graduate: [deployed] }),
        { ...LOCAL_SETTINGS, antiSnipeStartBps: 125n },
      ],
      f.deployer,
    );
    await f.flock.connect(f.alice).approve(offering, MaxUint256);
    await offering.connect(f.alice).launch(workedExample(), launchPayment());
    await offering.connect(f.alice).buyExactIn(1n, tokens(100_000), 0n, f.alice, NO_DEADLINE);
    const held = await f.flock.balanceOf(offering);
    const announced = await offering.tokenOf(1n);
    await expect(offering.graduate(1n))
      .to.be.revertedWithCustomError(offering, "Offering_UnexpectedToken")
      .withArgs(deployed, announced);
    expect(await offering.outcomeOf(1n)).to.equal(OUTCOME.Open);
    expect(await f.flock.balanceOf(offering)).to.equal(held);
  });

  it("is anyone's", async () => {
    const f = await networkHelpers.loadFixture(soldOutFixture);
    await f.offering.connect(f.stranger).graduate(1n);
    expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
  });

  it("still works after the 30 days while nobody has failed the raise", async () => {
    const f = await networkHelpers.loadFixture(soldOutFixture);
    await networkHelpers.time.increase(400n * DAY);
    await f.offering.graduate(1n);
    expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
  });

  it("works in the very second in which the target was reached", async () => {
    const f = await networkHelpers.loadFixture(bundledFixture);
    const abi = f.offering.interface;
    const buy = abi.encodeFunctionData("buyExactIn", [1n, tokens(100_000), 0n, f.bob.address, NO_DEADLINE]);
    await f.offering.connect(f.bob).multicall([buy, abi.encodeFunctionData("graduate", [1n])]);
    expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
  });

  describe("given a raise that was sold out", () => {
    it("stores the outcome and keeps the sums", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const before = await f.lens.raiseOf(1n);
      await f.offering.graduate(1n);
      const after = await f.lens.raiseOf(1n);
      expect(after.outcome).to.equal(OUTCOME.Graduated);
      expect([after.raised, after.gross, after.sold, after.bundleMt]).to.deep.equal([
        before.raised,
        before.gross,
        before.sold,
        before.bundleMt,
      ]);
    });

    it("returns and deploys the token that the launch announced", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const { token } = await f.lens.raiseOf(1n);
      expect(await ethers.provider.getCode(token)).to.equal("0x");
      expect(await f.offering.graduate.staticCall(1n)).to.equal(token);
      await f.offering.graduate(1n);
      expect(await (await marketOf(f)).mt.symbol()).to.equal("QALICE");
    });

    it("pays out exactly what was raised and keeps the fees", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const { raised } = await f.lens.raiseOf(1n);
      await expect(f.offering.graduate(1n)).to.changeTokenBalances(ethers, f.flock, [f.offering], [-raised]);
    });

    it("holds exactly the tokens of the positions afterwards", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      await f.offering.graduate(1n);
      const { bundleMt } = await f.lens.raiseOf(1n);
      const { mt } = await marketOf(f);
      expect(await mt.balanceOf(f.offering)).to.equal(SALE_SUPPLY - bundleMt);
      const positions = await Promise.all([f.bob, f.carol].map((actor) => f.offering.positionOf(1n, actor)));
      expect(positions.reduce((sum, position) => sum + position.mt, 0n)).to.equal(SALE_SUPPLY - bundleMt);
    });

    it("reports it", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const { token } = await f.lens.raiseOf(1n);
      await expect(f.offering.graduate(1n))
        .to.emit(f.offering, "RaiseGraduated")
        .withArgs(1n, token, tokens(50_000), SALE_SUPPLY);
    });
  });

  describe("given a partial success", () => {
    it("reports what was raised and sold", async () => {
      const f = await networkHelpers.loadFixture(partialSuccessFixture);
      const { token, raised } = await f.lens.raiseOf(1n);
      await expect(f.offering.graduate(1n))
        .to.emit(f.offering, "RaiseGraduated")
        .withArgs(1n, token, raised, soldAt(EXAMPLE, raised));
    });

    it("is possible from the first second after the end, not before", async () => {
      const f = await networkHelpers.loadFixture(bundledFixture);
      await f.offering.connect(f.bob).buyExactIn(1n, tokens(40_000), 0n, f.bob, NO_DEADLINE);
      const { endsAt } = await f.lens.raiseOf(1n);
      await at(endsAt - 1n);
      await expect(f.offering.graduate(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable");
      await at(endsAt);
      await f.offering.graduate(1n);
      expect(await now()).to.equal(endsAt);
    });
  });
});

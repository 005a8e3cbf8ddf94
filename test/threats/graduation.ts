import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { at } from "../support/clock.ts";
import { BASE_RATE, fillExactIn, priceAt, soldAt } from "../support/expected.ts";
import { grossFor } from "../support/model/fees.ts";
import {
  DONATIONS,
  LIQUIDITY,
  ORDERS,
  POOL,
  donate,
  expectCleanOpening,
  flockFirstFixture,
  soldOutInOrder,
} from "../support/donations.ts";
import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../support/fixtures.ts";
import {
  BUNDLE_PAID,
  EXAMPLE,
  LOCAL_TIER,
  MODE,
  OUTCOME,
  bundledFixture,
  deployMock,
  govern,
  launchBy,
  marketOf,
  missedFixture,
  partialSuccessFixture,
  soldOutFixture,
} from "../support/scenes.ts";
import { DAY, HOUR, NO_DEADLINE, STUCK_AFTER } from "../support/time.ts";
import { SALE_SUPPLY, WAD, tokens } from "../support/units.ts";

describe("Threats: graduation and the DEX", () => {
  for (const { order, fixture } of ORDERS) {
    describe(`given ${order}`, () => {
      let f: Awaited<ReturnType<typeof soldOutInOrder>>;
      beforeEach(async () => {
        f = await networkHelpers.loadFixture(fixture);
        expect(BigInt(f.addresses.flock) < BigInt(f.token)).to.equal(f.flockFirst);
      });

      it("G1 one-sided sync: 1 wei of FLOCK cannot become a reserve, and the raise is not frozen", async () => {
        const { pair } = await donate(f, f.token, 1n);
        // The pair asks both tokens for its balance, and the other one does not exist yet.
        await expect(pair.sync()).to.revert(ethers);
        const [reserve0, reserve1] = await pair.getReserves();
        expect([reserve0, reserve1]).to.deep.equal([0n, 0n]);
        await expectCleanOpening(f);
      });

      it("G2 two-sided dust: the second side cannot exist, so no liquidity enters at 1:1", async () => {
        const { pair } = await donate(f, f.token, 1n);
        expect(await ethers.provider.getCode(f.token)).to.equal("0x");
        await expect(pair.sync()).to.revert(ethers);
        await expect(pair.mint(f.stranger)).to.revert(ethers);
        expect(await pair.totalSupply()).to.equal(0n);
        const market = await expectCleanOpening(f);
        expect(await market.pair.balanceOf(f.stranger)).to.equal(0n);
      });

      it("G3 hostile first LP: nobody can own liquidity before graduation, at whatever ratio", async () => {
        const { pair } = await donate(f, f.token, tokens(1_000_000));
        await expect(pair.mint(f.stranger)).to.revert(ethers);
        const market = await expectCleanOpening(f);
        expect(await market.pair.balanceOf(f.locker)).to.equal(LIQUIDITY - 1_000n);
      });

      it("G4 repair code: there is none, and an early pair without a donation changes nothing", async () => {
        await donate(f, f.token, 0n);
        await expectCleanOpening(f);
      });

      for (const [size, amount] of DONATIONS) {
        it(`G5 donation of ${size}: the reserves are exactly what was meant`, async () => {
          const { pairAddress } = await donate(f, f.token, amount);
          const treasuryBefore = await f.flock.balanceOf(f.treasury);
          const market = await expectCleanOpening(f);
          expect(market.pairAddress).to.equal(pairAddress);
          // The donation is the treasury's, to the wei, and the raise paid nothing for it.
          expect((await f.flock.balanceOf(f.treasury)) - treasuryBefore).to.equal(amount);
        });
      }
    });
  }

  it("G5 donation to the graduation contract or the offering: it does not reach the pool (more: earlyDonations.ts)", async () => {
    const f = await networkHelpers.loadFixture(flockFirstFixture);
    await f.flock.connect(f.deployer).transfer(f.graduation, tokens(7));
    await f.flock.connect(f.deployer).transfer(f.offering, tokens(9));
    await f.offering.graduate(1n);
    expect((await marketOf(f)).reserves).to.deep.equal(POOL);
  });

  it("G6 graduate twice: the second call reverts and moves nothing", async () => {
    const f = await networkHelpers.loadFixture(soldOutFixture);
    await f.offering.graduate(1n);
    const held = await f.flock.balanceOf(f.offering);
    await expect(f.offering.graduate(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable");
    expect(await f.flock.balanceOf(f.offering)).to.equal(held);
  });

  it("G6 another launch's money: graduating one raise leaves the escrow of the others whole", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    await launchBy(f);
    await launchBy(f, { name: "Other", symbol: "OTHER" });
    await f.offering.connect(f.bob).buyExactIn(1n, tokens(100_000), 0n, f.bob, NO_DEADLINE);
    await f.offering.connect(f.carol).buyExactIn(2n, tokens(9_000), 0n, f.carol, NO_DEADLINE);
    await expect(f.offering.graduate(2n)).to.be.revertedWithCustomError(f.offering, "Offering_NotGraduatable");
    await expect(f.offering.graduate(1n)).to.changeTokenBalances(ethers, f.flock, [f.offering], [-tokens(50_000)]);
    await networkHelpers.time.increase(8n * DAY);
    const { flockNet } = await f.offering.positionOf(2n, f.carol);
    await expect(f.offering.refund(2n, f.carol)).to.changeTokenBalances(ethers, f.flock, [f.carol], [flockNet]);
  });

  it("G8 overshoot: the last buyer pays for what was left, recomputed with its fee, and the pool gets none of the excess", async () => {
    const f = await networkHelpers.loadFixture(soldOutFixture);
    const bundle = fillExactIn(EXAMPLE, 0n, BUNDLE_PAID);
    const bobs = fillExactIn(EXAMPLE, bundle.flockNet, tokens(20_000));
    const left = EXAMPLE.target - bundle.flockNet - bobs.flockNet;
    const carols = await f.offering.positionOf(1n, f.carol);
    expect(carols.flockNet).to.equal(left);
    expect(tokens(10_000_000) - (await f.flock.balanceOf(f.carol))).to.equal(grossFor(left, BASE_RATE));
    await f.offering.graduate(1n);
    expect((await marketOf(f)).reserves).to.deep.equal(POOL);
  });

  it("G9 curve end above pool opening: the gap of the worked example is 20%, and CurvePrice has none", async () => {
    const average = await networkHelpers.loadFixture(soldOutFixture);
    const last = priceAt(EXAMPLE, EXAMPLE.target);
    expect((await average.lens.raiseOf(1n)).priceWad).to.equal(last);
    await average.offering.graduate(1n);
    const opened = (await marketOf(average)).reserves;
    expect((last - (opened.flock * WAD) / opened.mt) * 100n).to.equal(last * 20n);

    const curve = await networkHelpers.loadFixture(protocolFixture);
    await launchBy(curve, { openingMode: MODE.CurvePrice });
    await curve.offering.connect(curve.bob).buyExactIn(1n, tokens(100_000), 0n, curve.bob, NO_DEADLINE);
    await curve.offering.graduate(1n);
    const continuous = (await marketOf(curve)).reserves;
    expect((continuous.flock * WAD) / continuous.mt).to.equal(last);
  });

  for (const [name, openingMode] of Object.entries(MODE)) {
    it(`G10 flash-loan graduation in ${name}: buy, graduate, claim and sell in one transaction loses money`, async () => {
      const f = await networkHelpers.loadFixture(protocolFixture);
      await launchBy(f, { openingMode });
      const early = await networkHelpers.takeSnapshot();
      // From an empty curve to the target; then the last half, after others paid the low prices; then the last wei.
      for (const others of [0n, tokens(25_000), tokens(50_632)]) {
        if (others !== 0n) await f.offering.connect(f.bob).buyExactIn(1n, others, 0n, f.bob, NO_DEADLINE);
        const attacker = await deployMock("FlashGraduator");
        await f.flock.connect(f.deployer).transfer(attacker, tokens(100_000));
        const attack = attacker.getFunction("attack");
        const args = [f.addresses.offering, f.addresses.flock, f.addresses.dexFactory, 1n];
        const [spent, earned] = (await attack.staticCall(...args)) as unknown as [bigint, bigint];
        await attack(...args);
        expect(earned < spent, `spent ${spent}, earned ${earned}`).to.equal(true);
        expect(await f.flock.balanceOf(attacker)).to.equal(tokens(100_000) - spent + earned);
        expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
        await early.restore();
      }
    });
  }

  describe("given a DEX or a graduation that reverts", () => {
    /** A sold-out raise at a moment at which graduation always reverts. */
    async function stuckFixture() {
      const f = await soldOutFixture();
      const healthy = await ethers.provider.getCode(f.graduation);
      const reverter = await ethers.provider.getCode(await deployMock("Reverter"));
      await networkHelpers.setCode(f.addresses.graduation, reverter);
      return { ...f, healthy };
    }

    it("G11 graduation only inside a buy: it is a call of its own, and can be tried again", async () => {
      const f = await networkHelpers.loadFixture(stuckFixture);
      await expect(f.offering.graduate(1n)).to.revert(ethers);
      expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Open);
      await networkHelpers.setCode(f.addresses.graduation, f.healthy);
      await f.offering.connect(f.stranger).graduate(1n);
      expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
    });

    it("G13 a launch whose graduation always reverts: after 30 days everybody takes its money back", async () => {
      const f = await networkHelpers.loadFixture(stuckFixture);
      const { endsAt, bundleNet, raised } = await f.lens.raiseOf(1n);
      const bobs = (await f.offering.positionOf(1n, f.bob)).flockNet;
      const carols = (await f.offering.positionOf(1n, f.carol)).flockNet;
      await at(endsAt + STUCK_AFTER);
      await expect(f.offering.refund(1n, f.bob)).to.changeTokenBalances(ethers, f.flock, [f.bob], [bobs]);
      await expect(f.offering.refund(1n, f.carol)).to.changeTokenBalances(ethers, f.flock, [f.carol], [carols]);
      await expect(f.offering.refundBundle(1n)).to.changeTokenBalances(ethers, f.flock, [f.alice], [bundleNet]);
      expect(bobs + carols + bundleNet).to.equal(raised);
    });
  });

  it("G12 values above uint112: the largest target graduates, and one wei more is refused at launch", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    const target = 5n * 10n ** 26n;
    const tier = { ...LOCAL_TIER, maxTarget: target };
    await govern(f, f.addresses.registry, f.registry.interface.encodeFunctionData("changeTier", [1n, tier, ""]));
    // S P0 / G = 99%: the largest virtual reserve too.
    const terms = { target, minimumRaise: target, startPriceWad: (target * 99n * WAD) / (100n * SALE_SUPPLY) };
    await expect(
      f.offering.connect(f.alice).launch(workedExample({ ...terms, target: target + 1n }), launchPayment()),
    ).to.be.revertedWithCustomError(f.offering, "Bounds_OutOfRange");
    const modelId = await launchBy(f, terms);
    await f.flock.connect(f.deployer).transfer(f.bob, tokens(900_000_000));
    await f.offering.connect(f.bob).buyExactIn(modelId, tokens(900_000_000), 0n, f.bob, NO_DEADLINE);
    await f.offering.graduate(modelId);
    expect((await marketOf(f, modelId)).reserves).to.deep.equal({ flock: target / 2n, mt: tokens(200_000) });
  });

  it("G14 partial success with full reserves: supporters hold 40% of what exists, as after a full one", async () => {
    const f = await networkHelpers.loadFixture(partialSuccessFixture);
    const { raised } = await f.lens.raiseOf(1n);
    await f.offering.graduate(1n);
    const supply = await (await marketOf(f)).mt.totalSupply();
    const sold = soldAt(EXAMPLE, raised);
    expect((sold * 1_000n) / supply).to.equal(400n);
  });

  it("G15 a start price near zero with a large bundle: refused, and the best that is left is no gift", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    for (const startPriceWad of [1n, WAD / 1_000n, WAD / 16n - 1n]) {
      const launch = f.offering
        .connect(f.alice)
        .launch(workedExample({ startPriceWad }), launchPayment({ bundleFlock: tokens(100) }));
      await expect(launch).to.be.revertedWithCustomError(f.offering, "Bounds_OutOfRange");
    }
    // At the lowest start price that is allowed the first token costs a quarter of the last one.
    await f.offering.connect(f.alice).launch(workedExample({ startPriceWad: WAD / 16n }), launchPayment());
    const { target, virtualFlock, priceWad } = await f.lens.raiseOf(1n);
    expect(priceWad).to.equal(WAD / 16n);
    expect(priceAt({ target, virtualFlock }, target)).to.equal(WAD / 4n);
  });

  it("G16 pausing used to make a raise fail: the time of a pause does not count", async () => {
    const f = await networkHelpers.loadFixture(bundledFixture);
    const { endsAt } = await f.lens.raiseOf(1n);
    await at(endsAt - HOUR);
    await f.offering.connect(f.guardian).pauseBuys();
    await networkHelpers.time.increase(7n * DAY);
    await expect(f.offering.fail(1n)).to.be.revertedWithCustomError(f.offering, "Offering_NotFailable");
    await f.offering.connect(f.bob).buyExactIn(1n, tokens(100_000), 0n, f.bob, NO_DEADLINE);
    await f.offering.graduate(1n);
    expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
  });

  it("G16 pausing again and again: there are 30 days to buy between two pauses", async () => {
    const f = await networkHelpers.loadFixture(bundledFixture);
    await f.offering.connect(f.guardian).pauseBuys();
    await networkHelpers.time.increase(7n * DAY);
    await expect(f.offering.connect(f.guardian).pauseBuys()).to.be.revertedWithCustomError(f.offering, "Pause_TooSoon");
    await f.offering.connect(f.bob).buyExactIn(1n, tokens(100_000), 0n, f.bob, NO_DEADLINE);
  });

  it("leaves no pair and no token behind when a raise fails", async () => {
    const f = await networkHelpers.loadFixture(missedFixture);
    const { token } = await f.lens.raiseOf(1n);
    await f.offering.fail(1n);
    expect(await ethers.provider.getCode(token)).to.equal("0x");
    expect(await f.dexFactory.getPair(f.addresses.flock, token)).to.equal(ZeroAddress);
  });
});

import { expect } from "chai";

import { at, now } from "../support/clock.ts";
import { BASE_RATE, feesOf, fillExactIn, fillExactOut, raisedAt, rateAt, soldAt } from "../support/expected.ts";
import { grossFor } from "../support/model/fees.ts";
import {
  ethers,
  launchPayment,
  networkHelpers,
  openOfferingFixture,
  protocolFixture,
  workedExample,
} from "../support/fixtures.ts";
import { EXAMPLE, OUTCOME, launchBy, viewOf } from "../support/scenes.ts";
import type { OpenScene } from "../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, DAY, NO_DEADLINE } from "../support/time.ts";
import { BPS, SALE_SUPPLY, WAD, tokens } from "../support/units.ts";

const distance = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

describe("Threats: curve and fees", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(openOfferingFixture);
  });

  const buyIn = (flockIn: bigint, mtOutMin = 0n, actor = f.bob) =>
    f.offering.connect(actor).buyExactIn(1n, flockIn, mtOutMin, actor, NO_DEADLINE);
  const buyOut = (mtOut: bigint, flockInMax = tokens(1_000_000), actor = f.bob) =>
    f.offering.connect(actor).buyExactOut(1n, mtOut, flockInMax, actor, NO_DEADLINE);
  const expectComplete = async () => {
    const view = await f.lens.raiseOf(1n);
    expect([view.raised, view.sold]).to.deep.equal([EXAMPLE.target, SALE_SUPPLY]);
    await f.offering.graduate(1n);
    expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
  };

  describe("the last token", () => {
    it("C1 all but 1 wei of MT: the request itself completes the sale, or the rest can be bought", async () => {
      await buyOut(SALE_SUPPLY - 1n);
      if ((await f.lens.raiseOf(1n)).raised !== EXAMPLE.target) await buyOut(1n);
      await expectComplete();
    });

    for (const missing of [1n, 2n, 3n, 1_000n]) {
      it(`C1 all but ${missing} wei of FLOCK: the smallest payments complete the sale`, async () => {
        await buyIn(grossFor(EXAMPLE.target - missing, BASE_RATE));
        expect((await f.lens.raiseOf(1n)).raised).to.equal(EXAMPLE.target - missing);
        await buyIn(tokens(1));
        await expectComplete();
      });
    }

    it("C1 all but 1 wei of FLOCK: exact-out of whatever is left completes it too", async () => {
      await buyIn(grossFor(EXAMPLE.target - 1n, BASE_RATE));
      await buyOut(tokens(1));
      await expectComplete();
    });

    it("C1 sold is exactly S, split among several buyers", async () => {
      for (const [flockIn, actor] of [
        [tokens(12_345) + 1n, f.bob],
        [tokens(7), f.carol],
        [tokens(100_000), f.dave],
      ] as const) {
        await buyIn(flockIn, 0n, actor);
      }
      const positions = await Promise.all([f.bob, f.carol, f.dave].map((actor) => f.offering.positionOf(1n, actor)));
      expect(positions.reduce((sum, { mt }) => sum + mt, 0n)).to.equal(SALE_SUPPLY);
      await expectComplete();
    });

    it("C1 at a target that no price divides evenly", async () => {
      const target = tokens(50_000) + 7_777_777n;
      await launchBy(f, { target, minimumRaise: target / 2n, startPriceWad: WAD / 9n });
      await f.offering.connect(f.bob).buyExactOut(2n, SALE_SUPPLY - 1n, tokens(100_000), f.bob, NO_DEADLINE);
      if ((await f.lens.raiseOf(2n)).raised !== target) {
        await f.offering.connect(f.bob).buyExactIn(2n, 100n, 0n, f.bob, NO_DEADLINE);
      }
      expect((await f.lens.raiseOf(2n)).sold).to.equal(SALE_SUPPLY);
      await f.offering.graduate(2n);
    });
  });

  it("C2 zero-cost buys by rounding: one wei of MT costs at least two wei of FLOCK, fee included", async () => {
    const before = await f.flock.balanceOf(f.bob);
    await buyOut(1n);
    expect(before - (await f.flock.balanceOf(f.bob))).to.equal(2n);
    expect((await f.lens.raiseOf(1n)).raised).to.equal(1n);
  });

  it("C2 a payment that yields nothing reverts, and costs nothing", async () => {
    const before = await f.flock.balanceOf(f.bob);
    await expect(buyIn(1n)).to.be.revertedWithCustomError(f.offering, "Offering_YieldsNothing").withArgs(1n);
    expect(await f.flock.balanceOf(f.bob)).to.equal(before);
  });

  it("C2 many tiny buys never get more than one buy of the same net", async () => {
    for (let i = 0; i < 20; i++) await buyOut(7n);
    const { raised, sold } = await f.lens.raiseOf(1n);
    const { mt } = await f.offering.positionOf(1n, f.bob);
    expect(mt).to.equal(sold);
    expect(sold).to.equal(soldAt(EXAMPLE, raised));
  });

  it("C3 a minimum purchase that makes completion impossible: there is none", async () => {
    await buyOut(1n);
    await buyIn(2n);
    await buyIn(grossFor(EXAMPLE.target, BASE_RATE));
    await expectComplete();
  });

  it("C4 the same fill bought exact-in, exact-out or by clamping costs the same to the wei or two", async () => {
    await buyIn(tokens(10_000));
    const { raised, sold } = await f.lens.raiseOf(1n);
    const left = EXAMPLE.target - raised;
    const clean = await networkHelpers.takeSnapshot();
    const costs: bigint[] = [];
    for (const buy of [
      () => buyIn(grossFor(left, BASE_RATE)),
      () => buyOut(SALE_SUPPLY - sold),
      () => buyOut(SALE_SUPPLY),
      () => buyIn(tokens(1_000_000)),
    ]) {
      const before = await f.flock.balanceOf(f.bob);
      await buy();
      costs.push(before - (await f.flock.balanceOf(f.bob)));
      expect((await f.lens.raiseOf(1n)).sold).to.equal(SALE_SUPPLY);
      await clean.restore();
    }
    for (const cost of costs) expect(distance(cost, costs[0]!) <= 2n).to.equal(true);
  });

  it("C4 the same holds in the middle of the curve", async () => {
    const asked = fillExactOut(EXAMPLE, 0n, tokens(12_345));
    const paid = fillExactIn(EXAMPLE, 0n, asked.flockIn);
    expect(paid.mtOut >= asked.mtOut - 10n).to.equal(true);
    await buyOut(tokens(12_345));
    const byOut = await f.offering.positionOf(1n, f.bob);
    expect(byOut).to.deep.equal([asked.mtOut, asked.flockNet]);
    expect(distance(paid.flockNet, asked.flockNet) <= 2n).to.equal(true);
  });

  it("C5 a quote that ignores the cap or the tax: quote and purchase agree near the target and in the window", async () => {
    await buyIn(tokens(50_000));
    const quoted = await f.lens.quoteExactIn(1n, tokens(100_000));
    expect(quoted).to.deep.equal(
      await f.offering.connect(f.carol).buyExactIn.staticCall(1n, tokens(100_000), 0n, f.carol, NO_DEADLINE),
    );
    expect(quoted.flockIn < tokens(1_000)).to.equal(true);
    await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
    const taxed = await f.lens.quoteExactIn(2n, tokens(1_000));
    expect(taxed).to.deep.equal(
      await f.offering.connect(f.carol).buyExactIn.staticCall(2n, tokens(1_000), 0n, f.carol, NO_DEADLINE),
    );
    expect(taxed.flockNet).to.equal(tokens(10));
  });

  it("C6 slippage checked before fees: the bound is on what the buyer gets after them", async () => {
    const withoutFee = soldAt(EXAMPLE, tokens(1_000));
    const { mtOut } = fillExactIn(EXAMPLE, 0n, tokens(1_000));
    expect(mtOut < withoutFee).to.equal(true);
    await expect(buyIn(tokens(1_000), withoutFee))
      .to.be.revertedWithCustomError(f.offering, "Offering_OutputBelowMin")
      .withArgs(mtOut, withoutFee);
    const net = raisedAt(EXAMPLE, tokens(1_000));
    await expect(buyOut(tokens(1_000), net))
      .to.be.revertedWithCustomError(f.offering, "Offering_InputAboveMax")
      .withArgs(grossFor(net, BASE_RATE), net);
  });

  it("G8 a small purchase in front of the last one: a tight minimum is a price, and holds for what is left", async () => {
    await buyIn(tokens(40_000));
    const { raised } = await f.lens.raiseOf(1n);
    const offered = grossFor(EXAMPLE.target - raised, BASE_RATE);
    const quoted = fillExactIn(EXAMPLE, raised, offered);
    const accepted = (quoted.mtOut * 995n) / 1_000n;
    await buyIn(tokens(500), 0n, f.dave);
    const left = fillExactIn(EXAMPLE, (await f.lens.raiseOf(1n)).raised, offered);
    // It gets less than the minimum for all of the payment, and pays less in the same measure.
    expect(left.mtOut < accepted && left.flockIn < offered).to.equal(true);
    await buyIn(offered, accepted, f.carol);
    expect(await f.offering.positionOf(1n, f.carol)).to.deep.equal([left.mtOut, left.flockNet]);
    expect(left.mtOut * offered >= accepted * left.flockIn).to.equal(true);
  });

  it("G8 what is left at a worse price than the caller has accepted is refused", async () => {
    await buyIn(tokens(1_000));
    const { raised } = await f.lens.raiseOf(1n);
    const offered = grossFor(EXAMPLE.target - raised, BASE_RATE);
    const accepted = (fillExactIn(EXAMPLE, raised, offered).mtOut * 995n) / 1_000n;
    await buyIn(tokens(20_000), 0n, f.dave);
    const left = fillExactIn(EXAMPLE, (await f.lens.raiseOf(1n)).raised, offered);
    await expect(buyIn(offered, accepted, f.carol))
      .to.be.revertedWithCustomError(f.offering, "Offering_OutputBelowMin")
      .withArgs(left.mtOut, (accepted * left.flockIn + offered - 1n) / offered);
  });

  describe("anti-sniping", () => {
    it("C7 bypass by another entry point: exact-in, exact-out, gift and multicall all pay it", async () => {
      await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
      const start = await now();
      const clean = await networkHelpers.takeSnapshot();
      const data = f.offering.interface.encodeFunctionData("buyExactIn", [
        2n,
        tokens(1_000),
        0n,
        f.bob.address,
        NO_DEADLINE,
      ]);
      const rate = rateAt(100n);
      const exactOut = fillExactOut(EXAMPLE, 0n, tokens(100), rate);
      const exactIn = fillExactIn(EXAMPLE, 0n, tokens(1_000), rate);
      for (const [buy, recipient, fill] of [
        [() => f.offering.connect(f.bob).buyExactIn(2n, tokens(1_000), 0n, f.bob, NO_DEADLINE), f.bob, exactIn],
        [() => f.offering.connect(f.bob).buyExactIn(2n, tokens(1_000), 0n, f.dave, NO_DEADLINE), f.dave, exactIn],
        [() => f.offering.connect(f.alice).buyExactIn(2n, tokens(1_000), 0n, f.alice, NO_DEADLINE), f.alice, exactIn],
        [() => f.offering.connect(f.bob).multicall([data]), f.bob, exactIn],
        [
          () => f.offering.connect(f.bob).buyExactOut(2n, tokens(100), tokens(1_000_000), f.bob, NO_DEADLINE),
          f.bob,
          exactOut,
        ],
      ] as const) {
        await at(start + 100n);
        await buy();
        expect(await f.offering.positionOf(2n, recipient)).to.deep.equal([fill.mtOut, fill.flockNet]);
        expect((await f.lens.raiseOf(2n)).gross).to.equal(fill.flockIn);
        await clean.restore();
      }
    });

    it("C7 the issuer's base fee is for the launch transaction's bundle alone", async () => {
      await f.offering.connect(f.alice).launch(workedExample(), launchPayment({ bundleFlock: tokens(1_000) }));
      const start = await now();
      const { raised } = await f.lens.raiseOf(2n);
      await at(start + 1n);
      await f.offering.connect(f.alice).buyExactIn(2n, tokens(1_000), 0n, f.alice, NO_DEADLINE);
      const fill = fillExactIn(EXAMPLE, raised, tokens(1_000), rateAt(1n));
      expect(await f.offering.positionOf(2n, f.alice)).to.deep.equal([fill.mtOut, fill.flockNet]);
    });

    it("C7 exact at the first and the last second of the window", async () => {
      const p = await networkHelpers.loadFixture(protocolFixture);
      const launch = p.offering.interface.encodeFunctionData("launch", [workedExample(), launchPayment()]);
      const buy = p.offering.interface.encodeFunctionData("buyExactIn", [
        1n,
        tokens(1_000),
        0n,
        p.alice.address,
        NO_DEADLINE,
      ]);
      await p.offering.connect(p.alice).multicall([launch, buy]);
      const start = await now();
      let { raised } = await p.lens.raiseOf(1n);
      expect(raised).to.equal(tokens(10));
      for (const elapsed of [ANTI_SNIPE_WINDOW - 1n, ANTI_SNIPE_WINDOW]) {
        await at(start + elapsed);
        await p.offering.connect(p.bob).buyExactIn(1n, tokens(1_000), 0n, p.bob, NO_DEADLINE);
        const after = (await p.lens.raiseOf(1n)).raised;
        expect(after - raised).to.equal(fillExactIn(EXAMPLE, raised, tokens(1_000), rateAt(elapsed)).flockNet);
        raised = after;
      }
    });
  });

  it("C8 settings changed under a live raise, inside its window: its fees, window, terms and bundle stay", async () => {
    // Governance waits for longer than a window lasts, so the raise is launched just before its change takes effect.
    const settings = {
      launchFee: tokens(5),
      creatorFeeBps: 100n,
      protocolFeeBps: 200n,
      antiSnipeStartBps: 5_000n,
      antiSnipeWindow: 21_600n,
      bundleCapBps: 0n,
    };
    const data = f.offering.interface.encodeFunctionData("setOfferingSettings", [settings]);
    const manager = f.accessManager.connect(f.administrator);
    await manager.schedule(f.offering, data, 0);
    const executableAt = (await now()) + 2n * DAY;
    await at(executableAt - 60n);
    await f.offering.connect(f.alice).launch(workedExample(), launchPayment({ bundleFlock: tokens(4_000) }));
    const start = executableAt - 60n;
    const before = await viewOf(f, 2n);
    const bundle = fillExactIn(EXAMPLE, 0n, tokens(4_000));
    expect([before["bundleMt"], before["bundleNet"]]).to.deep.equal([bundle.mtOut, bundle.flockNet]);

    await at(executableAt + 1n);
    await manager.execute(f.offering, data);
    const after = await viewOf(f, 2n);
    expect(after).to.deep.equal({ ...before, feeRateWad: rateAt(61n) });
    expect(after["antiSnipeEndsAt"]).to.equal(start + ANTI_SNIPE_WINDOW);

    // What a purchase costs, and how its fee is divided, in the middle of the window and after it.
    let { raised, gross } = await f.lens.raiseOf(2n);
    for (const elapsed of [2_000n, ANTI_SNIPE_WINDOW - 1n, ANTI_SNIPE_WINDOW, 6_000n]) {
      await at(start + elapsed);
      await f.offering.connect(f.bob).buyExactIn(2n, tokens(1_000), 0n, f.bob, NO_DEADLINE);
      raised += fillExactIn(EXAMPLE, raised, tokens(1_000), rateAt(elapsed)).flockNet;
      gross += tokens(1_000);
      const view = await f.lens.raiseOf(2n);
      expect([view.raised, view.gross], elapsed.toString()).to.deep.equal([raised, gross]);
    }
    const fees = feesOf(gross, raised);
    expect(await f.offering.unclaimedFeesOf(2n)).to.deep.equal([fees.creator, fees.protocol]);
    expect((await f.lens.raiseOf(2n)).bundleMt).to.equal(bundle.mtOut);
    expect((await f.lens.raiseOf(1n)).feeRateWad).to.equal(BASE_RATE);

    // The change was real: the next launch has the new terms, and no bundle under the new cap.
    await expect(f.offering.connect(f.alice).launch(workedExample(), launchPayment({ bundleFlock: tokens(100) })))
      .to.be.revertedWithCustomError(f.offering, "Offering_BundleAboveCap")
      .withArgs(fillExactIn(EXAMPLE, 0n, tokens(100), (300n * WAD) / BPS).mtOut, 0n);
    await expect(f.offering.connect(f.alice).launch(workedExample(), launchPayment())).to.changeTokenBalance(
      ethers,
      f.flock,
      f.alice,
      -tokens(5),
    );
    const next = await f.lens.raiseOf(3n);
    expect([next.creatorFeeBps, next.protocolFeeBps, next.antiSnipeStartBps]).to.deep.equal([100n, 200n, 5_000n]);
    expect(next.feeRateWad).to.equal((5_000n * WAD) / BPS);
    expect(next.antiSnipeEndsAt).to.equal(next.startsAt + 21_600n);
  });

  describe("C9 somebody else's allowance", () => {
    it("C9 cannot be spent: the payer of a purchase is the caller", async () => {
      const before = await f.flock.balanceOf(f.bob);
      for (const buy of [
        () => f.offering.connect(f.stranger).buyExactIn(1n, tokens(100), 0n, f.bob, NO_DEADLINE),
        () => f.offering.connect(f.stranger).buyExactIn(1n, tokens(100), 0n, f.stranger, NO_DEADLINE),
        () => f.offering.connect(f.stranger).buyExactOut(1n, tokens(100), tokens(100), f.bob, NO_DEADLINE),
      ]) {
        await expect(buy()).to.be.revertedWithCustomError(f.flock, "ERC20InsufficientAllowance");
      }
      expect(await f.flock.balanceOf(f.bob)).to.equal(before);
    });

    it("C9 cannot be spent through multicall, nor for a launch", async () => {
      const buy = f.offering.interface.encodeFunctionData("buyExactIn", [
        1n,
        tokens(1),
        0n,
        f.bob.address,
        NO_DEADLINE,
      ]);
      await expect(f.offering.connect(f.stranger).multicall([buy])).to.revert(ethers);
      await expect(f.offering.connect(f.stranger).launch(workedExample(), launchPayment())).to.revert(ethers);
    });
  });
});

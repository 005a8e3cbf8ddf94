import { expect } from "chai";
import { MaxUint256, ZeroAddress } from "ethers";

import { at, now } from "../../support/clock.ts";
import { BASE_RATE, feesOf, fillExactIn, fillExactOut, priceAt, soldAt } from "../../support/expected.ts";
import { grossFor } from "../../support/model/fees.ts";
import { ethers, launchPayment, networkHelpers, openOfferingFixture, workedExample } from "../../support/fixtures.ts";
import { EXAMPLE, OUTCOME } from "../../support/scenes.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { NO_DEADLINE } from "../../support/time.ts";
import { SALE_SUPPLY, WAD, tokens } from "../../support/units.ts";

describe("RealModelOffering: purchases", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(openOfferingFixture);
  });

  const buyIn = (flockIn: bigint, mtOutMin = 0n, recipient: string = f.bob.address, deadline = NO_DEADLINE, id = 1n) =>
    f.offering.connect(f.bob).buyExactIn(id, flockIn, mtOutMin, recipient, deadline);
  const buyOut = (
    mtOut: bigint,
    flockInMax = tokens(1_000_000),
    recipient: string = f.bob.address,
    deadline = NO_DEADLINE,
    id = 1n,
  ) => f.offering.connect(f.bob).buyExactOut(id, mtOut, flockInMax, recipient, deadline);

  /** Both ways to buy a little, for what they have in common. */
  const WAYS = [
    {
      fn: "buyExactIn",
      buy: (recipient?: string, deadline?: bigint, id?: bigint) => buyIn(tokens(100), 0n, recipient, deadline, id),
      zero: () => buyIn(0n),
    },
    {
      fn: "buyExactOut",
      buy: (recipient?: string, deadline?: bigint, id?: bigint) =>
        buyOut(tokens(100), undefined, recipient, deadline, id),
      zero: () => buyOut(0n),
    },
  ];

  for (const { fn, buy, zero } of WAYS) {
    describe(`${fn}: guards`, () => {
      it("reverts for an unknown model", async () => {
        for (const id of [0n, 2n, 2n ** 256n - 1n]) {
          await expect(buy(undefined, undefined, id))
            .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
            .withArgs(id);
        }
      });

      it("reverts one second after the deadline, not in its last", async () => {
        const deadline = (await now()) + 10n;
        await at(deadline);
        await buy(undefined, deadline);
        await at(deadline + 1n);
        await expect(buy(undefined, deadline))
          .to.be.revertedWithCustomError(f.offering, "Offering_DeadlinePassed")
          .withArgs(deadline, deadline + 1n);
      });

      it("reverts when the sale's time is over", async () => {
        const { endsAt } = await f.lens.raiseOf(1n);
        await at(endsAt);
        await expect(buy())
          .to.be.revertedWithCustomError(f.offering, "Offering_SaleClosed")
          .withArgs(1n, OUTCOME.Open, endsAt);
      });

      it("reverts after the target was reached", async () => {
        await f.offering.connect(f.carol).buyExactIn(1n, tokens(100_000), 0n, f.carol, NO_DEADLINE);
        const reached = await now();
        await expect(buy())
          .to.be.revertedWithCustomError(f.offering, "Offering_SaleClosed")
          .withArgs(1n, OUTCOME.Open, reached);
      });

      it("reverts after graduation", async () => {
        await f.offering.connect(f.carol).buyExactIn(1n, tokens(100_000), 0n, f.carol, NO_DEADLINE);
        const reached = await now();
        await f.offering.graduate(1n);
        await expect(buy())
          .to.be.revertedWithCustomError(f.offering, "Offering_SaleClosed")
          .withArgs(1n, OUTCOME.Graduated, reached);
      });

      it("reverts after failure", async () => {
        const { endsAt } = await f.lens.raiseOf(1n);
        await at(endsAt);
        await f.offering.fail(1n);
        await expect(buy())
          .to.be.revertedWithCustomError(f.offering, "Offering_SaleClosed")
          .withArgs(1n, OUTCOME.Failed, endsAt);
      });

      it("reverts for an amount of zero", async () => {
        await expect(zero()).to.be.revertedWithCustomError(f.offering, "Offering_ZeroAmount");
      });

      it("reverts for the zero address as recipient", async () => {
        await expect(buy(ZeroAddress)).to.be.revertedWithCustomError(f.offering, "Offering_ZeroRecipient");
      });

      it("reverts without an allowance", async () => {
        await f.flock.connect(f.bob).approve(f.offering, 0n);
        await expect(buy()).to.be.revertedWithCustomError(f.flock, "ERC20InsufficientAllowance");
      });

      it("reverts without the balance", async () => {
        await f.flock.connect(f.bob).transfer(f.carol, await f.flock.balanceOf(f.bob));
        await expect(buy()).to.be.revertedWithCustomError(f.flock, "ERC20InsufficientBalance");
      });

      it("changes nothing when it reverts", async () => {
        await expect(buy(ZeroAddress)).to.revert(ethers);
        const view = await f.lens.raiseOf(1n);
        expect([view.raised, view.gross, view.sold]).to.deep.equal([0n, 0n, 0n]);
      });
    });

    describe(`${fn}: effects`, () => {
      it("credits the recipient, not the payer, of a gift", async () => {
        const expected =
          fn === "buyExactIn" ? fillExactIn(EXAMPLE, 0n, tokens(100)) : fillExactOut(EXAMPLE, 0n, tokens(100));
        await expect(buy(f.dave.address)).to.changeTokenBalances(
          ethers,
          f.flock,
          [f.bob, f.dave, f.offering],
          [-expected.flockIn, 0n, expected.flockIn],
        );
        expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([0n, 0n]);
        expect(await f.offering.positionOf(1n, f.dave)).to.deep.equal([expected.mtOut, expected.flockNet]);
      });

      it("adds to the position, to the raise and to what was paid, and says so", async () => {
        await buyIn(tokens(1_000));
        const before = fillExactIn(EXAMPLE, 0n, tokens(1_000));
        const added =
          fn === "buyExactIn"
            ? fillExactIn(EXAMPLE, before.flockNet, tokens(100))
            : fillExactOut(EXAMPLE, before.flockNet, tokens(100));
        const raised = before.flockNet + added.flockNet;
        const gross = before.flockIn + added.flockIn;
        const fees = feesOf(gross, raised);
        await expect(buy())
          .to.emit(f.offering, "Bought")
          .withArgs(
            1n,
            f.bob,
            f.bob,
            added.flockIn,
            added.flockNet,
            added.mtOut,
            raised,
            gross,
            fees.creator,
            fees.protocol,
          );
        expect(await f.offering.unclaimedFeesOf(1n)).to.deep.equal([fees.creator, fees.protocol]);
        const view = await f.lens.raiseOf(1n);
        expect(view.raised).to.equal(raised);
        expect(view.gross).to.equal(before.flockIn + added.flockIn);
        expect(view.sold).to.equal(soldAt(EXAMPLE, raised));
        expect(view.priceWad).to.equal(priceAt(EXAMPLE, raised));
        expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([before.mtOut + added.mtOut, raised]);
      });

      it("keeps raises apart", async () => {
        await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
        await buy();
        expect((await f.lens.raiseOf(2n)).raised).to.equal(0n);
        expect(await f.offering.positionOf(2n, f.bob)).to.deep.equal([0n, 0n]);
      });

      it("does not end the sale before the target", async () => {
        const { endsAt } = await f.lens.raiseOf(1n);
        await buy();
        expect((await f.lens.raiseOf(1n)).endsAt).to.equal(endsAt);
      });
    });
  }

  describe("buyExactIn", () => {
    it("reverts when the payment buys less than one wei of MT", async () => {
      await expect(buyIn(1n)).to.be.revertedWithCustomError(f.offering, "Offering_YieldsNothing").withArgs(1n);
    });

    it("buys with the smallest payment that buys something", async () => {
      const smallest = fillExactIn(EXAMPLE, 0n, 2n);
      expect(smallest.flockNet).to.equal(1n);
      await buyIn(2n);
      expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([smallest.mtOut, 1n]);
    });

    it("reverts below the minimum output, and accepts it exactly", async () => {
      const { mtOut } = fillExactIn(EXAMPLE, 0n, tokens(100));
      await expect(buyIn(tokens(100), mtOut + 1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_OutputBelowMin")
        .withArgs(mtOut, mtOut + 1n);
      await buyIn(tokens(100), mtOut);
    });

    it("sells 999.50 MT at 0.10005 for the first 100 FLOCK net (section 3.3.4)", async () => {
      const flockIn = grossFor(tokens(100), BASE_RATE);
      await buyIn(flockIn);
      const { mt, flockNet } = await f.offering.positionOf(1n, f.bob);
      expect(flockNet).to.equal(tokens(100));
      expect(mt / 10n ** 16n).to.equal(99_950n); // 999.50
      expect((flockNet * 100_000n + mt / 2n) / mt).to.equal(10_005n); // 0.10005
      expect(mt).to.equal((tokens(2_000_000) * tokens(100)) / tokens(200_100)); // y0 D / (x0 + D)
    });

    it("ends at a price of 0.15625 with all 400,000 MT sold (section 3.3.4)", async () => {
      await buyIn(tokens(100_000));
      const view = await f.lens.raiseOf(1n);
      expect(view.priceWad).to.equal((15_625n * WAD) / 100_000n);
      expect(view.sold).to.equal(SALE_SUPPLY);
    });

    describe("given a payment that would pass the target", () => {
      it("fills up to the target and takes only what it used", async () => {
        const exact = grossFor(EXAMPLE.target, BASE_RATE);
        await expect(buyIn(tokens(100_000))).to.changeTokenBalances(ethers, f.flock, [f.bob], [-exact]);
        const view = await f.lens.raiseOf(1n);
        expect(view.raised).to.equal(EXAMPLE.target);
        expect(view.gross).to.equal(exact);
        expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([SALE_SUPPLY, EXAMPLE.target]);
      });

      it("needs no more balance or allowance than that", async () => {
        const exact = grossFor(EXAMPLE.target, BASE_RATE);
        await f.flock.connect(f.bob).approve(f.offering, exact);
        await buyIn(tokens(100_000));
        expect(await f.flock.allowance(f.bob, f.offering)).to.equal(0n);
      });

      it("scales the minimum output to what is really paid, rounded up, and accepts exactly that", async () => {
        const exact = grossFor(EXAMPLE.target, BASE_RATE);
        const offered = tokens(100_000);
        // The largest minimum for the whole payment whose part, rounded up, is still what the sale yields.
        const most = (SALE_SUPPLY * offered) / exact;
        await expect(buyIn(offered, most + 1n))
          .to.be.revertedWithCustomError(f.offering, "Offering_OutputBelowMin")
          .withArgs(SALE_SUPPLY, SALE_SUPPLY + 1n);
        await buyIn(offered, most);
        expect((await f.offering.positionOf(1n, f.bob)).mt).to.equal(SALE_SUPPLY);
      });

      it("keeps the minimum as it is for a payment that takes the last wei exactly", async () => {
        const exact = grossFor(EXAMPLE.target, BASE_RATE);
        await expect(buyIn(exact, SALE_SUPPLY + 1n))
          .to.be.revertedWithCustomError(f.offering, "Offering_OutputBelowMin")
          .withArgs(SALE_SUPPLY, SALE_SUPPLY + 1n);
        await buyIn(exact, SALE_SUPPLY);
      });

      it("takes any minimum without an overflow", async () => {
        const exact = grossFor(EXAMPLE.target, BASE_RATE);
        const scaled = (MaxUint256 * exact + 2n * exact - 1n) / (2n * exact);
        await expect(buyIn(2n * exact, MaxUint256))
          .to.be.revertedWithCustomError(f.offering, "Offering_OutputBelowMin")
          .withArgs(SALE_SUPPLY, scaled);
      });

      it("ends the sale at that moment and reports it", async () => {
        const time = (await now()) + 100n;
        await at(time);
        await expect(buyIn(tokens(100_000)))
          .to.emit(f.offering, "TargetReached")
          .withArgs(1n, EXAMPLE.target, time);
        expect((await f.lens.raiseOf(1n)).endsAt).to.equal(time);
      });
    });

    it("reaches the target with exactly what it takes, and one wei less leaves one wei to raise", async () => {
      const exact = grossFor(EXAMPLE.target, BASE_RATE);
      const less = fillExactIn(EXAMPLE, 0n, exact - 1n);
      expect(less.flockNet).to.equal(EXAMPLE.target - 1n);
      await buyIn(exact - 1n);
      expect((await f.lens.raiseOf(1n)).raised).to.equal(EXAMPLE.target - 1n);
      await buyIn(2n);
      expect((await f.lens.raiseOf(1n)).sold).to.equal(SALE_SUPPLY);
    });
  });

  describe("buyExactOut", () => {
    it("reverts above the maximum input, and accepts it exactly", async () => {
      const { flockIn } = fillExactOut(EXAMPLE, 0n, tokens(1_000));
      await expect(buyOut(tokens(1_000), flockIn - 1n))
        .to.be.revertedWithCustomError(f.offering, "Offering_InputAboveMax")
        .withArgs(flockIn, flockIn - 1n);
      await buyOut(tokens(1_000), flockIn);
    });

    it("gives at least what was asked, and above it less than one wei of FLOCK buys", async () => {
      for (const wanted of [1n, 7n, 12_345n, tokens(1), tokens(1_000) + 1n, tokens(100_000)]) {
        const { raised } = await f.lens.raiseOf(1n);
        const expected = fillExactOut(EXAMPLE, raised, wanted);
        const before = (await f.offering.positionOf(1n, f.bob)).mt;
        await buyOut(wanted);
        const got = (await f.offering.positionOf(1n, f.bob)).mt - before;
        expect(got).to.equal(expected.mtOut);
        expect(got >= wanted).to.equal(true);
        // One wei of FLOCK buys ten wei of MT at most: the first price is 0.1.
        expect(got - wanted <= 10n).to.equal(true);
      }
    });

    it("sells all that is left for a request above it, and scales the maximum input", async () => {
      const whole = fillExactOut(EXAMPLE, 0n, SALE_SUPPLY);
      const scaled = (max: bigint) => (max * SALE_SUPPLY) / (2n * SALE_SUPPLY);
      const tooLittle = 2n * whole.flockIn - 2n;
      await expect(buyOut(2n * SALE_SUPPLY, tooLittle))
        .to.be.revertedWithCustomError(f.offering, "Offering_InputAboveMax")
        .withArgs(whole.flockIn, scaled(tooLittle));
      await expect(buyOut(2n * SALE_SUPPLY, 2n * whole.flockIn)).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.bob],
        [-whole.flockIn],
      );
      expect((await f.lens.raiseOf(1n)).raised).to.equal(EXAMPLE.target);
    });

    it("sells exactly what is left, ends the sale and reports it", async () => {
      await buyIn(tokens(1_000));
      const { sold } = await f.lens.raiseOf(1n);
      const time = (await now()) + 100n;
      await at(time);
      await expect(buyOut(SALE_SUPPLY - sold))
        .to.emit(f.offering, "TargetReached")
        .withArgs(1n, EXAMPLE.target, time);
      const view = await f.lens.raiseOf(1n);
      expect(view.sold).to.equal(SALE_SUPPLY);
      expect((await f.offering.positionOf(1n, f.bob)).mt).to.equal(SALE_SUPPLY);
    });
  });
});

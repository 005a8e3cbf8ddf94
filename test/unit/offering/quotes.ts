import { expect } from "chai";

import { now } from "../../support/clock.ts";
import { fillExactIn, fillExactOut, rateAt } from "../../support/expected.ts";
import type { ModelFill } from "../../support/model/fill.ts";
import { launchPayment, networkHelpers, openOfferingFixture, workedExample } from "../../support/fixtures.ts";
import { EXAMPLE, OUTCOME } from "../../support/scenes.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE } from "../../support/time.ts";
import { SALE_SUPPLY, tokens } from "../../support/units.ts";

const asTuple = (fill: ModelFill) => [fill.flockIn, fill.flockNet, fill.mtOut];

describe("RealModelOffering: quotes", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(openOfferingFixture);
  });

  /** Both quotes, with a small and a large amount and the purchase that each announces. */
  const QUOTES = [
    {
      fn: "quoteExactIn",
      quote: (amount: bigint, id = 1n) => f.lens.quoteExactIn(id, amount),
      buy: (amount: bigint) => f.offering.connect(f.bob).buyExactIn.staticCall(1n, amount, 0n, f.bob, NO_DEADLINE),
      expected: fillExactIn,
      amounts: [2n, 999n, tokens(100), tokens(49_999), tokens(1_000_000)],
    },
    {
      fn: "quoteExactOut",
      quote: (amount: bigint, id = 1n) => f.lens.quoteExactOut(id, amount),
      buy: (amount: bigint) =>
        f.offering.connect(f.bob).buyExactOut.staticCall(1n, amount, tokens(1_000_000), f.bob, NO_DEADLINE),
      expected: fillExactOut,
      amounts: [1n, 12_345n, tokens(100), SALE_SUPPLY - 1n, SALE_SUPPLY],
    },
  ];

  for (const { fn, quote, buy, expected, amounts } of QUOTES) {
    describe(fn, () => {
      it("reverts for an unknown model", async () => {
        await expect(quote(tokens(1), 2n))
          .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
          .withArgs(2n);
      });

      it("reverts for an amount of zero", async () => {
        await expect(quote(0n)).to.be.revertedWithCustomError(f.offering, "Offering_ZeroAmount");
      });

      it("reverts while purchases are paused", async () => {
        await f.offering.connect(f.guardian).pauseBuys();
        const buysUntil = await f.offering.buysPausedUntil();
        await expect(quote(tokens(1)))
          .to.be.revertedWithCustomError(f.offering, "Offering_BuysPaused")
          .withArgs(buysUntil);
      });

      it("reverts when the sale is over", async () => {
        const { endsAt } = await f.lens.raiseOf(1n);
        await networkHelpers.time.increaseTo(endsAt);
        await expect(quote(tokens(1)))
          .to.be.revertedWithCustomError(f.offering, "Offering_SaleClosed")
          .withArgs(1n, OUTCOME.Open, endsAt);
      });

      it("is what the purchase does, on an empty and on a half sold raise", async () => {
        let raised = 0n;
        for (let round = 0; round < 2; round++) {
          for (const amount of amounts) {
            const quoted = await quote(amount);
            expect(quoted).to.deep.equal(asTuple(expected(EXAMPLE, raised, amount)));
            expect(await buy(amount)).to.deep.equal(quoted);
          }
          await f.offering.connect(f.carol).buyExactIn(1n, tokens(25_000), 0n, f.carol, NO_DEADLINE);
          ({ raised } = await f.lens.raiseOf(1n));
        }
      });

      it("knows the anti-sniping fee", async () => {
        await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
        const start = await now();
        for (const elapsed of [1n, 500n, ANTI_SNIPE_WINDOW - 1n, ANTI_SNIPE_WINDOW]) {
          await networkHelpers.time.increaseTo(start + elapsed);
          expect(await quote(tokens(100), 2n)).to.deep.equal(
            asTuple(expected(EXAMPLE, 0n, tokens(100), rateAt(elapsed))),
          );
        }
      });
    });
  }

  it("refuses a payment that yields nothing, as the purchase does", async () => {
    await expect(f.lens.quoteExactIn(1n, 1n))
      .to.be.revertedWithCustomError(f.offering, "Offering_YieldsNothing")
      .withArgs(1n);
  });
});

import { expect } from "chai";

import { at, now } from "../../support/clock.ts";
import { fillExactIn, rateAt } from "../../support/expected.ts";
import { launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import { EXAMPLE, OUTCOME } from "../../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, DAY, NO_DEADLINE } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** The protocol just before a launch whose moment is known. */
async function startKnownFixture() {
  const f = await protocolFixture();
  const start = (await now()) + 100n;
  await at(start);
  await f.offering.connect(f.alice).launch(workedExample({ saleDuration: DAY }), launchPayment());
  return { ...f, start };
}

describe("RealModelOffering: half-open intervals", () => {
  let f: Awaited<ReturnType<typeof startKnownFixture>>;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(startKnownFixture);
  });

  const buy = () => f.offering.connect(f.bob).buyExactIn(1n, tokens(20_000), 0n, f.bob, NO_DEADLINE);

  it("sells in the last second of the sale, at the price of the curve and the base fee", async () => {
    await at(f.start + DAY - 1n);
    await buy();
    const fill = fillExactIn(EXAMPLE, 0n, tokens(20_000));
    expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
  });

  it("does not sell in the second of the end", async () => {
    await at(f.start + DAY);
    await expect(buy())
      .to.be.revertedWithCustomError(f.offering, "Offering_SaleClosed")
      .withArgs(1n, OUTCOME.Open, f.start + DAY);
  });

  it("settles in the second of the end, which belongs to what comes after the sale", async () => {
    await at(f.start + DAY);
    await f.offering.fail(1n);
    expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Failed);
  });

  it("taxes the last second of the anti-sniping window and not the next", async () => {
    const taxed = fillExactIn(EXAMPLE, 0n, tokens(20_000), rateAt(ANTI_SNIPE_WINDOW - 1n));
    const plain = fillExactIn(EXAMPLE, 0n, tokens(20_000), rateAt(ANTI_SNIPE_WINDOW));
    expect(taxed.flockNet < plain.flockNet).to.equal(true);
    const before = await networkHelpers.takeSnapshot();
    await at(f.start + ANTI_SNIPE_WINDOW - 1n);
    await buy();
    expect((await f.offering.positionOf(1n, f.bob)).flockNet).to.equal(taxed.flockNet);
    await before.restore();
    await at(f.start + ANTI_SNIPE_WINDOW);
    await buy();
    expect((await f.offering.positionOf(1n, f.bob)).flockNet).to.equal(plain.flockNet);
  });
});

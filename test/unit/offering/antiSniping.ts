import { expect } from "chai";

import { at, now } from "../../support/clock.ts";
import { BASE_RATE, fillExactIn, rateAt } from "../../support/expected.ts";
import { launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import { EXAMPLE } from "../../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE } from "../../support/time.ts";
import { WAD, tokens } from "../../support/units.ts";

describe("RealModelOffering: anti-sniping fee", () => {
  /** The first moment of Alice's sale. */
  async function justLaunchedFixture() {
    const f = await protocolFixture();
    await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
    return { ...f, start: await now() };
  }
  let f: Awaited<ReturnType<typeof justLaunchedFixture>>;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(justLaunchedFixture);
  });

  const buyAt = async (time: bigint, flockIn = tokens(1_000)) => {
    await at(time);
    await f.offering.connect(f.bob).buyExactIn(1n, flockIn, 0n, f.bob, NO_DEADLINE);
    return f.offering.positionOf(1n, f.bob);
  };

  for (const elapsed of [
    1n,
    60n,
    1_000n,
    2_940n,
    ANTI_SNIPE_WINDOW - 2n,
    ANTI_SNIPE_WINDOW - 1n,
    ANTI_SNIPE_WINDOW,
    ANTI_SNIPE_WINDOW + 1n,
  ]) {
    it(`is exact ${elapsed} seconds after the start`, async () => {
      const fill = fillExactIn(EXAMPLE, 0n, tokens(1_000), rateAt(elapsed));
      expect(await buyAt(f.start + elapsed)).to.deep.equal([fill.mtOut, fill.flockNet]);
    });
  }

  it("is 99% at the first second, half way half of the way, and 1.25% from the end of the 98th minute on", () => {
    expect(rateAt(0n)).to.equal((9_900n * WAD) / 10_000n);
    expect(rateAt(2_940n)).to.equal(((9_900n + 125n) * WAD) / 20_000n);
    expect(rateAt(ANTI_SNIPE_WINDOW - 1n) > BASE_RATE).to.equal(true);
    expect(rateAt(ANTI_SNIPE_WINDOW)).to.equal(BASE_RATE);
  });

  it("applies in the block of the launch itself", async () => {
    await f.offering.connect(f.bob).multicall([]);
    const launch = f.offering.interface.encodeFunctionData("launch", [workedExample(), launchPayment()]);
    const buy = f.offering.interface.encodeFunctionData("buyExactIn", [
      2n,
      tokens(1_000),
      0n,
      f.bob.address,
      NO_DEADLINE,
    ]);
    await f.offering.connect(f.bob).multicall([launch, buy]);
    const fill = fillExactIn(EXAMPLE, 0n, tokens(1_000), rateAt(0n));
    expect(fill.flockNet).to.equal(tokens(10));
    expect(await f.offering.positionOf(2n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
  });

  it("goes to the protocol as far as it is above the base", async () => {
    await buyAt(f.start + 100n);
    const { raised, gross } = await f.lens.raiseOf(1n);
    const [creatorFee, protocolFee] = await f.offering.unclaimedFeesOf(1n);
    expect(creatorFee).to.equal((gross * 30n) / 10_000n);
    expect(protocolFee).to.equal(gross - raised - creatorFee);
    expect(protocolFee > (gross * 9n) / 10n).to.equal(true);
  });

  it("is what the view says", async () => {
    for (const elapsed of [10n, 3_000n, ANTI_SNIPE_WINDOW - 1n, ANTI_SNIPE_WINDOW]) {
      await networkHelpers.time.increaseTo(f.start + elapsed);
      expect((await f.lens.raiseOf(1n)).feeRateWad).to.equal(rateAt(elapsed));
    }
  });
});

import { expect } from "chai";

import { launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import { Books } from "../../support/replay/books.ts";
import { BUNDLE_PAID, LOCAL_SETTINGS, MODE, OUTCOME, govern } from "../../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, DAY, MAX_PAUSE_DURATION, MIN_PAUSE_INTERVAL, NO_DEADLINE } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** Three raises that go every way: sold out and graduated, failed and refunded, open in the middle of a pause. */
async function livedFixture() {
  const f = await protocolFixture();
  const { offering, alice, bob, carol, dave, guardian, treasury } = f;
  const launch = (terms = {}, bundleFlock = 0n) =>
    offering.connect(alice).launch(workedExample(terms), launchPayment({ bundleFlock }));
  const buy = (id: bigint, flockIn: bigint, recipient = bob) =>
    offering.connect(bob).buyExactIn(id, flockIn, 0n, recipient, NO_DEADLINE);
  await launch({}, BUNDLE_PAID);
  await offering.connect(guardian).pauseBuys();
  await launch({ openingMode: MODE.CurvePrice, saleDuration: 3n * DAY });
  await networkHelpers.time.increase(DAY);
  await offering.connect(guardian).unpauseBuys();
  await networkHelpers.time.increase(100n); // within the window of the high fee
  await buy(1n, tokens(77));
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  await buy(1n, tokens(10_000) + 1n);
  await buy(1n, tokens(3), dave);
  await offering.connect(carol).buyExactOut(1n, tokens(1_000), tokens(1_000), carol, NO_DEADLINE);
  await buy(2n, tokens(7), dave);
  await offering.connect(alice).claimCreatorFee(1n, carol);
  await offering.connect(carol).buyExactIn(1n, tokens(100_000), 0n, carol, NO_DEADLINE);
  await offering.connect(treasury).claimProtocolFee(1n, dave);
  await offering.connect(treasury).claimLaunchFees(dave);
  await offering.graduate(1n);
  await offering.claim(1n, bob);
  await launch({ minimumRaise: tokens(40_000) }, tokens(1_000));
  await buy(3n, tokens(5));
  await networkHelpers.time.increase(8n * DAY);
  await offering.refund(3n, bob);
  await offering.refundBundle(3n);
  const settings = { ...LOCAL_SETTINGS, launchFee: tokens(5), creatorFeeBps: 7n };
  await govern(f, f.addresses.offering, offering.interface.encodeFunctionData("setOfferingSettings", [settings]));
  await networkHelpers.time.increase(MIN_PAUSE_INTERVAL);
  await launch({ saleDuration: 30n * DAY });
  await buy(4n, tokens(11), carol);
  await offering.connect(guardian).pauseBuys();
  await networkHelpers.time.increase(MAX_PAUSE_DURATION / 2n);
  return f;
}

describe("RealModelOffering: its state, rebuilt from events alone", () => {
  it("is that of the views: records, positions, fees, settings and the raise clock", async () => {
    const f = await networkHelpers.loadFixture(livedFixture);
    const books = new Books(f);
    const users = [f.alice, f.bob, f.carol, f.dave, f.stranger].map(({ address }) => address);
    await books.expectViews({ users }, ["offering"]);
    const outcomes = [...books.offering.raises.values()].map(({ record }) => record.running["outcome"]);
    expect(outcomes).to.deep.equal([OUTCOME.Graduated, OUTCOME.Open, OUTCOME.Failed, OUTCOME.Open]);
  });
});

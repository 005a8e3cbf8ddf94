import { expect } from "chai";

import { now } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { DAY } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { part } from "../../support/usage/numbers.ts";
import type { Sums } from "../../support/usage/numbers.ts";
import { SEATS } from "../../support/usage/seatNames.ts";
import { SKIP, keyPair, prepaidFixture } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";
import { atFloor, ownVoucher, signVoucher } from "../../support/usage/vouchers.ts";
import type { Row } from "../../support/usage/vouchers.ts";

/** Bob has 1,000 USDC; this voucher asks for 1,500, with numbers that do not divide. */
const LARGE: Sums = { units: 1_000_000_007n, list: 1_900_000_013n, paid: 1_500_000_003n };

const minus = (a: Sums, b: Sums): Sums => ({ units: a.units - b.units, list: a.list - b.list, paid: a.paid - b.paid });
const values = ({ units, list, paid }: Sums) => [units, list, paid];

describe("InferenceMeter: partial collection", () => {
  const key = keyPair("bob's key");
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
  });

  const settle = (rows: Row[]) => f.meter.connect(f.platform).settle(1n, rows);
  const usage = async (signer: string) => {
    const { units, list, paid } = await f.meter.usageOf(f.bob, signer, 1n);
    return { units, list, paid };
  };

  it("collects what the balance holds, units and list in proportion, rounded down", async () => {
    const expected = part(LARGE, usdc(1_000));
    const tx = await settle([await ownVoucher(f, f.bob, LARGE)]);
    await expect(tx)
      .to.emit(f.meter, "VoucherCollected")
      .withArgs(1n, f.bob, f.bob, values(expected), usdc(1_000), 0n, 0n, 0n);
    expect(await usage(f.bob.address)).to.deep.equal(expected);
    expect((await f.meter.accountOf(f.bob)).deposited).to.equal(0n);
  });

  it("is completed later, to the last unit, although the rest alone would break a bound", async () => {
    // Close to the discount cap: the floor of the first part leaves the rest more list spend than it may have.
    const edge = { units: 1_500_000_003n, list: 1_500_000_003n, paid: 1_050_000_003n };
    const row = await ownVoucher(f, f.bob, edge);
    await settle([row]);
    const first = await usage(f.bob.address);
    expect(first).to.deep.equal(part(edge, usdc(1_000)));
    await f.meter.connect(f.bob).deposit(usdc(500));
    const rest = minus(edge, first);
    expect(rest.paid * 10_000n).to.be.lessThan(rest.list * 7_000n);
    await expect(settle([row]))
      .to.emit(f.meter, "VoucherCollected")
      .withArgs(1n, f.bob, f.bob, values(rest), edge.paid, 0n, 0n, usdc(500) - rest.paid);
    expect(await usage(f.bob.address)).to.deep.equal(edge);
  });

  it("is completed in any number of steps, each in proportion to what is left", async () => {
    const row = await ownVoucher(f, f.bob, LARGE);
    let sums = part(LARGE, usdc(1_000));
    await settle([row]);
    for (const step of [1n, 333_333_333n, 7n]) {
      await f.meter.connect(f.bob).deposit(step);
      await settle([row]);
      const added = part(minus(LARGE, sums), step);
      sums = { units: sums.units + added.units, list: sums.list + added.list, paid: sums.paid + added.paid };
      expect(await usage(f.bob.address)).to.deep.equal(sums);
    }
    await f.meter.connect(f.bob).deposit(usdc(1_000));
    await settle([row]);
    expect(await usage(f.bob.address)).to.deep.equal(LARGE);
    expect((await f.meter.accountOf(f.bob)).deposited).to.equal(usdc(2_000) + 333_333_341n - LARGE.paid);
  });

  it("a newer voucher takes over from one that was collected in part", async () => {
    await settle([await ownVoucher(f, f.bob, LARGE)]);
    await f.meter.connect(f.bob).deposit(usdc(10_000));
    const newer = { units: 2_000_000_000n, list: usdc(3_000), paid: usdc(2_500) };
    await settle([await ownVoucher(f, f.bob, newer)]);
    expect(await usage(f.bob.address)).to.deep.equal(newer);
    expect((await f.meter.previewVoucher(1n, await ownVoucher(f, f.bob, LARGE))).reason).to.equal(SKIP.NothingNew);
  });

  it("collects what is left of a key's cap, and the rest once the cap is raised", async () => {
    const expiresAt = (await now()) + 10n * DAY;
    await f.meter.connect(f.bob).authorizeKey(key, usdc(100), expiresAt);
    const due = { units: 300_000_001n, list: 400_000_003n, paid: 300_000_007n };
    const row = await signVoucher(f, key, { user: f.bob.address, ...due });
    await settle([row]);
    expect(await usage(key.address)).to.deep.equal(part(due, usdc(100)));
    expect((await f.meter.keyOf(f.bob, key)).spent).to.equal(usdc(100));
    await expect(settle([row]))
      .to.emit(f.meter, "VoucherSkipped")
      .withArgs(1n, f.bob, key, SKIP.KeyCapReached);

    await f.meter.connect(f.bob).authorizeKey(key, usdc(1_000), expiresAt);
    await settle([row]);
    expect(await usage(key.address)).to.deep.equal(due);
    expect((await f.meter.keyOf(f.bob, key)).spent).to.equal(due.paid);
  });

  it("collects the smaller of balance and cap", async () => {
    await f.meter.connect(f.bob).authorizeKey(key, usdc(5_000), (await now()) + DAY);
    await settle([await signVoucher(f, key, { user: f.bob.address, ...LARGE })]);
    expect((await usage(key.address)).paid).to.equal(usdc(1_000));
    expect((await f.meter.keyOf(f.bob, key)).spent).to.equal(usdc(1_000));
  });

  it("a balance that several rows of a batch share goes to them in their order", async () => {
    await f.meter.connect(f.bob).authorizeKey(key, usdc(5_000), (await now()) + DAY);
    const own = await ownVoucher(f, f.bob, atFloor(700n));
    const byKey = await signVoucher(f, key, { user: f.bob.address, ...atFloor(700n) });
    const last = await ownVoucher(f, f.bob, atFloor(701n));
    const tx = await settle([own, byKey, last]);
    expect((await usage(f.bob.address)).paid).to.equal(usdc(700));
    expect((await usage(key.address)).paid).to.equal(usdc(300));
    await expect(tx).to.emit(f.meter, "VoucherSkipped").withArgs(1n, f.bob, f.bob, SKIP.NoBalance);
  });

  it("a part so small that its units and list round to nothing is still paid and completed", async () => {
    const cheap = { units: 3n, list: 10n, paid: usdc(2_000) };
    await settle([await ownVoucher(f, f.bob, { ...cheap })]);
    expect(await usage(f.bob.address)).to.deep.equal({ units: 1n, list: 5n, paid: usdc(1_000) });
    await f.meter.connect(f.bob).deposit(1n);
    await settle([await ownVoucher(f, f.bob, { ...cheap })]);
    expect(await usage(f.bob.address)).to.deep.equal({ units: 1n, list: 5n, paid: usdc(1_000) + 1n });
    await f.meter.connect(f.bob).deposit(usdc(1_000));
    await settle([await ownVoucher(f, f.bob, { ...cheap })]);
    expect(await usage(f.bob.address)).to.deep.equal(cheap);
  });

  it("bears its part of the compute cost, so that a low balance takes nothing from the provider", async () => {
    const due = { units: 1_000_000_000n, list: usdc(1_500), paid: usdc(1_500) }; // compute costs 200 USDC
    const row = await ownVoucher(f, f.bob, due);
    for (const more of [0n, 1n, usdc(250), usdc(250) - 1n]) {
      if (more !== 0n) await f.meter.connect(f.bob).deposit(more);
      await settle([row]);
    }
    expect(await usage(f.bob.address)).to.deep.equal(due);
    // In four steps, each rounded down.
    expect(await f.waterfall.creditOf(SEATS.provider(1n))).to.be.closeTo(usdc(200), 4n);
  });

  it("previewVoucher says what will be collected in part", async () => {
    const row = await ownVoucher(f, f.bob, LARGE);
    expect(await f.meter.previewVoucher(1n, row)).to.deep.equal([SKIP.None, values(part(LARGE, usdc(1_000)))]);
  });
});

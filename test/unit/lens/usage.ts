import { expect } from "chai";
import type { Result } from "ethers";
import { ZeroAddress } from "ethers";

import { now, until } from "../../support/clock.ts";
import { earningFixture, settle, twoModelsFixture } from "../../support/earning.ts";
import type { Earning } from "../../support/earning.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { HOUR, USAGE_DELAY } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { SKIP, keyPair } from "../../support/usage/serving.ts";
import { ownVoucher, signVoucher } from "../../support/usage/vouchers.ts";
import type { Row } from "../../support/usage/vouchers.ts";

/** One user, key and model. */
interface Series {
  user: string;
  key: string;
  modelId: bigint;
}

/** All fields of a series, put together from the contracts' own views. */
async function expectSeries(f: Earning, ids: Series[]) {
  const found = await f.lens.seriesOf(ids);
  expect(found.length).to.equal(ids.length);
  for (const [index, { user, key, modelId }] of ids.entries()) {
    const expected: Record<string, unknown> = {
      collected: await f.meter.usageOf(user, key, modelId),
      account: await f.meter.accountOf(user),
      available: await f.meter.availableOf(user),
      record: await f.meter.keyOf(user, key),
      discount: await f.staking.discountOf(modelId, user),
    };
    const fields = (found[index]! as unknown as Result).toObject() as Record<string, unknown>;
    expect(Object.keys(fields)).to.deep.equal(Object.keys(expected));
    for (const [field, value] of Object.entries(expected)) expect(fields[field], field).to.deep.equal(value);
  }
  return found;
}

describe("ProtocolLens: seriesOf", () => {
  const key = keyPair("bob's key");

  it("is empty for an empty list", async () => {
    expect(await expectSeries(await networkHelpers.loadFixture(earningFixture), [])).to.deep.equal([]);
  });

  it("shows zeros for whoever nobody knows, and for a model that does not exist", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const found = await expectSeries(f, [
      { user: f.stranger.address, key: f.stranger.address, modelId: 1n },
      { user: f.stranger.address, key: key.address, modelId: 99n },
      { user: ZeroAddress, key: ZeroAddress, modelId: 0n },
    ]);
    for (const series of found) {
      expect(series).to.deep.equal([[0n, 0n, 0n], [0n, 0n, 0n, 0n], 0n, [0n, 0n, 0n, false, 0n, 0n, 0n], 0n]);
    }
  });

  it("shows what was collected of a user's own vouchers and of its keys', each by itself", async () => {
    const f = await networkHelpers.loadFixture(twoModelsFixture);
    await f.meter.connect(f.carol).authorizeKey(key, usdc(50), (await now()) + USAGE_DELAY);
    await settle(f, f.modelId, [{ user: f.carol, list: usdc(10), units: 7n }]);
    await settle(f, f.secondId, [{ user: f.carol, list: usdc(3) }]);
    const byKey = await signVoucher(f, key, { user: f.carol, units: 2n, list: usdc(4), paid: usdc(4) });
    await f.meter.connect(f.platform).settle(f.modelId, [byKey]);
    const [own, second, keys] = await expectSeries(f, [
      { user: f.carol.address, key: f.carol.address, modelId: f.modelId },
      { user: f.carol.address, key: f.carol.address, modelId: f.secondId },
      { user: f.carol.address, key: key.address, modelId: f.modelId },
    ]);
    expect(own!.collected).to.deep.equal([7n, usdc(10), usdc(10)]);
    expect([own!.record.cap, own!.discount > 0n]).to.deep.equal([0n, true]);
    expect(second!.collected).to.deep.equal([1n, usdc(3), usdc(3)]);
    expect(keys!.collected).to.deep.equal([2n, usdc(4), usdc(4)]);
    expect([keys!.record.cap, keys!.record.spent]).to.deep.equal([usdc(50), usdc(4)]);
    expect(keys!.account.deposited).to.equal(usdc(1_000_000 - 17));
  });

  it("shows a withdrawal that was requested, and a key whose power falls", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const expiresAt = (await now()) + 30n * USAGE_DELAY;
    await f.meter.connect(f.bob).authorizeKey(key, usdc(50), expiresAt);
    await f.meter.connect(f.bob).authorizeKey(key, usdc(20), expiresAt);
    await f.meter.connect(f.bob).requestWithdrawal(usdc(400));
    const requestedAt = await now();
    const ids = [{ user: f.bob.address, key: key.address, modelId: 1n }];
    const [before] = await expectSeries(f, ids);
    expect([before!.account.requested, before!.account.requestedAt]).to.deep.equal([usdc(400), requestedAt]);
    expect(before!.available).to.equal(usdc(999_600));
    expect([before!.record.cap, before!.record.capFalls, before!.record.nextCap]).to.deep.equal([
      usdc(50),
      true,
      usdc(20),
    ]);
    await until(requestedAt + USAGE_DELAY + HOUR);
    const [after] = await expectSeries(f, ids);
    expect([after!.record.cap, after!.record.capFalls]).to.deep.equal([usdc(20), false]);
  });

  it("answers in its order, twice if a series stands in it twice", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await settle(f, 1n, [{ user: f.bob, list: usdc(10) }]);
    const [bob, dave] = [f.bob, f.dave].map(({ address }) => ({ user: address, key: address, modelId: 1n }));
    const found = await expectSeries(f, [bob!, dave!, bob!]);
    expect(found.map(({ collected }) => collected.paid)).to.deep.equal([usdc(10), 0n, usdc(10)]);
  });

  it("answers 300 series within the gas of a public node's call", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const ids = Array.from({ length: 300 }, () => ({ user: f.bob.address, key: key.address, modelId: 1n }));
    expect(await f.lens.seriesOf.estimateGas(ids)).to.be.lessThan(25_000_000n);
    expect((await f.lens.seriesOf(ids)).length).to.equal(300);
  });
});

describe("ProtocolLens: previewVouchers", () => {
  const key = keyPair("bob's key");

  /** What the meter says of each row by itself. */
  async function expectPreviews(f: Earning, rows: Row[], modelId = 1n) {
    const [reasons, collected] = await f.lens.previewVouchers(modelId, rows);
    const one = await Promise.all(rows.map(async (row) => await f.meter.previewVoucher(modelId, row)));
    expect(reasons).to.deep.equal(one.map(({ reason }) => reason));
    expect(collected).to.deep.equal(one.map(({ collected: sums }) => sums));
    return { reasons: [...reasons], collected };
  }

  it("is empty for an empty list", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    expect(await f.lens.previewVouchers(1n, [])).to.deep.equal([[], []]);
  });

  it("says for each row what the meter says, and one that is wrong changes no other", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await settle(f, 1n, [{ user: f.dave, list: usdc(5) }]);
    const sums = { units: 2n, list: usdc(10), paid: usdc(10) };
    const good = await ownVoucher(f, f.bob, sums);
    const { reasons, collected } = await expectPreviews(f, [
      good,
      { ...good, paid: usdc(9) },
      await signVoucher(f, key, { user: f.bob, ...sums }),
      await ownVoucher(f, f.dave, { units: 1n, list: usdc(5), paid: usdc(5) }),
      await ownVoucher(f, f.stranger, sums),
      await ownVoucher(f, f.carol, { ...sums, paid: 1n }),
      await ownVoucher(f, f.dave, { units: 3n, list: usdc(25), paid: usdc(25) }),
      // A balance covers a part.
      await ownVoucher(f, f.carol, { units: 9n, list: usdc(3_000_000), paid: usdc(3_000_000) }),
    ]);
    expect(reasons).to.deep.equal([
      SKIP.None,
      SKIP.BadSignature,
      SKIP.KeyNotAuthorized,
      SKIP.NothingNew,
      SKIP.NoBalance,
      SKIP.AboveDiscountCap,
      SKIP.None,
      SKIP.None,
    ]);
    expect(collected.map(({ paid }) => paid)).to.deep.equal([
      ...[usdc(10), 0n, 0n, 0n, 0n, 0n],
      ...[usdc(20), usdc(1_000_000)],
    ]);
  });

  it("looks at each as if it were the only one: a balance that two of them share is not divided", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    await f.meter.connect(f.bob).authorizeKey(key, usdc(1_000_000), (await now()) + USAGE_DELAY);
    const sums = { units: 2n, list: usdc(1_000_000), paid: usdc(1_000_000) };
    const rows = [await ownVoucher(f, f.bob, sums), await signVoucher(f, key, { user: f.bob, ...sums })];
    const { collected } = await expectPreviews(f, rows);
    expect(collected.map(({ paid }) => paid)).to.deep.equal([usdc(1_000_000), usdc(1_000_000)]);
  });

  it("says of every row that a model is not live which has no API id or does not exist", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const row = await ownVoucher(f, f.bob, { units: 2n, list: usdc(10), paid: usdc(10) }, 99n);
    for (const modelId of [0n, 99n]) {
      expect((await expectPreviews(f, [row, row], modelId)).reasons).to.deep.equal([
        SKIP.ModelNotLive,
        SKIP.ModelNotLive,
      ]);
    }
  });

  it("answers 300 rows within the gas of a public node's call", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const row = await ownVoucher(f, f.bob, { units: 2n, list: usdc(10), paid: usdc(10) });
    const rows = Array.from({ length: 300 }, () => row);
    expect(await f.lens.previewVouchers.estimateGas(1n, rows)).to.be.lessThan(15_000_000n);
    const [reasons] = await f.lens.previewVouchers(1n, rows);
    expect(reasons).to.deep.equal(rows.map(() => SKIP.None));
  });
});

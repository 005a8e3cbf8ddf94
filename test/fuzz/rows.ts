import { expect } from "chai";
import { MaxUint256, Wallet, keccak256, toUtf8Bytes } from "ethers";

import { earningFixture, toNoonIn } from "../support/earning.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { govern } from "../support/scenes.ts";
import { WARM_UP } from "../support/time.ts";
import { MILLION, WAD, tokens, usdc } from "../support/units.ts";
import { SEATS } from "../support/usage/seatNames.ts";
import { signVoucher } from "../support/usage/vouchers.ts";
import type { Row } from "../support/usage/vouchers.ts";

const MARKETS = scaled(3, 60);
const USERS = 20;
/** Users without a stake: their use is revenue and weighs nothing. */
const WITHOUT_STAKE = 5;
/** Dear enough that some rows have the thinnest margin there is [USDC units per million units]. */
const COMPUTE_COST = 630_000n;
const PRICE_FLOOR = MILLION;

/** Twenty users with prepaid USDC, most of them stakers, of a model whose compute is dear. */
async function crowdFixture() {
  const f = await networkHelpers.loadFixture(earningFixture);
  const { minMinimumRaise, open, maxTarget, guaranteesHash } = await f.registry.tierOf(1n);
  const terms = { computeCost: COMPUTE_COST, minMinimumRaise, open, maxTarget, guaranteesHash };
  const data = f.registry.interface.encodeFunctionData("changeTier", [1n, terms, "https://example.org/tier"]);
  await govern(f, f.addresses.registry, data);
  const users = Array.from(
    { length: USERS },
    (_, i) => new Wallet(keccak256(toUtf8Bytes(`user ${i}`)), ethers.provider),
  );
  await f.usdc.transfer(f.platform, usdc(10_000_000));
  await f.usdc.connect(f.platform).approve(f.meter, MaxUint256);
  for (const [i, user] of users.entries()) {
    await f.meter.connect(f.platform).depositCredit(user, usdc(200_000));
    if (i < WITHOUT_STAKE) continue;
    await networkHelpers.setBalance(user.address, 10n ** 18n);
    await f.mt.connect(f.carol).transfer(user, tokens(10));
    await f.mt.connect(user).approve(f.staking, MaxUint256);
    await f.staking.connect(user).stake(f.modelId, tokens(10));
  }
  await networkHelpers.time.increase(WARM_UP);
  await toNoonIn(1n);
  return { ...f, users };
}
type Crowd = Awaited<ReturnType<typeof crowdFixture>>;

/** A batch of vouchers, or a row of a card. */
type Batch = { vouchers: Row[] } | { card: { modelId: bigint; units: bigint; list: bigint; paid: bigint } };

/** What came of a day. */
interface DayOf {
  rewards: [flock: bigint, mt: bigint][];
  weights: [weight: bigint, net: bigint][];
  credits: bigint[];
  score: bigint;
  rows: number;
}

/** One day of a random market: what everybody signs, and what is paid by card. */
class Market {
  readonly #f: Crowd;
  readonly #random: Random;

  constructor(f: Crowd, seed: string) {
    this.#f = f;
    this.#random = new Random(seed);
  }

  /** One to three cumulative vouchers of most users, in the order in which they were signed. */
  async vouchers(): Promise<Row[]> {
    const rows: Row[] = [];
    for (const user of this.#f.users) {
      const sums = { units: 0n, list: 0n, paid: 0n };
      for (let left = this.#random.uniform(0n, 3n); left > 0n; --left) {
        const { units, list, paid } = this.#use();
        sums.units += units;
        sums.list += list;
        sums.paid += paid;
        rows.push(await signVoucher(this.#f, user, { user: user.address, modelId: this.#f.modelId, ...sums }));
      }
    }
    return this.#interleaved(rows);
  }

  /** Usage that the meter accepts: from hardly any units to as many as the price floor allows, at any discount. */
  #use() {
    const list = this.#random.magnitude(10n, usdc(5_000));
    const atFloor = (list * MILLION) / PRICE_FLOOR;
    const units = this.#random.pick([1n, atFloor, this.#random.uniform(1n, atFloor)]);
    const share = this.#random.pick([7_000n, 10_000n, this.#random.uniform(7_000n, 10_000n)]);
    return { units, list, paid: (list * share + 9_999n) / 10_000n };
  }

  card(): Batch {
    return { card: { modelId: this.#f.modelId, ...this.#use() } };
  }

  /** The rows in random batches, card rows between them. */
  partition(rows: readonly Row[], cards: readonly Batch[]): Batch[] {
    const batches: Batch[] = [];
    for (let from = 0; from < rows.length;) {
      const size = Number(this.#random.uniform(1n, 9n));
      batches.push({ vouchers: rows.slice(from, from + size) });
      from += size;
    }
    for (const card of cards) batches.splice(Number(this.#random.uniform(0n, BigInt(batches.length))), 0, card);
    return batches;
  }

  /** Another order of the rows; those of one user stay in theirs. */
  #interleaved(rows: readonly Row[]): Row[] {
    const queues = new Map<string, Row[]>();
    for (const row of rows) queues.set(row.user, [...(queues.get(row.user) ?? []), row]);
    const mixed: Row[] = [];
    while (queues.size > 0) {
      const user = this.#random.pick([...queues.keys()]);
      const queue = queues.get(user)!;
      mixed.push(queue.shift()!);
      if (queue.length === 0) queues.delete(user);
    }
    return mixed;
  }

  reordered = (rows: readonly Row[]) => this.#interleaved(rows);

  shuffled<Item>(items: readonly Item[]): Item[] {
    const left = [...items];
    return items.map(() => left.splice(Number(this.#random.uniform(0n, BigInt(left.length - 1))), 1)[0]!);
  }
}

/** Settles the batches, ends the day, claims in an order, and says what came of it; then all of it is undone. */
async function play(f: Crowd, batches: readonly Batch[], claimers: readonly { address: string }[]): Promise<DayOf> {
  const snapshot = await networkHelpers.takeSnapshot();
  const platform = f.meter.connect(f.platform);
  for (const batch of batches) {
    if ("card" in batch) await platform.settleCard([batch.card]);
    else await platform.settle(f.modelId, batch.vouchers);
  }
  const { openScore } = await f.emissions.modelRewardsOf(f.modelId);
  const weights = await Promise.all(f.users.map((user) => f.emissions.weightOf(user, f.modelId)));
  await toNoonIn(1n);
  for (const { address } of claimers) {
    const due = await f.emissions.claimableOf(address, f.modelId);
    if (due.flock + due.mt > 0n) await f.emissions.claim(address, [f.modelId]);
  }
  const rewards = await Promise.all(
    f.users.map(async ({ address }): Promise<[bigint, bigint]> => [
      await f.flock.balanceOf(address),
      await f.mt.balanceOf(address),
    ]),
  );
  await expectAccounted(f, weights, rewards);
  const seats = [SEATS.provider(1n), SEATS.treasury, SEATS.buybackFlock, SEATS.issuer(1n), SEATS.buybackModel(1n)];
  const credits = await Promise.all(seats.map((seat) => f.waterfall.creditOf(seat)));
  await snapshot.restore();
  const rows = batches.reduce((sum, batch) => sum + ("card" in batch ? 1 : batch.vouchers.length), 0);
  return { rewards, weights: weights.map(({ weight, net }) => [weight, net]), credits, score: openScore, rows };
}

/**
 * Nobody earned more than the cap times its own net revenue, FLOCK and MT together; what was earned and what was cut is
 * what was released, below a wei for each user.
 */
async function expectAccounted(
  f: Crowd,
  weights: readonly { epoch: bigint; weight: bigint; net: bigint }[],
  rewards: readonly [bigint, bigint][],
): Promise<void> {
  const epoch = (await f.emissions.currentEpoch()) - 1n;
  const pool = await f.emissions.poolOf(f.modelId, epoch);
  const model = await f.emissions.modelRewardsOf(f.modelId);
  let [flockOf, mtOf] = [model.cutFlock, model.cutMt];
  for (const [i, [flock, mt]] of rewards.entries()) {
    const { weight, net } = weights[i]!;
    const worth = flock + (mt * pool.price + WAD - 1n) / WAD;
    expect(worth).to.be.at.most(weight === 0n ? 0n : (net * pool.cap) / usdc(1));
    flockOf += flock;
    mtOf += mt;
  }
  expect(pool.flock - flockOf >= 0n && pool.flock - flockOf <= BigInt(USERS)).to.equal(true);
  expect(pool.mt - mtOf >= 0n && pool.mt - mtOf <= BigInt(USERS)).to.equal(true);
}

describe("S11 rows of settlements", () => {
  let cuts = 0;

  for (let index = 0; index < MARKETS; ++index) {
    it(`come out the same however they are divided, in market ${index + 1}`, async () => {
      const f = await networkHelpers.loadFixture(crowdFixture);
      const market = new Market(f, `market ${index}`);
      const rows = await market.vouchers();
      const cards = [market.card(), market.card()];
      const atOnce = await play(f, [...cards, { vouchers: rows }], f.users);
      const divided = await play(f, market.partition(market.reordered(rows), cards), market.shuffled(f.users));
      const oneByOne = await play(
        f,
        [...rows.map((row): Batch => ({ vouchers: [row] })), ...cards],
        [...f.users].reverse(),
      );

      for (const other of [divided, oneByOne]) {
        expect(other.rewards).to.deep.equal(atOnce.rewards);
        expect(other.weights).to.deep.equal(atOnce.weights);
        expect(other.score).to.equal(atOnce.score);
        // Compute cost is the same to the unit; the parts of net revenue round down once for each split.
        expect(other.credits[0]).to.equal(atOnce.credits[0]);
        for (const [i, credit] of other.credits.entries()) {
          expect(credit).to.be.closeTo(atOnce.credits[i]!, 3n * BigInt(other.rows));
        }
        const sum = (credits: readonly bigint[]) => credits.reduce((total, credit) => total + credit, 0n);
        expect(sum(other.credits)).to.equal(sum(atOnce.credits));
      }
      const stakers = atOnce.weights.slice(WITHOUT_STAKE);
      expect(atOnce.weights.slice(0, WITHOUT_STAKE)).to.deep.equal(Array(WITHOUT_STAKE).fill([0n, 0n]));
      const [weight, net] = [0, 1].map((k) => stakers.reduce((total, own) => total + own[k]!, 0n)) as [bigint, bigint];
      if (stakers.some((own) => own[0] * net > 2n * own[1] * weight)) cuts++;
    }).timeout(120_000);

    it(`come out the same to a unit a row if older vouchers come after newer ones, in market ${index + 1}`, async () => {
      const f = await networkHelpers.loadFixture(crowdFixture);
      const market = new Market(f, `order ${index}`);
      const rows = await market.vouchers();
      const inOrder = await play(f, [{ vouchers: rows }], f.users);
      const shuffled = await play(f, market.partition(market.shuffled(rows), []), f.users);
      for (const [i, [weight, net]] of shuffled.weights.entries()) {
        expect(weight).to.be.closeTo(inOrder.weights[i]![0], 3n);
        expect(net).to.be.closeTo(inOrder.weights[i]![1], 3n + inOrder.weights[i]![1] * 0n);
      }
    }).timeout(120_000);
  }

  it("have met rewards that were cut", () => {
    expect(cuts).to.be.at.least(MARKETS / 2);
  });
});

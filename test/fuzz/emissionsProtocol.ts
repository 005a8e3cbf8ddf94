import { expect } from "chai";

import { now } from "../support/clock.ts";
import { twoModelsFixture } from "../support/earning.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { EmissionModel } from "../support/model/emissions.ts";
import { MeterModel, StakeModel } from "../support/model/metering.ts";
import { Random } from "../support/random.ts";
import { drawTime } from "../support/rewards.ts";
import { scaled } from "../support/scale.ts";
import { tokens, usdc } from "../support/units.ts";
import { opexOf } from "../support/usage/numbers.ts";
import { ownVoucher } from "../support/usage/vouchers.ts";

const HISTORIES = scaled(4, 40);
const MOMENTS = 45;
const COMPUTE_COST = 200_000n;
const [RESERVE, FUND] = [2n, 4n];

type TwoModels = Awaited<ReturnType<typeof twoModelsFixture>>;

/** The day-by-day books of the protocol as the fixture leaves it. */
async function booksOf(f: TwoModels, modelIds: readonly bigint[]): Promise<EmissionModel> {
  const moments = [];
  for (const modelId of modelIds) {
    const { startAt } = await f.vault.recordOf(modelId);
    const { liveAt } = await f.registry.usageTermsOf(modelId);
    const opening = await f.graduation.openingReservesOf(modelId);
    const terms = {
      fund: (await f.vault.allocationOf(modelId, FUND)).total,
      reserve: (await f.vault.allocationOf(modelId, RESERVE)).total,
      openingFlock: opening.flock,
      openingMt: opening.mt,
    };
    moments.push({
      at: startAt,
      happen: (model: EmissionModel) => {
        model.graduate(modelId, terms);
      },
    });
    moments.push({
      at: liveAt,
      happen: (model: EmissionModel) => {
        model.goLive(modelId);
      },
    });
  }
  moments.sort((a, b) => Number(a.at - b.at));
  const { nextDailyRate, nextMaxFlockPerUsdc, nextMaxRewardBps } = await f.emissions.emissionSettings();
  const model = new EmissionModel(
    {
      usdcUnit: usdc(1),
      dailyRate: nextDailyRate,
      maxFlockPerUsdc: nextMaxFlockPerUsdc,
      maxRewardBps: nextMaxRewardBps,
      minimumStake: await f.emissions.minimumStake(),
    },
    moments[0]!.at,
  );
  model.fund(await f.emissions.unreserved());
  for (const { at, happen } of moments) {
    model.advanceTo(at);
    happen(model);
  }
  return model;
}

/** A history of the whole protocol: signed vouchers, balances that run out, stakes that warm up. */
class ProtocolHistory {
  readonly #f: TwoModels;
  readonly #random: Random;
  readonly #model: EmissionModel;
  readonly #meter = new MeterModel();
  readonly #stakes = new Map<string, StakeModel>();
  readonly #modelIds: readonly bigint[];
  readonly #users;
  partial = 0;
  divided = 0;

  constructor(f: TwoModels, seed: string, model: EmissionModel) {
    this.#f = f;
    this.#random = new Random(seed);
    this.#model = model;
    this.#modelIds = [f.modelId, f.secondId];
    this.#users = [f.bob, f.carol, f.dave];
  }

  /** Takes over what the fixture did. */
  async begin(): Promise<void> {
    for (const user of this.#users) {
      const { deposited } = await this.#f.meter.accountOf(user);
      this.#meter.balances.set(user.address, deposited);
    }
    this.#stakeOf(this.#f.modelId, this.#f.bob.address).stake(tokens(500), 0n);
    this.#stakeOf(this.#f.modelId, this.#f.carol.address).stake(tokens(500), 0n);
    this.#stakeOf(this.#f.secondId, this.#f.carol.address).stake(tokens(500), 0n);
  }

  /** One thing happens at `time`. */
  async at(time: bigint): Promise<void> {
    this.#model.advanceTo(time);
    await networkHelpers.time.setNextBlockTimestamp(time);
    await this.#random.pick([
      () => this.#settle(time),
      () => this.#settle(time),
      () => this.#settle(time),
      () => this.#settleCard(),
      () => this.#changeStake(time),
      () => this.#claim(),
      () => this.#claimBonus(),
      () => this.#roll(),
    ])();
    // Where nothing was to be done, the views still have to show this moment.
    if ((await now()) < time) await networkHelpers.mine();
    await this.#compare();
  }

  async #settle(time: bigint): Promise<void> {
    const modelId = this.#random.pick(this.#modelIds);
    const users = this.#users.filter(() => this.#random.uniform(0n, 2n) > 0n);
    const rows = [];
    for (const user of users) {
      const list = this.#random.magnitude(1n, usdc(300_000));
      const paid = (list * this.#random.uniform(7_000n, 10_000n) + 9_999n) / 10_000n;
      const units = this.#random.uniform(1n, list);
      rows.push(
        await ownVoucher(this.#f, user, this.#meter.sign(modelId, user.address, { units, list, paid }), modelId),
      );
    }
    await this.#f.meter.connect(this.#f.platform).settle(modelId, rows);

    const collected = users.map(({ address }) => ({
      user: address,
      ...this.#meter.collect(modelId, address, COMPUTE_COST),
    }));
    for (const [i, row] of collected.entries()) if (row.paid > 0n && row.paid < rows[i]!.paid) this.partial++;
    const net = collected.reduce((sum, row) => sum + row.net, 0n);
    if (net === 0n) return;
    this.#model.settle(modelId, net, collected, (user) => this.#stakeOf(modelId, user).activeAt(time));
  }

  async #settleCard(): Promise<void> {
    const modelId = this.#random.pick(this.#modelIds);
    const list = this.#random.magnitude(1n, usdc(1_000));
    const units = this.#random.uniform(1n, list);
    await this.#f.meter.connect(this.#f.platform).settleCard([{ modelId, units, list, paid: list }]);
    this.#model.settle(modelId, list - opexOf(list, units, COMPUTE_COST), [], () => 0n);
  }

  /** Bob and Carol stake a little more or ask some back; Dave never has any. */
  async #changeStake(time: bigint): Promise<void> {
    const { modelId, bob, carol, staking, mt } = this.#f;
    const user = this.#random.pick([bob, carol]);
    const stake = this.#stakeOf(modelId, user.address);
    if (stake.all > 0n && this.#random.uniform(0n, 1n) === 0n) {
      const amount = this.#random.pick([stake.all, this.#random.uniform(1n, stake.all)]);
      await staking.connect(user).requestExit(modelId, amount);
      stake.exit(amount, time);
      return;
    }
    const amount = this.#random.magnitude(1n, tokens(10));
    if ((await mt.balanceOf(user)) < amount) return;
    await staking.connect(user).stake(modelId, amount);
    stake.stake(amount, time);
  }

  async #claim(): Promise<void> {
    const { emissions, flock } = this.#f;
    const user = this.#random.pick(this.#users);
    const before = await flock.balanceOf(user);
    const due = this.#model.claim(user.address, this.#modelIds);
    const sum = [...due.mt.values()].reduce((total, mt) => total + mt, due.flock);
    if (sum === 0n) return;
    await emissions.claim(user, [...this.#modelIds]);
    expect((await flock.balanceOf(user)) - before).to.equal(due.flock);
  }

  async #claimBonus(): Promise<void> {
    const { emissions, registry, flock } = this.#f;
    const modelId = this.#random.pick(this.#modelIds);
    const signer = await ethers.getSigner(await registry.issuerOf(modelId));
    const bonus = this.#model.claimBonus(modelId);
    if (bonus === 0n) return;
    const before = await flock.balanceOf(signer);
    await emissions.connect(signer).claimIssuerBonus(modelId, signer);
    expect((await flock.balanceOf(signer)) - before).to.equal(bonus);
  }

  async #roll(): Promise<void> {
    await this.#f.emissions.roll(this.#random.pick(this.#modelIds));
  }

  async #compare(): Promise<void> {
    const { emissions } = this.#f;
    expect(await emissions.unreserved()).to.equal(this.#model.budget);
    this.divided = 0;
    for (const modelId of this.#modelIds) {
      const books = this.#model.of(modelId);
      this.divided += books.pools.size;
      expect(await emissions.issuerBonusOf(modelId)).to.equal(books.bonus);
      for (const { address } of this.#users) {
        const { flock, mt } = this.#model.claimableOf(address, modelId);
        expect(await emissions.claimableOf(address, modelId)).to.deep.equal([flock, mt]);
      }
      const onChain = await emissions.modelRewardsOf(modelId);
      if (onChain.openEpoch !== 0n && onChain.openEpoch !== this.#model.day) continue;
      expect(onChain.carriedEmission).to.equal(books.carriedEmission);
      expect(onChain.releasedFund).to.equal(books.releasedFund);
      expect(onChain.releasedReserve).to.equal(books.releasedReserve);
    }
  }

  #stakeOf(modelId: bigint, user: string): StakeModel {
    const key = `${modelId}/${user}`;
    const stake = this.#stakes.get(key) ?? new StakeModel();
    this.#stakes.set(key, stake);
    return stake;
  }
}

describe("Emissions through the real meter, day by day", () => {
  let [partial, divided] = [0, 0];

  for (let index = 0; index < HISTORIES; ++index) {
    it(`agree to the wei in history ${index + 1} of the whole protocol`, async () => {
      const f = await networkHelpers.loadFixture(twoModelsFixture);
      const seed = `protocol ${index}`;
      const clock = new Random(`${seed}, clock`);
      const history = new ProtocolHistory(f, seed, await booksOf(f, [f.modelId, f.secondId]));
      await history.begin();
      let time = await now();
      for (let moment = 0; moment < MOMENTS; ++moment) {
        time = drawTime(clock, time);
        await history.at(time);
      }
      partial += history.partial;
      divided += history.divided;
    });
  }

  it("have met vouchers that a balance covered in part, and pools that were divided", () => {
    expect(partial).to.be.at.least(HISTORIES / 2);
    expect(divided).to.be.at.least(HISTORIES * 2);
  });
});

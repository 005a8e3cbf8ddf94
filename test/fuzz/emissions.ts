import { expect } from "chai";

import { now } from "../support/clock.ts";
import { networkHelpers } from "../support/fixtures.ts";
import {
  RewardHistory,
  RewardWorlds,
  MODEL_IDS,
  drawCap,
  drawRate,
  drawTime,
  drawWorthBps,
  roll,
} from "../support/rewards.ts";
import { expectBooks, expectPools } from "../support/rewardBooks.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import type { EmissionTerms } from "../support/model/emissions.ts";
import { DAY } from "../support/time.ts";
import { WAD } from "../support/units.ts";

/** Histories in all, and how many of them run side by side on one clock. */
const HISTORIES = scaled(60, 1_000);
const WORLDS = 20;
const MOMENTS = 40;
const COMPARED_EVERY = 6;

/** The terms of a world: both kinds of USDC, and every size of rate, cap and minimum. */
function drawTerms(index: number): EmissionTerms {
  const random = new Random(`terms ${index}`);
  return {
    usdcUnit: index % 4 === 3 ? WAD : 10n ** 6n,
    dailyRate: drawRate(random),
    maxFlockPerUsdc: drawCap(random),
    maxRewardBps: drawWorthBps(random),
    minimumStake: random.pick([0n, WAD, WAD]),
  };
}

describe("Emissions, lazily and day by day", () => {
  const met = new Map<string, number>();
  const terms = Array.from({ length: WORLDS }, (_, index) => drawTerms(index));

  async function worldsFixture() {
    return RewardWorlds.deploy(terms);
  }

  /** One clock, a history in every world, compared now and then and at the end. */
  async function runBatch(seed: string): Promise<void> {
    const worlds = await networkHelpers.loadFixture(worldsFixture);
    const clock = new Random(seed);
    let time = await now();
    const histories = terms.map(
      (own, index) => new RewardHistory(new Random(`${seed}/${index}`), own, time, worlds.holders),
    );
    for (let moment = 1; moment <= MOMENTS; ++moment) {
      time = drawTime(clock, time);
      await worlds.run(
        time,
        histories.map((history) => history.at(time)),
      );
      if (moment % COMPARED_EVERY === 0) await compare(worlds, histories, `${seed}, moment ${moment}`);
    }
    time += DAY;
    for (const { model } of histories) model.advanceTo(time);
    await worlds.run(
      time,
      histories.map(() => MODEL_IDS.map(roll)),
    );
    await compare(worlds, histories, `${seed}, end`);
    for (const [index, history] of histories.entries()) {
      await expectPools(worlds, index, history.model, `${seed}/${index}`);
      for (const [situation, times] of Object.entries(history.model.met))
        met.set(situation, (met.get(situation) ?? 0) + times);
    }
  }

  async function compare(worlds: RewardWorlds, histories: readonly RewardHistory[], where: string): Promise<void> {
    for (const [index, state] of (await worlds.states()).entries()) {
      expectBooks(state, histories[index]!, `${where}, world ${index}`);
    }
  }

  for (let batch = 0; batch < HISTORIES / WORLDS; ++batch) {
    const [first, last] = [batch * WORLDS + 1, (batch + 1) * WORLDS];
    it(`agrees to the wei in histories ${first} to ${last}`, async () => {
      await runBatch(`histories ${batch}`);
    }).timeout(120_000);
  }

  it("has met every situation often", () => {
    for (const [situation, times] of met) expect(times, situation).to.be.at.least(HISTORIES / 20);
  });
});

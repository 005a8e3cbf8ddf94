import { expect } from "chai";

import { now } from "../support/clock.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { Random } from "../support/random.ts";
import { expectBooks } from "../support/rewardBooks.ts";
import { MODEL_IDS, RewardHistory, RewardWorlds, drawTime, roll } from "../support/rewards.ts";
import { scaled } from "../support/scale.ts";
import type { Step } from "../support/rewards.ts";
import { WAD } from "../support/units.ts";

const HISTORIES = scaled(5, 50);
const MOMENTS = 40;
const TERMS = {
  usdcUnit: 10n ** 6n,
  dailyRate: 20_000n * WAD,
  maxFlockPerUsdc: 200n * WAD,
  maxRewardBps: 0n,
  minimumStake: WAD,
};

/** Ways to roll between the steps of one and the same history. */
const WAYS: readonly ((random: Random, steps: readonly Step[]) => Step[])[] = [
  (_, steps) => [...steps],
  (_, steps) => [...MODEL_IDS.map(roll), ...steps],
  (_, steps) => [...steps, ...[...MODEL_IDS].reverse().map(roll)],
  (random, steps) => steps.flatMap((step) => [...RewardHistory.rolls(random, 3n), step]),
  (random, steps) => [...steps, ...RewardHistory.rolls(random, 2n)],
];

describe("The order and time of rolls", () => {
  async function worldsFixture() {
    return RewardWorlds.deploy(WAYS.map(() => TERMS));
  }

  for (let index = 0; index < HISTORIES; ++index) {
    it(`change nothing in history ${index + 1}`, async () => {
      const worlds = await networkHelpers.loadFixture(worldsFixture);
      const seed = `order ${index}`;
      const clock = new Random(`${seed}, clock`);
      const rolls = new Random(`${seed}, rolls`);
      let time = await now();
      const history = new RewardHistory(new Random(seed), TERMS, time, worlds.holders);
      for (let moment = 0; moment < MOMENTS; ++moment) {
        time = drawTime(clock, time);
        const steps = history.at(time);
        const inEveryWorld = WAYS.map((way) => way(rolls, steps));
        await worlds.run(time, inEveryWorld);
      }
      const everythingRolled = WAYS.map(() => MODEL_IDS.map(roll));
      await worlds.run(time + 1n, everythingRolled);
      history.model.advanceTo(time + 1n);

      const [untouched, ...others] = await worlds.states();
      for (const other of others) expect(other).to.deep.equal(untouched);
      expectBooks(untouched!, history, seed);
    });
  }
});

import { expect } from "chai";

import { networkHelpers } from "../support/fixtures.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { MeterHistory, historyFixture } from "../support/usage/history.ts";
import { SKIP } from "../support/usage/serving.ts";

const HISTORIES = scaled(6, 120);
const STEPS = 40;

describe("InferenceMeter against a reference model", () => {
  const met = new Map<bigint, number>();

  for (let index = 0; index < HISTORIES; ++index) {
    it(`agrees to the unit after every step of history ${index + 1}`, async () => {
      const history = new MeterHistory(await networkHelpers.loadFixture(historyFixture), new Random(`meter ${index}`));
      await history.play(STEPS);
      for (const [reason, times] of history.met) met.set(reason, (met.get(reason) ?? 0) + times);
    }).timeout(120_000);
  }

  // A history that never meets a reason would show nothing about it.
  for (const [name, reason] of Object.entries(SKIP)) {
    it(`has met a row with the outcome ${name}`, () => {
      expect(met.get(reason) ?? 0).to.be.greaterThan(0);
    });
  }
});

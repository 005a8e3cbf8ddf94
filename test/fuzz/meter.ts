import { expect } from "chai";

import { networkHelpers } from "../support/fixtures.ts";
import { Random } from "../support/random.ts";
import { MeterHistory, historyFixture } from "../support/usage/history.ts";
import { SKIP } from "../support/usage/serving.ts";

const HISTORIES = 12;
const STEPS = 40;

describe("InferenceMeter against a reference model", () => {
  it(`agrees to the unit after every step of ${HISTORIES} random histories`, async () => {
    const met = new Map<bigint, number>();
    for (let i = 0; i < HISTORIES; ++i) {
      const history = new MeterHistory(await networkHelpers.loadFixture(historyFixture), new Random(`meter ${i}`));
      await history.play(STEPS);
      for (const [reason, times] of history.met) met.set(reason, (met.get(reason) ?? 0) + times);
    }
    // A history that never meets a reason would show nothing about it.
    for (const [name, reason] of Object.entries(SKIP)) {
      expect(met.get(reason) ?? 0, `rows with the outcome ${name}`).to.be.greaterThan(0);
    }
  }).timeout(300_000);
});

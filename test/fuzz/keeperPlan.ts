import { expect } from "chai";

import { DUE_KINDS } from "../../sdk/src/actions/due.ts";
import type { DueKind } from "../../sdk/src/actions/due.ts";
import { plus } from "../../scripts/lib/keeper/budget.ts";
import type { Limits, Spent } from "../../scripts/lib/keeper/budget.ts";
import { planOf } from "../../scripts/lib/keeper/plan.ts";
import type { Candidate, PlanTerms } from "../../scripts/lib/keeper/plan.ts";
import { worthOf } from "../../scripts/lib/keeper/worth.ts";
import { VALUES, workOf } from "../support/keeperWork.ts";
import { QuickRandom } from "../support/random.ts";
import { scaled } from "../support/scale.ts";

const UPKEEP: readonly DueKind[] = ["pokeRoute", "pokeModel"];

describe("The keeper's plan over random states", function () {
  this.timeout(600_000);
  const random = new QuickRandom("keeper plan");

  /** What may be due at once, in the order of the SDK. */
  function drawDue(): Candidate[] {
    const models = Number(random.uniform(0n, 12n));
    return DUE_KINDS.flatMap((kind) => {
      const ids = kind === "pokeRoute" ? [0n] : Array.from({ length: models }, (_, index) => BigInt(index + 1));
      if (kind === "buyFlock") ids.unshift(0n);
      return ids
        .filter(() => random.uniform(0n, 2n) === 0n)
        .map((modelId): Candidate => {
          const work = workOf(kind, modelId, random.magnitude(1n, 10n ** 24n));
          const worth = worthOf(work, VALUES);
          if (random.uniform(0n, 5n) === 0n) return { work, worth, refusal: "no" };
          const gas = random.magnitude(1n, 16_777_216n);
          const price = random.magnitude(1n, 10n ** 12n);
          return { work, worth, most: { gas, wei: gas * price }, cost: (gas * price) / 2n };
        });
    });
  }

  const limit = () => (random.uniform(0n, 3n) === 0n ? undefined : random.magnitude(1n, 10n ** 8n));
  const drawTerms = (): PlanTerms => {
    const limits: Limits = { gas: limit(), wei: random.uniform(0n, 1n) === 0n ? undefined : random.magnitude(1n, 10n ** 19n) }; // prettier-ignore
    const part = () => random.magnitude(1n, 10n ** 7n);
    const upkeep = { gas: part(), wei: part() };
    const spent: Spent = { all: { gas: upkeep.gas + part(), wei: upkeep.wei + part() }, upkeep };
    const worth =
        random.uniform(0n, 1n) === 0n ? undefined : { ethUsd: random.magnitude(1n, 10n ** 22n), minWorth: random.magnitude(1n, 10n ** 20n) }; // prettier-ignore
    return { limits, spent, worth };
  };

  it("stays within the limits, loses nothing, does nothing twice and keeps the order", () => {
    for (let drawn = 0; drawn < scaled(1_000, 200_000); drawn++) {
      const [due, given] = [drawDue(), drawTerms()];
      const { now, waiting } = planOf(due, given);

      const after = now.reduce((spent, { most, work }) => plus(spent, most, UPKEEP.includes(work.kind)), given.spent);
      for (const unit of ["gas", "wei"] as const) {
        const most = given.limits[unit];
        if (most === undefined) continue;
        if (now.length !== 0) expect(after.all[unit] <= most).to.equal(true);
        if (now.some(({ work }) => UPKEEP.includes(work.kind))) expect(2n * after.upkeep[unit] <= most).to.equal(true);
      }

      const all = [...now, ...waiting].map(({ work }) => work);
      expect(new Set(all).size).to.equal(all.length);
      expect(due.length).to.equal(all.length);
      expect(due.every(({ work }) => all.includes(work))).to.equal(true);
      const order = due.map(({ work }) => work);
      const places = now.map(({ work }) => order.indexOf(work));
      expect(places).to.deep.equal([...places].sort((a, b) => a - b));

      expect(now.filter(({ work }) => work.kind === "buyFlock").length).to.be.lessThan(2);
      const ends = now.filter(({ work: { kind } }) => kind === "graduate" || kind === "fail");
      expect(new Set(ends.map(({ work }) => work.modelId)).size).to.equal(ends.length);
      for (const { work } of due.filter(({ refusal }) => refusal !== undefined)) {
        expect(waiting.find((one) => one.work === work)!.reason).to.equal("refused");
      }
      const isFree = given.limits.gas === undefined && given.limits.wei === undefined && given.worth === undefined;
      const others = waiting.filter(({ reason }) => !["refused", "graduates", "afterAnotherLot"].includes(reason));
      if (isFree) expect(others).to.deep.equal([]);
    }
  });
});

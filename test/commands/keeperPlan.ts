import { expect } from "chai";

import type { DueKind } from "../../sdk/src/actions/due.ts";
import { WAD } from "../../sdk/src/units/numbers.ts";
import { nothingSpent } from "../../scripts/lib/keeper/budget.ts";
import type { Limits } from "../../scripts/lib/keeper/budget.ts";
import { planOf } from "../../scripts/lib/keeper/plan.ts";
import type { Accepted, Plan, PlanTerms, Refused } from "../../scripts/lib/keeper/plan.ts";
import { worthOf } from "../../scripts/lib/keeper/worth.ts";
import { VALUES, workOf } from "../support/keeperWork.ts";

const UNBOUNDED: Limits = { gas: undefined, wei: undefined };

/** A work that takes 100 gas and 1,000 wei at most, and 600 now. */
const accepted = (kind: DueKind, modelId: bigint, amount = 0n): Accepted => {
  const work = workOf(kind, modelId, amount);
  return { work, worth: worthOf(work, VALUES), most: { gas: 100n, wei: 1_000n }, cost: 600n };
};
const refused = (kind: DueKind, modelId: bigint): Refused => {
  const work = workOf(kind, modelId);
  return { work, worth: worthOf(work, VALUES), refusal: "The chain refuses this." };
};

const terms = (changes: Partial<PlanTerms> = {}): PlanTerms => ({
  ...{ limits: UNBOUNDED, spent: nothingSpent(), worth: undefined },
  ...changes,
});

const namesOf = ({ now, waiting }: Plan) => ({
  now: now.map(({ work }) => work.action.what),
  waiting: waiting.map(({ work, reason }) => [work.action.what, reason]),
});

describe("The keeper's plan", () => {
  it("does everything that is due, in its order, if nothing speaks against it", () => {
    const due = [accepted("graduate", 1n), accepted("roll", 2n), accepted("pokeRoute", 0n), accepted("buyMt", 3n)];
    expect(namesOf(planOf(due, terms()))).to.deep.equal({
      now: ["graduate 1", "roll 2", "pokeRoute 0", "buyMt 3"],
      waiting: [],
    });
  });

  it("does not fail a raise that it graduates, but fails it if it cannot be graduated", () => {
    expect(namesOf(planOf([accepted("graduate", 1n), accepted("fail", 1n)], terms()))).to.deep.equal({
      now: ["graduate 1"],
      waiting: [["fail 1", "graduates"]],
    });
    expect(namesOf(planOf([refused("graduate", 1n), accepted("fail", 1n)], terms()))).to.deep.equal({
      now: ["fail 1"],
      waiting: [["graduate 1", "refused"]],
    });
  });

  it("takes one lot of FLOCK, and the next one if the first is refused", () => {
    const due = [refused("buyFlock", 0n), accepted("buyFlock", 1n, 9n), accepted("buyFlock", 2n, 9n)];
    expect(namesOf(planOf(due, terms()))).to.deep.equal({
      now: ["buyFlock 1"],
      waiting: [
        ["buyFlock 0", "refused"],
        ["buyFlock 2", "afterAnotherLot"],
      ],
    });
  });

  it("leaves observations half of the day's limit, and everything else the whole", () => {
    const due = [
      accepted("pokeRoute", 0n),
      accepted("pokeModel", 1n),
      accepted("pokeModel", 2n),
      accepted("buyMt", 1n),
    ];
    expect(namesOf(planOf(due, terms({ limits: { gas: 400n, wei: undefined } })))).to.deep.equal({
      now: ["pokeRoute 0", "pokeModel 1", "buyMt 1"],
      waiting: [["pokeModel 2", "upkeepPerDay"]],
    });
  });

  it("goes on with what fits where something does not", () => {
    const dear: Accepted = { ...accepted("graduate", 1n), most: { gas: 900n, wei: 0n } };
    expect(
      namesOf(planOf([dear, accepted("roll", 1n)], terms({ limits: { gas: 100n, wei: undefined } }))),
    ).to.deep.equal({ now: ["roll 1"], waiting: [["graduate 1", "gasPerDay"]] });
  });

  describe("given the price of the chain's currency", () => {
    // 600 wei cost 6 USD, so that a wei is a cent.
    const worth = { ethUsd: (WAD * WAD) / 100n, minWorth: WAD };

    it("buys a lot from the dollar on that its gas costs", () => {
      const due = [accepted("buyFlock", 0n, 5_999_999n), accepted("buyFlock", 1n, 6_000_000n)];
      expect(namesOf(planOf(due, terms({ worth })))).to.deep.equal({
        now: ["buyFlock 1"],
        waiting: [["buyFlock 0", "unworthy"]],
      });
    });

    it("values MT by what their FLOCK cost on average, and a roll by the net revenue of its day", () => {
      const due = [accepted("roll", 1n), accepted("buyMt", 1n, 12n * WAD), accepted("buyMt", 2n, 12n * WAD - 2n)];
      expect(namesOf(planOf(due, terms({ worth })))).to.deep.equal({
        now: ["buyMt 1"],
        waiting: [
          ["roll 1", "unworthy"],
          ["buyMt 2", "unworthy"],
        ],
      });
    });

    it("asks for as many times the gas as it is told", () => {
      const due = [accepted("buyFlock", 0n, 6_000_000n)];
      const plan = (minWorth: bigint) => planOf(due, terms({ worth: { ...worth, minWorth } })).now.length;
      expect([plan(0n), plan(WAD), plan(WAD + 1n), plan(2n * WAD)]).to.deep.equal([1, 1, 0, 0]);
    });

    it("does duties and upkeep whatever they cost, and what nobody can value", () => {
      const noPrice = worthOf(workOf("buyMt", 1n, 1n), { ...VALUES, flockPerUsdc: 0n });
      const unvalued: Accepted = { ...accepted("buyMt", 1n), worth: noPrice };
      const due = [accepted("graduate", 1n), accepted("fail", 2n), accepted("pokeRoute", 0n), unvalued];
      expect(planOf(due, terms({ worth })).waiting).to.deep.equal([]);
    });
  });
});

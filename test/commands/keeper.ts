import { expect } from "chai";

import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { workOn } from "../support/keeping.ts";
import type { Work } from "../support/keeping.ts";
import { usdc } from "../support/units.ts";

const DAY = 86_400;
const HALF_AN_HOUR = 1_800;

const kindsIn = (works: unknown) => (works as Document[]).map(({ kind, modelId }) => [kind, modelId]);
const reasonsIn = ({ waiting }: Document) =>
  (waiting as Document[]).map(({ kind, modelId, reason }) => [kind, modelId, reason]);

/** What is due for one model after the other, and what a keeper does of it in one round. */
describe("fomo keeper --once", function () {
  this.timeout(120_000);

  let node: Node;
  let work: Work;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    work = await workOn(node.provider, node.addresses);
  });

  const once = (line = "") => node.json(`keeper --once --from keeper${line}`);

  it("finds only the route to observe on a chain without a model", async () => {
    const { models, done, waiting } = await once();
    expect({ models, waiting }).to.deep.equal({ models: 0, waiting: [] });
    expect(kindsIn(done)).to.deep.equal([["pokeRoute", null]]);
  });

  it("has nothing to do then", async () => {
    expect((await once()).done).to.deep.equal([]);
  });

  it("graduates a raise that was sold out and fails one that missed its minimum", async () => {
    const [sold, missed] = [await work.launch(), await work.launch({ saleDuration: BigInt(DAY), symbol: "MISS" })];
    await work.sellOut(sold);
    await work.pass(DAY);
    const { done, models } = await once();
    expect(models).to.equal(2);
    expect(kindsIn(done)).to.deep.include.members([
      ["graduate", Number(sold)],
      ["fail", Number(missed)],
    ]);
    expect((done as Document[]).every(({ outcome }) => outcome === "executed")).to.equal(true);
  });

  describe("given a model with revenue", () => {
    before(async () => {
      await (await work.alice.registry.setApiId(1n, "flock/model-1")).wait();
      await work.earn(1n, usdc(20_000));
      await once();
      await work.pass(HALF_AN_HOUR);
    });

    it("shows in a dry run what it would do, and sends nothing", async () => {
      const before = await node.blocks();
      const shown = await node.json("keeper --dry-run --from keeper");
      expect(await node.blocks()).to.equal(before);
      expect(shown.dryRun).to.equal(true);
      const planned = (shown.transactions as Document[]).map(({ what }) => what);
      expect(planned).to.deep.equal(["Poke the route", "Poke the pool of model 1"]);
      expect(shown.spent).to.deep.equal((await node.json("keeper --dry-run --from keeper")).spent);
    });

    it("observes prices, and in the next round buys one lot of FLOCK at a time", async () => {
      expect(kindsIn((await once()).done)).to.deep.equal([
        ["pokeRoute", null],
        ["pokeModel", 1],
      ]);
      const { done, waiting } = await once();
      expect(kindsIn(done)).to.deep.equal([["buyFlock", null]]);
      expect(reasonsIn({ waiting })).to.deep.equal([["buyFlock", 1, "afterAnotherLot"]]);
      expect((await once()).done).to.deep.equal([]);
    });

    it("takes the other lot when the route can bear it, and then burns what it brought", async () => {
      await work.pass(300);
      expect(kindsIn((await once()).done)).to.deep.equal([["buyFlock", 1]]);
      expect(kindsIn((await once()).done)).to.deep.equal([["buyMt", 1]]);
    });

    it("rolls an epoch that is over", async () => {
      await work.pass(DAY);
      expect(kindsIn((await once()).done)).to.deep.include(["roll", 1]);
    });

    it("says in words what it did and what it has spent", async () => {
      await work.pass(HALF_AN_HOUR);
      const { stdout, code } = await node.fomo("keeper --once --from keeper");
      expect(code).to.equal(0);
      expect(stdout).to.match(/Poke the route: done in block \d+\./);
      expect(stdout).to.match(/Spent on \d{4}-\d\d-\d\d: [\d,]+ gas, 0\.\d+ of the chain's currency\./);
    });
  });
});

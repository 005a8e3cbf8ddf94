import { expect } from "chai";
import type { Interface } from "ethers";

import { functionsOf } from "../support/abi.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { Random } from "../support/random.ts";
import { Books, TOLD, contractOf } from "../support/replay/books.ts";
import { ACTIONS, History } from "../support/replay/history/history.ts";
import { World, replayFixture } from "../support/replay/history/world.ts";
import type { ReplayScene } from "../support/replay/history/world.ts";
import { FORMULAS, UNREACHABLE_EVENTS, isConstant } from "../support/replay/leftOut.ts";
import { scaled } from "../support/scale.ts";

const HISTORIES = scaled(1, 20);

/** Something of every contract that the books follow, as `contract.name`. */
const ofAll = (f: ReplayScene, namesOf: (abi: Interface) => string[]): string[] =>
  TOLD.flatMap((name) => namesOf(contractOf(f, name).interface).map((one) => `${name}.${one}`));

function eventsOf(abi: Interface): string[] {
  const names: string[] = [];
  abi.forEachEvent(({ name }) => names.push(name));
  return names;
}

const viewsOf = (abi: Interface): string[] =>
  functionsOf(abi)
    .filter(({ constant }) => constant)
    .map(({ name }) => name);

describe("Events alone: the whole state of the protocol, replayed", () => {
  const [met, compared, happened] = [new Set<string>(), new Set<string>(), new Set<string>()];

  for (let index = 0; index < HISTORIES; ++index) {
    it(`is that of every view in history ${index + 1}`, async () => {
      const f = await networkHelpers.loadFixture(replayFixture);
      const books = new Books(f);
      const history = new History(new World(f, new Random(`replay ${index}`)));
      const users = [...f.users, f.treasury, f.provider, f.stranger].map(({ address }) => address);
      const keys = f.keys.map(({ address }) => address);

      await books.expectViews({ users, keys });
      for (const chapter of [
        ...Array.from({ length: 5 }, () => () => history.play(20)),
        () => history.sweep(),
        () => history.play(25),
        () => history.unlock(),
        () => history.play(25),
      ]) {
        await chapter();
        await books.expectViews({ users, keys });
      }

      for (const name of books.met) met.add(name);
      for (const name of books.compared) compared.add(name);
      for (const name of history.happened) happened.add(name);
    }).timeout(120_000);
  }

  it("has met every event of every contract", async () => {
    const events = ofAll(await networkHelpers.loadFixture(replayFixture), eventsOf);
    expect(events.filter((name) => !met.has(name))).to.have.members(UNREACHABLE_EVENTS);
  });

  it("was compared with every view of every contract that is no formula", async () => {
    const views = ofAll(await networkHelpers.loadFixture(replayFixture), viewsOf);
    const rest = views.filter((name) => !compared.has(name) && !isConstant(name));
    expect(rest).to.have.members(FORMULAS);
  });

  it("was of histories in which everything happened that may happen", () => {
    expect(ACTIONS.map(([name]) => name).filter((name) => !happened.has(name))).to.deep.equal([]);
  });
});

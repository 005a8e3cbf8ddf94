import { join } from "node:path";

import { expect } from "chai";

import { dueWork } from "../../sdk/src/actions/due.ts";
import type { DueKind } from "../../sdk/src/actions/due.ts";
import { dayOf, epochAt } from "../../sdk/src/emissions/epochs.ts";
import { LOCAL_ACTORS } from "../../scripts/lib/chain/localActors.ts";
import { timeOf } from "../../scripts/lib/chain/session.ts";
import type { Limits } from "../../scripts/lib/keeper/budget.ts";
import { allModels, readDue } from "../../scripts/lib/keeper/due.ts";
import type { Round } from "../../scripts/lib/keeper/round.ts";
import { startKeeper } from "../support/keeperLife.ts";
import type { KeeperLife } from "../support/keeperLife.ts";
import { workOn } from "../support/keeping.ts";
import type { Work } from "../support/keeping.ts";
import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { DAY, HOUR, MODEL_REFILL, OBSERVATION_AGE, REFILL } from "../support/time.ts";
import { tokens, usdc } from "../support/units.ts";

/** How long the play lasts [days], and how far the clock goes at once [s]. */
const DAYS = scaled(1, 7);
const STEP = scaled(20, 5) * 60;
const STEPS_OF_AN_HOUR = 3_600 / STEP;
/** Rounds that a keeper does in a step at most: in truth it would be many more. */
const ROUNDS = 6;

/** How long each kind of work may wait [s]: until it could be due again, or an hour where it is due once. */
const INTERVALS: Record<DueKind, bigint> = {
  ...{ graduate: HOUR, fail: HOUR, roll: DAY },
  ...{ pokeRoute: OBSERVATION_AGE, pokeModel: OBSERVATION_AGE, buyFlock: REFILL, buyMt: MODEL_REFILL },
};

/** What each may spend in a day. */
const LIMITS: Limits = { gas: 80_000_000n, wei: undefined };
/** Their accounts on the node. */
const KEEPERS = ["keeper", "stranger"].map((name) => LOCAL_ACTORS.findIndex((actor) => actor === name));

describe(`Two keepers and six models over ${DAYS.toString()} days, one of them killed every hour`, function () {
  this.timeout(scaled(300_000, 7_200_000));

  const folder = temporaryFolder();
  const random = new Random("keeper days");
  const chance = (times: number) => random.uniform(0n, BigInt(times - 1)) === 0n;
  let node: Node;
  let work: Work;
  let lives: KeeperLife[];
  /** Asks the chain and never sends. */
  let watcher: KeeperLife;
  let lifeCount = 0;
  const start = (account: number, before?: KeeperLife) =>
    startKeeper(node, account, join(folder, (lifeCount++).toString()), LIMITS, before);

  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    work = await workOn(node.provider, node.addresses);
    for (const symbol of ["A", "B", "C"]) {
      const modelId = await work.launch({ symbol });
      await work.sellOut(modelId);
      await work.serve(modelId);
    }
    // One that will sell out, one that ends above its minimum, and one that ends below it.
    await work.launch({ symbol: "D", saleDuration: 3n * DAY });
    await work.buy(await work.launch({ symbol: "E", saleDuration: DAY }), tokens(25_000));
    await work.buy(await work.launch({ symbol: "F", saleDuration: DAY }), tokens(5_000));
    await work.pass(18n * HOUR);
    watcher = await start(KEEPERS[0]!);
    lives = await Promise.all(KEEPERS.map((account) => start(account)));
  });

  it("do all that is due within its interval, nothing twice, and forget no spending", async () => {
    const waits = new Map<DueKind, bigint>();
    const wakesAt = [0, 0];
    let kills = 0;
    for (let step = 0; step < DAYS * 24 * STEPS_OF_AN_HOUR; step++) {
      await work.pass(STEP);
      await live(step);
      const killed = Number(random.uniform(0n, 1n));
      if (step % STEPS_OF_AN_HOUR === 0) lives[killed]!.killAfter(Number(random.uniform(0n, 60n)), chance(2));
      for (let round = 0, isBusy = true; isBusy && round < ROUNDS; round++) {
        const rounds = await Promise.all(
          lives.map(async (life, index) => {
            if (wakesAt[index]! > step) return false;
            const done = await life.round();
            if (done !== undefined) return noted(done);
            kills++;
            wakesAt[index] = step + Number(random.uniform(0n, BigInt(Math.floor(STEPS_OF_AN_HOUR / 2))));
            lives[index] = await start(KEEPERS[index]!, life);
            return true;
          }),
        );
        isBusy = rounds.includes(true);
      }
      await noteWaits(waits);
      if (await isLastOfItsDay()) await expectHonestBooks();
    }
    expect(kills).to.be.greaterThan(DAYS * 20);
    for (const [kind, waited] of waits) {
      expect(waited <= INTERVALS[kind], `${kind} has waited for ${waited.toString()} seconds`).to.equal(true);
    }
    await expectHonestBooks();
    expectUsefulWork();
  });

  /** What the rounds that were not interrupted have done, by the hashes of transactions. */
  const did = { executed: [] as string[], inVain: [] as string[] };

  /** Notes what a round has done, and says whether that was anything. */
  function noted({ done }: Round): boolean {
    for (const one of done) {
      if (one.outcome === "executed") did.executed.push(one.sent.transactionHash);
      if (one.outcome === "inVain") did.inVain.push(one.transactionHash);
    }
    return done.length !== 0;
  }

  /** What happens to the models in a step: one sells out, and those that are live earn now and then. */
  async function live(step: number): Promise<void> {
    const { vault, registry } = work.alice;
    if (step === 5 * STEPS_OF_AN_HOUR) await work.sellOut(4n);
    for (const modelId of [1n, 2n, 3n, 4n, 5n]) {
      if (!chance(4 * STEPS_OF_AN_HOUR)) continue;
      const [, graduatedAt] = await vault.recordOf(modelId);
      if (graduatedAt === 0n) continue;
      const { liveAt } = await registry.usageTermsOf(modelId);
      if (liveAt === 0n) await (await registry.setApiId(modelId, `flock/model-${modelId.toString()}`)).wait();
      await work.earn(modelId, random.uniform(usdc(1), usdc(500)));
    }
  }

  /** Since when what is still due has been due without a break [s]. */
  const since = new Map<string, bigint>();

  /** Notes how long the works have waited that are still due at the end of a step, by their kind [s]. */
  async function noteWaits(waits: Map<DueKind, bigint>): Promise<void> {
    const { session } = watcher;
    const time = await timeOf(session);
    const { view } = await readDue(session, await allModels(session));
    const due = dueWork(session.deployment, view, { time, slippageBps: 50n, patience: 300n });
    const nameOf = ({ kind, modelId }: (typeof due)[number]) => `${kind} ${modelId.toString()}`;
    for (const name of since.keys()) if (!due.some((one) => nameOf(one) === name)) since.delete(name);
    for (const one of due) {
      // It may have been due since the step before.
      const began = since.get(nameOf(one)) ?? time - BigInt(STEP);
      since.set(nameOf(one), began);
      if (time - began > (waits.get(one.kind) ?? 0n)) waits.set(one.kind, time - began);
    }
  }

  async function isLastOfItsDay(): Promise<boolean> {
    const time = await timeOf(watcher.session);
    return epochAt(time) !== epochAt(time + BigInt(STEP) + HOUR / 4n);
  }

  /** Whether the books of both say to the wei what the chain has taken from them today, within the limits. */
  async function expectHonestBooks(): Promise<void> {
    const day = epochAt(await timeOf(watcher.session));
    for (const [index, life] of lives.entries()) {
      life.killAfter(Infinity, false); // whoever is killed here would never answer
      await life.ledger.reconcile();
      const { address } = await node.provider.getSigner(KEEPERS[index]);
      const { gas, wei } = await work.paidBy(address, dayOf(day));
      expect(life.ledger.spentOn(day).all).to.deep.equal({ gas, wei });
      expect(gas <= LIMITS.gas!).to.equal(true);
    }
  }

  /** Though both look at the very same moments, what one of them has done the other seldom pays for again. */
  function expectUsefulWork(): void {
    const all = [...did.executed, ...did.inVain];
    expect(new Set(all).size).to.equal(all.length);
    expect(did.executed.length).to.be.greaterThan(DAYS * 150);
    expect(did.inVain.length).to.be.lessThan(did.executed.length / 3);
  }
});

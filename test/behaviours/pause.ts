import { expect } from "chai";
import type { BaseContract, ContractTransactionResponse } from "ethers";

import { earn, earningFixture } from "../support/buyback.ts";
import { at, now } from "../support/clock.ts";
import { launchPayment, networkHelpers, workedExample } from "../support/fixtures.ts";
import { timeOf } from "../support/scenes.ts";
import { MAX_PAUSE_DURATION, MIN_PAUSE_INTERVAL, NO_DEADLINE } from "../support/time.ts";
import { usdc } from "../support/units.ts";

/** What the guardian can pause. The names of functions and events are made of these words. */
const PAUSES = ["Launches", "Buys", "Deposits", "Buybacks"] as const;
type PauseName = (typeof PAUSES)[number];

/**
 * A market in which everything works that can be paused: model 1 has graduated and earned, its buyback has USDC and FLOCK
 * to spend, and the raise of model 2 is open.
 */
export async function pausableFixture() {
  const f = await earningFixture();
  await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
  await earn(f, usdc(1_000));
  await f.offering.connect(f.platform).launch(workedExample(), launchPayment());
  return { ...f, openId: 2n };
}
/** The market of the pauses: contracts and actors by name. */
export type PausableScene = Awaited<ReturnType<typeof pausableFixture>>;

/** A call that a pause stops. */
export interface Entrance {
  fn: string;
  enter: (f: PausableScene) => Promise<ContractTransactionResponse>;
}

/** A pause of a contract, and all that it stops. */
export interface PauseCase {
  what: PauseName;
  contractOf: (f: PausableScene) => BaseContract;
  entrances: Entrance[];
  /** The error of every entrance and its arguments, for a pause that ends at `endsAt` [s]. */
  refusal: { error: string; args: (endsAt: bigint) => unknown[] };
  /** What the event of its beginning tells beside the end, given how long earlier pauses lasted together [s]. */
  alsoReported?: (pausedBefore: bigint) => unknown[];
  /** What must happen shortly before `endsAt`, so that nothing but the pause stops the entrances [s]. */
  beforeEnd?: (f: PausableScene, endsAt: bigint) => Promise<void>;
}

/** The contract that has a pause of this name. */
const roomOf = (f: PausableScene, what: PauseName): BaseContract =>
  ({ Launches: f.offering, Buys: f.offering, Deposits: f.meter, Buybacks: f.buyback })[what];

/**
 * Every rule of a pause, for one of them. Two rules are tested elsewhere, for all pauses at once: who may pause in
 * test/roles/restricted.ts, and that no exit is ever stopped in test/roles/guardian.ts.
 */
export function behavesLikePause({ what, contractOf, entrances, refusal, alsoReported, beforeEnd }: PauseCase): void {
  const [paused, unpaused] = [`${what}Paused`, `${what}Unpaused`];
  let f: PausableScene;
  let contract: BaseContract;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(pausableFixture);
    contract = contractOf(f);
  });

  const call = (fn: string, which: PauseName) =>
    roomOf(f, which).connect(f.guardian).getFunction(`${fn}${which}`).send();
  const pause = (which: PauseName = what) => call("pause", which);
  const unpause = () => call("unpause", what);
  const pausedUntil = async (which: PauseName = what): Promise<unknown> =>
    roomOf(f, which)
      .getFunction(`${which[0]!.toLowerCase()}${which.slice(1)}PausedUntil`)
      .staticCall();
  /** Begins a pause and returns when it ends by itself [s]. */
  const pauseUntil = async () => (await timeOf(await pause())) + MAX_PAUSE_DURATION;

  const expectTooSoon = (earliestAt: bigint) =>
    expect(pause()).to.be.revertedWithCustomError(contract, "Pause_TooSoon").withArgs(earliestAt);
  const expectNotPaused = () => expect(unpause()).to.be.revertedWithCustomError(contract, "Pause_NotPaused");

  describe("its beginning", () => {
    it("is reported with its end, seven days later, which the view gives too", async () => {
      const start = (await now()) + 10n;
      await at(start);
      await expect(pause())
        .to.emit(contract, paused)
        .withArgs(start + MAX_PAUSE_DURATION, ...(alsoReported?.(0n) ?? []));
      expect(await pausedUntil()).to.equal(start + MAX_PAUSE_DURATION);
    });

    it("leaves the other pauses alone", async () => {
      await pause();
      for (const other of PAUSES.filter((name) => name !== what)) expect(await pausedUntil(other)).to.equal(0n);
    });

    it("reverts while a pause runs", async () => {
      const endsAt = await pauseUntil();
      await expectTooSoon(endsAt + MIN_PAUSE_INTERVAL);
    });

    it("reverts in the last second of the 30 days after a pause that ran out, and works in the next", async () => {
      const earliestAt = (await pauseUntil()) + MIN_PAUSE_INTERVAL;
      await at(earliestAt - 1n);
      await expectTooSoon(earliestAt);
      await at(earliestAt);
      await expect(pause())
        .to.emit(contract, paused)
        .withArgs(earliestAt + MAX_PAUSE_DURATION, ...(alsoReported?.(MAX_PAUSE_DURATION) ?? []));
    });

    it("has to wait for 30 days from the moment at which a pause was ended early", async () => {
      await pause();
      const earliestAt = (await timeOf(await unpause())) + MIN_PAUSE_INTERVAL;
      await at(earliestAt - 1n);
      await expectTooSoon(earliestAt);
      await at(earliestAt);
      await pause();
      expect(await pausedUntil()).to.equal(earliestAt + MAX_PAUSE_DURATION);
    });
  });

  describe("its end", () => {
    it("comes by itself: the pause runs in its last second, and neither in the next nor 30 days later", async () => {
      const endsAt = await pauseUntil();
      await networkHelpers.time.increaseTo(endsAt - 1n);
      expect(await pausedUntil()).to.equal(endsAt);
      for (const over of [endsAt, endsAt + MIN_PAUSE_INTERVAL]) {
        await networkHelpers.time.increaseTo(over);
        expect(await pausedUntil()).to.equal(0n);
      }
    });

    it("can be brought about at once, and is reported; the view knows it in the same second", async () => {
      const endsAt = await pauseUntil();
      await expect(unpause()).to.emit(contract, unpaused).withArgs();
      expect(await pausedUntil()).to.equal(0n);
      await networkHelpers.time.increaseTo(endsAt - 1n);
      expect(await pausedUntil()).to.equal(0n);
    });

    it("can be brought about in the last second", async () => {
      const endsAt = await pauseUntil();
      await at(endsAt - 1n);
      await expect(unpause()).to.emit(contract, unpaused).withArgs();
      expect(await pausedUntil()).to.equal(0n);
    });

    it("reverts when there never was a pause", async () => {
      expect(await pausedUntil()).to.equal(0n);
      await expectNotPaused();
    });

    it("reverts when the pause has run out", async () => {
      const endsAt = await pauseUntil();
      await at(endsAt);
      await expectNotPaused();
    });

    it("reverts when the pause was ended before", async () => {
      await pause();
      await unpause();
      await expectNotPaused();
    });

    it("reverts while only other pauses run", async () => {
      for (const other of PAUSES.filter((name) => name !== what)) await pause(other);
      expect(await pausedUntil()).to.equal(0n);
      await expectNotPaused();
    });
  });

  describe("what it stops", () => {
    const expectRefused = (enter: Entrance["enter"], endsAt: bigint) =>
      expect(enter(f))
        .to.be.revertedWithCustomError(contract, refusal.error)
        .withArgs(...refusal.args(endsAt));

    for (const { fn, enter } of entrances) {
      it(`is ${fn}, at once and in its last second, not in the next`, async () => {
        const endsAt = await pauseUntil();
        await expectRefused(enter, endsAt);
        await beforeEnd?.(f, endsAt);
        await at(endsAt - 1n);
        await expectRefused(enter, endsAt);
        await at(endsAt);
        await enter(f);
      });

      it(`is ${fn} until the pause is ended early`, async () => {
        await pause();
        await unpause();
        await enter(f);
      });
    }
  });
}

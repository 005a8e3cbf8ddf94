import { DAY, LOCK_DURATION, SWEEP_DELAY, VESTING_DURATION } from "../../time.ts";
import { GOVERNANCE } from "./governance.ts";
import { RAISES } from "./raises.ts";
import { USAGE } from "./usage.ts";
import type { World } from "./world.ts";

/** Everything that may happen, by name. */
export const ACTIONS = Object.entries({ ...RAISES, ...USAGE, ...GOVERNANCE });

/** A random history of the whole protocol. Its actions are dealt from a deck, so that each of them comes again and again. */
export class History {
  readonly #world: World;
  #deck: typeof ACTIONS = [];
  /** What happened, and the protocol refused no part of it. */
  readonly happened = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Lets so many things happen, with some time before each. */
  async play(actions: number): Promise<void> {
    for (let i = 0; i < actions; ++i) {
      await this.#world.pass();
      const [name, action] = this.#deal();
      if (await this.#world.attempt(() => action(this.#world))) this.happened.add(name);
    }
  }

  /** Waits until everything that has graduated can be swept, and sweeps it. */
  async sweep(): Promise<void> {
    await this.#world.wait(VESTING_DURATION + SWEEP_DELAY + DAY);
    await RAISES["sweepAll"]!(this.#world);
  }

  /** Waits until all liquidity that is locked can be released, and releases it. */
  async unlock(): Promise<void> {
    await this.#world.wait(LOCK_DURATION);
    await RAISES["unlockAll"]!(this.#world);
  }

  #deal(): (typeof ACTIONS)[number] {
    if (this.#deck.length === 0) this.#deck = [...ACTIONS];
    const index = Number(this.#world.random.uniform(0n, BigInt(this.#deck.length - 1)));
    return this.#deck.splice(index, 1)[0]!;
  }
}

/** Random numbers from a seed (mulberry32), so that a failure can be repeated. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1, without 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0, below `end`. */
  below(end: number): number {
    return Math.floor(this.fraction() * end);
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)]!; // it is not empty
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }
}

/** The seed of this run: FOMO_SEED repeats another one. */
export const SEED = Number.parseInt(process.env.FOMO_SEED ?? Math.floor(Math.random() * 2 ** 31).toString(16), 16);

/** How much longer random tests are in a deep run. */
export const DEPTH = process.env.FOMO_DEEP === undefined ? 1 : 20;

/** How long a test may take whose length depends on that, and what goes before it [ms]. */
export const PATIENCE = { timeout: 600_000 * DEPTH };

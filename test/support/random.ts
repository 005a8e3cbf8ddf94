import { solidityPackedKeccak256 } from "ethers";

import { seed as seedOfTheRun } from "./scale.ts";

/** A reproducible source of test values: the same seed gives the same cases on every machine. */
export class Random {
  readonly #seed: string;
  #drawn = 0;

  constructor(seed: string) {
    this.#seed = seedOfTheRun === undefined ? seed : `${seedOfTheRun}/${seed}`;
  }

  /** A whole number from `min` to `max`, both included. */
  uniform(min: bigint, max: bigint): bigint {
    const hash = solidityPackedKeccak256(["string", "uint256"], [this.#seed, this.#drawn++]);
    return min + (BigInt(hash) % (max - min + 1n));
  }

  /** A whole number from `min` (above 0) to `max` of which every order of magnitude is about equally likely. */
  magnitude(min: bigint, max: bigint): bigint {
    const bits = this.uniform(BigInt(min.toString(2).length), BigInt(max.toString(2).length));
    const drawn = this.uniform(1n << (bits - 1n), (1n << bits) - 1n);
    return drawn < min ? min : drawn > max ? max : drawn;
  }

  /** One of several values. */
  pick<T>(values: readonly T[]): T {
    return values[Number(this.uniform(0n, BigInt(values.length - 1)))]!;
  }
}

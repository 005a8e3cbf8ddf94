import { solidityPackedKeccak256 } from "ethers";

/** A reproducible source of test values: the same seed gives the same cases on every machine. */
export class Random {
  readonly #seed: string;
  #drawn = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** A whole number from `least` to `most`, both included. */
  uniform(least: bigint, most: bigint): bigint {
    const hash = solidityPackedKeccak256(["string", "uint256"], [this.#seed, this.#drawn++]);
    return least + (BigInt(hash) % (most - least + 1n));
  }

  /** A whole number from `least` (above 0) to `most` of which every order of magnitude is about equally likely. */
  magnitude(least: bigint, most: bigint): bigint {
    const bits = this.uniform(BigInt(least.toString(2).length), BigInt(most.toString(2).length));
    const drawn = this.uniform(1n << (bits - 1n), (1n << bits) - 1n);
    return drawn < least ? least : drawn > most ? most : drawn;
  }

  /** One of several values. */
  pick<T>(values: readonly T[]): T {
    return values[Number(this.uniform(0n, BigInt(values.length - 1)))]!;
  }
}

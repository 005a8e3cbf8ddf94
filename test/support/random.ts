import { createCipheriv, createHash } from "node:crypto";

import { solidityPackedKeccak256 } from "ethers";

import { seed as seedOfTheRun } from "./scale.ts";

/** A reproducible source of test values: the same seed gives the same cases on every machine. */
export class Random {
  protected readonly seed: string;
  #drawn = 0;

  constructor(seed: string) {
    this.seed = seedOfTheRun === undefined ? seed : `${seedOfTheRun}/${seed}`;
  }

  /** The next 256 bits. */
  protected word(): bigint {
    return BigInt(solidityPackedKeccak256(["string", "uint256"], [this.seed, this.#drawn++]));
  }

  /** A whole number from `min` to `max`, both included. */
  uniform(min: bigint, max: bigint): bigint {
    return min + (this.word() % (max - min + 1n));
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

/** The same from a stream cipher, dozens of times as quick: for hundreds of thousands of states. */
export class QuickRandom extends Random {
  readonly #stream = createCipheriv("aes-256-ctr", createHash("sha256").update(this.seed).digest(), Buffer.alloc(16));
  #words = "";
  #read = 0;

  protected override word(): bigint {
    if (this.#read === this.#words.length) {
      this.#words = this.#stream.update(ZEROS).toString("hex");
      this.#read = 0;
    }
    return BigInt(`0x${this.#words.slice(this.#read, (this.#read += WORD_DIGITS))}`);
  }
}

/** What is enciphered at once. */
const ZEROS = Buffer.alloc(1 << 16);
/** Hexadecimal digits of 256 bits. */
const WORD_DIGITS = 64;

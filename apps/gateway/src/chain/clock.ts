import type { ChainNode, Head } from "./node.ts";

/** How often the newest block is asked for [ms]. */
const ROUND = 4_000;

/**
 * The newest block, and the time of the chain. A public chain's time is the wall's; a local one's can be ahead of it, since
 * tests move it, and stands still between transactions.
 */
export class ChainClock {
  readonly #node: ChainNode;
  #head: Head;
  #askedAt = Date.now();
  #timer: NodeJS.Timeout | undefined;

  private constructor(node: ChainNode, head: Head) {
    this.#node = node;
    this.#head = head;
  }

  static async start(node: ChainNode): Promise<ChainClock> {
    const clock = new ChainClock(node, await node.head());
    clock.#timer = setInterval(() => void clock.refresh().catch(() => undefined), ROUND).unref(); // `age` tells
    return clock;
  }

  /** Asks for the newest block. */
  async refresh(): Promise<Head> {
    this.#head = await this.#node.head();
    this.#askedAt = Date.now();
    return this.#head;
  }

  /** The time of the chain, as far as it is known [s]. */
  now(): bigint {
    const wall = BigInt(Math.floor(Date.now() / 1_000));
    const { time } = this.#head;
    return time > wall ? time + BigInt(Math.floor((Date.now() - this.#askedAt) / 1_000)) : wall;
  }

  /** How long ago the chain has answered last [ms]. */
  age(): number {
    return Date.now() - this.#askedAt;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

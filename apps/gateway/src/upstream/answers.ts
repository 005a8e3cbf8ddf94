import type { Hex } from "../../../../sdk/src/codec/hex.ts";

/** An answer that can be sent again. */
export interface KeptAnswer {
  body: Buffer<ArrayBuffer>;
  headers: Record<string, string>;
}

/** Keeps answers for a while, for clients that lose them on the way. In memory alone: what users write is not stored. */
export class KeptAnswers {
  readonly #most: number;
  readonly #lifetime: number;
  readonly #now: () => number;
  readonly #answers = new Map<Hex, KeptAnswer & { until: number }>();
  #bytes = 0;

  /**
   * @param most How many bytes are kept in all.
   * @param lifetime How long one is [ms].
   */
  constructor(most: number, lifetime: number, now: () => number) {
    this.#most = most;
    this.#lifetime = lifetime;
    this.#now = now;
  }

  keep(requestId: Hex, answer: KeptAnswer): void {
    if (answer.body.length > this.#most) return;
    this.#answers.set(requestId, { ...answer, until: this.#now() + this.#lifetime });
    this.#bytes += answer.body.length;
    for (const [id, { until }] of this.#answers) {
      if (until > this.#now() && this.#bytes <= this.#most) break; // the rest is younger
      this.#forget(id);
    }
  }

  /** The answer to a request; undefined if it is not kept, or not any more. */
  find(requestId: Hex): KeptAnswer | undefined {
    const found = this.#answers.get(requestId);
    return found === undefined || found.until <= this.#now() ? undefined : found;
  }

  #forget(id: Hex): void {
    this.#bytes -= this.#answers.get(id)!.body.length; // it is there
    this.#answers.delete(id);
  }
}

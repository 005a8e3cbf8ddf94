import type { Hex } from "../../../../sdk/src/codec/hex.ts";

/** An answer that can be sent again. */
export interface KeptAnswer {
  body: Buffer<ArrayBuffer>;
  headers: Record<string, string>;
}

/** Where an answer stands among the bytes that are kept. */
interface Place {
  from: number;
  headersEnd: number;
  end: number;
  /** [ms] */
  until: number;
}

/**
 * Keeps answers for a while, for clients that lose them on the way. In memory alone: what users write is not stored. All
 * stand in one block, the newest over the oldest: tens of thousands of objects that live for minutes would keep the garbage
 * collector busier than the requests do.
 */
export class KeptAnswers {
  readonly #bytes: Buffer<ArrayBuffer>;
  readonly #lifetime: number;
  readonly #now: () => number;
  /** The oldest first, which is also how they stand in the block, from `#next` on and then from its beginning. */
  readonly #places = new Map<Hex, Place>();
  #next = 0;

  /**
   * @param most How many bytes are kept in all.
   * @param lifetime How long an answer is [ms].
   */
  constructor(most: number, lifetime: number, now: () => number) {
    this.#bytes = Buffer.allocUnsafeSlow(most);
    this.#lifetime = lifetime;
    this.#now = now;
  }

  keep(requestId: Hex, { body, headers }: KeptAnswer): void {
    const head = Buffer.from(JSON.stringify(headers));
    const size = head.length + body.length;
    if (size > this.#bytes.length || this.#lifetime === 0) return;
    if (this.#next + size > this.#bytes.length) {
      this.#forgetOldest(({ from }) => from >= this.#next);
      this.#next = 0;
    }
    const from = this.#next;
    const end = from + size;
    this.#forgetOldest((place) => place.from < end && place.end > from);
    head.copy(this.#bytes, from);
    body.copy(this.#bytes, from + head.length);
    this.#next = end;
    this.#places.delete(requestId); // to stand last
    this.#places.set(requestId, { from, headersEnd: from + head.length, end, until: this.#now() + this.#lifetime });
  }

  /** The answer to a request; undefined if it is not kept, or not any more. */
  find(requestId: Hex): KeptAnswer | undefined {
    const place = this.#places.get(requestId);
    if (place === undefined || place.until <= this.#now()) return undefined;
    const { from, headersEnd, end } = place;
    return {
      headers: JSON.parse(this.#bytes.toString("utf8", from, headersEnd)) as Record<string, string>,
      body: Buffer.from(this.#bytes.subarray(headersEnd, end)), // a copy: the block may be written over while it is sent
    };
  }

  /** Forgets the oldest answers as long as they are in the way. */
  #forgetOldest(isInTheWay: (place: Place) => boolean): void {
    for (const [id, place] of this.#places) {
      if (!isInTheWay(place)) return;
      this.#places.delete(id);
    }
  }
}

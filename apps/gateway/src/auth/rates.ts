import { Refusal } from "../refusals/refusal.ts";

/** How many are remembered at most: with more, those who were seen longest ago are forgotten. */
const REMEMBERED = 100_000;

/** How long a full bucket takes to fill [ms]. */
const MINUTE = 60_000;

interface Bucket {
  tokens: number;
  at: number;
}

/** Lets each name have so many requests a minute, and as many at once. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Counts a request. @throws Refusal if the name has had its share. */
  count(name: string): void {
    const now = this.#now();
    const { tokens, at } = this.#buckets.get(name) ?? { tokens: this.#perMinute, at: now };
    const filled = Math.min(this.#perMinute, tokens + ((now - at) * this.#perMinute) / MINUTE);
    this.#buckets.delete(name); // to stand last
    if (this.#buckets.size >= REMEMBERED) this.#buckets.delete(this.#buckets.keys().next().value!); // the first
    this.#buckets.set(name, { tokens: Math.max(0, filled - 1), at: now });
    if (filled >= 1) return;
    const wait = Math.ceil(((1 - filled) * MINUTE) / this.#perMinute / 1_000);
    throw new Refusal("tooMany", `Too many requests: ${this.#perMinute.toString()} a minute are served.`, {
      retryAfter: Math.max(1, wait),
    });
  }
}

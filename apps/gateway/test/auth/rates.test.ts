import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { RateLimit } from "../../src/auth/rates.ts";
import { Refusal } from "../../src/refusals/refusal.ts";

describe("rate limit", () => {
  it("lets each name have its share, which fills again with time", () => {
    let now = 0;
    const rates = new RateLimit(60, () => now);
    const served = (name: string, tries: number) => {
      let count = 0;
      for (let index = 0; index < tries; ++index) {
        try {
          rates.count(name);
          count++;
        } catch (error) {
          assert.ok(error instanceof Refusal && error.status === 429 && error.retryAfter! >= 1);
        }
      }
      return count;
    };
    assert.equal(served("one", 100), 60);
    assert.equal(served("two", 10), 10, "another name has its own");
    now += 5_000;
    assert.equal(served("one", 100), 5);
    now += 3_600_000;
    assert.equal(served("one", 100), 60, "no more than a minute's share is saved");
  });
});

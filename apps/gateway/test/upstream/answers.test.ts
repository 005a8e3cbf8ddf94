import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";

import { KeptAnswers } from "../../src/upstream/answers.ts";
import { Random, SEED } from "../support/random.ts";

const idOf = (count: number) => `0x${count.toString(16).padStart(64, "0")}` as const;
const HEADERS = { "content-type": "application/json", "fomo-receipt": "eyJ9" };
const OVERHEAD = Buffer.byteLength(JSON.stringify(HEADERS));

describe("kept answers", () => {
  it(`are found as they were, the newest of them always, and none after its time (seed ${SEED.toString(16)})`, () => {
    const random = new Random(SEED);
    const most = 4_000;
    let now = 0;
    const answers = new KeptAnswers(most, 1_000, () => now);
    const kept: { id: `0x${string}`; body: Buffer<ArrayBuffer>; at: number }[] = [];
    for (let count = 0; count < 3_000; ++count) {
      now += random.below(40);
      // Sometimes one that was kept is kept again.
      const id =
        random.below(20) === 0 && kept.length !== 0 ? kept.at(-1 - random.below(kept.length))!.id : idOf(count);
      const body = randomBytes(random.below(600));
      answers.keep(id, { body, headers: HEADERS });
      kept.push({ id, body, at: now });
      // Half of the block is sure to be there: a lap leaves less than the largest answer unused.
      let bytes = 0;
      const seen = new Set<string>();
      for (const one of kept.slice(-40).reverse()) {
        if (seen.has(one.id)) continue;
        seen.add(one.id);
        bytes += one.body.length + OVERHEAD;
        const found = answers.find(one.id);
        if (now - one.at >= 1_000) assert.equal(found, undefined, "it is older than what is kept");
        else if (bytes <= most / 2) assert.ok(found, "it must still be there");
        if (found !== undefined) {
          assert.deepEqual(found.headers, HEADERS);
          assert.ok(found.body.equals(one.body), "another answer was found");
        }
      }
    }
  });

  it("stay as they are while others are kept", () => {
    const answers = new KeptAnswers(1_000, 1_000, () => 0);
    const body = Buffer.from("an answer");
    answers.keep(idOf(1), { body, headers: HEADERS });
    const found = answers.find(idOf(1))!;
    for (let count = 2; count < 100; ++count) answers.keep(idOf(count), { body: randomBytes(100), headers: HEADERS });
    assert.equal(answers.find(idOf(1)), undefined);
    assert.ok(found.body.equals(body));
  });

  it("are none if there is no room or no time for them", () => {
    for (const answers of [new KeptAnswers(0, 1_000, () => 0), new KeptAnswers(1_000, 0, () => 0)]) {
      answers.keep(idOf(1), { body: randomBytes(10), headers: HEADERS });
      assert.equal(answers.find(idOf(1)), undefined);
    }
    const small = new KeptAnswers(1_000, 1_000, () => 0);
    small.keep(idOf(1), { body: randomBytes(10), headers: HEADERS });
    small.keep(idOf(2), { body: randomBytes(1_000), headers: HEADERS });
    assert.ok(small.find(idOf(1)));
    assert.equal(small.find(idOf(2)), undefined);
  });
});

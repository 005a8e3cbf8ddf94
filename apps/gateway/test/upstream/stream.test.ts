import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { describe, it } from "node:test";

import type { TokenCounts } from "../../../../sdk/src/gateway/cost.ts";
import { EventCutter, eventOf } from "../../src/upstream/events.ts";
import { relay } from "../../src/upstream/stream.ts";
import type { StreamEnd } from "../../src/upstream/stream.ts";
import { Tally } from "../../src/upstream/tally.ts";
import { Random, SEED } from "../support/random.ts";

const content = (text: string, usage?: object) =>
  eventOf(JSON.stringify({ choices: [{ delta: { content: text } }], ...(usage === undefined ? {} : { usage }) }));
const USAGE = eventOf(JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } }));
const DONE = eventOf("[DONE]");

/** A piece that never comes. */
const HANG = Symbol("hang");

/** A stream of pieces; the last one may be an error, or never come. */
const streamOf = (pieces: (string | Error | typeof HANG)[]) => {
  const left = [...pieces];
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift();
      if (next === undefined) controller.close();
      else if (next === HANG) return new Promise(() => undefined);
      else if (next instanceof Error) controller.error(next);
      else controller.enqueue(Buffer.from(next));
      return undefined;
    },
  });
};

interface Outcome {
  text: string;
  how: StreamEnd;
  tokens: TokenCounts;
  answerHash: string | undefined;
  isAborted: boolean;
}

/** Relays pieces to a client that reads all of it, or leaves after so many reads. */
async function relayed(
  pieces: (string | Error | typeof HANG)[],
  { wantsUsage = false, leaveAfter = Infinity, idle = 200 } = {},
): Promise<Outcome> {
  const abort = new AbortController();
  let answerHash: string | undefined;
  let text = "";
  const ended = new Promise<{ how: StreamEnd; tokens: TokenCounts }>((resolve) => {
    const stream = relay({
      ...{ upstream: streamOf(pieces), promptBytes: 64, wantsUsage, idle, abort },
      close: (_tokens, given) => {
        answerHash = given;
        return Promise.resolve(undefined);
      },
      ended: (how, tokens) => {
        resolve({ how, tokens });
      },
    });
    void (async () => {
      const reader = stream.getReader();
      for (let reads = 0; ; ++reads) {
        if (reads === leaveAfter) {
          await reader.cancel();
          return;
        }
        const { done, value } = await reader.read();
        if (done) return;
        text += Buffer.from(value).toString();
      }
    })();
  });
  const { how, tokens } = await ended;
  return { text, how, tokens, answerHash, isAborted: abort.signal.aborted };
}

describe("a stream", () => {
  it("is cut into the same events wherever its bytes are cut", () => {
    const random = new Random(SEED);
    const whole = `${content("Grüße 🌍")}: ping\r\n\r\n${content("b")}${DONE}`;
    const bytes = Buffer.from(whole);
    for (let round = 0; round < 200; ++round) {
      const cutter = new EventCutter();
      const events: string[] = [];
      for (let from = 0; from < bytes.length;) {
        const size = 1 + random.below(9);
        events.push(...cutter.push(bytes.subarray(from, from + size)));
        from += size;
      }
      assert.equal(events.join(""), whole);
      assert.equal(events.length, 4);
      assert.equal(cutter.end(), "");
    }
  });

  it("is passed on whole, without the event that nobody asked for", async () => {
    const told = [content("a"), content("b"), content("c"), USAGE, DONE];
    const plain = await relayed(told);
    assert.deepEqual([plain.how, plain.isAborted], ["whole", false]);
    assert.equal(plain.text, `${content("a")}${content("b")}${content("c")}${DONE}`);
    assert.equal(plain.answerHash, `0x${hash("sha256", `${content("a")}${content("b")}${content("c")}`, "hex")}`);
    assert.deepEqual(plain.tokens, { input: 9, cached: 0, output: 3 });
    assert.ok((await relayed(told, { wantsUsage: true })).text.includes(USAGE));
  });

  it("that ends too early is no success, and is charged for what was delivered", async () => {
    for (const end of [
      [],
      [new Error("gone")],
      ['data: {"choi'],
      [eventOf('{"error":{"message":"x"}}')],
      ["data: nonsense\n\n"],
    ]) {
      const { how, tokens, text, isAborted } = await relayed([content("a"), content("b"), ...end]);
      assert.deepEqual([how, isAborted], ["upstreamFailed", true]);
      assert.deepEqual(tokens, { input: 4, cached: 0, output: 2 });
      assert.ok(text.includes('"code":"upstream"') && !text.includes("[DONE]"));
    }
  });

  it("of an upstream that says nothing more is given up", async () => {
    assert.equal((await relayed([content("a"), HANG], { idle: 50 })).how, "upstreamFailed");
  });

  it("whose client leaves, or does not read, ends the request upstream", async () => {
    const long = Array.from({ length: 200 }, (_, index) => content(`word ${index.toString()}`));
    const left = await relayed(long, { leaveAfter: 3 });
    assert.deepEqual([left.how, left.isAborted], ["clientLeft", true]);
    assert.ok(left.tokens.output < 20, "nothing more is read for nobody");
  });

  it("that delivers nothing costs nothing", () => {
    const tally = new Tally(10_000);
    assert.equal(tally.note(": ping\n\n"), "other");
    assert.deepEqual(tally.tokens(), { input: 0, cached: 0, output: 0 });
  });

  it("is counted by what the upstream tells last", () => {
    const tally = new Tally(10_000);
    tally.note(content("a", { prompt_tokens: 7, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 3 } }));
    tally.note(content("b"));
    assert.deepEqual(tally.tokens(), { input: 4, cached: 3, output: 1 });
  });
});

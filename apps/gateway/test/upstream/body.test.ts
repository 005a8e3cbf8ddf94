import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { servedModel } from "../../src/config/models.ts";
import { mostFor, withinBounds } from "../../src/books/bounds.ts";
import { Refusal } from "../../src/refusals/refusal.ts";
import { parseBody, upstreamOrder } from "../../src/upstream/body.ts";

const MODEL = servedModel(
  {
    ...{ id: "qwen-alice", modelId: 1, upstreamModel: "Qwen/Qwen2.5", contextTokens: 4_096, maxOutputTokens: 512 },
    listUsdcPerMillionTokens: { input: "1.00", cached: "0.50", output: "2.00" },
    unitsPerToken: { input: 10_000n, cached: 5_000n, output: 10_000n },
    endpoints: ["chat", "completions", "embeddings"],
  },
  1_000_000n,
  6,
);

const MESSAGES = [{ role: "user", content: "Hello" }];
const chat = (more: Record<string, unknown>, continuous = true) => {
  const raw = { model: "qwen-alice", messages: MESSAGES, ...more };
  const order = upstreamOrder("chat", raw, JSON.stringify(raw).length, MODEL, continuous);
  return { ...order, sent: JSON.parse(order.body) as Record<string, unknown> };
};

describe("the body for the upstream", () => {
  it("names the upstream's model, and bounds the answer", () => {
    const { sent, bounds } = chat({});
    assert.equal(sent.model, "Qwen/Qwen2.5");
    assert.equal(sent.max_tokens, 512);
    assert.equal(bounds.output, 512);
    assert.equal(chat({ max_tokens: 10_000 }).sent.max_tokens, 512);
    assert.equal(chat({ max_tokens: 7 }).bounds.output, 7);
    assert.equal(chat({ max_completion_tokens: 9 }).sent.max_completion_tokens, 9);
    assert.equal(chat({ max_tokens: 7, n: 3 }).bounds.output, 21);
  });

  it("asks for the usage of a stream, whatever the client wants", () => {
    const { sent, streams, wantsUsage } = chat({ stream: true });
    assert.deepEqual(sent.stream_options, { include_usage: true, continuous_usage_stats: true });
    assert.deepEqual([streams, wantsUsage], [true, false]);
    assert.equal(chat({ stream: true, stream_options: { include_usage: true } }).wantsUsage, true);
    assert.deepEqual(chat({ stream: true }, false).sent.stream_options, { include_usage: true });
  });

  it("bounds a prompt by its bytes, and by the context where bytes do not", () => {
    assert.ok(chat({}).bounds.input < 1_000);
    assert.equal(chat({ messages: [{ role: "user", content: "x".repeat(10_000) }] }).bounds.input, 4_096);
    const image = [{ role: "user", content: [{ type: "image_url", image_url: { url: "https://example.org/a.png" } }] }];
    assert.equal(chat({ messages: image }).bounds.input, 4_096);
    const raw = { model: "qwen-alice", prompt: ["a", "b", "c"], max_tokens: 5 };
    assert.equal(upstreamOrder("completions", raw, 60, MODEL, true).bounds.output, 15);
    assert.equal(upstreamOrder("embeddings", { model: "qwen-alice", input: "a" }, 40, MODEL, true).bounds.output, 0);
  });

  it("refuses what the API does not take", () => {
    for (const more of [{ n: 9 }, { messages: [] }, { max_tokens: 0 }, { stream: "yes" }, { messages: [{}] }]) {
      assert.throws(() => chat(more), Refusal);
    }
    for (const text of ["", "{", "[]", "null", '{"model":1}', "\ud800"]) {
      assert.throws(() => parseBody(Buffer.from(text)), Refusal);
    }
  });

  it("never charges more than what was reserved", () => {
    const bounds = { input: 100, output: 50 };
    const most = mostFor(bounds, MODEL);
    for (const tokens of [
      { input: 500, cached: 0, output: 10 },
      { input: 10, cached: 500, output: 500 },
      { input: 100, cached: 0, output: 50 },
    ]) {
      // prettier-ignore
      const charged = withinBounds(tokens, bounds);
      assert.ok(charged.input + charged.cached <= 100 && charged.output <= 50);
      assert.ok(mostFor({ input: charged.input + charged.cached, output: charged.output }, MODEL) <= most);
    }
  });
});

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { serve } from "@hono/node-server";
import OpenAI from "openai";

import { chatServer } from "../../examples/small-model/chat.ts";
import type { Question } from "../../examples/small-model/chat.ts";

/** A model that says three words, and remembers who asked while another question was open. */
function threeWords() {
  const seen = { atOnce: 0, most: 0, questions: [] as Question[] };
  const ask = async (question: Question) => {
    seen.questions.push(question);
    seen.most = Math.max(seen.most, ++seen.atOnce);
    for (const word of ["one", " two", " three"].slice(0, question.maxTokens)) {
      await sleep(1);
      question.onText(word);
    }
    seen.atOnce--;
    const isWhole = question.maxTokens >= 3;
    const text = isWhole ? "one two three" : "one";
    return { text, isWhole, inputTokens: 7, outputTokens: Math.min(3, question.maxTokens) };
  };
  return { seen, ask };
}

describe("the server of the small model", () => {
  const { seen, ask } = threeWords();
  let server: ReturnType<typeof serve>;
  let openai: OpenAI;
  const messages = [{ role: "user" as const, content: "Count." }];
  before(async () => {
    const port = await new Promise<number>((resolve) => {
      const options = { fetch: chatServer("small", ask).fetch, hostname: "127.0.0.1", port: 0 };
      server = serve(options, ({ port: free }) => {
        resolve(free);
      });
    });
    const baseURL = `http://127.0.0.1:${port.toString()}/v1`;
    openai = new OpenAI({ baseURL, apiKey: "unused", maxRetries: 0 });
  });
  after(() => server.close());

  it("answers, and says what it took and why it ended", async () => {
    const whole = await openai.chat.completions.create({ model: "small", messages });
    assert.equal(whole.choices[0]!.message.content, "one two three");
    assert.equal(whole.choices[0]!.finish_reason, "stop");
    assert.deepEqual(whole.usage, { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 });
    const cut = await openai.chat.completions.create({ model: "small", messages, max_completion_tokens: 1 });
    assert.equal(cut.choices[0]!.finish_reason, "length");
  });

  it("streams word by word, with the usage at the end if it is asked for", async () => {
    const stream_options = { include_usage: true };
    const stream = await openai.chat.completions.create({ model: "small", messages, stream: true, stream_options });
    const words: string[] = [];
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const event of stream) {
      words.push(event.choices[0]?.delta.content ?? "");
      usage = event.usage ?? usage;
    }
    assert.equal(words.join(""), "one two three");
    assert.equal(words.filter((word) => word !== "").length, 3);
    assert.equal(usage?.total_tokens, 10);
  });

  it("asks the model one question at a time", async () => {
    await Promise.all([1, 2, 3].map(() => openai.chat.completions.create({ model: "small", messages })));
    assert.equal(seen.most, 1);
  });

  it("refuses what is no conversation with one sentence", async () => {
    await assert.rejects(openai.chat.completions.create({ model: "small", messages: [] }), /is refused: /);
    const bad = [{ role: "assistant" as const, content: "I speak last." }];
    await assert.rejects(openai.chat.completions.create({ model: "small", messages: bad }), /last message must be/);
  });

  it("stops the model when the client leaves", async () => {
    const stream = await openai.chat.completions.create({ model: "small", messages, stream: true });
    await stream[Symbol.asyncIterator]().next();
    stream.controller.abort();
    await sleep(50);
    assert.ok(seen.questions.at(-1)!.signal.aborted);
  });
});

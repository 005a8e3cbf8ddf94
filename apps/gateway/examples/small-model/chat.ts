import { Hono } from "hono";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";

/** A message of a conversation. */
export type Message = z.infer<typeof messageSchema>;

/** What a model is asked. */
export interface Question {
  /** The last one is the user's. */
  messages: Message[];
  maxTokens: number;
  /** Told of each piece of the answer as it comes. */
  onText: (text: string) => void;
  /** Stops it. */
  signal: AbortSignal;
}

/** What a model has answered, and how many tokens that took. */
export interface Answer {
  text: string;
  isWhole: boolean;
  inputTokens: number;
  outputTokens: number;
}

const messageSchema = z.looseObject({ role: z.enum(["system", "user", "assistant"]), content: z.string().max(20_000) });
const bodySchema = z.looseObject({
  messages: z
    .array(messageSchema)
    .min(1)
    .refine((all) => all.at(-1)?.role === "user", "the last message must be the user's"),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
});

/** The longest answer [tokens]. */
const LONGEST = 256;

/** OpenAI's API over a model: chat, streamed or whole. `ask` is called for one question at a time. */
export function chatServer(name: string, ask: (question: Question) => Promise<Answer>): Hono {
  const app = new Hono();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (question: Question): Promise<Answer> => {
    const answer = last.then(() => ask(question));
    last = answer.catch(() => undefined);
    return answer;
  };
  app.get("/v1/models", (context) => context.json({ object: "list", data: [{ id: name, object: "model" }] }));
  app.post("/v1/chat/completions", async (context) => {
    const read = bodySchema.safeParse(await context.req.json().catch(() => undefined));
    if (!read.success) return refused(context, read.error.issues[0]?.message ?? "it is not what the API takes");
    const { messages, stream, stream_options, max_tokens, max_completion_tokens } = read.data;
    const maxTokens = Math.min(max_completion_tokens ?? max_tokens ?? LONGEST, LONGEST);
    const about = { id: `chatcmpl-${crypto.randomUUID()}`, created: Math.floor(Date.now() / 1_000), model: name };
    if (stream !== true) {
      const question = { messages, maxTokens, onText: () => undefined, signal: context.req.raw.signal };
      const answer = await inTurn(question);
      const message = { role: "assistant", content: answer.text };
      const choices = [{ index: 0, message, finish_reason: endOf(answer) }];
      return context.json({ ...about, object: "chat.completion", choices, usage: usageOf(answer) });
    }
    return streamSSE(context, async (events) => {
      const gone = new AbortController();
      events.onAbort(() => {
        gone.abort();
      });
      const send = (rest: object) =>
        events.writeSSE({ data: JSON.stringify({ ...about, object: "chat.completion.chunk", ...rest }) });
      const chunk = (delta: object, end: string | null = null) => ({
        choices: [{ index: 0, delta, finish_reason: end }],
      });
      await send(chunk({ role: "assistant", content: "" }));
      const onText = (content: string) => void send(chunk({ content }));
      const answer = await inTurn({ messages, maxTokens, onText, signal: gone.signal });
      await send(chunk({}, endOf(answer)));
      if (stream_options?.include_usage === true) await send({ choices: [], usage: usageOf(answer) });
      await events.writeSSE({ data: "[DONE]" });
    });
  });
  return app;
}

const refused = (context: Context, reason: string): Response =>
  context.json({ error: { message: `The request is refused: ${reason}.`, type: "invalid_request_error" } }, 400);

const endOf = ({ isWhole }: Answer) => (isWhole ? "stop" : "length");

const usageOf = ({ inputTokens, outputTokens }: Answer) => ({
  ...{ prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens },
});

import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

/**
 * A stand-in for a model's server, for trying out: it speaks OpenAI's API, repeats what it is told, and says what it is. A
 * word is a token here.
 */
export interface StandIn {
  url: string;
  stop(): Promise<void>;
}

/** How it behaves. */
export interface StandInOptions {
  port?: number;
  host?: string;
  /** How long it takes for each token [ms]. */
  pace?: number;
}

const bodySchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })).optional(),
  prompt: z.unknown().optional(),
  input: z.unknown().optional(),
  stream: z.boolean().nullish(),
  stream_options: z
    .looseObject({ include_usage: z.boolean().nullish(), continuous_usage_stats: z.boolean().nullish() })
    .nullish(),
  max_tokens: z.int().nullish(),
  max_completion_tokens: z.int().nullish(),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).nullish(),
});

type Body = z.infer<typeof bodySchema>;

/** Starts the stand-in. */
export async function startStandIn({ port = 0, host = "127.0.0.1", pace = 0 }: StandInOptions = {}): Promise<StandIn> {
  const server = createServer((request, response) => {
    answer(request, response, pace).catch(() => {
      response.destroy(); // the other side has gone
    });
  });
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as { port: number };
  return {
    url: `http://${host}:${address.port.toString()}/v1`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close").catch(() => undefined);
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, pace: number): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const read = bodySchema.safeParse(parsed(Buffer.concat(chunks).toString()));
  if (!read.success) {
    send(response, 400, {
      error: {
        message: "This is no request that the stand-in knows.",
        type: "invalid_request_error",
        param: null,
        code: null,
      },
    });
    return;
  }
  const path = (request.url ?? "").replace(/^\/v1/, "");
  if (path === "/embeddings") embed(response, read.data);
  else if (path === "/chat/completions") await complete(response, read.data, "chat", pace);
  else if (path === "/completions") await complete(response, read.data, "text", pace);
  else
    send(response, 404, {
      error: { message: "The stand-in has no such path.", type: "invalid_request_error", param: null, code: null },
    });
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");

/** The text of a prompt, whatever its form. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).join(" ");
  if (typeof value !== "object" || value === null) return typeof value === "number" ? value.toString() : "";
  const { text, content } = value as { text?: unknown; content?: unknown };
  return textOf(text ?? content);
}

function embed(response: ServerResponse, { model, input }: Body): void {
  const inputs = Array.isArray(input) ? (input as unknown[]) : [input];
  const data = inputs.map((one, index) => ({
    object: "embedding",
    index,
    embedding: [wordsOf(textOf(one)).length, 1, 0],
  }));
  const tokens = wordsOf(textOf(input)).length;
  send(response, 200, { object: "list", data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}

async function complete(response: ServerResponse, body: Body, kind: "chat" | "text", pace: number): Promise<void> {
  const prompt = textOf(body.messages ?? body.prompt);
  const promptTokens = wordsOf(prompt).length;
  const limit = body.max_completion_tokens ?? body.max_tokens ?? 64;
  const said = wordsOf(`I am a stand-in and no model. You said: ${prompt}`).slice(0, limit);
  const tool = body.tools?.[0]?.function.name;
  const finish = tool !== undefined ? "tool_calls" : said.length === limit ? "length" : "stop";
  const usageAt = (output: number) => ({
    ...{ prompt_tokens: promptTokens, completion_tokens: output, total_tokens: promptTokens + output },
    prompt_tokens_details: { cached_tokens: 0 },
  });
  const common = { id: "chatcmpl-stand-in", created: 0, model: body.model };
  const call = { index: 0, id: "call_1", type: "function", function: { name: tool, arguments: "{}" } };
  if (body.stream !== true) {
    const message =
      tool === undefined
        ? { role: "assistant", content: said.join(" ") }
        : { role: "assistant", content: null, tool_calls: [call] };
    const choice = { index: 0, finish_reason: finish, ...(kind === "chat" ? { message } : { text: said.join(" ") }) };
    if (pace !== 0) await sleep(pace * said.length);
    send(response, 200, {
      ...common,
      object: kind === "chat" ? "chat.completion" : "text_completion",
      choices: [choice],
      usage: usageAt(said.length),
    });
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const object = kind === "chat" ? "chat.completion.chunk" : "text_completion";
  const event = (value: unknown) =>
    response.write(`data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`);
  const pieces = tool === undefined ? said.map((word, index) => (index === 0 ? word : ` ${word}`)) : [undefined];
  for (const [index, piece] of pieces.entries()) {
    if (pace !== 0) await sleep(pace);
    const delta = piece === undefined ? { tool_calls: [call] } : { content: piece };
    const isLast = index === pieces.length - 1;
    const choice = {
      index: 0,
      finish_reason: isLast ? finish : null,
      ...(kind === "chat" ? { delta } : { text: piece }),
    };
    const usage = body.stream_options?.continuous_usage_stats === true ? { usage: usageAt(index + 1) } : {};
    event({ ...common, object, choices: [choice], ...usage });
  }
  if (body.stream_options?.include_usage === true)
    event({ ...common, object, choices: [], usage: usageAt(pieces.length) });
  event("[DONE]");
  response.end();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

import { z } from "zod";

import type { Endpoint } from "../config/schema.ts";
import type { ServedModel } from "../config/models.ts";
import type { TokenBounds } from "../books/bounds.ts";
import { Refusal } from "../refusals/refusal.ts";

/** What a request asks of the upstream, as it is sent there. */
export interface UpstreamOrder {
  body: string;
  bounds: TokenBounds;
  streams: boolean;
  /** Whether the client wants the event with the usage, which is asked for in any case. */
  wantsUsage: boolean;
}

/** Tokens that a template adds to a prompt at most: to each message, and once. */
const PER_MESSAGE = 32;
const PER_PROMPT = 256;

/** The most answers to one request. */
const MOST_ANSWERS = 8;

const count = z.int().positive().max(10_000_000);
const common = {
  model: z.string(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: count.nullish(),
  n: z.int().min(1).max(MOST_ANSWERS).nullish(),
};
const text = z.union([z.string(), z.array(z.string()).max(64), z.array(z.int()), z.array(z.array(z.int())).max(64)]);

const SCHEMAS = {
  chat: z.looseObject({
    ...common,
    messages: z
      .array(z.looseObject({ role: z.string() }))
      .min(1)
      .max(10_000),
    max_completion_tokens: count.nullish(),
  }),
  completions: z.looseObject({ ...common, prompt: text, best_of: z.int().min(1).max(MOST_ANSWERS).nullish() }),
  embeddings: z.looseObject({ model: z.string(), input: text }),
} as const;

/** Reads the body of a request far enough to know which model it names. @throws Refusal if it is no JSON object. */
export function parseBody(bytes: Uint8Array): { model: string } & Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal("badRequest", "The body of the request is no JSON.");
  }
  if (typeof value === "object" && value !== null && "model" in value && typeof value.model === "string") {
    return value as { model: string } & Record<string, unknown>;
  }
  throw new Refusal("badRequest", "The body of the request must be an object with a `model`.");
}

/**
 * What is asked of the upstream, and how many tokens it can take at most: each token of a prompt has a byte at least, and
 * the upstream is told how long an answer may be.
 * @throws Refusal
 */
export function upstreamOrder(
  endpoint: Endpoint,
  raw: { model: string } & Record<string, unknown>,
  size: number,
  { config }: ServedModel,
  continuousUsage: boolean,
): UpstreamOrder {
  const read = SCHEMAS[endpoint].safeParse(raw);
  if (!read.success) {
    const [{ path, message } = { path: [], message: "is not what the API takes" }] = read.error.issues;
    throw new Refusal("badRequest", `\`${path.join(".")}\`: ${message}.`);
  }
  const upstreamModel = config.upstreamModel ?? config.id;
  const input = (messages: number) =>
    hasMoreThanText(raw)
      ? config.contextTokens
      : Math.min(size + PER_PROMPT + PER_MESSAGE * messages, config.contextTokens);
  if (endpoint === "embeddings") {
    const bounds = { input: Math.min(size + PER_PROMPT, config.contextTokens * MOST_INPUTS), output: 0 };
    return { body: JSON.stringify({ ...raw, model: upstreamModel }), bounds, streams: false, wantsUsage: true };
  }
  const body = read.data as z.infer<(typeof SCHEMAS)["chat"]> & z.infer<(typeof SCHEMAS)["completions"]>;
  const asked = body.max_completion_tokens ?? body.max_tokens ?? config.maxOutputTokens;
  const longest = Math.min(asked, config.maxOutputTokens);
  const prompts =
    endpoint === "completions" && Array.isArray(body.prompt) && typeof body.prompt[0] !== "number"
      ? body.prompt.length
      : 1;
  const answers = Math.max(body.n ?? 1, body.best_of ?? 1) * prompts;
  const streams = body.stream === true;
  const limit =
    body.max_completion_tokens == null
      ? { max_tokens: longest }
      : { max_completion_tokens: longest, max_tokens: undefined };
  const usage = { include_usage: true, ...(continuousUsage ? { continuous_usage_stats: true } : {}) };
  return {
    body: JSON.stringify({
      ...{ ...raw, model: upstreamModel, ...limit },
      ...(streams ? { stream_options: { ...body.stream_options, ...usage } } : {}),
    }),
    bounds: {
      input: Math.min(input(endpoint === "chat" ? body.messages.length : 1) * prompts, config.contextTokens * prompts),
      output: longest * answers,
    },
    streams,
    wantsUsage: body.stream_options?.include_usage === true,
  };
}

/** The most texts that one request of embeddings brings. */
const MOST_INPUTS = 64;

/** Whether a prompt has parts whose tokens their bytes do not bound, such as an image behind an address. */
function hasMoreThanText({ messages }: Record<string, unknown>): boolean {
  if (!Array.isArray(messages)) return false;
  return (messages as { content?: unknown }[]).some(
    ({ content }) =>
      Array.isArray(content) && content.some((part) => (part as { type?: unknown } | null)?.type !== "text"),
  );
}

import { z } from "zod";

import type { TokenCounts } from "../../../../sdk/src/gateway/cost.ts";

const tokens = z.int().nonnegative();

/** What an upstream says of the tokens of a request. */
const usageSchema = z.looseObject({
  prompt_tokens: tokens,
  completion_tokens: tokens.nullish(),
  prompt_tokens_details: z.looseObject({ cached_tokens: tokens.nullish() }).nullish(),
});

/** Reads the tokens of an answer or an event; undefined if it does not tell them. */
export function tokensOf(usage: unknown): TokenCounts | undefined {
  const read = usageSchema.safeParse(usage);
  if (!read.success) return undefined;
  const { prompt_tokens: prompt, completion_tokens: output, prompt_tokens_details: details } = read.data;
  const cached = Math.min(details?.cached_tokens ?? 0, prompt);
  return { input: prompt - cached, cached, output: output ?? 0 };
}

/** How many bytes of a prompt are one token at most, on average, for an answer that ends before its usage is told. */
const MOST_BYTES_PER_TOKEN = 16;

/**
 * What was delivered of an answer that ended before the upstream had told its tokens: each event with text has a token at
 * least. It is never more than what the upstream would have counted.
 * @param size The bytes of the prompt; 0 if nothing came, so that nothing is charged.
 */
export const leastTokens = (size: number, events: number): TokenCounts =>
  events === 0
    ? { input: 0, cached: 0, output: 0 }
    : { input: Math.floor(size / MOST_BYTES_PER_TOKEN), cached: 0, output: events };

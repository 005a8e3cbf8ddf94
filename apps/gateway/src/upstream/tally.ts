import { z } from "zod";

import type { TokenCounts } from "../../../../sdk/src/gateway/cost.ts";
import { DONE, dataOf } from "./events.ts";
import { leastTokens, tokensOf } from "./usage.ts";

/** What of an event of a stream is looked at. */
const eventSchema = z.looseObject({
  choices: z.array(z.unknown()).nullish(),
  usage: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** What an event of a stream is. */
export type EventKind =
  | "content"
  /** It has the usage and nothing else. */
  | "usage"
  | "error"
  | "done"
  /** A comment, or something else without text. */
  | "other";

/** Counts what a stream delivers. */
export class Tally {
  readonly #promptBytes: number;
  #told: TokenCounts | undefined;
  #events = 0;

  constructor(promptBytes: number) {
    this.#promptBytes = promptBytes;
  }

  /** Looks at an event before it is sent on. */
  note(event: string): EventKind {
    const data = dataOf(event);
    if (data === undefined) return "other";
    if (data === DONE) return "done";
    const read = eventSchema.safeParse(parsed(data));
    if (!read.success) return "error"; // the upstream has broken off in the middle of an event, or speaks something else
    const { choices, usage, error } = read.data;
    if (error !== undefined && error !== null) return "error";
    this.#told = tokensOf(usage) ?? this.#told;
    if (choices === undefined || choices === null || choices.length === 0) return usage == null ? "other" : "usage";
    this.#events++;
    return "content";
  }

  /** The tokens so far: what the upstream has told last, otherwise what they are at least. */
  tokens(): TokenCounts {
    return this.#told ?? leastTokens(this.#promptBytes, this.#events);
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

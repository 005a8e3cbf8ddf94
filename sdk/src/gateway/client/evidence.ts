import { byteLength, sha256 } from "./digests.ts";
import type { Bytes } from "./digests.ts";
import type { Hex } from "../../codec/hex.ts";
import type { AnswerUsage } from "./memory.ts";
import type { GatewayTolerance } from "./settings.ts";

/** What of a tolerance bounds tokens. */
export type TokenBounds = Omit<GatewayTolerance, "lostUsdc" | "lostBps">;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A document of JSON; undefined if a text is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a request says that decides about its price. */
export interface RequestView {
  /** Undefined if it names none. */
  model: string | undefined;
  hash: Hex;
  /** The most tokens that its prompt can be. */
  mostInput: number;
}

/** Looks at a request's body. */
export async function viewRequest(body: Bytes, bounds: TokenBounds): Promise<RequestView> {
  const parsed = jsonOf(new TextDecoder().decode(body));
  const request = isObject(parsed) ? parsed : {};
  const messages = listOf(request.messages ?? request.input ?? request.prompt);
  const parts = messages.flatMap((message) => (isObject(message) ? listOf(message.content) : []));
  const others = parts.filter((part) => isObject(part) && part.type !== "text").length;
  return {
    model: typeof request.model === "string" ? request.model : undefined,
    hash: await sha256(body),
    mostInput:
      mostTokens(body.length, bounds) +
      bounds.tokensPerRequest +
      bounds.tokensPerMessage * Math.max(1, messages.length) +
      bounds.tokensPerPart * others,
  };
}

/** The most tokens that bytes of text can be. */
const mostTokens = (bytes: number, { tokensPer100Bytes }: TokenBounds): number =>
  Math.ceil((bytes * tokensPer100Bytes) / 100);

/** Keys of an answer whose text no model has written. */
const NOT_WRITTEN = new Set(["role", "id", "type", "index"]);

/** Bytes of the text in a part of an answer. */
function writtenIn(value: unknown): number {
  if (typeof value === "string") return byteLength(value);
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + writtenIn(one), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((sum, [key, part]) => sum + (NOT_WRITTEN.has(key) ? 0 : writtenIn(part)), 0);
}

/** Counts what an answer has brought, whole or in the events of a stream. */
export class AnswerView {
  usage: AnswerUsage | null = null;
  readonly #bounds: TokenBounds;
  readonly #choices = new Set<unknown>();
  #bytes = 0;

  constructor(bounds: TokenBounds) {
    this.#bounds = bounds;
  }

  /** Adds a document of the answer. */
  add(document: unknown): void {
    if (!isObject(document)) return;
    for (const choice of listOf(document.choices)) {
      if (!isObject(choice)) continue;
      this.#choices.add(choice.index);
      this.#bytes += writtenIn([choice.delta, choice.message, choice.text]);
    }
    // After a failure in the middle, what a server has counted before it is not all that it has delivered.
    this.usage = "error" in document ? null : (usageIn(document.usage) ?? this.usage);
  }

  /** The most tokens that its text can be; none without a choice, such as of embeddings. */
  get mostOutput(): number {
    return mostTokens(this.#bytes, this.#bounds) + this.#bounds.tokensPerChoice * this.#choices.size;
  }
}

const countIn = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** How many tokens an answer says that it has taken; undefined if it does not say so. */
function usageIn(usage: unknown): AnswerUsage | undefined {
  if (!isObject(usage)) return undefined;
  const prompt = countIn(usage.prompt_tokens);
  if (prompt === undefined) return undefined;
  const details = usage.prompt_tokens_details;
  const cached = isObject(details) ? countIn(details.cached_tokens) : undefined;
  return { prompt, cached, output: countIn(usage.completion_tokens) ?? 0 };
}

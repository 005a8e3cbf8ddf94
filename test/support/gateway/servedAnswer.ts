import type { TokenCounts } from "../../../sdk/src/gateway/cost.ts";
import { GATEWAY_HEADERS, RECEIPT_EVENT } from "../../../sdk/src/gateway/wire.ts";
import type { Fate } from "./fakeGateway.ts";

/** An answer of the fake gateway. */
export interface Served {
  /** The answer in the pieces in which it is sent; the receipt is one of them if it is streamed. */
  pieces: string[];
  isStream: boolean;
  /** The receipt in JSON. */
  receipt: string;
  /** Sends it, as far as its fate lets it. */
  respond: (fate: Fate) => Response;
}

/** What a request asks of the fake model: so many bytes, said back. */
interface FakeRequest {
  messages?: { content: string }[];
  input?: string[];
  max_tokens?: number;
  stream?: boolean;
}

/** How an answer is told apart from its receipt. */
export interface Answer {
  /** What it really has, and what it says that it has. */
  real: TokenCounts;
  tokens: TokenCounts;
  /** What the receipt's hash is of. */
  hashed: Buffer;
  withReceipt: (receipt: string) => Served;
}

/** What the fake model answers: a token is a byte, and two in five of the prompt are in its cache. */
export function servedAnswer(
  path: string,
  body: Buffer,
  claim: (tokens: TokenCounts) => TokenCounts = (tokens) => tokens,
): Answer {
  const {
    messages = [],
    input = [],
    max_tokens: wanted = 20,
    stream = false,
  } = JSON.parse(body.toString()) as FakeRequest;
  const prompt = [...messages.map(({ content }) => content), ...input].join("").length;
  const isEmbedding = path === "/v1/embeddings";
  const output = isEmbedding ? 0 : wanted;
  const cached = Math.floor((prompt * 2) / 5);
  const real = { input: prompt - cached, cached, output };
  const tokens = claim(real);
  const usage = {
    ...{ prompt_tokens: tokens.input + tokens.cached, prompt_tokens_details: { cached_tokens: tokens.cached } },
    ...(isEmbedding ? {} : { completion_tokens: tokens.output }),
  };
  const events = stream ? eventsOf("é".repeat(Math.floor(output / 2)) + "a".repeat(output % 2), usage) : [];
  const whole = isEmbedding
    ? { object: "list", data: [{ object: "embedding", index: 0, embedding: [0.5] }], usage }
    : { choices: [{ index: 0, message: { role: "assistant", content: "a".repeat(output) } }], usage };
  const text = stream ? events.join("") : JSON.stringify(whole);
  return {
    ...{ real, tokens, hashed: Buffer.from(text) },
    withReceipt: (receipt) => servedOf(stream ? [...events, eventOf(receipt), DONE] : [text], stream, receipt),
  };
}

export const DONE = "data: [DONE]\n\n";

/** The event with a receipt. */
export const eventOf = (receipt: string): string => `event: ${RECEIPT_EVENT}\ndata: ${receipt}\n\n`;

/** The events of a text. */
function eventsOf(text: string, usage: object): string[] {
  const pieces = text.match(/.{1,7}/gu) ?? [];
  return [
    ": a comment\n\n",
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { role: "assistant" } }] })}\r\n\r\n`,
    ...pieces.map((content) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`),
    `data: ${JSON.stringify({ choices: [], usage })}\n\n`,
  ];
}

/** An answer that can be sent. */
export function servedOf(pieces: string[], isStream: boolean, receipt: string): Served {
  const respond = (fate: Fate) => (isStream ? streamed(pieces, fate) : whole(pieces[0]!, receipt, fate));
  return { pieces, isStream, receipt, respond };
}

function whole(text: string, receipt: string, fate: Fate): Response {
  const headers = {
    "content-type": "application/json",
    ...(receipt === "" ? {} : { [GATEWAY_HEADERS.receipt]: Buffer.from(receipt).toString("base64url") }),
  };
  if (fate !== "cutBody") return new Response(text, { headers });
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.from(text.slice(0, 5)));
      controller.error(new TypeError("terminated"));
    },
  });
  return new Response(body, { headers });
}

/** Sends the bytes of a stream in pieces that have nothing to do with its events. */
function streamed(pieces: string[], fate: Fate): Response {
  const all = Buffer.from(pieces.join(""));
  const bytes = fate === "cutStream" ? all.subarray(0, Math.floor(all.length / 2)) : all;
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = bytes.subarray(at, at + 1 + ((at * 31 + 17) % 97));
      at += next.length;
      if (next.length !== 0) controller.enqueue(next);
      else if (fate === "cutStream") controller.error(new TypeError("terminated"));
      else controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

import { createHash } from "node:crypto";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import type { SignedReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import { jsonOfReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import { RECEIPT_EVENT } from "../../../../sdk/src/gateway/wire.ts";
import type { TokenCounts } from "../../../../sdk/src/gateway/cost.ts";
import { Refusal } from "../refusals/refusal.ts";
import { DONE, EventCutter, eventOf } from "./events.ts";
import { Tally } from "./tally.ts";

/** How a stream goes on to a client. */
export interface Relay {
  upstream: ReadableStream<Uint8Array>;
  promptBytes: number;
  /** Whether the client has asked for the event with the usage. */
  wantsUsage: boolean;
  /** How long the upstream may take for its next bytes, and the client to take them [ms]. */
  idle: number;
  /** Ends the request at the upstream. */
  abort: AbortController;
  /** Charges what was delivered; undefined if nothing is charged. */
  close: (tokens: TokenCounts, answerHash: Hex) => Promise<SignedReceipt | undefined>;
  /** Told once when all is over. */
  ended: (how: StreamEnd, tokens: TokenCounts) => void;
}

/** How a stream has ended. */
export type StreamEnd = "whole" | "clientLeft" | "upstreamFailed" | "storeFailed";

/** The most of one event [characters]: no upstream sends more. */
const LONGEST_EVENT = 4_194_304;

/**
 * Sends a stream on as it comes, event by event, counts what it delivers, and puts the receipt right before its end. A
 * client that leaves ends the request at the upstream, and pays for what was sent to it.
 */
export function relay(parts: Relay): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void pump(parts, writable.getWriter());
  return readable;
}

async function pump(parts: Relay, writer: WritableStreamDefaultWriter<Uint8Array>): Promise<void> {
  const { idle, abort, close, ended } = parts;
  const tally = new Tally(parts.promptBytes);
  const hash = createHash("sha256");
  const encoder = new TextEncoder();
  /** Sends text, as fast as the client takes it, and hashes what was sent up to the receipt. */
  const send = async (text: string, isHashed = true) => {
    await within(idle, writer.ready, "client");
    const bytes = encoder.encode(text);
    if (isHashed) hash.update(bytes);
    writer.write(bytes).catch(() => undefined); // `ready` fails next time
  };
  let how: StreamEnd = await forward(parts, tally, send);
  if (how !== "whole") abort.abort();
  try {
    if (how === "upstreamFailed") await send(eventOf(JSON.stringify(BROKEN_OFF.document())));
  } catch {
    how = "clientLeft";
  }
  const tokens = tally.tokens();
  try {
    const receipt = await close(tokens, `0x${hash.digest("hex")}`);
    if (receipt !== undefined) await send(eventOf(JSON.stringify(jsonOfReceipt(receipt)), RECEIPT_EVENT), false);
    if (how === "whole") await send(eventOf(DONE), false);
  } catch (error) {
    if (!(error instanceof Gone)) how = "storeFailed";
  }
  await writer.close().catch(() => undefined); // the client has gone
  ended(how, tokens);
}

/** Sends the events of the upstream on, up to the one that ends them. */
async function forward(
  { upstream, wantsUsage, idle }: Relay,
  tally: Tally,
  send: (text: string) => Promise<void>,
): Promise<Exclude<StreamEnd, "storeFailed">> {
  const cutter = new EventCutter();
  const reader = upstream.getReader();
  try {
    for (;;) {
      const { done, value } = await within(idle, reader.read(), "upstream");
      if (done) return "upstreamFailed"; // an end without its last event is no success
      for (const event of cutter.push(value)) {
        const kind = tally.note(event);
        if (kind === "done") return "whole";
        if (kind === "error") return "upstreamFailed";
        if (kind !== "usage" || wantsUsage) await send(event);
      }
      if (cutter.pending > LONGEST_EVENT) return "upstreamFailed";
    }
  } catch (error) {
    if (!(error instanceof Gone)) throw error;
    return error.who === "client" ? "clientLeft" : "upstreamFailed";
  } finally {
    reader.cancel().catch(() => undefined); // it is over already
  }
}

/** What a client is told whose stream ends too early. */
const BROKEN_OFF = new Refusal("upstream", "The model's server has broken off: what was delivered is charged.");

/** Somebody has gone, or takes too long. */
class Gone extends Error {
  readonly who: "client" | "upstream";

  constructor(who: "client" | "upstream") {
    super(`The ${who} has gone.`);
    this.who = who;
  }
}

/** Waits for somebody. @throws Gone if that takes longer than so many milliseconds, or fails. */
async function within<Value>(limit: number, promise: Promise<Value>, who: "client" | "upstream"): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Gone(who));
    }, limit);
  });
  try {
    return await Promise.race([promise, late]);
  } catch {
    throw new Gone(who);
  } finally {
    clearTimeout(timer);
  }
}

import { FomoError } from "../../errors/fomoError.ts";
import { receiptOfJson } from "../receipt.ts";
import type { SignedReceipt } from "../receipt.ts";
import { GATEWAY_HEADERS } from "../wire.ts";
import { sha256, textOfBase64url } from "./digests.ts";
import type { Bytes } from "./digests.ts";
import { AnswerView, jsonOf } from "./evidence.ts";
import type { TokenBounds } from "./evidence.ts";
import type { Asked } from "./memory.ts";
import type { Series } from "./series.ts";
import { watchedStream } from "./stream.ts";
import type { StreamWatcher } from "./stream.ts";

/** A request whose answer comes. */
export interface Expected {
  asked: Asked;
  series: Series;
  bounds: TokenBounds;
  /** Asks the gateway for the receipt of this request; undefined if it has none. */
  askForReceipt: () => Promise<SignedReceipt | undefined>;
  /** Is told when the answer is here or lost. */
  ended: () => void;
}

/** Headers that are not true of what passes on: the receipt is the client's, and bodies are here as they are. */
const OWN_HEADERS = [GATEWAY_HEADERS.receipt, "content-length", "content-encoding", "transfer-encoding"];

/** An answer as it passes on. */
function passedOn(response: Response, body: Bytes | ReadableStream<Uint8Array>): Response {
  const headers = new Headers(response.headers);
  for (const name of OWN_HEADERS) headers.delete(name);
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** Takes the receipt of an answer that is not streamed. */
export async function takeWhole(response: Response, body: Bytes, expected: Expected): Promise<Response> {
  const { asked, series, bounds } = expected;
  const view = new AnswerView(bounds);
  view.add(jsonOf(new TextDecoder().decode(body)));
  const answered = { answerHash: await sha256(body), mostOutput: view.mostOutput, usage: view.usage };
  const header = response.headers.get(GATEWAY_HEADERS.receipt);
  if (header === null) series.answer(asked.id, answered);
  else {
    const read = receiptOfJson(entryIn(header));
    if (read.ok) series.answer(asked.id, answered, read.receipt);
    else {
      series.stop(series.head.number + 1n, "cannot be read");
      series.answer(asked.id, answered);
    }
  }
  expected.ended();
  return passedOn(response, body);
}

function entryIn(header: string): unknown {
  try {
    return jsonOf(textOfBase64url(header));
  } catch {
    return undefined;
  }
}

/** Passes a stream on without its receipt. */
export function takeStream(response: Response, expected: Expected): Response {
  if (response.body === null) throw new FomoError("noAnswer", "The gateway has sent a stream without a body.");
  return passedOn(response, watchedStream(response.body, watcherOf(expected)));
}

/** Looks at a stream for the receipt, and for what the receipt must be about. */
function watcherOf({ asked, series, bounds, askForReceipt, ended }: Expected): StreamWatcher {
  const view = new AnswerView(bounds);
  const pieces: Uint8Array[] = [];
  let isOver = false;
  const seenSoFar = () => ({ mostOutput: view.mostOutput, usage: view.usage });
  return {
    seen({ bytes, data }) {
      if (isOver) return; // what comes after the receipt is not charged
      pieces.push(bytes);
      view.add(jsonOf(data));
    },
    async receipt(text) {
      const [read, isSecond] = [receiptOfJson(jsonOf(text)), isOver];
      isOver = true;
      if (!read.ok) series.stop(series.head.number + 1n, "cannot be read");
      else if (isSecond) series.stop(read.receipt.number, "came with an answer that has another one");
      if (isSecond) return;
      const answered = { answerHash: await sha256(...pieces), ...seenSoFar() };
      series.answer(asked.id, answered, read.ok ? read.receipt : undefined);
      ended();
    },
    async ended() {
      if (isOver) return;
      isOver = true;
      const [answerHash, seen] = [await sha256(...pieces), seenSoFar()];
      const isWhole = (await askForReceipt())?.answerHash === answerHash; // nothing else says so
      if (isWhole) series.answer(asked.id, { answerHash, ...seen });
      else series.lose(asked.id, { answerHash: null, ...seen, usage: null });
      ended();
      if (isWhole) return;
      throw new FomoError("noAnswer", "The answer has ended without a receipt: what came of it may not be all.");
    },
    broken() {
      if (isOver) return;
      isOver = true;
      series.lose(asked.id, { answerHash: null, ...seenSoFar(), usage: null });
      ended();
    },
  };
}

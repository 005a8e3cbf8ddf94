import { RECEIPT_EVENT } from "../wire.ts";

/** An event of a stream, as its bytes came. */
export interface StreamEvent {
  bytes: Uint8Array;
  /** Its name; empty if it has none. */
  name: string;
  /** Its data, lines joined. */
  data: string;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Cuts the bytes of a stream into its events, however they come. */
export class EventCutter {
  #pieces: Uint8Array[] = [];
  /** Whether the line that is being read is empty so far. */
  #isEmptyLine = true;

  /** Takes bytes, and gives the events that are whole by them. */
  push(bytes: Uint8Array): StreamEvent[] {
    const events: StreamEvent[] = [];
    let begin = 0;
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at] === LINE_FEED) {
        if (this.#isEmptyLine) {
          this.#pieces.push(bytes.subarray(begin, at + 1));
          begin = at + 1;
          events.push(this.#cut());
        }
        this.#isEmptyLine = true;
      } else if (bytes[at] !== CARRIAGE_RETURN) this.#isEmptyLine = false;
    }
    if (begin < bytes.length) this.#pieces.push(bytes.subarray(begin));
    return events;
  }

  /** What has come after the last whole event. */
  rest(): StreamEvent {
    return this.#cut();
  }

  #cut(): StreamEvent {
    const bytes = joined(this.#pieces);
    this.#pieces = [];
    const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
    const valuesOf = (field: string) =>
      lines.flatMap((line) => (line.startsWith(`${field}:`) ? [line.slice(field.length + 1).replace(/^ /, "")] : []));
    return { bytes, name: valuesOf("event").at(-1) ?? "", data: valuesOf("data").join("\n") };
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** What looks at the events of a stream while they pass. */
export interface StreamWatcher {
  /** An event that passes on. */
  seen(event: StreamEvent): void;
  /** The receipt, which does not pass on. */
  receipt(text: string): Promise<void>;
  /** The end has come, by its own event or by that of the bytes. Throws if the answer is not whole. */
  ended(): Promise<void>;
  /** The stream has broken, or whoever reads it has left. */
  broken(): void;
}

/** The event by which streams of this API say that they are whole. */
const DONE = "[DONE]";

/** A stream without its receipts. Events pass on as soon as they are whole. */
export function watchedStream(body: ReadableStream<Uint8Array>, watcher: StreamWatcher): ReadableStream<Uint8Array> {
  const [reader, cutter] = [body.getReader(), new EventCutter()];

  /** Looks at an event; whether it passes on. */
  const passes = async (event: StreamEvent): Promise<boolean> => {
    if (event.name === RECEIPT_EVENT) {
      await watcher.receipt(event.data);
      return false;
    }
    if (event.data === DONE) await watcher.ended();
    else watcher.seen(event);
    return event.bytes.length !== 0;
  };

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        for (let hasPassed = false; !hasPassed;) {
          const { done, value } = await reader.read();
          for (const event of done ? [cutter.rest()] : cutter.push(value)) {
            if (!(await passes(event))) continue;
            controller.enqueue(event.bytes);
            hasPassed = true;
          }
          if (!done) continue;
          await watcher.ended();
          controller.close();
          return;
        }
      } catch (error) {
        watcher.broken();
        reader.cancel(error).catch(() => undefined); // it may be what has broken
        controller.error(error);
      }
    },
    async cancel(reason) {
      watcher.broken();
      await reader.cancel(reason);
    },
  });
}

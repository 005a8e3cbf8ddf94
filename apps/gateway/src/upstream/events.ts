/** Cuts a stream of server-sent events into its events, each with the empty line that ends it. */
export class EventCutter {
  #rest = "";
  readonly #decoder = new TextDecoder();

  /** @returns The events that are whole by now. */
  push(chunk: Uint8Array): string[] {
    this.#rest += this.#decoder.decode(chunk, { stream: true });
    const events: string[] = [];
    for (let end = endOf(this.#rest); end !== -1; end = endOf(this.#rest)) {
      events.push(this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end);
    }
    return events;
  }

  /** How much waits for the end of its event [characters]. */
  get pending(): number {
    return this.#rest.length;
  }

  /** What is left when the stream has ended; empty if its last event is whole. */
  end(): string {
    return this.#rest + this.#decoder.decode();
  }
}

const END = /\r?\n\r?\n/;

function endOf(text: string): number {
  const found = END.exec(text);
  return found === null ? -1 : found.index + found[0].length;
}

/** The data of an event; undefined if it has none, as a comment that keeps a connection alive. */
export function dataOf(event: string): string | undefined {
  const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
  return lines.length === 0 ? undefined : lines.map((line) => line.slice(5).trimStart()).join("\n");
}

/** What ends a stream. */
export const DONE = "[DONE]";

/** An event as text. */
export const eventOf = (data: string, name?: string): string =>
  `${name === undefined ? "" : `event: ${name}\n`}data: ${data}\n\n`;

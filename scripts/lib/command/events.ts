import { jsonTime } from "./amounts.ts";
import type { Output } from "./output.ts";

/** An event without the moment of which it is told. */
export type Untimed<Event> = Event extends unknown ? Omit<Event, "at" | "atUnix"> : never;

/** Tells what has just happened in a command that goes on: people by a sentence, machines by a line of JSON. */
export function tellEvent(out: Output, event: object, sentence: string): void {
  const now = new Date();
  if (out.json) out.line({ ...event, ...jsonTime("at", BigInt(Math.floor(now.getTime() / 1_000))) });
  else out.say(`${now.toISOString()} ${sentence}`);
}

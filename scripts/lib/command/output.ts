import { annotated } from "./annotations.ts";
import type { Known } from "./annotations.ts";
import { harmless, harmlessJson } from "../../../sdk/src/text/plainText.ts";

/**
 * Where a command's words go: a person reads prose on stdout, a machine one document there and prose on stderr. Whatever
 * comes out of a chain, a file or a node passes here at last, so that no terminal obeys it, and so that no command has to
 * think of the names of addresses and of how far away a moment is.
 */
export class Output {
  readonly json: boolean;
  #documentPrinted = false;
  #inLines = false;
  #known: Known | undefined;

  constructor(json: boolean) {
    this.json = json;
  }

  /** Takes what a session has learnt about its chain, for all that is said from now on. */
  learn(known: Known): void {
    this.#known = known;
  }

  /** A text with the names of its addresses and the distance of its moments, as far as they are known. */
  inFull(text: string): string {
    return this.#known === undefined ? text : annotated(text, this.#known);
  }

  /** Prints a line of prose, in full. */
  say(line = ""): void {
    (this.json ? process.stderr : process.stdout).write(`${harmless(this.inFull(line))}\n`);
  }

  /** Prints the one document of `--json`; without it nothing, because the prose has said it. */
  document(value: object): void {
    if (!this.json || this.#documentPrinted) return;
    this.#documentPrinted = true;
    process.stdout.write(`${harmlessJson(JSON.stringify(value, null, this.#inLines ? 0 : 2))}\n`);
  }

  /** Prints one of many documents, a line each, of a command that goes on; if it fails at last, that is a line too. */
  line(value: object): void {
    this.#inLines = true;
    process.stdout.write(`${harmlessJson(JSON.stringify(value))}\n`);
  }

  /** Says on stderr what a person who waits wants to know and a result does not contain. */
  note(sentence: string): void {
    process.stderr.write(`${harmless(this.inFull(sentence))}\n`);
  }

  /** Prints what went wrong, as it stands: the same sentence is in the document. */
  complain(sentence: string): void {
    process.stderr.write(`${harmless(sentence)}\n`);
  }

  /**
   * Shows on stderr what is waited for: at a terminal at once, elsewhere in a line if it takes longer than a few seconds,
   * and in another one whenever it has changed until then.
   * @param what What it is; a function is asked again and again how far it is.
   */
  async during<T>(what: string | (() => string), work: Promise<T>): Promise<T> {
    const now = typeof what === "string" ? () => what : what;
    const shown = process.stderr.isTTY ? spin(now) : Promise.resolve(this.#noteAgain(now));
    try {
      return await work;
    } finally {
      (await shown)();
    }
  }

  /** The same for work that says itself how far it is. */
  async duringSteps<T>(what: string, work: (announce: (step: string) => void) => Promise<T>): Promise<T> {
    let step = what;
    const announce = (next: string) => {
      step = next;
    };
    return await this.during(() => step, work(announce));
  }

  /** Notes every few seconds what is waited for, if that is something new, until the returned function is called. */
  #noteAgain(now: () => string): () => void {
    let last: string | undefined;
    const timer = setInterval(() => {
      if (now() === last) return;
      last = now();
      this.note(`${last} …`);
    }, PATIENCE);
    return () => {
      clearInterval(timer);
    };
  }
}

/** How long somebody who waits is left without a word [ms]. */
const PATIENCE = 3_000;

/** How often a spinner learns how far it is [ms]. */
const REFRESH = 200;

/** Spins until the returned function is called. */
async function spin(now: () => string): Promise<() => void> {
  // Loaded here: most commands run without a terminal, or never wait.
  const { default: ora } = await import("ora");
  const spinner = ora({ text: harmless(now()), stream: process.stderr }).start();
  const timer = setInterval(() => (spinner.text = harmless(now())), REFRESH);
  return () => {
    clearInterval(timer);
    spinner.stop();
  };
}

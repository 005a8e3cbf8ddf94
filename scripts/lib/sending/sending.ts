import { once } from "node:events";
import { createInterface } from "node:readline/promises";

import type { ContractTransactionReceipt } from "ethers";

import { CommandError } from "../command/commandError.ts";
import type { Fees } from "./fees.ts";
import type { Journal, Run, Step } from "./journal.ts";

/** A transaction that has been executed, as a JSON document tells it. */
export interface Sent {
  what: string;
  transactionHash: string;
  blockNumber: number;
  gasUsed: number;
}

/** A transaction that may have been sent, and whose outcome nobody knows. */
export interface Unclear {
  what: string;
  /** Null if the node signs, and its answer was lost. */
  transactionHash: string | null;
  nonce: number;
}

/** A transaction that a dry run would send. */
export interface Planned {
  what: string;
  to: string;
  data: string;
  /** Null if it cannot be told before an earlier one of the plan has been executed. */
  gas: bigint | null;
  fees: Fees;
}

/** What a transaction takes at most. */
export interface Most {
  /** [gas] */
  gas: bigint;
  /** Its fees, with what the chain takes for its data [wei]. */
  wei: bigint;
}

/** Who counts what is spent, and knows when it is enough. */
export interface Purse {
  /**
   * Sets aside, durably, what a transaction takes at most. Nothing is sent before.
   * @throws What keeps it from being sent.
   */
  reserve(step: Step, most: Most): Promise<void>;
  /** Books what a transaction has taken. */
  settle(step: Step, receipt: ContractTransactionReceipt): Promise<void>;
  /** Gives back what was set aside for a transaction that the node has refused. */
  release(step: Step): void;
}

/** How a command is to send. */
export interface SendingOptions {
  dryRun: boolean;
  /** Whether the person need not be asked. */
  yes: boolean;
  /** What is added to the base fee [wei per gas]; undefined for what the node suggests. */
  priorityFee: bigint | undefined;
}

/** Where a person is asked. */
export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/** Ends a dry run where the first transaction would be sent. */
export class EndOfDryRun extends Error {}

/** Ends a command whose work an earlier, interrupted run of the same command has done. */
export class DoneBefore extends Error {}

/** What a command sends, has sent, and would send. */
export class Sending {
  readonly options: SendingOptions;
  /** The command, by `nameOfCommand`: by it a second run knows it. */
  readonly command: string;
  readonly executed: Sent[] = [];
  readonly unclear: Unclear[] = [];
  readonly planned: Planned[] = [];
  /** A nonce that an earlier run meant to use and that is free: whatever takes it voids what that run had meant to send. */
  freeNonce: number | undefined;
  /** Who bounds what is spent; undefined where nobody does. */
  purse: Purse | undefined;
  #run: { journal: Journal; run: Run } | undefined;
  readonly #terminal: Terminal;
  #agreed = false;

  /** @param terminal Where the person is, if there is one. */
  constructor(
    command: string,
    options: SendingOptions,
    terminal: Terminal = { input: process.stdin, output: process.stderr },
  ) {
    this.command = command;
    this.options = options;
    this.#terminal = terminal;
  }

  /** The run in an account's journal. A command sends with one account. */
  runIn(journal: Journal): Run {
    this.#run ??= { journal, run: journal.begin(this.command) };
    return this.#run.run;
  }

  /** Forgets what has been told, for a command that goes on for ever. */
  forgetTold(): void {
    this.executed.length = 0;
    this.unclear.length = 0;
    if (this.#run === undefined) return;
    const { journal, run } = this.#run;
    if (run.steps.length === 0) return;
    run.steps = run.steps.filter(({ outcome }) => outcome === "unknown");
    journal.keep(run);
  }

  /** Says that everything was told. */
  end(): void {
    if (this.#run !== undefined) this.#run.journal.end(this.#run.run);
    this.#run = undefined;
  }

  /**
   * Asks the person once, before the first transaction, where there is one at a terminal.
   * @throws CommandError if the answer is another than yes, or none.
   */
  async consent({ json }: { json: boolean }): Promise<void> {
    if (this.#agreed || this.options.yes || json || this.#terminal.input.isTTY !== true) return;
    const dialogue = createInterface(this.#terminal);
    try {
      // Neither Ctrl-C nor the end of the input answers the question: some versions of Node reject, others never answer.
      const ended = once(dialogue, "close").then(() => "");
      const answered = dialogue.question("Send this? [y/N] ").catch(() => "");
      const answer = await Promise.race([answered, ended]);
      if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError("Nothing was sent, as you wished.");
    } finally {
      dialogue.close();
    }
    this.#agreed = true;
  }
}

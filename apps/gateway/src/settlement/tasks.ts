import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import type { FlawReason } from "../../../../sdk/src/signing/flaw.ts";
import type { CurveKind } from "../signatures/curve.ts";
import type { RowFlaw } from "./logRow.ts";
import type { Part } from "./parts.ts";
import type { Meter } from "./request.ts";
import type { HandedRows, Place, Row } from "./packedRows.ts";
import type { Handed } from "./seriesTable.ts";

/** How many bad rows of a part are told. */
export const EXAMPLES = 20;

/** A row of a series that was asked for. */
export interface Found extends Row {
  /** The series' place among those that were asked for. */
  series: number;
}

/** What a part has. */
export interface Scanned {
  part: number;
  rows: number;
  unreadable: number;
  foreign: number;
  examples: { path: string; part: number; row: number; reason: RowFlaw }[];
}

/** What was found out about rows. */
export interface Judged {
  /** How many they were. */
  count: number;
  /** The good ones as JSON lines, in their order. */
  good: Uint8Array<ArrayBuffer>;
  /** The others, with their places among them. */
  bad: { index: number; place: Place; reason: FlawReason; sentence: string }[];
}

/** What a worker can be asked, and what it answers. */
interface Answers {
  scan: { ask: { part: number }; answer: Scanned };
  newest: { ask: object; answer: Handed };
  watch: { ask: { series: Handed }; answer: null };
  older: { ask: { part: number }; answer: Found[] };
  judge: { ask: { rows: HandedRows; keys: Uint32Array }; answer: Judged };
}

/** A question to a worker. */
export type Task = { [Name in keyof Answers]: { task: Name } & Answers[Name]["ask"] }[keyof Answers];

/** Workers on all cores, each of which answers one question at a time. */
export class Workers {
  /** How signatures are looked at here. */
  readonly kind: CurveKind;
  readonly #workers: readonly Worker[];

  private constructor(workers: readonly Worker[], kind: CurveKind) {
    this.#workers = workers;
    this.kind = kind;
  }

  /** Starts them. */
  static async start(meter: Meter, parts: readonly Part[], curve: CurveKind | null): Promise<Workers> {
    const workers = Array.from(
      { length: availableParallelism() },
      () => new Worker(new URL("worker.ts", import.meta.url), { workerData: { meter, parts, curve } }),
    );
    const kinds = await Promise.all(workers.map((worker) => answerOf<CurveKind>(worker)));
    return new Workers(workers, kinds[0]!); // every machine has a core
  }

  /**
   * Asks one question after another, as many at once as there are workers.
   * @param told Is told each answer; it is waited for, one answer after another and in the order of the questions.
   */
  async askAll<Name extends keyof Answers>(
    task: Name,
    questions: Iterable<Answers[Name]["ask"]>,
    told: (answer: Answers[Name]["answer"]) => Promise<void> | void,
  ): Promise<void> {
    const rest = questions[Symbol.iterator]();
    let turn = Promise.resolve();
    const work = async (worker: Worker) => {
      for (let next = rest.next(); next.done !== true; next = rest.next()) {
        const asked = ask(worker, { task, ...next.value } as unknown as Task) as Promise<Answers[Name]["answer"]>;
        const before = turn;
        turn = (async () => {
          const answer = await asked;
          await before;
          await told(answer);
        })();
        await turn;
      }
    };
    await Promise.all(this.#workers.map(work));
  }

  /** Asks every worker the same, one after another. */
  async askEach<Name extends keyof Answers>(
    task: Name,
    question: Answers[Name]["ask"],
    told: (answer: Answers[Name]["answer"]) => void,
  ): Promise<void> {
    for (const worker of this.#workers) {
      told((await ask(worker, { task, ...question } as unknown as Task)) as Answers[Name]["answer"]);
    }
  }

  /** Ends them. */
  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

async function ask(worker: Worker, task: Task): Promise<unknown> {
  worker.postMessage(task);
  return await answerOf(worker);
}

/** The next message of a worker. */
async function answerOf<Message>(worker: Worker): Promise<Message> {
  return await new Promise((resolve, reject) => {
    worker.once("message", (message: Message) => {
      worker.off("error", reject);
      resolve(message);
    });
    worker.once("error", reject);
  });
}

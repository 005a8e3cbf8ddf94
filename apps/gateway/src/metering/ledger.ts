import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import { putIfUnchanged, putIntoStore, takeFromStore } from "../store/shelf.ts";
import type { Found, Wanted } from "../store/shelf.ts";
import type { Store } from "../store/sql.ts";
import { seriesName } from "../books/book.ts";
import { Batch } from "./batch.ts";
import { Memory } from "./memory.ts";
import type { CreditLimits, Moment, SeriesKey } from "../books/changes.ts";
import type { Operation, Outcomes } from "./operations.ts";

/** What a ledger works with. */
export interface LedgerParts {
  store: Store;
  /** Names this gateway among those that share the store. */
  gateway: string;
  limits: CreditLimits;
  now: () => Moment;
  /** The digest of a receipt, which the next one names. */
  digest: (receipt: UsageReceipt) => Hex;
  /** Told of each batch that was written: whether its books were remembered, or read. */
  ran?: (books: "remembered" | "read") => void;
}

/** An operation that waits for its batch. */
interface Waiting {
  operation: Operation;
  resolve: (outcome: never) => void;
  reject: (error: unknown) => void;
}

/** A batch that was run, with what it has left in the store. */
interface Run {
  found: Found;
  outcomes: Outcomes[Operation["kind"]][];
}

/** The most operations of one transaction: more make others wait longer without saving much. */
const MOST = 400;

/** How often an operation that must not be lost is tried again, and the first rest between [ms]. */
const TRIES = 7;
const REST = 100;

/**
 * The books of the gateway. What many requests change at once becomes one transaction, so that they share the wait for the
 * disk; an operation is answered when what it has changed is durable. What was written last is remembered: it is changed
 * again without being read, as long as nobody else has changed it.
 */
export class Ledger {
  readonly #parts: LedgerParts;
  #waiting: Waiting[] = [];
  /** Users whom a batch that runs has locked. */
  readonly #busy = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  readonly #memory = new Memory();
  #isWoken = false;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** Runs an operation. @throws Whatever the store throws; the outcome is unknown then. */
  run<One extends Operation>(operation: One): Promise<Outcomes[One["kind"]]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ operation, resolve, reject });
      this.#wake();
    });
  }

  /**
   * Runs an operation that may be run twice and must not be lost: that a request has ended. A store that fails for a
   * moment is asked again.
   */
  async insist<One extends Operation>(operation: One): Promise<Outcomes[One["kind"]]> {
    for (let tries = 1; ; ++tries) {
      try {
        return await this.run(operation);
      } catch (error) {
        if (tries === TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, REST << (tries - 1)));
      }
    }
  }

  /** Waits until nothing waits. */
  async drain(): Promise<void> {
    while (this.#waiting.length !== 0 || this.#running.size !== 0) {
      await Promise.race([...this.#running, new Promise((resolve) => setImmediate(resolve))]);
    }
  }

  /** Starts batches once whatever arrives in this turn of the event loop has arrived. */
  #wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    setImmediate(() => {
      this.#isWoken = false;
      while (this.#running.size < this.#parts.store.lanes) {
        const batch = this.#nextBatch();
        if (batch.length === 0) return;
        this.#start(batch);
      }
    });
  }

  /** Operations of users whom no other batch has locked: two batches never wait for each other's users. */
  #nextBatch(): Waiting[] {
    const [batch, rest]: [Waiting[], Waiting[]] = [[], []];
    for (const one of this.#waiting) {
      const isFree = batch.length < MOST && !this.#busy.has(userOf(one.operation));
      (isFree ? batch : rest).push(one);
    }
    this.#waiting = rest;
    return batch;
  }

  #start(batch: Waiting[]): void {
    const users = new Set(batch.map(({ operation }) => userOf(operation)));
    for (const user of users) this.#busy.add(user);
    const running = this.#work(batch).finally(() => {
      for (const user of users) this.#busy.delete(user);
      this.#running.delete(running);
      if (this.#waiting.length !== 0) this.#wake();
    });
    this.#running.add(running);
  }

  async #work(batch: Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#runBatch(batch.map(({ operation }) => operation));
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] as never);
    } catch (error) {
      // One operation that the store refuses must not fail those beside it.
      if (batch.length === 1) batch[0]!.reject(error);
      else await this.#oneByOne(batch);
    }
  }

  async #oneByOne(batch: Waiting[]): Promise<void> {
    let lost: unknown;
    for (const { operation, resolve, reject } of batch) {
      if (lost !== undefined) {
        reject(lost);
        continue;
      }
      try {
        resolve((await this.#runBatch([operation]))[0] as never);
      } catch (error) {
        reject(error);
        if (!isRefusal(error)) lost = error; // the store is away: the others need not wait for it one by one
      }
    }
  }

  async #runBatch(operations: Operation[]): Promise<Outcomes[Operation["kind"]][]> {
    const { now, ran } = this.#parts;
    const wanted = wantedBy(operations);
    const remembered = await this.#runOnMemory(operations, wanted);
    const { found, outcomes } = remembered ?? (await this.#runOnStore(operations, wanted));
    this.#memory.note(wanted, found, now().wall);
    ran?.(remembered === undefined ? "read" : "remembered");
    return outcomes;
  }

  /** Runs a batch on what is remembered; undefined if that is not all, or not as the store has it. */
  async #runOnMemory(operations: Operation[], wanted: Wanted): Promise<Run | undefined> {
    const { store, gateway, now } = this.#parts;
    const found = this.#memory.recall(wanted, now().wall);
    if (found === undefined) return undefined;
    const batch = new Batch(found, this.#parts, store);
    const outcomes = await batch.run(operations);
    return (await putIfUnchanged(store, gateway, batch.written(), wanted.fresh)) ? { found, outcomes } : undefined;
  }

  async #runOnStore(operations: Operation[], wanted: Wanted): Promise<Run> {
    const { store, gateway } = this.#parts;
    return await store.transaction(async (queries) => {
      const found = await takeFromStore(queries, wanted);
      const batch = new Batch(found, this.#parts, queries);
      const outcomes = await batch.run(operations);
      putIntoStore(queries, gateway, batch.written());
      return { found, outcomes };
    });
  }
}

/** Whether the store has answered, and refused: SQLSTATE classes 22 and 23 are about values and constraints. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && /^2[23]/.test(error.code);

/** Whose books an operation changes. */
const userOf = (operation: Operation): string => ("wish" in operation ? operation.wish.user : operation.user);

/** What operations need of the store. */
function wantedBy(operations: readonly Operation[]): Wanted {
  const wanted: Wanted = { users: new Set(), series: new Map(), fresh: new Set(), ending: new Map() };
  const want = ({ user, key, modelId }: SeriesKey) => {
    wanted.users.add(user);
    wanted.series.set(`${user} ${seriesName(key, modelId)}`, { user, key, modelId });
  };
  for (const operation of operations) {
    if (operation.kind === "learn") operation.views.forEach(want);
    else if (operation.kind === "take") operation.vouchers.forEach(want);
    else {
      const { kind, wish, requestId } = operation;
      want(wish);
      if (kind === "open") {
        wanted.fresh.add(requestId);
        operation.vouchers.forEach(want);
      } else wanted.ending.set(requestId, wish.user);
    }
  }
  return wanted;
}

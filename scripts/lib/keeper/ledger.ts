import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { toBigInt } from "ethers";
import type { ContractTransactionReceipt } from "ethers";
import { z } from "zod";

import { epochAt } from "../../../sdk/src/emissions/epochs.ts";
import { identityOfSession } from "../chain/identity.ts";
import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { writeAtomically } from "../command/atomicFile.ts";
import { CommandError } from "../command/commandError.ts";
import { shownPath } from "../command/textFile.ts";
import { alone } from "../sending/broadcast.ts";
import { STATE_FOLDER, journalOf, stepSchema } from "../sending/journal.ts";
import { close, lookUp } from "../sending/lookUp.ts";
import type { Purse } from "../sending/sending.ts";
import { boundOf, nothingSpent, plus, spentOn } from "./budget.ts";
import type { Bound, Entry, Limits, Spent } from "./budget.ts";

/** How many blocks after a transaction no reorganisation takes it away any more, as far as the books go. */
const FINAL_AFTER = 64;
/** From how many entries on the old ones are put together within a round. */
const MANY = 200;

const whole = z.codec(z.string().regex(/^\d+$/), z.bigint(), { decode: BigInt, encode: (value) => value.toString() });
const amounts = z.strictObject({ gas: whole, wei: whole });
const bookSchema = z.strictObject({
  /** The day of `settled`. */
  day: whole,
  /** What transactions of the day have taken that no reorganisation takes away any more. */
  settled: z.strictObject({ all: amounts, upkeep: amounts }),
  /** All others, one for each that was about to be sent. */
  entries: z.array(
    z.strictObject({
      step: stepSchema,
      day: whole,
      upkeep: z.boolean(),
      most: amounts,
      taken: z.union([amounts, z.null()]),
      blockHash: z.string().nullable(),
    }),
  ),
});
type Book = z.output<typeof bookSchema>;
type BookEntry = Book["entries"][number];

/** Says that a limit of the day keeps a transaction from being sent. */
export class OverLimit extends CommandError {
  readonly bound: Bound;

  constructor(bound: Bound, what: string) {
    super(`"${what}" may take more than what is left of today's limit: raise the limit, or wait for the next day.`);
    this.bound = bound;
  }
}

/**
 * What a keeper's account has spent on one chain, in a file. What a transaction may take is written down before it is sent,
 * what it has taken afterwards: a kill at any moment forgets no spending, and at worst counts too much for a while.
 */
export class Ledger {
  readonly #session: Session;
  readonly #account: string;
  readonly #limits: Limits;
  readonly #file: string;

  private constructor(session: Session, account: string, limits: Limits, file: string) {
    this.#session = session;
    this.#account = account;
    this.#limits = limits;
    this.#file = file;
  }

  /** Opens the books of an account on the session's chain. */
  static async of(session: Session, account: string, limits: Limits): Promise<Ledger> {
    const name = `${account.toLowerCase()}.json`;
    const file = join(session.root, STATE_FOLDER, "keeper", await identityOfSession(session), name);
    const ledger = new Ledger(session, account, limits, file);
    ledger.#read(); // a damaged file is refused before anything is sent
    return ledger;
  }

  /** What may be spent in a day. */
  get limits(): Limits {
    return this.#limits;
  }

  /** What was spent on a day, with all that is set aside. */
  spentOn(day: bigint): Spent {
    const { day: of, settled, entries } = this.#read();
    return spentOn(day, of === day ? settled : nothingSpent(), entries.map(entryOf));
  }

  /** The purse of the next transaction. */
  purse(isUpkeep: boolean): Purse {
    return {
      reserve: async (step, most) => {
        const day = epochAt(await timeOf(this.#session));
        const bound = boundOf(this.#limits, this.spentOn(day), most, isUpkeep);
        if (bound !== undefined) throw new OverLimit(bound, step.what);
        const book = this.#read();
        book.entries.push({ step: { ...step }, day, upkeep: isUpkeep, most, taken: null, blockHash: null });
        this.#write(book);
      },
      settle: async (step, receipt) => {
        const book = this.#read();
        const entry = book.entries.findLast(({ step: { nonce } }) => nonce === step.nonce);
        if (entry === undefined) return;
        await this.#settle(entry, receipt);
        this.#write(book.entries.length < MANY ? book : finalised(book, receipt.blockNumber));
      },
      release: (step) => {
        const book = this.#read();
        const index = book.entries.findLastIndex(({ step: { nonce } }) => nonce === step.nonce);
        if (index !== -1) book.entries.splice(index, 1);
        this.#write(book);
      },
    };
  }

  /**
   * Compares the books with the chain: what was killed or lost on the way is found out, and what a reorganisation has taken
   * away is looked up again.
   */
  async reconcile(): Promise<void> {
    if (this.#read().entries.length === 0) return;
    const session = this.#session;
    await alone(await journalOf(session, this.#account), this.#account, async () => {
      const book = this.#read();
      const kept: BookEntry[] = [];
      const executed = new Set<number>();
      // Whatever stands before a transaction of the same account that is still there, is still there, too.
      let isIntact = false;
      for (const entry of book.entries.toReversed().toSorted((a, b) => b.step.nonce - a.step.nonce)) {
        if (executed.has(entry.step.nonce)) continue; // another one has its nonce
        isIntact ||= entry.taken !== null && (await this.#isInItsBlock(entry));
        if (!isIntact || entry.taken === null) {
          const found = await lookUp(session, this.#account, entry.step);
          if (found === "void") continue;
          if (found === "free") Object.assign(entry, { taken: null, blockHash: null });
          else await this.#settle(entry, found);
        }
        if (entry.taken !== null) executed.add(entry.step.nonce);
        kept.unshift(entry);
      }
      const latest = await session.connection.ethers.provider.getBlockNumber();
      this.#write(finalised({ ...book, entries: kept }, latest));
    });
  }

  /** Books what a transaction has taken, as its receipt tells. */
  async #settle(entry: BookEntry, receipt: ContractTransactionReceipt): Promise<void> {
    const wei = receipt.gasUsed * receipt.gasPrice + (await this.#dataFeeIn(receipt.hash));
    close(entry.step, receipt);
    Object.assign(entry, { taken: { gas: receipt.gasUsed, wei }, blockHash: receipt.blockHash });
  }

  /** What a chain of the OP stack has taken for the data of a transaction [wei]; ethers leaves it out of a receipt. */
  async #dataFeeIn(hash: string): Promise<bigint> {
    const { provider } = this.#session.connection.ethers;
    const receipt = (await provider.send("eth_getTransactionReceipt", [hash])) as { l1Fee?: string } | null;
    return receipt?.l1Fee === undefined ? 0n : toBigInt(receipt.l1Fee);
  }

  async #isInItsBlock({ step, blockHash }: BookEntry): Promise<boolean> {
    const { provider } = this.#session.connection.ethers;
    const receipt = await provider.getTransactionReceipt(step.hash!); // it was executed
    return receipt !== null && receipt.blockHash === blockHash;
  }

  #read(): Book {
    if (!existsSync(this.#file)) return { day: 0n, settled: nothingSpent(), entries: [] };
    try {
      return bookSchema.parse(JSON.parse(readFileSync(this.#file, "utf8")));
    } catch {
      throw new CommandError(
        `The keeper's books ${shownPath(this.#file)} are damaged, so that they do not say what it has spent: restore them, or remove the file to count from zero.`,
      );
    }
  }

  #write(book: Book): void {
    writeAtomically(this.#file, `${JSON.stringify(bookSchema.encode(book))}\n`);
  }
}

const entryOf = ({ step, day, upkeep, most, taken }: BookEntry): Entry => ({
  ...{ nonce: step.nonce, day, upkeep, most, taken: taken ?? undefined },
});

/** The books with what is final put together. A day that is over is forgotten. */
function finalised({ day, settled, entries }: Book, latest: number): Book {
  const newest = entries.reduce((most, entry) => (entry.day > most ? entry.day : most), day);
  const isFinal = ({ taken, step }: BookEntry) => taken !== null && step.blockNumber! <= latest - FINAL_AFTER;
  return {
    day: newest,
    settled: entries
      .filter((entry) => entry.day === newest && isFinal(entry))
      .reduce((spent, { taken, upkeep }) => plus(spent, taken!, upkeep), newest === day ? settled : nothingSpent()),
    entries: entries.filter((entry) => !isFinal(entry)),
  };
}

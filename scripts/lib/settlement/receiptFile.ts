import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";

import { CommandError } from "../command/commandError.ts";
import { shownPath } from "../command/textFile.ts";
import type { CollectedVoucher } from "../usage/collecting.ts";

/** A transaction with what became of each voucher in it. */
export interface SettlementReceipt {
  transactionHash: string;
  blockNumber: number;
  vouchers: CollectedVoucher[];
}

/**
 * A file with what became of every voucher, a transaction a line. Each line is on the disk before the next transaction is
 * sent; one that a kill has cut is removed, and its transaction told again.
 */
export class ReceiptFile {
  readonly #path: string;
  readonly #file: number;
  readonly #known = new Set<string>();

  /** @throws CommandError if it cannot be written, or has something else in it. */
  constructor(path: string) {
    this.#path = path;
    const before = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const whole = before.lastIndexOf("\n") + 1;
    for (const line of before.toString("utf8", 0, whole).split("\n"))
      if (line !== "") this.#known.add(this.#hashIn(line));
    try {
      this.#file = openSync(path, existsSync(path) ? "r+" : "w");
      ftruncateSync(this.#file, whole);
    } catch {
      throw new CommandError(`The receipt file ${shownPath(path)} cannot be written: name another one.`);
    }
    this.#end = whole;
  }

  #end: number;

  /** Adds a transaction, unless it stands there. */
  add(receipt: SettlementReceipt): void {
    if (this.#known.has(receipt.transactionHash)) return;
    this.#known.add(receipt.transactionHash);
    const line = `${JSON.stringify(receipt, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value))}\n`;
    this.#end += writeSync(this.#file, line, this.#end);
    fsyncSync(this.#file);
  }

  /** Whether a transaction stands in it. */
  has(transactionHash: string): boolean {
    return this.#known.has(transactionHash);
  }

  close(): void {
    closeSync(this.#file);
  }

  #hashIn(line: string): string {
    try {
      const { transactionHash } = JSON.parse(line) as { transactionHash: unknown };
      if (typeof transactionHash === "string") return transactionHash;
    } catch {
      // No JSON: the same sentence.
    }
    throw new CommandError(`${shownPath(this.#path)} is no file of receipts: name another one with --receipts.`);
  }
}

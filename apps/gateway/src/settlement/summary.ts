import type { FlawReason } from "../../../../sdk/src/signing/flaw.ts";
import type { CurveKind } from "../signatures/curve.ts";

/** How many bad rows are told with their place. */
export const MAX_EXAMPLES = 100;

/** A row that is no good voucher, and why. */
export interface BadRow {
  /** The file, as it was named; the store's rows have none. */
  file: string;
  /** Its place among the rows of the file that are not empty, from 1. */
  row: number;
  reason: FlawReason;
  sentence: string;
}

/** What a run has found. */
export interface Summary {
  rows: number;
  series: number;
  /** Series of which a good voucher was written. */
  good: number;
  /** Rows that say less than another of their series, or the same. Nobody has looked at their signatures. */
  superseded: number;
  /** Bad rows by reason. */
  bad: Partial<Record<FlawReason, number>>;
  /** Some of them. */
  examples: BadRow[];
  /** How signatures were looked at. */
  signatures: CurveKind;
  /** The file with the good vouchers. */
  vouchers: string;
}

/** Counts bad rows, and keeps some of them. */
export class BadRows {
  readonly counts: Partial<Record<FlawReason, number>> = {};
  readonly examples: BadRow[] = [];

  /** Counts some of which no example is at hand. */
  count(reason: FlawReason, rows: number): void {
    if (rows !== 0) this.counts[reason] = (this.counts[reason] ?? 0) + rows;
  }

  keep(example: BadRow): void {
    if (this.examples.length < MAX_EXAMPLES) this.examples.push(example);
  }

  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }
}

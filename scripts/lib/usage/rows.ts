import { isAddress } from "ethers";
import { z } from "zod";

import type { SKIPS } from "../../../sdk/src/names/enums.ts";
import { SKIP_WORDS } from "../../../sdk/src/names/enums.ts";
import type { Flaw } from "../../../sdk/src/signing/flaw.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";
import { readJson5 } from "../command/textFile.ts";
import { clauseOf } from "./signedHere.ts";

/** A value of a file, with its place in it. */
export interface Placed<Value> {
  /** Where it stands in its file, from 1. */
  row: number;
  value: Value;
}

/** Why a row is not sent to the meter, besides what the meter itself would skip. */
type FileSkip = "unreadable" | "foreign" | "superseded" | "duplicate" | "settledBefore" | "tooMuchGas";

/** Reasons that say of a row that what it asks for was done before. */
const DONE_BEFORE: readonly RowSkip[] = ["nothingNew", "settledBefore"];

/** Why a row is skipped. */
export type RowSkip = Exclude<(typeof SKIPS)[number], "none"> | FileSkip;

/** A row that was not collected, and why. */
export interface SkippedRow {
  file: "vouchers" | "cards";
  row: number;
  modelId: number | null;
  /** A voucher's user and key, where they can be read; null for a card row. */
  user: string | null;
  key: string | null;
  /** A card row's id, where it can be read; null for a voucher. */
  id: string | null;
  skipped: RowSkip;
  reason: string;
}

/** Whether a row was left out because it was settled before, and not because something is wrong with it. */
export const wasDone = ({ skipped }: SkippedRow): boolean => DONE_BEFORE.includes(skipped);

/** A skipped row in words. */
export function describeSkipped({ file, row, modelId, user, key, id, reason }: SkippedRow): string {
  const kind = file === "cards" ? "card row" : "voucher";
  const parts = [
    `${kind} ${row.toString()}`,
    ...(user === null ? [] : [`of ${user}`]),
    ...(key === null || key === user ? [] : [`by the key ${key}`]),
    ...(id === null ? [] : [`with the id ${plain(id)}`]),
    ...(modelId === null ? [] : [`of model ${modelId.toString()}`]),
  ];
  return `Skipped: ${parts.join(" ")}: ${reason}.`;
}

/** What a file holds: rows that can be worked with, and the others. */
export interface RowsRead<Value> {
  rows: Placed<Value>[];
  skipped: SkippedRow[];
}

/** Rows by model, in the order in which the models appear. */
export function byModel<Row extends { modelId: bigint }>(rows: Placed<Row>[]): [bigint, Placed<Row>[]][] {
  const groups = new Map<bigint, Placed<Row>[]>();
  for (const placed of rows) {
    const group = groups.get(placed.value.modelId);
    if (group === undefined) groups.set(placed.value.modelId, [placed]);
    else group.push(placed);
  }
  return [...groups];
}

/** A file holds a list of rows; what each of them is, is looked at one by one. One row alone is a list of one. */
const listSchema = z.preprocess(
  (raw) => (Array.isArray(raw) ? (raw as unknown[]) : [raw]),
  z.array(z.unknown()).min(1, "has no row"),
);

/** Reads a file of rows, without a look at any of them. */
export const readRows = (what: string, path: string): unknown[] => readJson5(what, path, listSchema);

/**
 * Looks at rows one by one, so that a bad one costs no good one.
 * @param read Makes a value of a row; the `SkippedError` that it throws is why the row is skipped.
 */
export function valuesOf<Value>(
  file: SkippedRow["file"],
  raw: unknown[],
  read: (entry: unknown) => Value,
): RowsRead<Value> {
  const found: RowsRead<Value> = { rows: [], skipped: [] };
  for (const [index, entry] of raw.entries()) {
    const row = index + 1;
    try {
      found.rows.push({ row, value: read(entry) });
    } catch (error) {
      if (!(error instanceof SkippedError)) throw error;
      found.skipped.push({ ...labelsOf(file, row, entry), skipped: error.skip, reason: error.message });
    }
  }
  return found;
}

/** Says of one row why it is skipped. */
export class SkippedError extends Error {
  readonly skip: RowSkip;

  constructor(skip: RowSkip, reason: string) {
    super(reason);
    this.skip = skip;
  }
}

/** The same for what was found in a row; a signature that is none is called what the meter would call it. */
export const skippedFor = (found: Flaw): SkippedError =>
  found.reason === "unreadable" || found.reason === "foreign"
    ? new SkippedError(found.reason, clauseOf(found))
    : new SkippedError("badSignature", SKIP_WORDS.badSignature);

/** What a row says of itself, so far as it can be read. */
function labelsOf(file: SkippedRow["file"], row: number, entry: unknown) {
  const { modelId, user, key, id } = (typeof entry === "object" && entry !== null ? entry : {}) as Partial<
    Record<string, unknown>
  >;
  const address = (value: unknown) => (typeof value === "string" && isAddress(value) ? value : null);
  return {
    file,
    row,
    modelId: typeof modelId === "number" && Number.isSafeInteger(modelId) ? modelId : null,
    user: address(user),
    key: address(key),
    id: typeof id === "string" && id.length <= MAX_ID_LENGTH ? id : null,
  };
}

/** The longest id of a card row [characters]. */
export const MAX_ID_LENGTH = 200;

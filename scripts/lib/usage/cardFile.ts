import { z } from "zod";

import type { Session } from "../chain/session.ts";
import { MAX_ID_LENGTH, SkippedError, readRows, valuesOf } from "./rows.ts";
import type { RowsRead } from "./rows.ts";
import { sumsOf, usageShape } from "./usageShape.ts";
import type { Sums } from "./voucher.ts";

const ID = `must be the platform's own name for this row in quotes, of at most ${MAX_ID_LENGTH.toString()} characters`;

const rowSchema = z.strictObject({ id: z.string({ error: ID }).min(1, ID).max(MAX_ID_LENGTH, ID), ...usageShape });

/** Usage that was paid by card, as the meter takes it. Not cumulative. */
export type CardRow = Sums & {
  modelId: bigint;
  /** The platform's own name for it: a row is settled once, in whatever file it stands. */
  id: string;
};

/** Reads a file of card rows. */
export const readCardFile = (path: string): unknown[] => readRows("card file", path);

/** The card rows of a file. Of rows with the same id the first one counts. */
export function cardsIn({ usdcDecimals }: Session, file: unknown[]): RowsRead<CardRow> {
  const seen = new Set<string>();
  return valuesOf("cards", file, rowSchema, (entry) => {
    const value = { id: entry.id, modelId: BigInt(entry.modelId), ...sumsOf(entry, usdcDecimals) };
    if (seen.has(value.id)) throw new SkippedError("duplicate", "a row above it has the same id");
    seen.add(value.id);
    return value;
  });
}

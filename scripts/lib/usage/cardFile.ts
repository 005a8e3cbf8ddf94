import { USAGE_RULES, readEntry, usageOf } from "../../../sdk/src/signing/entries.ts";
import type { Rules, UsageEntry } from "../../../sdk/src/signing/entries.ts";
import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import type { Session } from "../chain/session.ts";
import { MAX_ID_LENGTH, SkippedError, readRows, skippedFor, valuesOf } from "./rows.ts";
import type { RowsRead } from "./rows.ts";

/** Usage that was paid by card, as the meter takes it. Not cumulative. */
export interface CardRow extends UsageRow {
  modelId: bigint;
  /** The platform's own name for it: a row is settled once, in whatever file it stands. */
  id: string;
}

/** What a card row in a file must be. */
const RULES: Rules<UsageEntry & Pick<CardRow, "id">> = {
  id: (value) =>
    typeof value === "string" && value !== "" && value.length <= MAX_ID_LENGTH
      ? undefined
      : `must be the platform's own name for this row in quotes, of at most ${MAX_ID_LENGTH.toString()} characters`,
  ...USAGE_RULES,
};

/** Reads a file of card rows. */
export const readCardFile = (path: string): unknown[] => readRows("card file", path);

/** The card rows of a file. Of rows with the same id the first one counts. */
export function cardsIn({ usdcDecimals }: Session, file: unknown[]): RowsRead<CardRow> {
  const seen = new Set<string>();
  return valuesOf("cards", file, (raw) => {
    const read = readEntry(RULES, raw);
    if (!read.ok) throw skippedFor(read);
    const { id, modelId } = read.entry;
    const usage = usageOf(read.entry, usdcDecimals);
    if (!usage.ok) throw skippedFor(usage);
    if (seen.has(id)) throw new SkippedError("duplicate", "a row above it has the same id");
    seen.add(id);
    return { id, modelId: BigInt(modelId), ...usage.used };
  });
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import type { Session } from "../chain/session.ts";
import { askApp } from "../settlement/app.ts";
import { ReducedFile } from "../settlement/reducedFile.ts";
import type { Found, FoundSeries } from "./receiptFolder.ts";

/** Asks a gateway's store for the vouchers of series, and says what contradicts their receipts. */
export async function storeContradictions(
  session: Session,
  store: string,
  all: readonly FoundSeries[],
): Promise<Found[]> {
  const folder = mkdtempSync(join(tmpdir(), "fomo-receipts-"));
  try {
    const { summary } = await askApp(session, { logs: [], store, usageDays: null, folder });
    const stored = vouchersOf(summary!.vouchers, new Set(all.map(nameOf))); // it was asked for
    return all.flatMap((series) => differencesOf(series, stored.get(nameOf(series))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The vouchers of some series in a file of any length. */
function vouchersOf(path: string, names: ReadonlySet<string>): Map<string, UsageRow> {
  const found = new Map<string, UsageRow>();
  const file = new ReducedFile(path);
  try {
    for (const { voucher } of file.vouchers()) {
      const { user, key, modelId } = voucher;
      const name = nameOf({ place: { user, key }, modelId: Number(modelId) });
      if (names.has(name)) found.set(name, voucher);
    }
  } finally {
    file.close();
  }
  return found;
}

const nameOf = ({ place: { user, key }, modelId }: { place: { user: string; key: string }; modelId: number }) =>
  `${user} ${key} ${modelId.toString()}`.toLowerCase();

/** A voucher that never reached the store is no contradiction: what is in the store was signed here. */
function differencesOf({ file, modelId, signed }: FoundSeries, stored: UsageRow | undefined): Found[] {
  const isMore =
    stored !== undefined && (stored.paid > signed.paid || stored.list > signed.list || stored.units > signed.units);
  return isMore
    ? [{ file, line: null, modelId, sentence: "The store has a voucher for more than was signed here." }]
    : [];
}

import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import type { Session } from "../chain/session.ts";
import { withReduced } from "../settlement/withReduced.ts";
import type { Found, FoundSeries } from "./receiptFolder.ts";

/** Asks a gateway's store for the vouchers of series, and says what contradicts their receipts. */
export async function storeContradictions(
  session: Session,
  store: string,
  all: readonly FoundSeries[],
): Promise<Found[]> {
  const names = new Set(all.map(nameOf));
  const stored = new Map<string, UsageRow>();
  await withReduced(session, { logs: [], store }, (file) => {
    for (const { voucher } of file.vouchers()) {
      const { user, key, modelId } = voucher;
      const name = nameOf({ place: { user, key }, modelId: Number(modelId) });
      if (names.has(name)) stored.set(name, voucher);
    }
    return Promise.resolve();
  });
  return all.flatMap((series) => differencesOf(series, stored.get(nameOf(series))));
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

import { existsSync } from "node:fs";

import type { UnsignedVoucher, Voucher } from "../../../sdk/src/signing/voucher.ts";
import { jsonOfVoucher, voucherOfJson } from "../../../sdk/src/signing/voucherJson.ts";
import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import type { Session } from "../chain/session.ts";
import { writeAtomically } from "../command/atomicFile.ts";
import { CommandError } from "../command/commandError.ts";
import { withLock } from "../command/fileLock.ts";
import { shownPath } from "../command/textFile.ts";
import { readRows, skippedFor, valuesOf } from "./rows.ts";
import type { Placed, RowsRead } from "./rows.ts";
import { placeOf } from "./signedHere.ts";

/** A file of vouchers that has been read; what its rows are, is looked at one by one. */
export interface VoucherFile {
  path: string;
  entries: unknown[];
}

/** What vouchers count up: the same user, key and model. */
type Series = Pick<UnsignedVoucher, "user" | "key" | "modelId">;

/** How long to wait for another process that writes into the same file [ms]. */
const WRITING = 10_000;

/** Reads a file of vouchers. */
export const readVoucherFile = (path: string): VoucherFile => ({ path, entries: readRows("voucher file", path) });

/** The vouchers of a file, for settling them: of each series the one with the largest sums. */
export function vouchersIn(session: Session, { entries }: VoucherFile): RowsRead<Voucher> {
  const { rows, skipped } = allVouchersIn(session, entries);
  const newest = new Map<string, Placed<Voucher>>();
  for (const placed of rows) {
    const series = nameOf(placed.value);
    const rival = newest.get(series);
    if (rival === undefined || isLater(placed.value, rival.value)) newest.set(series, placed);
  }
  const good = rows.filter((placed) => newest.get(nameOf(placed.value)) === placed);
  const older = rows.filter((placed) => newest.get(nameOf(placed.value)) !== placed);
  return {
    rows: good,
    skipped: [
      ...skipped,
      ...older.map(({ row, value: { user, key, modelId, ...sums } }) => {
        const later = newest.get(nameOf({ user, key, modelId }))!; // it has the series
        const isSame = isEqual(sums, later.value);
        return {
          ...{ file: "vouchers" as const, row, modelId: Number(modelId), user, key, id: null },
          skipped: isSame ? ("duplicate" as const) : ("superseded" as const),
          reason: `the voucher at row ${later.row.toString()} of the same user, key and model ${isSame ? "says the same" : "says more"}`,
        };
      }),
    ].sort((one, other) => one.row - other.row),
  };
}

/** All vouchers of a file that are good for this chain and meter. */
function allVouchersIn(session: Session, entries: unknown[]): RowsRead<Voucher> {
  const place = placeOf(session);
  return valuesOf("vouchers", entries, (entry) => {
    const read = voucherOfJson(place, entry);
    if (!read.ok) throw skippedFor(read);
    return read.voucher;
  });
}

/** The sums of the voucher that a file has for a series; undefined if it has none, or does not exist. */
export function sumsInFile(session: Session, path: string, series: Series): UsageRow | undefined {
  if (!existsSync(path)) return undefined;
  const { rows } = vouchersIn(session, readVoucherFile(path));
  return rows.find(({ value }) => nameOf(value) === nameOf(series))?.value;
}

/**
 * Adds a voucher to a file, in the place of earlier ones of its series; what else stands there stays, readable or not.
 * Returns how many the file has then.
 */
export async function addToFile(session: Session, path: string, voucher: Voucher): Promise<number> {
  const entry = jsonOfVoucher(placeOf(session), voucher);
  const busy = (pid: number) =>
    `The process ${pid.toString()} writes into ${shownPath(path)}: wait until it has finished.`;
  return await withLock(`${path}.lock`, { patience: WRITING, busy }, () => {
    const before = existsSync(path) ? readVoucherFile(path).entries : [];
    const replaced = new Set(
      allVouchersIn(session, before)
        .rows.filter(({ value }) => nameOf(value) === nameOf(voucher))
        .map(({ row }) => row),
    );
    const entries = [...before.filter((_, index) => !replaced.has(index + 1)), entry];
    try {
      writeAtomically(path, `${JSON.stringify(entries, null, 2)}\n`);
    } catch {
      throw new CommandError(`The voucher file ${shownPath(path)} cannot be written: name another file.`);
    }
    return Promise.resolve(entries.length);
  });
}

/** A series as a text, to tell it from others. */
const nameOf = ({ user, key, modelId }: Series) => `${user} ${key} ${modelId.toString()}`;

/** Whether a voucher says more than another of its series: nobody pays less for more. */
const isLater = (one: UsageRow, other: UsageRow) =>
  one.paid !== other.paid
    ? one.paid > other.paid
    : one.list !== other.list
      ? one.list > other.list
      : one.units > other.units;

const isEqual = (one: UsageRow, other: UsageRow) =>
  one.paid === other.paid && one.list === other.list && one.units === other.units;

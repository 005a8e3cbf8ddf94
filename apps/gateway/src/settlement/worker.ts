import { openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

import { flaw } from "../../../../sdk/src/signing/flaw.ts";
import { loadCryptography } from "../signatures/cryptography.ts";
import type { CurveKind } from "../signatures/curve.ts";
import { SERIES_BYTES } from "../signatures/voucherDigest.ts";
import { judgeOf, quickJudgeOf } from "./judge.ts";
import type { Verdict } from "./judge.ts";
import { rowReader, seriesReader, sumsOf } from "./logRow.ts";
import type { LogRow, RowFlaw } from "./logRow.ts";
import { LONGEST, readPart } from "./parts.ts";
import type { Part } from "./parts.ts";
import type { Meter } from "./request.ts";
import { PackedRows } from "./packedRows.ts";
import type { Place, Row, Sums } from "./packedRows.ts";
import { SeriesTable } from "./seriesTable.ts";
import { EXAMPLES } from "./tasks.ts";
import type { Found, Judged, Scanned, Task } from "./tasks.ts";
import { usualRowReader } from "./usualRow.ts";

const { meter, parts, curve } = workerData as { meter: Meter; parts: readonly Part[]; curve: CurveKind | null };
const port = parentPort!; // it is a worker
const cryptography = await loadCryptography(curve ?? undefined);
const [judge, quickJudge] = [judgeOf(meter, cryptography), quickJudgeOf(meter, cryptography)];
const [read, readUsual, seriesOf] = [rowReader(meter), usualRowReader(meter), seriesReader()];

let newest = new SeriesTable();
/** The series of which all rows are wanted. */
let watched = new SeriesTable();
const files = new Map<string, number>();
const buffer = Buffer.alloc(LONGEST);

/** Tells every row of a part that has sums, with its series, and counts the others. */
function scan(
  part: number,
  found: (series: Uint32Array, sums: Sums, place: Place, signature?: Uint8Array) => void,
): Scanned {
  const scanned: Scanned = { part, rows: 0, unreadable: 0, foreign: 0, examples: [] };
  const { path } = parts[part]!; // it was asked for
  readPart(parts[part]!, (bytes, offset) => {
    const row = scanned.rows++;
    const usual = bytes === undefined ? undefined : readUsual(bytes);
    if (usual !== undefined) {
      found(usual.series, usual.sums, { part, offset, length: bytes!.length, row }, usual.signature);
      return;
    }
    const value = bytes === undefined ? "unreadable" : read(bytes.toString("latin1"));
    const sums = typeof value === "string" ? undefined : sumsOf(value, meter.usdcDecimals);
    if (typeof value !== "string" && sums !== undefined) {
      found(seriesOf(value), sums, { part, offset, length: bytes!.length, row });
      return;
    }
    const reason = value === "foreign" ? value : "unreadable";
    ++scanned[reason];
    if (scanned.examples.length < EXAMPLES) scanned.examples.push({ path, part, row, reason });
  });
  return scanned;
}

/** The row at a place: what was read there before. */
function rowAt({ part, offset, length }: Place): LogRow | RowFlaw {
  const { path } = parts[part]!; // it was read
  let file = files.get(path);
  if (file === undefined) files.set(path, (file = openSync(path, "r")));
  readSync(file, buffer, 0, length, offset);
  return read(buffer.toString("latin1", 0, length));
}

/** @param keys The series of the rows, one behind the other; none for rows whose signatures are not known. */
function judgeAll(rows: PackedRows, keys: Uint32Array): Judged {
  let good = "";
  const bad: Judged["bad"] = [];
  const series = new Uint8Array(keys.buffer, keys.byteOffset, keys.byteLength);
  for (let index = 0; index < rows.length; ++index) {
    const signature = rows.signatureAt(index);
    const isKnown = signature[64] !== 0;
    const quick = isKnown
      ? quickJudge(series.subarray(index * SERIES_BYTES, (index + 1) * SERIES_BYTES), rows.sumsAt(index), signature)
      : undefined;
    const found = quick === undefined ? judgeRow(rows.rowAt(index)) : { ok: true as const, voucher: quick };
    if (found.ok) good += `${JSON.stringify(found.voucher)}\n`;
    else bad.push({ index, place: rows.placeAt(index), reason: found.reason, sentence: found.sentence });
  }
  return { count: rows.length, good: new TextEncoder().encode(good), bad };
}

function judgeRow({ place, sums }: Row): Verdict {
  const row = rowAt(place);
  return typeof row === "string" ? flaw(row, "The file has changed meanwhile.") : judge(row, sums);
}

port.on("message", (task: Task) => {
  switch (task.task) {
    case "scan":
      port.postMessage(
        scan(task.part, (series, sums, place, signature) => {
          newest.add(series, sums, place, signature);
        }),
      );
      return;
    case "newest": {
      const handed = newest.handOver();
      newest = new SeriesTable(1); // nothing is scanned for it any more
      const { keys, sums, places, signatures } = handed;
      port.postMessage(handed, [keys.buffer, sums.buffer, places.buffer, signatures.buffer]);
      return;
    }
    case "watch":
      watched = SeriesTable.from(task.series);
      port.postMessage(null);
      return;
    case "older": {
      const found: Found[] = [];
      scan(task.part, (key, sums, place) => {
        const series = watched.find(key);
        if (series >= 0) found.push({ series, sums, place });
      });
      port.postMessage(found);
      return;
    }
    case "judge": {
      const judged = judgeAll(new PackedRows(task.rows), task.keys);
      port.postMessage(judged, [judged.good.buffer]);
    }
  }
});
port.postMessage(cryptography.kind);

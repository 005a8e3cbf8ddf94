import { openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

import { loadCryptography } from "../signatures/cryptography.ts";
import type { CurveKind } from "../signatures/curve.ts";
import { judgeOf } from "./judge.ts";
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

const { meter, parts, curve } = workerData as { meter: Meter; parts: readonly Part[]; curve: CurveKind | null };
const port = parentPort!; // it is a worker
const cryptography = await loadCryptography(curve ?? undefined);
const judge = judgeOf(meter, cryptography);
const [read, seriesOf] = [rowReader(meter), seriesReader()];

let newest = new SeriesTable();
/** The series of which all rows are wanted. */
let watched = new SeriesTable();
const files = new Map<string, number>();
const buffer = Buffer.alloc(LONGEST);

/** Tells every good row of a part with its series, and counts the others. */
function scan(part: number, found: (key: Uint32Array, sums: Sums, place: Place) => void): Scanned {
  const scanned: Scanned = { part, rows: 0, unreadable: 0, foreign: 0, examples: [] };
  const { path } = parts[part]!; // it was asked for
  readPart(parts[part]!, (bytes, offset) => {
    const row = scanned.rows++;
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

function judgeAll(rows: PackedRows): Judged {
  let good = "";
  const bad: Judged["bad"] = [];
  for (let index = 0; index < rows.length; ++index) {
    const row = rows.rowAt(index);
    const found = judgeRow(row);
    if (typeof found === "string") good += `${found}\n`;
    else bad.push({ index, place: row.place, ...found });
  }
  return { count: rows.length, good: new TextEncoder().encode(good), bad };
}

/** A good row as JSON, or why it is none. */
function judgeRow({ place, sums }: Row): string | Pick<Judged["bad"][number], "reason" | "sentence"> {
  const row = rowAt(place);
  if (typeof row === "string") return { reason: row, sentence: "The file has changed meanwhile." };
  const found = judge(row, sums);
  if (!found.ok) return { reason: found.reason, sentence: found.sentence };
  const openedAt = row.openedAt ?? null;
  return JSON.stringify({ ...found.voucher, open: sums.open.toString(), openedAt });
}

port.on("message", (task: Task) => {
  switch (task.task) {
    case "scan":
      port.postMessage(
        scan(task.part, (key, sums, place) => {
          newest.add(key, sums, place);
        }),
      );
      return;
    case "newest": {
      const handed = newest.handOver();
      newest = new SeriesTable(1);
      port.postMessage(handed, [handed.keys.buffer, handed.sums.buffer, handed.places.buffer]);
      return;
    }
    case "watch":
      watched = new SeriesTable();
      watched.merge(task.series);
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
      const judged = judgeAll(new PackedRows(task.rows));
      port.postMessage(judged, [judged.good.buffer]);
    }
  }
});
port.postMessage(cryptography.kind);

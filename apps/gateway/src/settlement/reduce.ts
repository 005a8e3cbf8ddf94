import { createReadStream, createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";

import type { LogFile } from "./logFiles.ts";
import type { Place } from "./packedRows.ts";
import { partsOf } from "./parts.ts";
import type { Request } from "./request.ts";
import { rescue } from "./rescue.ts";
import type { Lost, Rescued } from "./rescue.ts";
import { SeriesTable } from "./seriesTable.ts";
import { BadRows } from "./summary.ts";
import type { Summary } from "./summary.ts";
import { Workers } from "./tasks.ts";
import type { Judged, Scanned } from "./tasks.ts";

/** Rows that a worker judges at once. */
const AT_ONCE = 1_000;

/** A file of JSON lines, and the file that its rows were in. */
export interface JsonLog extends Pick<LogFile, "path" | "size"> {
  /** What it is called, as the operator knows it. */
  name: string;
}

/** Tells how far a run has come. */
export type Tell = (step: "reading" | "checking", done: number, of: number) => void;

/**
 * Reduces logs to the newest good voucher of each series, and writes them as JSON lines, the highest open value first. A row
 * that is bad in any way costs no other: if it is the newest of its series, the next older good one is taken.
 */
export async function reduceLogs(
  { meter, folder, curve }: Pick<Request, "meter" | "folder" | "curve">,
  logs: readonly JsonLog[],
  tell: Tell,
): Promise<Summary> {
  const parts = logs.flatMap(({ path, size, name }) => partsOf(path, size).map((part) => ({ ...part, name })));
  const workers = await Workers.start(meter, parts, curve);
  try {
    const badRows = new BadRows();
    const scanned = await scanAll(workers, parts, badRows, tell);
    const placeOf = placesIn(parts, scanned);
    for (const { examples } of scanned) {
      for (const { part, row, reason } of examples) {
        badRows.keep({ ...placeOf({ part, row }), reason, sentence: SENTENCES[reason] });
      }
    }
    const newest = await newestOf(workers);

    const tellBad = ({ place, reason, sentence }: Judged["bad"][number]) => {
      badRows.count(reason, 1);
      badRows.keep({ ...placeOf(place), reason, sentence });
    };
    const out = join(folder, "vouchers.jsonl");
    const { good, lost } = await judgeNewest(workers, newest, out, tellBad, tell);
    const rescued = lost.length === 0 ? [] : await rescue(workers, parts.length, lost, tellBad);
    const vouchers = rescued.length === 0 ? out : await mergeInto(join(folder, "all-vouchers.jsonl"), out, rescued);
    const rows = scanned.reduce((sum, part) => sum + part.rows, 0);
    return {
      ...{ rows, series: newest.size, good: good + rescued.length },
      superseded: rows - good - rescued.length - badRows.total,
      ...{ bad: badRows.counts, examples: badRows.examples, signatures: workers.kind, vouchers },
    };
  } finally {
    await workers.stop();
  }
}

const SENTENCES = {
  unreadable: "It is no voucher: a value is missing, or is of another kind.",
  foreign: "It is for another chain or another meter.",
} as const;

/** Reads all parts; every worker keeps the newest rows that it has seen. */
async function scanAll(
  workers: Workers,
  parts: readonly { from: number; to: number }[],
  badRows: BadRows,
  tell: Tell,
): Promise<Scanned[]> {
  const scanned: Scanned[] = [];
  const size = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  let done = 0;
  const questions = parts.map((_, part) => ({ part }));
  await workers.askAll("scan", questions, (answer) => {
    scanned.push(answer);
    badRows.count("unreadable", answer.unreadable);
    badRows.count("foreign", answer.foreign);
    const { from, to } = parts[answer.part]!; // it was asked for
    tell("reading", (done += to - from), size);
  });
  return scanned;
}

/** The newest rows that any worker has seen, taken over one worker after another. */
async function newestOf(workers: Workers): Promise<SeriesTable> {
  let newest: SeriesTable | undefined;
  await workers.askEach("newest", {}, (table) => {
    if (newest === undefined) newest = SeriesTable.from(table);
    else newest.merge(table);
  });
  return newest!; // every machine has a core
}

/** Where a row stands, as people count: its file, and its number among the rows of the file. */
function placesIn(parts: readonly { path: string; name: string }[], scanned: readonly Scanned[]) {
  const rowsBefore: number[] = [];
  for (const [index, { path }] of parts.entries()) {
    const isFirst = parts[index - 1]?.path !== path;
    rowsBefore.push(isFirst ? 0 : rowsBefore[index - 1]! + scanned[index - 1]!.rows); // there is one before
  }
  return ({ part, row }: Pick<Place, "part" | "row">) => ({
    file: parts[part]!.name,
    row: rowsBefore[part]! + row + 1, // it was read
  });
}

/** Judges the newest row of each series, and writes the good ones. */
async function judgeNewest(
  workers: Workers,
  newest: SeriesTable,
  out: string,
  bad: (found: Judged["bad"][number]) => void,
  tell: Tell,
): Promise<{ good: number; lost: Lost[] }> {
  const [order, rows, lost] = [newest.byOpen(), newest.rows, [] as Lost[]];
  const questions = function* () {
    for (let from = 0; from < order.length; from += AT_ONCE) {
      const entries = order.subarray(from, from + AT_ONCE);
      yield { rows: rows.picked(entries).handed(), keys: newest.keysOf(entries) };
    }
  };
  const file = createWriteStream(out);
  let done = 0;
  await workers.askAll("judge", questions(), async ({ count, good, bad: found }) => {
    for (const one of found) {
      const entry = order[done + one.index]!; // it was asked for
      lost.push({ key: newest.keyOf(entry), newest: rows.rowAt(entry) });
      bad(one);
    }
    done += count;
    tell("checking", done, order.length);
    if (!file.write(good)) await once(file, "drain");
  });
  file.end();
  await finished(file);
  return { good: order.length - lost.length, lost };
}

/** Writes the lines of a file and those that were found later into another file, in one order. */
async function mergeInto(path: string, written: string, rescued: readonly Rescued[]): Promise<string> {
  const rest = [...rescued].sort((one, other) => (one.row.sums.open < other.row.sums.open ? -1 : 1));
  const file = createWriteStream(path);
  const write = async (line: string) => {
    if (!file.write(`${line}\n`)) await once(file, "drain");
  };
  for await (const line of createInterface({ input: createReadStream(written) })) {
    const open = BigInt((JSON.parse(line) as { open: string }).open);
    while (rest.length !== 0 && rest.at(-1)!.row.sums.open > open) await write(rest.pop()!.line); // it is not empty
    await write(line);
  }
  while (rest.length !== 0) await write(rest.pop()!.line); // it is not empty
  file.end();
  await finished(file);
  return path;
}

import { PackedRows, isLater } from "./packedRows.ts";
import type { Row } from "./packedRows.ts";
import { SeriesTable } from "./seriesTable.ts";
import type { Found, Judged, Workers } from "./tasks.ts";

/** A series whose newest row is bad. */
export interface Lost {
  key: Uint32Array;
  /** The row that is bad. */
  newest: Row;
}

/** What was found in the place of a bad row. */
export interface Rescued {
  row: Row;
  line: string;
}

/** Rows that a worker judges at once. */
const AT_ONCE = 500;

/**
 * Finds the next older row of each series that is good. All logs are read once more for it, but only as many signatures are
 * looked at as there are bad ones, and of each series at most twice as many.
 */
export async function rescue(
  workers: Workers,
  parts: number,
  lost: readonly Lost[],
  bad: (found: Judged["bad"][number]) => void,
): Promise<Rescued[]> {
  const series = new SeriesTable();
  for (const { key, newest } of lost) series.add(key, newest.sums, newest.place);
  await workers.askEach("watch", { series: series.handOver() }, () => undefined);
  const older: Found[][] = lost.map(() => []);
  const questions = Array.from({ length: parts }, (_, part) => ({ part }));
  await workers.askAll("older", questions, (found) => {
    for (const row of found) older[row.series]!.push(row); // it is one of them
  });
  const rescued: Rescued[] = [];
  let open = lost.map(({ newest }, index) => ({ rest: otherRows(newest, older[index]!), tried: 1 })); // one each
  while (open.length !== 0) {
    const asked = open.map(({ rest, tried }) => rest.slice(0, tried));
    const lines = await judged(workers, asked.flat(), bad);
    let at = 0;
    open = open.flatMap(({ rest, tried }, index) => {
      const rows = asked[index]!; // one each
      const answers = lines.slice(at, (at += rows.length));
      const first = answers.findIndex((line) => line !== undefined);
      if (first >= 0) rescued.push({ row: rows[first]!, line: answers[first]! }); // it was found
      return first >= 0 || rest.length <= tried ? [] : [{ rest: rest.slice(tried), tried: 2 * tried }];
    });
  }
  return rescued;
}

/** All rows of a series but one, the largest sums first. */
const otherRows = ({ place }: Row, rows: readonly Found[]): Found[] =>
  rows
    .filter((row) => row.place.part !== place.part || row.place.offset !== place.offset)
    .sort((one, other) => (isLater(one.sums, other.sums) ? -1 : isLater(other.sums, one.sums) ? 1 : 0));

/** The good ones of some rows as JSON, undefined for the others. */
async function judged(
  workers: Workers,
  rows: readonly Row[],
  bad: (found: Judged["bad"][number]) => void,
): Promise<(string | undefined)[]> {
  const lines: (string | undefined)[] = [];
  const questions = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = PackedRows.of(Math.min(AT_ONCE, rows.length - from));
    for (let index = 0; index < some.length; ++index)
      some.set(index, rows[from + index]!.sums, rows[from + index]!.place); // within
    questions.push({ rows: some.handed(), keys: new Uint32Array() }); // they are read from their files
  }
  await workers.askAll("judge", questions, (answer) => {
    const good = new TextDecoder().decode(answer.good).split("\n");
    const isBad = new Set(answer.bad.map(({ index }) => index));
    for (let index = 0, at = 0; index < answer.count; ++index) lines.push(isBad.has(index) ? undefined : good[at++]);
    answer.bad.forEach(bad);
  });
  return lines;
}

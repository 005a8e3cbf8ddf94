import { closeSync, openSync, readSync } from "node:fs";

/** A part of a log: what one worker reads at once. */
export interface Part {
  path: string;
  /** Its bytes. A row belongs to the part in which it begins. */
  from: number;
  to: number;
}

/** [bytes] */
const PART = 1 << 26;
const CHUNK = 1 << 22;
/** A row that is longer is none: a good one has less than half of it [bytes]. */
export const LONGEST = 1 << 12;
const NEWLINE = 10;

/** The parts of a file. */
export function partsOf(path: string, size: number): Part[] {
  return Array.from({ length: Math.ceil(size / PART) }, (_, index) => ({
    path,
    from: index * PART,
    to: Math.min(size, (index + 1) * PART),
  }));
}

/**
 * Reads the rows of a part, without empty ones.
 * @param found Is told the text of each, in one byte for each character, and where it begins; undefined instead of a text
 * that is too long for a row. It must not keep the buffer.
 */
export function readPart({ path, from, to }: Part, found: (row: Buffer | undefined, offset: number) => void): void {
  const file = openSync(path, "r");
  try {
    const chunk = Buffer.allocUnsafe(CHUNK + LONGEST);
    // The byte before says whether a row begins with the part, or one of the part before ends here.
    let [at, rest, isRow, longFrom] = [Math.max(0, from - 1), 0, from === 0, -1];
    for (;;) {
      const read = readSync(file, chunk, rest, CHUNK, at);
      const [end, base] = [rest + read, at - rest];
      at += read;
      let start = 0;
      const offset = () => (longFrom < 0 ? base + start : longFrom);
      for (;;) {
        if (isRow && offset() >= to) return;
        const newline = chunk.subarray(0, end).indexOf(NEWLINE, start);
        if (newline < 0) break;
        if (isRow && longFrom >= 0) found(undefined, longFrom);
        else if (isRow && newline > start) found(rowIn(chunk, start, newline), base + start);
        [start, isRow, longFrom] = [newline + 1, true, -1];
      }
      rest = end - start;
      if (read === 0) {
        if (isRow && (longFrom >= 0 || rest > 0)) found(longFrom < 0 ? rowIn(chunk, start, end) : undefined, offset());
        return;
      }
      if (rest > LONGEST)
        [longFrom, rest] = [offset(), 0]; // only its end is waited for
      else chunk.copyWithin(0, start, end);
    }
  } finally {
    closeSync(file);
  }
}

const rowIn = (chunk: Buffer, start: number, end: number): Buffer | undefined =>
  end - start > LONGEST ? undefined : chunk.subarray(start, end);

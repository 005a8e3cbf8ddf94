import { createReadStream, globSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { receiptFileChecker } from "../../../sdk/src/gateway/receiptFile.ts";
import type { ReceiptFile, ReceiptPlace, ReceiptSeries } from "../../../sdk/src/gateway/receiptFile.ts";
import { RECEIPTS_FILE } from "../../../sdk/src/node/folderMemory.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";
import { showCount } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../command/commandError.ts";
import { shownPath } from "../command/textFile.ts";

/** A file of receipts with what it shows. */
export interface FoundFile extends ReceiptFile {
  path: string;
}

/** A series of a file, with whose it is. */
export interface FoundSeries extends ReceiptSeries {
  file: string;
  place: ReceiptPlace;
}

/** Something that cannot be true. */
export interface Found {
  file: string;
  line: number | null;
  modelId: number | null;
  sentence: string;
}

/** Reads and checks all receipts in a folder of clients. */
export async function readReceiptFolder(folder: string, announce: (step: string) => void): Promise<FoundFile[]> {
  const paths = globSync([RECEIPTS_FILE, `*/${RECEIPTS_FILE}`], { cwd: folder }).sort();
  if (paths.length === 0) {
    throw new CommandError(`There are no receipts in ${shownPath(folder)}: name the folder that a client was given.`);
  }
  const files: FoundFile[] = [];
  for (const name of paths) files.push(await readReceiptFile(join(folder, name), announce));
  return files;
}

async function readReceiptFile(path: string, announce: (step: string) => void): Promise<FoundFile> {
  const checker = receiptFileChecker();
  let count = 0n;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    checker.add(jsonOrText(line));
    if (++count % 100n === 0n) announce(`Checking ${shownPath(path)}, lines: ${showCount(count)}`);
  }
  return { path, ...checker.result() };
}

/** A line of JSON; as text, which nothing takes for an entry, if it is none. */
function jsonOrText(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** All series of files that say whose they are. */
export const seriesIn = (files: readonly FoundFile[]): FoundSeries[] =>
  files.flatMap(({ path, place, series }) =>
    place === undefined ? [] : series.map((one) => ({ ...one, file: path, place })),
  );

/** What cannot be true in files. */
export const contradictionsIn = (files: readonly FoundFile[]): Found[] =>
  files.flatMap(({ path, place, contradictions }) => [
    ...(place === undefined
      ? [{ file: path, line: null, modelId: null, sentence: "The file does not say whose receipts they are." }]
      : []),
    ...contradictions.map(({ line, modelId = null, sentence }) => ({
      file: path,
      line,
      modelId,
      sentence: plain(sentence),
    })),
  ]);

import { globSync, statSync } from "node:fs";
import { extname } from "node:path";

import { typedText } from "../../../../sdk/src/text/plainText.ts";
import { OperatorError } from "../config/operatorError.ts";

/** How a log is written. */
export type LogKind = "json" | "csv" | "parquet";

/** A file of a log. */
export interface LogFile {
  path: string;
  kind: LogKind;
  /** [bytes] */
  size: number;
}

const KINDS: Readonly<Record<string, LogKind>> = {
  ".jsonl": "json",
  ".ndjson": "json",
  ".json": "json",
  ".csv": "csv",
  ".parquet": "parquet",
};

/**
 * The files that patterns name, each once.
 * @throws OperatorError if a pattern names none, or one of a kind that is not read.
 */
export function logFilesOf(patterns: readonly string[]): LogFile[] {
  const paths = patterns.flatMap((pattern) => {
    const found = globSync(pattern).sort();
    if (found.length === 0)
      throw new OperatorError(`There is no file "${typedText(pattern)}": name a log of vouchers.`);
    return found;
  });
  return [...new Set(paths)].map((path) => {
    const [kind, stat] = [KINDS[extname(path).toLowerCase()], statSync(path)];
    if (kind !== undefined && stat.isFile()) return { path, kind, size: stat.size };
    const kinds = Object.keys(KINDS).join(", ");
    throw new OperatorError(`"${typedText(path)}" is no log of vouchers: its name must end with one of ${kinds}.`);
  });
}

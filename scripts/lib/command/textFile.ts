import { readFileSync } from "node:fs";
import { relative } from "node:path";

import JSON5 from "json5";
import type { z } from "zod";

import { CommandError } from "./commandError.ts";

/** A file's path as people like to read it. */
export const shownPath = (file: string) => relative(process.cwd(), file) || file;

/** Reads a file that the user named. */
export function readNamedFile(what: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new CommandError(`The ${what} ${shownPath(file)} cannot be read: name an existing file.`);
  }
}

/** Reads a JSON5 file and checks it against a schema; every mistake is named with its key. */
export function readJson5<Schema extends z.ZodType>(what: string, file: string, schema: Schema): z.infer<Schema> {
  const text = readNamedFile(what, file).toString("utf8");
  let raw: unknown;
  try {
    raw = JSON5.parse(text);
  } catch (error) {
    throw new CommandError(`The ${what} ${shownPath(file)} is not valid JSON5: ${(error as Error).message}.`);
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const causes = parsed.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `\`${path.join(".")}\` ${message}`,
    );
    throw new CommandError(`The ${what} ${shownPath(file)} needs a change: ${causes.join("; ")}.`);
  }
  return parsed.data;
}

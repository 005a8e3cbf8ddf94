import { readFileSync } from "node:fs";
import { relative } from "node:path";

import type { z } from "zod";

import { Json5Error, parseJson5 } from "../../../deploy/config/json5.ts";
import { CommandError } from "./commandError.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

/** A file's path as people like to read it. */
export const shownPath = (file: string) => plain(relative(process.cwd(), file) || file);

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
  const bytes = readNamedFile(what, file);
  let raw: unknown;
  try {
    raw = parseJson5(bytes);
  } catch (error) {
    if (!(error instanceof Json5Error)) throw error;
    throw new CommandError(`The ${what} ${shownPath(file)} ${error.message}.`);
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const causes = parsed.error.issues.map(({ path, message }) =>
      plain(path.length === 0 ? message : `\`${path.join(".")}\` ${message}`),
    );
    throw new CommandError(`The ${what} ${shownPath(file)} needs a change: ${causes.join("; ")}.`);
  }
  return parsed.data;
}

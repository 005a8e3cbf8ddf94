import { readFileSync } from "node:fs";
import { relative } from "node:path";

import JSON5 from "json5";
import type { z } from "zod";

import { CommandError } from "./commandError.ts";
import { plain, quoted } from "./plainText.ts";

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

/** The text of a file that the user named. What is no UTF-8 is refused: replaced, it would be sent as something else. */
function readNamedText(what: string, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readNamedFile(what, file));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`The ${what} ${shownPath(file)} is not UTF-8: save it as such.`);
  }
}

/** Reads a JSON5 file and checks it against a schema; every mistake is named with its key. */
export function readJson5<Schema extends z.ZodType>(what: string, file: string, schema: Schema): z.infer<Schema> {
  const text = readNamedText(what, file);
  let raw: unknown;
  try {
    raw = JSON5.parse(text);
  } catch (error) {
    throw new CommandError(`The ${what} ${shownPath(file)} is not valid JSON5: ${quoted((error as Error).message)}.`);
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

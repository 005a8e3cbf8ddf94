import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file so that after a crash it has either its old or its new content, never a part of one. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  const descriptor = openSync(draft, "w");
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}

/** Adds a line to a file in which every line begins with its line break, as Ignition's journal does. */
export function appendLine(file: string, line: string): void {
  const descriptor = openSync(file, "a");
  try {
    writeSync(descriptor, `\n${line}`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file as a whole: whoever reads it, now or after a crash, finds the former text or the new one, never a part.
 * Folders on the way are made.
 */
export function writeAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeBy(renameSync, path, text);
}

/**
 * The same for a file that must not exist yet, in a folder that does.
 * @throws An error with the code EEXIST if there is a file of that name.
 */
export function writeNewAtomically(path: string, text: string): void {
  writeBy(linkSync, path, text); // unlike a renaming, it refuses a name that is taken
}

/** Writes a draft beside the file, and lets it take the file's name when it is whole. */
function writeBy(take: (draft: string, path: string) => void, path: string, text: string): void {
  const draft = `${path}.${process.pid.toString()}.part`;
  try {
    const file = openSync(draft, "w");
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    take(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

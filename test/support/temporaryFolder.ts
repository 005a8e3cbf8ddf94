import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for the files of a suite, which is removed after it. To be called inside `describe`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fomo-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Session } from "../chain/session.ts";
import { askApp } from "./app.ts";
import type { AppRequest, Reduced } from "./app.ts";
import { ReducedFile } from "./reducedFile.ts";

/** Has logs and a store reduced, does some work with the file of good vouchers, and removes it. */
export async function withReduced<Result>(
  session: Session,
  { logs, store }: Pick<AppRequest, "logs" | "store">,
  work: (file: ReducedFile, reduced: Reduced) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "fomo-vouchers-"));
  try {
    const { summary } = await askApp(session, { logs, store, usageDays: null, folder });
    const reduced = summary!; // it was asked for
    const file = new ReducedFile(reduced.vouchers);
    try {
      return await work(file, reduced);
    } finally {
      file.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

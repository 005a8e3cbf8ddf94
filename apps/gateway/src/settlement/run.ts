import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";

import { logFilesOf } from "./logFiles.ts";
import { reduceLogs } from "./reduce.ts";
import type { JsonLog, Tell } from "./reduce.ts";
import type { Request } from "./request.ts";
import { openStore } from "./store.ts";
import type { Days, Store } from "./store.ts";
import { requirePlace, storedLog } from "./storedLog.ts";
import type { Summary } from "./summary.ts";
import { tablesAsJson } from "./tables.ts";

/** Reduces logs and what a store has to the newest good voucher of each series. */
export async function reduceAll(request: Request, token: string | undefined, tell: Tell): Promise<Summary> {
  const files = logFilesOf(request.logs);
  const lines = files.filter(({ kind }) => kind === "json").map((file): JsonLog => ({ ...file, name: file.path }));
  const tables = files.filter(({ kind }) => kind !== "json");
  const logs = [...lines, ...(await tablesAsJson(tables, request.folder, request.memory))];
  if (request.store !== null) {
    const { meter, folder } = request;
    logs.push(await withStore(request.store, token, async (store) => await storedLog(store, meter, folder)));
  }
  return await reduceLogs(request, logs, tell);
}

/** Writes what series used on days into a file, as JSON lines; returns its path. */
export async function writeUsageDays(request: Request, days: Days, token: string | undefined): Promise<string> {
  const path = join(request.folder, "usage-days.jsonl");
  await withStore(request.store ?? "", token, async (store) => {
    await requirePlace(store, request.meter);
    const file = createWriteStream(path);
    for await (const day of store.usageDays(days)) {
      const line = JSON.stringify(day, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
      if (!file.write(`${line}\n`)) await once(file, "drain");
    }
    file.end();
    await finished(file);
  });
  return path;
}

async function withStore<Result>(
  where: string,
  token: string | undefined,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(where, token);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { holderOf, releaseLock, takeLock } from "../../../sdk/src/node/lockFile.ts";
import { CommandError } from "./commandError.ts";

/** How often a lock that somebody else holds is tried again [ms]. */
const INTERVAL = 200;

/**
 * Does some work that no two processes may do at once. A lock whose process is dead is taken over.
 * @param path The file that says who is at work.
 * @param patience How long to wait for others [ms].
 * @param busy What a person is told if that was not enough; `pid` is the other process.
 */
export async function withLock<T>(
  path: string,
  { patience, busy }: { patience: number; busy: (pid: number) => string },
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const until = Date.now() + patience;
  while (!takeLock(path)) {
    if (Date.now() >= until) throw new CommandError(busy(holderOf(path) ?? process.pid));
    await sleep(INTERVAL);
  }
  try {
    return await work();
  } finally {
    releaseLock(path);
  }
}

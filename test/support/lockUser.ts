import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { withLock } from "../../scripts/lib/command/fileLock.ts";

/** What a process that uses a lock is told: the lock, and the file in which it writes that it comes and goes. */
export interface Use {
  lock: string;
  log: string;
}

// Mocha loads every file of this folder; a user of locks is only who is started as one.
if (process.argv[1] === import.meta.filename) {
  process.on("message", ({ lock, log }: Use) => {
    const work = async () => {
      appendFileSync(log, `in ${process.pid.toString()}\n`);
      await sleep(5);
      appendFileSync(log, `out ${process.pid.toString()}\n`);
    };
    void withLock(lock, { patience: 30_000, busy: () => "busy" }, work).then(() => process.send!("done"));
  });
  process.once("disconnect", () => process.exit());
  process.send!("ready");
}

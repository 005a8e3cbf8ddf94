import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

/** How long it takes at most to write a lock, or to remove a dead one [ms]. */
const MOMENT = 10_000;

/** What this process holds: a lock of its own that it does not hold is one of a former process with the same number. */
const held = new Set<string>();

/** Whether a process is alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Takes a lock if nobody alive holds it; that of a dead process is taken over.
 * @param path The file that says who holds it, in a folder that exists.
 */
export function takeLock(path: string): boolean {
  while (!take(path)) {
    if (!isDead(path) || !bury(path)) return false;
  }
  held.add(path);
  return true;
}

/** Gives back a lock that this process holds. */
export function releaseLock(path: string): void {
  held.delete(path);
  rmSync(path, { force: true });
}

/** Takes a lock if there is none. */
function take(path: string): boolean {
  if (held.has(path)) return false;
  try {
    writeFileSync(path, process.pid.toString(), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Whether nobody holds a lock any more though its file is there; one without a holder is being written, or never was. */
function isDead(path: string): boolean {
  if (held.has(path)) return false;
  const holder = holderOf(path);
  return holder === undefined ? isOld(path) : holder === process.pid || !isAlive(holder);
}

/** Whether a file is there, and older than what is done in a moment takes. */
function isOld(path: string): boolean {
  const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return since !== undefined && Date.now() - since > MOMENT;
}

/**
 * Removes the lock of a dead process. Two processes that see it dead at once must not both remove it: the second would take
 * away what the first has taken since.
 * @returns Whether it is removed.
 */
function bury(path: string): boolean {
  const grave = `${path}.dead`;
  try {
    writeFileSync(grave, "", { flag: "wx" });
  } catch {
    // Somebody else is at it; or was, and was killed between two lines.
    if (isOld(grave)) rmSync(grave, { force: true });
    return false;
  }
  if (isDead(path)) rmSync(path, { force: true });
  rmSync(grave, { force: true });
  return true;
}

/** The process that holds a lock; undefined while it is being written or taken away. */
export function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

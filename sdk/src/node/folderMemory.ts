import { createHash } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

import { FomoError } from "../errors/fomoError.ts";
import type { GatewayMemory, MemoryEntry, MemoryPlace, OpenMemory } from "../gateway/client/memory.ts";
import { holderOf, releaseLock, takeLock } from "./lockFile.ts";

/** What the client goes on with: lines of JSON, summed up whenever it begins. */
const MEMORY_FILE = "memory.jsonl";
/** What can be shown later: receipts, what was signed, and the prices of the time. The client never reads it. */
export const RECEIPTS_FILE = "receipts.jsonl";
const LOCK_FILE = "lock";

/** What is kept to be shown. */
const SHOWN = new Set<MemoryEntry["kind"]>(["gateway", "prices", "receipt", "signed"]);

/** The first line of a file of receipts, and of each part that a client begins. */
export type PlaceLine = { kind: "place" } & MemoryPlace;

/**
 * A memory in a folder: one folder in it for each gateway, user and key. What it remembers outlives the end of the process
 * at any moment. Receipts stay there to be shown later; `fomo receipts --folder` checks them.
 * @param folder It is made if it does not exist.
 */
export const folderMemory = (folder: string): GatewayMemory => ({
  open: (place) =>
    new Promise((opened) => {
      opened(openFolder(join(folder, nameOf(place)), place));
    }),
});

/** A name that says something to people and is another one for each place. */
function nameOf({ url, user, key }: MemoryPlace): string {
  const hash = createHash("sha256").update([url, user, key].join("\n")).digest("hex");
  return `${new URL(url).hostname.replaceAll(/[^\w.-]/g, "_")}-${key}-${hash.slice(0, 8)}`;
}

/**
 * Opens one place.
 * @throws FomoError `inUse` if another process has it open, `badValue` if a line of it cannot be read.
 */
function openFolder(folder: string, place: MemoryPlace): OpenMemory {
  mkdirSync(folder, { recursive: true });
  const [memory, receipts, lock] = [MEMORY_FILE, RECEIPTS_FILE, LOCK_FILE].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  if (!takeLock(lock)) {
    const holder = holderOf(lock)?.toString() ?? "that has just begun";
    throw new FomoError(
      "inUse",
      `The process ${holder} uses ${folder}: give each client a folder or a key of its own.`,
    );
  }
  try {
    const entries = linesOf(memory).map((line, index) => entryIn(line, memory, index + 1));
    linesOf(receipts); // without the rest of a line that was being written
    const shown = openSync(receipts, "a");
    let file = openSync(memory, "a");
    write(shown, { kind: "place", ...place } satisfies PlaceLine);
    const keep = (entry: MemoryEntry) => {
      if (SHOWN.has(entry.kind)) write(shown, entry);
    };
    return {
      entries,
      append: (entry) =>
        now(() => {
          keep(entry);
          write(file, entry);
        }),
      replace: (others) =>
        now(() => {
          // What was signed stands in the file of receipts since it was.
          for (const entry of others) if (entry.kind !== "signed") keep(entry);
          const draft = `${memory}.part`;
          writeFileSync(draft, others.map((entry) => `${JSON.stringify(entry)}\n`).join(""), { flush: true });
          renameSync(draft, memory);
          closeSync(file);
          file = openSync(memory, "a");
        }),
      close: () =>
        now(() => {
          for (const open of [file, shown]) closeSync(open);
          releaseLock(lock);
        }),
    };
  } catch (error) {
    releaseLock(lock);
    throw error;
  }
}

/** Writes a line. The system has it when this returns, so that the end of the process does not lose it. */
function write(file: number, entry: object): void {
  writeSync(file, `${JSON.stringify(entry)}\n`);
}

/** Does something at once, and says as a promise how it went. */
const now = (work: () => void): Promise<void> =>
  new Promise((done) => {
    work();
    done();
  });

/** The whole lines of a file; none if there is no file. What a killed process has begun to write is cut off. */
function linesOf(file: string): string[] {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  const end = text.lastIndexOf("\n") + 1;
  if (end !== text.length) truncateSync(file, Buffer.byteLength(text.slice(0, end)));
  return text.slice(0, end).split("\n").slice(0, -1);
}

function entryIn(line: string, file: string, number: number): MemoryEntry {
  try {
    return JSON.parse(line) as MemoryEntry;
  } catch {
    throw new FomoError(
      "badValue",
      `Line ${number} of ${file} cannot be read: put the file back as it was, or begin with a new key.`,
    );
  }
}

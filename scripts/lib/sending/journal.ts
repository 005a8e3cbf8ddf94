import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { identityOfSession } from "../chain/identity.ts";
import type { Session } from "../chain/session.ts";
import { writeAtomically } from "../command/atomicFile.ts";
import { CommandError } from "../command/commandError.ts";
import { isAlive } from "../../../sdk/src/node/lockFile.ts";
import { shownPath } from "../command/textFile.ts";

/**
 * What this project remembers on this machine. Not in Hardhat's cache: people empty that when a build misbehaves, and
 * `hardhat clean` does, and what was sent must not be forgotten by it.
 */
export const STATE_FOLDER = ".fomo";

/** One transaction that a command meant to send. */
export const stepSchema = z.strictObject({
  /** What it does, for people. */
  what: z.string(),
  to: z.string(),
  /** The hash of its calldata. */
  dataHash: z.string(),
  nonce: z.int(),
  /** The newest block when it was about to be sent; it can only stand in a later one. */
  afterBlock: z.int(),
  /** Known before it is sent where we sign it, afterwards where the node does. */
  hash: z.string().nullable(),
  /** Whether the same command would not do the same again: it asks the chain what is left to do. */
  repeatable: z.boolean(),
  /** Ids of what it settles, such as card rows. */
  ids: z.array(z.string()),
  outcome: z.enum(["unknown", "executed", "reverted", "void"]),
  blockNumber: z.int().nullable(),
  gasUsed: z.int().nullable(),
});

/** One transaction of a journal. */
export type Step = z.infer<typeof stepSchema>;

const runSchema = z.strictObject({
  /** The command, by `nameOfCommand`. */
  command: z.string(),
  pid: z.int(),
  startedAt: z.string(),
  steps: z.array(stepSchema),
});

/** What one run of a command has sent. */
export type Run = z.infer<typeof runSchema>;

/** Runs of this process that are not over, by their files. */
const running = new Set<string>();

/**
 * What the commands of one account on one chain have sent and told nobody yet. It is written down before it is sent, one
 * file for each run, so that no two processes write the same.
 */
export class Journal {
  readonly #folder: string;

  /**
   * @param root The project's folder.
   * @param chain What tells this chain from all others, as part of a file's name.
   */
  constructor(root: string, chain: string, account: string) {
    this.#folder = join(root, STATE_FOLDER, "journal", chain, account.toLowerCase());
  }

  /** The lock of the account: nobody else sends with it meanwhile. */
  get lock(): string {
    return join(this.#folder, "lock");
  }

  /** Begins a run. Nothing is written before it sends something. */
  begin(command: string): Run {
    const run = { command, pid: process.pid, startedAt: new Date().toISOString(), steps: [] };
    running.add(this.#fileOf(run));
    return run;
  }

  /** Runs whose process has ended without telling anybody what it had sent, the oldest first. */
  abandoned(): Run[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => join(this.#folder, name))
      .filter((file) => !running.has(file))
      .map(readRun)
      .filter((run) => run !== undefined && (run.pid === process.pid || !isAlive(run.pid)))
      .map((run) => run!); // filtered
  }

  /** Writes down how a run stands. */
  keep(run: Run): void {
    const file = this.#fileOf(run);
    if (run.steps.length === 0) rmSync(file, { force: true });
    else writeAtomically(file, `${JSON.stringify(run, null, 2)}\n`);
  }

  /** Forgets what is known of a run, because it has been told; keeps the steps whose outcome nobody knows. */
  end(run: Run): void {
    if (run.steps.length !== 0) this.keep({ ...run, steps: run.steps.filter(({ outcome }) => outcome === "unknown") });
    running.delete(this.#fileOf(run));
  }

  #fileOf({ startedAt, pid }: Run): string {
    return join(this.#folder, `${startedAt.replaceAll(":", "-")}-${pid.toString()}.json`);
  }
}

/** The journal of an account on the session's chain. */
export async function journalOf(session: Session, account: string): Promise<Journal> {
  return new Journal(session.root, await identityOfSession(session), account);
}

/** Forgets what is remembered of a local chain that is gone. */
export function forgetChain(root: string, chain: string): void {
  for (const kind of ["journal", "cards"]) {
    rmSync(join(root, STATE_FOLDER, kind, chain), { recursive: true, force: true });
  }
}

/** A run from its file; undefined if its process has ended it meanwhile. */
function readRun(file: string): Run | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (existsSync(file)) throw error;
    return undefined;
  }
  const parsed = runSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new CommandError(
    `The journal ${shownPath(file)} is damaged, so that it does not say what was sent: look the account's latest transactions up, then remove the file.`,
  );
}

/** The value of a JSON text; undefined if it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

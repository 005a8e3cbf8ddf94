import { resolve } from "node:path";

import type { Action } from "../../../sdk/src/actions/action.ts";
import { addressOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { writeNewAtomically } from "../command/atomicFile.ts";
import { CommandError } from "../command/commandError.ts";
import { shownPath } from "../command/textFile.ts";
import { safeBatch, safeCallsOf } from "../../../sdk/src/actions/safe.ts";
import { WrittenForSafe } from "./writtenForSafe.ts";

/** Options of a command whose steps a multisig can take. */
export interface SafeArguments {
  from: string | undefined;
  safeFile: string | undefined;
}

/** What is written into a file instead of being sent. */
export interface SafePlan {
  /** What the steps are about, in a few words. */
  name: string;
  /** Whose Safe it is, if `--from` does not say so: who holds the role or the seat. */
  holder: () => Promise<string | undefined>;
  /** What the Safe is to do. */
  steps: (safe: string) => Action[];
}

/**
 * Writes steps into the file that `--safe-file` names, for Safe's Transaction Builder, and ends the command: nothing is
 * sent. Each call is simulated from the Safe first, as the chain is now. No key is needed.
 * @throws WrittenForSafe with the command's document.
 * @throws CommandError if nobody says whose Safe it is, or the file exists.
 */
export async function writeSafeFile(
  session: Session,
  { from, safeFile }: SafeArguments,
  { name, holder, steps }: SafePlan,
): Promise<never> {
  const file = resolve(safeFile!); // asked for by who calls this
  const { out, chainId, sending } = session;
  if (sending.options.dryRun) throw new CommandError("Name either --safe-file or --dry-run, not both.");
  const safe = await safeOf(session, from, holder);
  const calls = safeCallsOf(steps(safe));
  for (const { to, data } of calls) {
    await session.connection.ethers.provider.call({ from: safe, to, data, ...session.now });
  }
  if (calls.length === 0) {
    out.say(`There is nothing to do for ${safe}: no file was written.`);
    throw new WrittenForSafe({ safeFile: null, safe, calls, transactions: [] });
  }
  const batch = safeBatch({ chainId, safe, name: `FOMO: ${name}` }, calls, Date.now());
  writeNew(file, `${JSON.stringify(batch, null, 2)}\n`);
  const count = calls.length === 1 ? "1 call" : `${calls.length.toString()} calls`;
  out.say(`Wrote ${count} of ${safe} into ${shownPath(file)} for Safe's Transaction Builder; nothing was sent:`);
  for (const { what, to, data } of calls) out.say(`  ${what}: ${data.slice(0, 10)} to ${to}`);
  throw new WrittenForSafe({ safeFile: file, safe, calls, transactions: [] });
}

/** Whose Safe it is. */
async function safeOf(session: Session, from: string | undefined, holder: SafePlan["holder"]): Promise<string> {
  const safe = from === undefined ? await holder() : await addressOf(session, "--from", from);
  if (safe === undefined) throw new CommandError("Say whose Safe makes the calls with --from, such as --from 0x….");
  return safe;
}

/** Writes a file that does not exist yet. */
function writeNew(file: string, text: string): void {
  try {
    writeNewAtomically(file, text);
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    throw new CommandError(
      exists
        ? `The Safe file ${shownPath(file)} exists and is not overwritten: name another file, or remove it.`
        : `The Safe file ${shownPath(file)} cannot be written: name a file in a folder that exists and takes files.`,
    );
  }
}

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { ContractTransactionReceipt } from "ethers";
import { z } from "zod";

import { eventsOf } from "../../../sdk/src/events/decode.ts";
import { identityOfSession } from "../chain/identity.ts";
import type { Session } from "../chain/session.ts";
import { writeAtomically } from "../command/atomicFile.ts";
import { CommandError } from "../command/commandError.ts";
import { shownPath } from "../command/textFile.ts";
import { STATE_FOLDER } from "../sending/journal.ts";

const settledSchema = z.strictObject({ transactionHash: z.string(), ids: z.array(z.string()) });

/** The ids of card rows that were settled on this chain, each with its transaction. */
export async function settledIds(session: Session): Promise<Map<string, string>> {
  const folder = await folderOf(session);
  const settled = new Map<string, string>();
  if (!existsSync(folder)) return settled;
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".json"))) {
    const { transactionHash, ids } = readSettled(join(folder, name));
    for (const id of ids) settled.set(id, transactionHash);
  }
  return settled;
}

/**
 * Remembers which card rows a transaction has settled: all that it was sent with but those that the meter skipped. One file
 * a transaction, written as a whole, so that it can be done again after an interruption.
 */
export async function settleIds(session: Session, ids: string[], receipt: ContractTransactionReceipt): Promise<void> {
  const skipped = new Set(
    eventsOf(session.deployment, receipt, "meter", "CardRowSkipped").map(({ args }) => Number(args.row)),
  );
  const { hash } = receipt;
  const settled = { transactionHash: hash, ids: ids.filter((_, index) => !skipped.has(index)) };
  writeAtomically(join(await folderOf(session), `${hash}.json`), `${JSON.stringify(settled)}\n`);
}

async function folderOf(session: Session): Promise<string> {
  const { root, protocol } = session;
  return join(root, STATE_FOLDER, "cards", await identityOfSession(session), protocol.addresses.meter.toLowerCase());
}

function readSettled(file: string): z.infer<typeof settledSchema> {
  try {
    return settledSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new CommandError(
      `${shownPath(file)} is damaged, so that it does not say which card rows its transaction has settled: restore it before you settle more.`,
    );
  }
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { HardhatArtifactResolver } from "@nomicfoundation/hardhat-ignition/helpers";
import { wipe } from "@nomicfoundation/ignition-core";
import type { ArtifactManager } from "hardhat/types/artifacts";

import { writeAtomically } from "../../command/atomicFile.ts";
import { journalFileOf, journalTexts, parseLine, stepsIn } from "./journal.ts";

/**
 * Puts right what a process that was killed, or that gave up, has left in the folder of a deployment:
 * - a last line of the journal that was cut off: it says nothing that the chain does not know;
 * - steps that Ignition gave up waiting for: it waits again for the transactions that it has sent;
 * - steps that failed: they are tried again;
 * - addresses that stand in the journal and not yet in the list of addresses, or only half of that list.
 */
export async function repairJournal(folder: string, artifacts: ArtifactManager): Promise<void> {
  const texts = journalTexts(folder);
  if (texts.length === 0) return;
  const lines = texts.filter((text, index) => {
    const line = parseLine(text);
    if (line === undefined) return index !== texts.length - 1;
    return line.type !== "ONCHAIN_INTERACTION_TIMEOUT";
  });
  if (lines.length !== texts.length) writeAtomically(journalFileOf(folder), lines.map((line) => `\n${line}`).join(""));

  for (const { id, state } of stepsIn(folder)) {
    if (state === "failed") await wipe(folder, new HardhatArtifactResolver(artifacts), id);
  }
  writeAddresses(folder);
}

/** Writes the list of a deployment's addresses as the journal has them; a kill can come between the two. */
export function writeAddresses(folder: string): void {
  const found = stepsIn(folder).flatMap(({ id, address }) => (address === undefined ? [] : [[id, address] as const]));
  if (found.length === 0) return;
  const file = join(folder, "deployed_addresses.json");
  const text = `${JSON.stringify(Object.fromEntries(found), null, 2)}\n`;
  if (!existsSync(file) || readFileSync(file, "utf8").trim() !== text.trim()) writeAtomically(file, text);
}

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { FutureType } from "@nomicfoundation/ignition-core";
import { concat, keccak256 } from "ethers";
import type { ArtifactManager } from "hardhat/types/artifacts";
import { z } from "zod";

import type { Parameters } from "../../../../deploy/config/parameters.ts";
import { chainJournalOf } from "../place.ts";
import { CommandError } from "../../command/commandError.ts";
import { plain } from "../../../../sdk/src/text/plainText.ts";
import { readJson5, shownPath } from "../../command/textFile.ts";
import { writeAtomically } from "../../command/atomicFile.ts";
import { stepsOfModule } from "../preflight/funds.ts";
import { stepsIn } from "./journal.ts";
import type { Planned } from "../preflight/preflight.ts";

/** With what a deployment was begun. It stands beside Ignition's journal, which does not know the keys of the file. */
export interface Beginning {
  deployer: string;
  /** Hash of the code of all contracts. */
  code: string;
  parameters: Parameters;
}

const beginningSchema = z.strictObject({
  deployer: z.string(),
  code: z.string(),
  parameters: z.record(z.string(), z.json()),
});

const fileOf = (folder: string) => join(folder, "beginning.json");

/** Hash of the code of all contracts that a deployment creates: two halves of a protocol must not be of two versions. */
export async function hashOfCode(artifacts: ArtifactManager): Promise<string> {
  const { default: Fomo } = await import("../../../../deploy/modules/Fomo.ts");
  const codes: string[] = [];
  for (const step of stepsOfModule(Fomo)) {
    if (step.type !== FutureType.NAMED_ARTIFACT_CONTRACT_DEPLOYMENT) continue;
    codes.push((await artifacts.readArtifact(step.contractName)).bytecode);
  }
  return keccak256(concat(codes));
}

/**
 * Writes down with what a deployment begins, or checks that it goes on with the same. As long as nothing has been sent,
 * it may begin with something else.
 * @param file The parameter file, for the sentence.
 * @throws CommandError naming the keys that have changed.
 */
export function keepBeginning(folder: string, now: Beginning, file: string): void {
  requireSameBeginning(folder, now, file);
  if (existsSync(fileOf(folder)) && !hasSent(folder)) rmSync(folder, { recursive: true });
  if (!existsSync(fileOf(folder))) writeAtomically(fileOf(folder), `${JSON.stringify(now, null, 2)}\n`);
}

/** Checks that a deployment goes on with what it was begun with; the same without writing anything. */
export function requireSameBeginning(folder: string, now: Beginning, file: string): void {
  if (!existsSync(fileOf(folder))) return;
  const begun = readJson5("beginning of a deployment,", fileOf(folder), beginningSchema);
  if (begun.deployer !== now.deployer && (hasSent(folder) || hasSent(chainJournalOf(folder)))) {
    throw new CommandError(
      `The deployment in ${shownPath(folder)} was begun by ${plain(begun.deployer)}, but ${now.deployer} signs now: sign with the same key, or ${ANEW}.`,
    );
  }
  if (!hasSent(folder)) return;
  const [before, after] = [valuesOf(begun.parameters), valuesOf(now.parameters)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const changed = keys.filter((key) => before.get(key) !== after.get(key));
  if (changed.length !== 0) {
    const word = (value: string | undefined) => (value === undefined ? "not there" : plain(value));
    const changes = changed.map(
      (key) => `\`${plain(key)}\` was ${word(before.get(key))} and is ${word(after.get(key))}`,
    );
    throw new CommandError(
      `${shownPath(file)} has changed since the deployment in ${shownPath(folder)} began: ${changes.join("; ")}. Put back what was there (settings of a deployed protocol change by \`fomo propose\`), or ${ANEW}.`,
    );
  }
  if (begun.code !== now.code) {
    throw new CommandError(
      `The contracts have changed since the deployment in ${shownPath(folder)} began: check out the version of then, or ${ANEW}.`,
    );
  }
}

const ANEW = "move that folder away to deploy everything anew";

/**
 * Checks that the chain still has what the deployment's journal says is done.
 * @throws CommandError if the journal is that of another chain, such as a local one that was stopped.
 */
export async function requireSameChain({ connection, chainId, folder }: Planned): Promise<void> {
  for (const journal of [chainJournalOf(folder), folder]) {
    for (const { address } of stepsIn(journal)) {
      if (address === undefined || (await connection.ethers.provider.getCode(address)) !== "0x") continue;
      throw new CommandError(
        `The chain has no contract at ${plain(address)}, where the journal in ${shownPath(journal)} has put one: it belongs to another chain with id ${chainId.toString()}; move that folder away.`,
      );
    }
  }
}

/** Whether a deployment has sent a transaction, or was about to. */
function hasSent(folder: string): boolean {
  return stepsIn(folder).some(({ interaction }) => interaction?.nonce !== undefined);
}

/** Every value of a parameter file by its key, such as `firstTier.provider` and `route[0].pair`. */
function valuesOf(value: unknown, key = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) return new Map([[key, JSON.stringify(value)]]);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  if (isList && entries.length === 0) return new Map([[key, "[]"]]);
  const named = (name: string) => (isList ? `${key}[${name}]` : key === "" ? name : `${key}.${name}`);
  return new Map(entries.flatMap(([name, inner]) => [...valuesOf(inner, named(name))]));
}

import { existsSync } from "node:fs";

import { writeAtomically } from "../command/atomicFile.ts";
import { CommandError } from "../command/commandError.ts";
import { readJson5, shownPath } from "../command/textFile.ts";
import type { Place } from "./place.ts";
import { recordSchema } from "./recordFormat.ts";
import type { DeploymentRecord } from "./recordFormat.ts";

/**
 * The record of the deployment on a chain.
 * @throws CommandError if there is none, if it is damaged or another chain's, or if the deployment stopped half-way.
 */
export function readRecord(place: Place): DeploymentRecord {
  const { chainId, networkName } = place;
  const chain = chainId.toString();
  if (!existsSync(place.record)) {
    if (place.journals.some((journal) => existsSync(journal))) {
      throw new CommandError(
        `The deployment on chain ${chain} is not finished: run \`fomo deploy\` again, it goes on where it stopped.`,
      );
    }
    throw new CommandError(
      `There is no deployment of the protocol on chain ${chain}: deploy it with \`fomo deploy\`, or start a local chain with \`npm run node\`.`,
    );
  }
  const record = readJson5("deployment's record", place.record, recordSchema);
  if (BigInt(record.chainId) !== chainId) {
    throw new CommandError(
      `The deployment's record ${shownPath(place.record)} is for chain ${record.chainId.toString()}, but ${networkName} is chain ${chain}: name the right network, or put the right record there.`,
    );
  }
  return record;
}

/** Writes the record of a deployment that is whole. */
export function writeRecord(place: Place, record: DeploymentRecord): void {
  writeAtomically(place.record, `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Refuses to deploy a second time where somebody else has deployed: without Ignition's journal, which is on the machine that
 * deployed, nothing could be gone on with, and the record of what is in use would be lost.
 */
export function requireNoOther(place: Place): void {
  if (place.isLocal || !existsSync(place.record) || existsSync(place.journals[0])) return;
  throw new CommandError(
    `The protocol is deployed on ${place.networkName} already, as ${shownPath(place.record)} says: remove that record first if you want to deploy another.`,
  );
}

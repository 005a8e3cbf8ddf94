import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { HardhatError } from "@nomicfoundation/hardhat-errors";
import type { DeploymentParameters, IgnitionModule, IgnitionModuleResult } from "@nomicfoundation/ignition-core";
import type { NetworkConnection } from "hardhat/types/network";
import { z } from "zod";

import { isLocal } from "../../chain/identity.ts";
import { readJson5 } from "../../command/textFile.ts";
import { writeAtomically } from "../../command/atomicFile.ts";
import { addressesOf, runIgnition } from "../ignition.ts";
import type { IgnitionRun } from "../ignition.ts";
import { stepsIn } from "./journal.ts";
import { settleLostTransactions } from "./lostTransactions.ts";
import { repairJournal, writeAddresses } from "./repair.ts";

/** Where a deployment is written down, so that it can be resumed, and how it is made. */
export interface Journal extends Omit<IgnitionRun, "pollMs"> {
  folder: string;
}

/** How often the chain is asked for a new block: one of this machine, and others [ms]. */
const LOCAL_POLL_MS = 50;
const POLL_MS = 1_000;
/** How often a run that was disturbed is taken up again without anything having been confirmed in between. */
const MAX_IDLE_RUNS = 5;

/** What disturbs a run and passes by itself. */
const PASSING = [
  HardhatError.ERRORS.IGNITION.EXECUTION.DROPPED_TRANSACTION,
  HardhatError.ERRORS.IGNITION.EXECUTION.NONCE_TOO_HIGH,
  HardhatError.ERRORS.IGNITION.EXECUTION.NONCE_TOO_LOW,
  HardhatError.ERRORS.IGNITION.EXECUTION.WAITING_FOR_CONFIRMATIONS,
  HardhatError.ERRORS.IGNITION.EXECUTION.WAITING_FOR_NONCE,
];

/** The last run over a deployment, in a file of its own beside Ignition's journal. */
const runSchema = z.strictObject({ fromBlock: z.int().nonnegative() });

/**
 * Runs an Ignition module with a journal, or what is left to do of it: whatever ended a former run, it goes on where that
 * stopped and does nothing twice.
 * @returns The addresses of the module's contracts, by the names of its results.
 * @throws CommandError if it cannot go on.
 */
export async function runWithJournal<Results extends IgnitionModuleResult<string>>(
  connection: NetworkConnection,
  module: IgnitionModule<string, string, Results>,
  parameters: DeploymentParameters,
  journal: Journal,
): Promise<Record<keyof Results, string>> {
  const { folder, artifacts, announce = () => undefined } = journal;
  const { chainId } = await connection.ethers.provider.getNetwork();
  const isNear = connection.networkConfig.type === "edr-simulated" || isLocal(chainId);
  const pollMs = isNear ? LOCAL_POLL_MS : POLL_MS;
  const runFile = join(folder, "run.json");
  let idleRuns = 0;
  for (;;) {
    await repairJournal(folder, artifacts);
    const { fromBlock } = existsSync(runFile) ? readJson5("file", runFile, runSchema) : { fromBlock: 0 };
    await settleLostTransactions({ connection, folder, fromBlock, pollMs, announce });
    writeAtomically(runFile, `${JSON.stringify({ fromBlock: await connection.ethers.provider.getBlockNumber() })}\n`);
    const before = confirmedIn(folder);
    try {
      const result = await runIgnition(connection, module, parameters, { ...journal, pollMs });
      writeAddresses(folder);
      return addressesOf(module, result, folder);
    } catch (error) {
      idleRuns = confirmedIn(folder) === before ? idleRuns + 1 : 0;
      if (idleRuns === MAX_IDLE_RUNS || !(isPassing(error) || hasLost(folder))) throw error;
      announce("The deployment was disturbed and goes on where it stopped");
      await sleep(pollMs);
    }
  }
}

const isPassing = (error: unknown) => PASSING.some((one) => HardhatError.isHardhatError(error, one));

/** Whether a run has left a transaction without its hash: the answer was lost. */
const hasLost = (folder: string) =>
  stepsIn(folder).some(({ interaction }) => interaction?.nonce !== undefined && interaction.hashes.length === 0);

/** How many transactions have been confirmed. */
const confirmedIn = (folder: string) => stepsIn(folder).filter(({ interaction }) => interaction?.confirmed).length;

import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { HardhatError } from "@nomicfoundation/hardhat-errors";
import {
  HardhatArtifactResolver,
  errorDeploymentResultToExceptionMessage,
} from "@nomicfoundation/hardhat-ignition/helpers";
import { DeploymentResultType, deploy } from "@nomicfoundation/ignition-core";
import type {
  DeploymentParameters,
  DeploymentResult,
  ExecutionEventListener,
  IgnitionModule,
  IgnitionModuleResult,
} from "@nomicfoundation/ignition-core";
import type { ArtifactManager } from "hardhat/types/artifacts";
import type { NetworkConnection } from "hardhat/types/network";
import { z } from "zod";

import { isLocal } from "../../chain/identity.ts";
import { CommandError } from "../../command/commandError.ts";
import { quoted } from "../../command/plainText.ts";
import { readJson5, shownPath } from "../../command/textFile.ts";
import { writeAtomically } from "../../command/atomicFile.ts";
import { readJournal, stepsOf } from "./journal.ts";
import { settleLostTransactions } from "./lostTransactions.ts";
import { repairJournal, writeAddresses } from "./repair.ts";

/** Where a deployment is written down, so that it can be resumed. */
export interface Journal {
  /** The folder of this deployment. */
  folder: string;
  /** The compiled contracts, `hre.artifacts`. */
  artifacts: ArtifactManager;
  /** Who signs, if that is not the first account of the connection. */
  deployer?: string;
  /** What is added to the base fee [wei per gas]; without it, what Ignition thinks. */
  priorityFee?: bigint;
  /** Says to people what is being done. */
  announce?: (what: string) => void;
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
      const result = await run(connection, module, parameters, journal, pollMs);
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

async function run<Results extends IgnitionModuleResult<string>>(
  { provider, networkConfig }: NetworkConnection,
  module: IgnitionModule<string, string, Results>,
  parameters: DeploymentParameters,
  { folder, artifacts, deployer, priorityFee, announce }: Journal,
  pollMs: number,
): Promise<DeploymentResult> {
  const accounts =
    deployer === undefined ? ((await provider.request({ method: "eth_accounts" })) as string[]) : [deployer];
  return await deploy({
    ...networkConfig.ignition,
    ...(priorityFee !== undefined && { maxPriorityFeePerGas: priorityFee }),
    config: { blockPollingInterval: pollMs },
    artifactResolver: new HardhatArtifactResolver(artifacts),
    provider,
    ...(announce !== undefined && { executionEventListener: countingListener(announce) }),
    deploymentDir: folder,
    ignitionModule: module,
    deploymentParameters: parameters,
    // The journal knows accounts by their letters, which another node may write otherwise.
    accounts: accounts.map((account) => account.toLowerCase()),
  });
}

/** Says how many transactions have been confirmed in this run. */
function countingListener(announce: (what: string) => void): ExecutionEventListener {
  let confirmed = 0;
  const hear = async (_: object, event: string | symbol) => {
    await Promise.resolve().then(() => {
      if (event === "transactionConfirm") announce(`Deploying: ${(++confirmed).toString()} transactions are confirmed`);
    });
  };
  return new Proxy({} as ExecutionEventListener, {
    get: (target, event) => (event === "then" ? undefined : () => hear(target, event)),
  });
}

const isPassing = (error: unknown) => PASSING.some((one) => HardhatError.isHardhatError(error, one));

const stepsIn = (folder: string) => [...stepsOf(readJournal(folder)).values()];

/** Whether a run has left a transaction without its hash: the answer was lost. */
const hasLost = (folder: string) =>
  stepsIn(folder).some(({ interaction }) => interaction?.nonce !== undefined && interaction.hashes.length === 0);

/** How many transactions have been confirmed. */
const confirmedIn = (folder: string) => stepsIn(folder).filter(({ interaction }) => interaction?.confirmed).length;

function addressesOf<Results extends IgnitionModuleResult<string>>(
  module: IgnitionModule<string, string, Results>,
  result: DeploymentResult,
  folder: string,
): Record<keyof Results, string> {
  switch (result.type) {
    case DeploymentResultType.SUCCESSFUL_DEPLOYMENT: {
      const { contracts } = result;
      const named = Object.entries(module.results).map(([name, { id }]) => [name, contracts[id]!.address]);
      return Object.fromEntries(named) as Record<keyof Results, string>;
    }
    case DeploymentResultType.RECONCILIATION_ERROR:
      throw new CommandError(
        `The deployment in ${shownPath(folder)} was begun otherwise, and cannot go on like this: ${firstOf(result.errors)}.`,
      );
    case DeploymentResultType.EXECUTION_ERROR: {
      const [failed] = result.failed;
      throw new CommandError(
        failed === undefined
          ? "Some transactions of the deployment have not been mined: run `fomo deploy` again, it goes on from there."
          : `The deployment has stopped at ${quoted(failed.futureId)}: ${quoted(failed.error)}.`,
      );
    }
    default:
      // A module that is not valid is a defect of ours, and failures of former runs have been wiped.
      throw new Error(errorDeploymentResultToExceptionMessage(result));
  }
}

function firstOf(errors: Record<string, string[]>): string {
  const [[id, sentences] = ["?", ["?"]]] = Object.entries(errors);
  return quoted(`${id}: ${sentences.join("; ")}`);
}

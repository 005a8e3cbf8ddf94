import { errorDeploymentResultToExceptionMessage } from "@nomicfoundation/hardhat-ignition/helpers";
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

import { CommandError } from "../command/commandError.ts";
import { quoted } from "../../../sdk/src/text/plainText.ts";
import { shownPath } from "../command/textFile.ts";
import { ParsedArtifacts } from "./parsedArtifacts.ts";

/** How Ignition is to run a module. */
export interface IgnitionRun {
  /** The compiled contracts, `hre.artifacts`. */
  artifacts: ArtifactManager;
  /** The folder with the deployment's journal; without it, nothing is written down. */
  folder?: string;
  /** Who signs, if that is not the first account of the connection. */
  deployer?: string;
  /** What is added to the base fee [wei per gas]; without it, what Ignition thinks. */
  priorityFee?: bigint;
  /** Says to people what is being done. */
  announce?: (what: string) => void;
  /** How often the chain is asked for a new block [ms]. */
  pollMs: number;
}

/** Runs an Ignition module, or what its journal says is left to do of it. */
export async function runIgnition<Results extends IgnitionModuleResult<string>>(
  { provider, networkConfig }: NetworkConnection,
  module: IgnitionModule<string, string, Results>,
  parameters: DeploymentParameters,
  { folder, artifacts, deployer, priorityFee, announce, pollMs }: IgnitionRun,
): Promise<DeploymentResult> {
  const accounts =
    deployer === undefined ? ((await provider.request({ method: "eth_accounts" })) as string[]) : [deployer];
  return await deploy({
    ...networkConfig.ignition,
    ...(priorityFee !== undefined && { maxPriorityFeePerGas: priorityFee }),
    config: { blockPollingInterval: pollMs },
    artifactResolver: new ParsedArtifacts(artifacts),
    provider,
    ...(announce !== undefined && { executionEventListener: countingListener(announce) }),
    ...(folder !== undefined && { deploymentDir: folder }),
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

/**
 * The addresses of a module's contracts, by the names of its results.
 * @throws CommandError if the run did not come to its end.
 */
export function addressesOf<Results extends IgnitionModuleResult<string>>(
  module: IgnitionModule<string, string, Results>,
  result: DeploymentResult,
  folder?: string,
): Record<keyof Results, string> {
  switch (result.type) {
    case DeploymentResultType.SUCCESSFUL_DEPLOYMENT: {
      const { contracts } = result;
      const named = Object.entries(module.results).map(([name, { id }]) => [name, contracts[id]!.address]);
      return Object.fromEntries(named) as Record<keyof Results, string>;
    }
    case DeploymentResultType.RECONCILIATION_ERROR:
      throw new CommandError(
        `The deployment${folder === undefined ? "" : ` in ${shownPath(folder)}`} was begun otherwise, and cannot go on like this: ${firstOf(result.errors)}.`,
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

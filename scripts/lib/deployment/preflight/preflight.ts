import type { NetworkConnection } from "hardhat/types/network";

import { CHAIN_CONTRACTS } from "../../../../deploy/config/deployed.ts";
import { LOCAL } from "../../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../../deploy/config/parameters.ts";
import { chainJournalOf } from "../place.ts";
import { isLocal } from "../../chain/identity.ts";
import { CommandError } from "../../command/commandError.ts";
import type { Fees } from "../../sending/fees.ts";
import { checkAdministrator, checkHolders, checkPublic } from "./accounts.ts";
import { checkChainContracts } from "./chainContracts.ts";
import type { Check } from "./check.ts";
import { checkFunds, gasOf } from "./funds.ts";
import type { BuiltContracts } from "./funds.ts";
import { stepsIn } from "../journal/journal.ts";
import { checkRoute } from "./route.ts";

/** A deployment that is about to begin, or to go on. */
export interface Planned {
  connection: NetworkConnection;
  chainId: bigint;
  parameters: Parameters;
  /** The account that signs. */
  deployer: string;
  /** What is offered for gas. */
  fees: Fees;
  /** The folder of the deployment, with what former runs have done. */
  folder: string;
}

/**
 * Everything that is checked before a deployment sends anything, against the chain.
 * @param artifacts What has been built: the code decides how much gas is needed.
 */
export async function preflight(planned: Planned, artifacts: BuiltContracts): Promise<Check[]> {
  const { connection, chainId, parameters, deployer, fees, folder } = planned;
  const { provider } = connection.ethers;
  const isPublic = !isLocal(chainId);
  const gas = await gasOf(await modulesOf(parameters), doneIn([folder, chainJournalOf(folder)]), artifacts);
  return [
    ...(isPublic ? checkPublic(parameters, deployer) : []),
    ...checkHolders(parameters, deployer),
    ...(isPublic ? [await checkAdministrator(provider, parameters)] : []),
    ...(await checkChainContracts(provider, parameters)),
    ...(await checkRoute(provider, parameters)),
    ...(await checkFunds(connection, deployer, gas, fees, coinOf(chainId))),
  ];
}

/** Refuses a deployment of which a check has failed, in a line for each. */
export function requirePassed(checks: Check[]): void {
  const problems = checks.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  if (problems.length !== 0) throw new CommandError(problems.join("\n"));
}

/** What a deployment with some parameters runs. Ignition takes a third of a second to load: nobody else is to wait for it. */
async function modulesOf(parameters: Parameters) {
  const { default: Fomo } = await import("../../../../deploy/modules/Fomo.ts");
  if (!CHAIN_CONTRACTS.some((key) => parameters[key] === LOCAL)) return [Fomo];
  const { default: LocalChain } = await import("../../../../deploy/modules/LocalChain.ts");
  return [LocalChain, Fomo];
}

/** The steps that former runs have done. */
function doneIn(folders: string[]): Set<string> {
  const steps = folders.flatMap(stepsIn);
  return new Set(steps.filter(({ state }) => state === "done").map(({ id }) => id));
}

/** What a chain's fees are paid with. */
export const coinOf = (chainId: bigint): "ETH" | "BNB" => (chainId === 56n || chainId === 97n ? "BNB" : "ETH");

import type { Deployment } from "../deployments/deployment.ts";
import { abiOf } from "../reads/abis.ts";
import type { DeployedContract } from "../reads/read.ts";
import { actsOn } from "./action.ts";
import type { Action, WriteArguments, WriteName } from "./action.ts";

/**
 * Any function of any contract as an action, such as `actionOf(deployment, "registry", "acceptSeat", [seat])`. For what
 * people do most there are functions of their own, with what they cost.
 * @param what What it does, for people; the function's name if left out.
 */
export const actionOf = <Contract extends DeployedContract, Name extends WriteName<Contract>>(
  deployment: Deployment,
  contract: Contract,
  functionName: Name,
  args: WriteArguments<Contract, Name>,
  what: string = functionName,
): Action => actsOn(contract, abiOf(contract))(deployment, what, functionName, args);

import type { Reads } from "../abi/types.ts";
import { addressOf } from "../codec/address.ts";
import { decodeReturned, encodeCall } from "../codec/codec.ts";
import type { Abi } from "../codec/codec.ts";
import type { Address, Hex } from "../codec/hex.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { abiOf } from "./abis.ts";
import type { Abis, ContractName } from "./abis.ts";

/** A view function of a contract. */
export type ReadName<Contract extends ContractName> = keyof Reads[Contract] & string;

/** What a view function takes. */
export type ReadArguments<
  Contract extends ContractName,
  Name extends ReadName<Contract>,
> = Reads[Contract][Name] extends {
  args: infer Arguments extends readonly unknown[];
}
  ? Arguments
  : never;

/** What a view function answers: whole numbers as bigint, structs as objects, several values as a list. */
export type ReadResult<Contract extends ContractName, Name extends ReadName<Contract>> = Reads[Contract][Name] extends {
  result: infer Result;
}
  ? Result
  : never;

/**
 * A question to a contract, as viem's `readContract`, `multicall` and wagmi's hooks take it. For other libraries
 * `requestOf` gives the call, and `answerOf` reads what it returned.
 */
export interface Read<Contract extends ContractName, Name extends ReadName<Contract>> {
  address: Address;
  abi: Abis[Contract];
  functionName: Name;
  args: ReadArguments<Contract, Name>;
}

/** A contract that a deployment names. */
export type DeployedContract = keyof Deployment["addresses"];

/** A question to a contract of a deployment, such as `readOf(deployment, "offering", "tokenOf", [1n])`. */
export const readOf = <Contract extends DeployedContract, Name extends ReadName<Contract>>(
  deployment: Deployment,
  contract: Contract,
  functionName: Name,
  args: ReadArguments<Contract, Name>,
): Read<Contract, Name> => ({ address: deployment.addresses[contract], abi: abiOf(contract), functionName, args });

/**
 * A question to a contract that each model has for itself: its token or its pool.
 * @throws FomoError `badAddress`
 */
export const readAt = <Contract extends "modelToken" | "pair", Name extends ReadName<Contract>>(
  address: string,
  contract: Contract,
  functionName: Name,
  args: ReadArguments<Contract, Name>,
): Read<Contract, Name> => ({
  address: addressOf(address, contract === "pair" ? "The pair" : "The token"),
  abi: abiOf(contract),
  functionName,
  args,
});

/** A question as a call of `eth_call`. */
export const requestOf = ({
  address,
  abi,
  functionName,
  args,
}: {
  address: Address;
  abi: Abi;
  functionName: string;
  args: readonly unknown[];
}): { to: Address; data: Hex } => ({ to: address, data: encodeCall(abi, functionName, args) });

/**
 * What a call has returned. Text that is not well-formed is decoded, with U+FFFD where it is broken.
 * @throws If the data is no answer of this function.
 */
export const answerOf = <Contract extends ContractName, Name extends ReadName<Contract>>(
  { abi, functionName }: Read<Contract, Name>,
  data: string,
): ReadResult<Contract, Name> => decodeReturned(abi, functionName, data) as ReadResult<Contract, Name>;

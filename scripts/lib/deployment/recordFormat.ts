import { z } from "zod";

import { CHAIN_CONTRACTS, DEPLOYED_CONTRACTS } from "../../../deploy/config/deployed.ts";
import type { ChainContract } from "../../../deploy/config/deployed.ts";
import { addressText, chainIdNumber } from "../command/schemas.ts";

/** The version of the format; a change that older readers would misunderstand gets the next number. */
const FORMAT = 1;

/** A contract of the protocol by its name in `DEPLOYED_CONTRACTS`. */
export type ProtocolContract = Exclude<keyof typeof DEPLOYED_CONTRACTS, ChainContract>;
/** The contracts of the protocol, in the order in which commands show them. */
export const PROTOCOL_CONTRACTS = Object.keys(DEPLOYED_CONTRACTS).filter(
  (name) => !(CHAIN_CONTRACTS as readonly string[]).includes(name),
) as ProtocolContract[];

/** The name of a contract of the protocol in Solidity. */
export const solidityName = (contract: ProtocolContract): string => DEPLOYED_CONTRACTS[contract].split("#")[1]!;

const hash = z
  .string({ error: "must be 0x and 64 hexadecimal digits" })
  .regex(/^0x[0-9a-f]{64}$/, "must be 0x and 64 hexadecimal digits");
const block = z.int({ error: "must be the number of a block" }).nonnegative("must be the number of a block");

/** What a record says of one contract. */
const contractSchema = z.object({
  /** Its name in Solidity. */
  name: z.string(),
  address: addressText,
  /** The transaction that created it. */
  transactionHash: hash,
  /** The block of that transaction. */
  blockNumber: block,
  /** What its constructor was given: numbers as decimal text, structs as objects. */
  constructorArguments: z.array(z.json()),
  /** Keccak-256 of its code, immutables included. */
  codeHash: hash,
});

const byName = <Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) =>
  z.object(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>);

/** The record of a deployment. Its `parameters` are checked by whoever needs them: later versions have other keys. */
export const recordSchema = z.object({
  format: z.literal(FORMAT, `must be ${FORMAT.toString()}: another version of the commands wrote it`),
  network: z.string(),
  chainId: chainIdNumber,
  /** Who paid for the deployment, and keeps nothing. */
  deployer: addressText,
  /** The first block in which anything of the protocol happened. */
  firstBlock: block,
  /** The parameters as the file had them, with addresses in the place of "local". */
  parameters: z.record(z.string(), z.json()),
  contracts: byName(PROTOCOL_CONTRACTS, contractSchema),
  /** Contracts of the chain that the protocol uses. */
  chainContracts: byName(CHAIN_CONTRACTS, addressText),
});

/** The record of a deployment. */
export type DeploymentRecord = z.infer<typeof recordSchema>;
/** What a record says of one contract. */
export type ContractRecord = DeploymentRecord["contracts"][ProtocolContract];

/** A new record in the format of now. */
export const recordWith = (content: Omit<DeploymentRecord, "format">): DeploymentRecord => ({
  format: FORMAT,
  ...content,
});

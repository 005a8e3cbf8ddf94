import { AbiCoder, Interface, ParamType, dataSlice, keccak256 } from "ethers";
import type { InterfaceAbi, Result } from "ethers";
import type { ArtifactManager } from "hardhat/types/artifacts";
import type { NetworkConnection } from "hardhat/types/network";

import { LOCAL, toIgnitionParameters } from "../../../deploy/config/parameters.ts";
import type { ChainContracts, Parameters } from "../../../deploy/config/parameters.ts";
import { CHAIN_CONTRACTS } from "../../../deploy/config/deployed.ts";
import type { ProtocolAddresses } from "../../../deploy/config/deployed.ts";
import { chainContractsOf } from "./preflight/chainContracts.ts";
import { CommandError } from "../command/commandError.ts";
import type { Place } from "./place.ts";
import { PROTOCOL_CONTRACTS, recordWith, solidityName } from "./recordFormat.ts";
import type { ContractRecord, DeploymentRecord } from "./recordFormat.ts";

/** A value of a JSON document. */
type Json = ContractRecord["constructorArguments"][number];

/** A deployment that is whole. */
export interface Deployed {
  connection: NetworkConnection;
  artifacts: ArtifactManager;
  place: Place;
  addresses: ProtocolAddresses;
  parameters: Parameters;
}

/** Works out the record of a deployment: which transactions were sent, Ignition's journal says; all else, the chain. */
export async function newRecord({
  connection,
  artifacts,
  place,
  addresses,
  parameters,
}: Deployed): Promise<DeploymentRecord> {
  const { provider } = connection.ethers;
  const hashes = await creationHashes(place, artifacts);
  const entries: [string, ContractRecord][] = [];
  const deployers = new Set<string>();
  for (const contract of PROTOCOL_CONTRACTS) {
    const name = solidityName(contract);
    const address = addresses[contract];
    const transactionHash = hashes.get(address);
    if (transactionHash === undefined) {
      throw new CommandError(
        `Ignition's journal ${place.journals[0]} does not say which transaction created ${name} at ${address}: put that journal back.`,
      );
    }
    const [transaction, receipt, code] = await Promise.all([
      provider.getTransaction(transactionHash),
      provider.getTransactionReceipt(transactionHash),
      provider.getCode(address),
    ]);
    if (transaction === null || receipt === null || receipt.contractAddress !== address) {
      throw new CommandError(
        `The node does not know the transaction ${transactionHash}, which created ${name}: run \`fomo deploy\` again with a node that does.`,
      );
    }
    deployers.add(transaction.from);
    const { abi, bytecode } = await artifacts.readArtifact(name);
    entries.push([
      contract,
      {
        name,
        address,
        transactionHash,
        blockNumber: receipt.blockNumber,
        constructorArguments: constructorArguments(name, abi, bytecode, transaction.data),
        codeHash: keccak256(code),
      },
    ]);
  }
  const [deployer, ...others] = deployers;
  if (deployer === undefined || others.length !== 0) {
    throw new Error(`The contracts were created by ${[...deployers].join(" and ")}`);
  }
  const chain = await chainContractsOf(provider, addresses);
  return recordWith({
    network: place.networkName,
    chainId: Number(place.chainId),
    deployer,
    firstBlock: Math.min(...entries.map(([, { blockNumber }]) => blockNumber)),
    parameters: resolvedParameters(parameters, chain),
    contracts: Object.fromEntries(entries) as DeploymentRecord["contracts"],
    chainContracts: Object.fromEntries(
      CHAIN_CONTRACTS.map((key) => [key, addresses[key]]),
    ) as DeploymentRecord["chainContracts"],
  });
}

/** Which transaction created which address. */
async function creationHashes(place: Place, artifacts: ArtifactManager): Promise<Map<string, string>> {
  const { listTransactions } = await import("@nomicfoundation/ignition-core");
  const { HardhatArtifactResolver } = await import("@nomicfoundation/hardhat-ignition/helpers");
  const transactions = await listTransactions(place.journals[0], new HardhatArtifactResolver(artifacts));
  return new Map(
    transactions.flatMap(({ address, txHash }) => (address === undefined ? [] : [[address, txHash] as const])),
  );
}

/**
 * What a constructor was given, from the data of the transaction.
 * @throws CommandError if the contract was not compiled from the sources that are here.
 */
export function constructorArguments(name: string, abi: InterfaceAbi, bytecode: string, data: string): Json[] {
  if (!data.startsWith(bytecode)) {
    throw new CommandError(
      `${name} was not deployed from the sources that are here: check out the version that was deployed, and run \`fomo deploy\` again.`,
    );
  }
  const { inputs } = Interface.from(abi).deploy;
  const values = AbiCoder.defaultAbiCoder().decode(inputs, dataSlice(data, (bytecode.length - 2) / 2));
  return inputs.map((type, index) => jsonOf(type, values[index]));
}

/** A decoded value as JSON: numbers as decimal text, structs as objects. */
function jsonOf(type: ParamType, value: unknown): Json {
  if (type.isArray()) return (value as Result).toArray().map((one) => jsonOf(type.arrayChildren, one));
  if (type.isTuple()) {
    return Object.fromEntries(
      type.components.map((part, index) => [part.name, jsonOf(part, (value as Result)[index])]),
    );
  }
  return typeof value === "boolean" ? value : String(value);
}

/** The parameters with addresses in the place of "local". */
export function resolvedParameters(parameters: Parameters, chain: ChainContracts): Parameters {
  const { flock, usdc, dexFactory } = chain;
  const { route } = toIgnitionParameters(parameters, chain).$global;
  const pairs = route.map(({ pair, minReserve }) => ({ pair, minReserveWei: minReserve.toString() }));
  return { ...parameters, flock, usdc, dexFactory, route: parameters.route === LOCAL ? pairs : parameters.route };
}

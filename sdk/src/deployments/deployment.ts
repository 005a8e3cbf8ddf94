import type { Address } from "../codec/hex.ts";
import { FomoError } from "../errors/fomoError.ts";
import { KNOWN_DEPLOYMENTS } from "./known.ts";

/** The protocol's own contracts, by the names that the SDK and the commands use. */
export type ProtocolContract =
  | "accessManager"
  | "registry"
  | "tokenFactory"
  | "vault"
  | "waterfall"
  | "buyback"
  | "locker"
  | "graduation"
  | "offering"
  | "staking"
  | "emissions"
  | "meter"
  | "lens";

/** Contracts of the chain that the protocol uses. */
export type ChainContract = "flock" | "usdc" | "dexFactory";

/** Where the protocol is on a chain. */
export interface Deployment {
  chainId: number;
  /** What the commands call the network. */
  network: string;
  /** Decimals of the chain's USDC: 6 on most chains, 18 on BNB Smart Chain. */
  usdcDecimals: number;
  addresses: Readonly<Record<ProtocolContract | ChainContract, Address>>;
  /** The first block in which anything of the protocol happened: no event is older. */
  firstBlock: number;
  /** The block in which each contract was created. */
  startBlocks: Readonly<Record<ProtocolContract, number>>;
}

/** What of a deployment's record the SDK needs; the commands write it into deploy/records/. */
export interface DeploymentRecord {
  chainId: number;
  network: string;
  firstBlock: number;
  contracts: Record<
    ProtocolContract,
    { address: string; blockNumber: number; constructorArguments: readonly unknown[] }
  >;
  chainContracts: Record<ChainContract, string>;
}

/** The chains on which this version knows the protocol. */
export const knownChains = (): number[] => Object.keys(KNOWN_DEPLOYMENTS).map(Number);

/**
 * Where the protocol is on a chain.
 * @param chainId 31337 is the local chain of `npm run node`, whose addresses are always the same.
 * @throws FomoError `unknownChain`; for a deployment of one's own there is `deploymentOfRecord`.
 */
export function deploymentOf(chainId: number | bigint): Deployment {
  const known: Deployment | undefined = KNOWN_DEPLOYMENTS[Number(chainId)];
  if (known !== undefined) return known;
  throw new FomoError(
    "unknownChain",
    `There is no known deployment on chain ${chainId.toString()}: use one of ${knownChains().join(", ")}, or read a deployment's record with deploymentOfRecord.`,
  );
}

/** Where the protocol is, as the record of a deployment says. */
export function deploymentOfRecord(record: DeploymentRecord): Deployment {
  const { chainId, network, firstBlock, contracts, chainContracts } = record;
  const names = Object.keys(contracts) as ProtocolContract[];
  return {
    ...{ chainId, network, firstBlock, usdcDecimals: usdcDecimalsIn(record) },
    addresses: {
      ...Object.fromEntries(names.map((name) => [name, contracts[name].address])),
      ...chainContracts,
    } as Deployment["addresses"],
    startBlocks: Object.fromEntries(
      names.map((name) => [name, contracts[name].blockNumber]),
    ) as Deployment["startBlocks"],
  };
}

/** The emission distributor was told what one USDC is. */
function usdcDecimalsIn({ contracts }: DeploymentRecord): number {
  const parts = contracts.emissions.constructorArguments.find(
    (argument): argument is { usdcUnit: string } =>
      typeof argument === "object" && argument !== null && "usdcUnit" in argument,
  );
  if (parts === undefined) throw new FomoError("badValue", "The record does not say how many decimals USDC has.");
  return parts.usdcUnit.length - 1; // a power of ten
}

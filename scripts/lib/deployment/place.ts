import { join } from "node:path";

import type { EthereumProvider } from "hardhat/types/providers";

import { comesAndGoes, identityOf } from "../chain/identity.ts";

/** A chain, and under which name a command talks to it. */
export interface NamedChain {
  networkName: string;
  chainId: bigint;
}

/** Where what is known of a deployment stands. */
export interface Place extends NamedChain {
  /** Whether the chain comes and goes: its record belongs to its node and is not committed. */
  isLocal: boolean;
  /** The name of Ignition's journal. */
  deploymentId: string;
  /** The file of the record. */
  record: string;
  /** The file with the URL of a local chain, from before its deployment until it is forgotten. */
  url: string;
  /** Ignition's folders for this deployment: of the protocol, and of the stand-ins that it brings along. */
  journals: readonly [protocol: string, chain: string];
}

/** The folder with the records of public chains; `localRecordsDir` is in it. */
export const recordsDir = (ignitionDir: string) => join(ignitionDir, "records");

/** The folder with the records of local chains. */
export const localRecordsDir = (ignitionDir: string) => join(recordsDir(ignitionDir), "local");

/**
 * Where the one deployment of a chain stands. A public chain's has the name of its network; a local one's has the identity
 * of its node, because two nodes may have the same id.
 * @param ignitionDir Ignition's folder, `hre.config.paths.ignition`.
 */
export async function placeOf(
  ignitionDir: string,
  { networkName, chainId }: NamedChain,
  provider: EthereumProvider,
): Promise<Place> {
  const isPassing = comesAndGoes({ chainId, networkName });
  const identity = await identityOf(chainId, provider, isPassing);
  return isPassing
    ? localPlace(ignitionDir, { networkName, chainId }, identity)
    : placeAt(ignitionDir, { networkName, chainId }, identity, join(recordsDir(ignitionDir), networkName));
}

/** Where the deployment on a local chain with this identity stands. */
export function localPlace(ignitionDir: string, chain: NamedChain, identity: string): Place {
  return { ...placeAt(ignitionDir, chain, identity, join(localRecordsDir(ignitionDir), identity)), isLocal: true };
}

function placeAt(ignitionDir: string, chain: NamedChain, identity: string, file: string): Place {
  const deploymentId = `chain-${identity}`;
  const journal = join(ignitionDir, "deployments", deploymentId);
  return {
    ...chain,
    isLocal: false,
    deploymentId,
    record: `${file}.json`,
    url: `${file}.url`,
    journals: [journal, chainJournalOf(journal)],
  };
}

/** The name of the journal of the stand-ins that a deployment brings along on a local chain. */
export const chainJournalOf = (deploymentId: string) => `${deploymentId}-chain`;

import type { DeploymentParameters, IgnitionModule, IgnitionModuleResult } from "@nomicfoundation/ignition-core";
import type { NetworkConnection } from "hardhat/types/network";

import { CHAIN_CONTRACTS } from "../../../deploy/config/deployed.ts";
import type { ChainContract, ProtocolAddresses } from "../../../deploy/config/deployed.ts";
import { LOCAL, toIgnitionParameters } from "../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../deploy/config/parameters.ts";
import { chainJournalOf } from "./place.ts";
import { chainContractsOf } from "./preflight/chainContracts.ts";
import type { Journal } from "./journal/journaled.ts";

/**
 * Deploys what a public chain has already (FLOCK, USDC, Uniswap v2) on an empty chain. The deployer holds both supplies.
 * @param journal Where it is written down; without it, it is not, and cannot be resumed.
 */
export async function deployLocalChain(connection: NetworkConnection, journal?: Journal) {
  // Ignition takes a third of a second to load: commands that do not deploy are spared it.
  const { default: LocalChain } = await import("../../../deploy/modules/LocalChain.ts");
  const { flock, usdc, dexFactory, router } = await runModule(connection, LocalChain, {}, journal);
  return { flock, usdc, dexFactory, router };
}

/**
 * The chain's contracts have a journal of their own: in a shared one Ignition takes what is left to do of the protocol
 * for a failure of the chain, and never gets to it.
 */
const chainJournal = (journal: Journal | undefined): Journal | undefined =>
  journal && { ...journal, folder: chainJournalOf(journal.folder) };

/**
 * Deploys the protocol: contracts, links, roles. The same for the embedded chain, tests, forks and public networks.
 * @param connection Where to deploy; its first account pays and keeps nothing.
 * @param parameters A validated parameter file, which fits the chain: see `preflight`.
 * @param local The chain's contracts where the file says `local`; they are deployed if it does and this is missing.
 * @param journal Where it is written down; without it, it is not, and cannot be resumed.
 */
export async function deployProtocol(
  connection: NetworkConnection,
  parameters: Parameters,
  local?: { flock: string; usdc: string; dexFactory: string },
  journal?: Journal,
): Promise<ProtocolAddresses> {
  const needsLocal = CHAIN_CONTRACTS.some((key) => parameters[key] === LOCAL);
  const brought = local ?? (needsLocal ? await deployLocalChain(connection, chainJournal(journal)) : undefined);
  const pick = (key: ChainContract) => (parameters[key] === LOCAL ? brought![key] : parameters[key]);
  const addresses = { flock: pick("flock"), usdc: pick("usdc"), dexFactory: pick("dexFactory") };

  const chain = await chainContractsOf(connection.ethers.provider, addresses);
  const { default: Fomo } = await import("../../../deploy/modules/Fomo.ts");
  return await runModule(connection, Fomo, toIgnitionParameters(parameters, chain), journal);
}

/** Runs an Ignition module, with or without a journal, and gives the addresses of its contracts by their names. */
async function runModule<Results extends IgnitionModuleResult<string>>(
  connection: NetworkConnection,
  module: IgnitionModule<string, string, Results>,
  parameters: DeploymentParameters,
  journal: Journal | undefined,
): Promise<Record<keyof Results, string>> {
  if (journal !== undefined) {
    const { runWithJournal } = await import("./journal/journaled.ts");
    return await runWithJournal(connection, module, parameters, journal);
  }
  // Without a journal it is a chain of this process, whose compiled contracts are the process's.
  const { artifacts } = await import("hardhat");
  const { addressesOf, runIgnition } = await import("./ignition.ts");
  return addressesOf(module, await runIgnition(connection, module, parameters, { artifacts, pollMs: OWN_POLL_MS }));
}

/** How often a chain of this process is asked for a new block [ms]. */
const OWN_POLL_MS = 10;

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { DEPLOYED_CONTRACTS } from "../../../deploy/config/deployed.ts";
import { CommandError } from "../command/commandError.ts";
import { addressText } from "../command/schemas.ts";
import { readJson5 } from "../command/textFile.ts";
import type { ProtocolAddresses } from "../../../deploy/config/deployed.ts";

/** The addresses that Ignition has recorded, by its names. */
const recordSchema = z.record(z.string(), addressText);

/** The name of the one deployment of a chain, as Ignition takes it. */
export function deploymentIdOf(chainId: bigint): string {
  return `chain-${chainId.toString()}`;
}

/** The name, or the folder, of the journal of the stand-ins that a deployment brings along on a local chain. */
export const chainJournalOf = (deploymentId: string) => `${deploymentId}-chain`;

/**
 * The addresses of the protocol on a chain, from Ignition's record of its deployment.
 * @param ignitionDir Ignition's folder, `hre.config.paths.ignition`.
 * @throws CommandError if there is none, if it is damaged, or if the deployment stopped half-way.
 */
export function readDeployment(ignitionDir: string, chainId: bigint): ProtocolAddresses {
  const file = join(folderOf(ignitionDir, deploymentIdOf(chainId)), "deployed_addresses.json");
  if (!existsSync(file)) {
    throw new CommandError(
      `There is no deployment of the protocol on chain ${chainId.toString()}: deploy it with \`fomo deploy\`, or start a local chain with \`npm run node\`.`,
    );
  }
  const record = readJson5("deployment's record", file, recordSchema);
  const addresses = Object.entries(DEPLOYED_CONTRACTS).map(([name, id]) => [name, record[id]] as const);
  if (addresses.some(([, address]) => address === undefined)) {
    throw new CommandError(
      `The deployment on chain ${chainId.toString()} is not finished: run \`fomo deploy\` again, it goes on where it stopped.`,
    );
  }
  return Object.fromEntries(addresses) as unknown as ProtocolAddresses;
}

/** Forgets the deployment of a chain that no longer exists: a local one that was stopped. */
export function forgetDeployment(ignitionDir: string, chainId: bigint): void {
  const deploymentId = deploymentIdOf(chainId);
  for (const id of [deploymentId, chainJournalOf(deploymentId)]) {
    rmSync(folderOf(ignitionDir, id), { recursive: true, force: true });
  }
}

/** The folder of a deployment, by its name. */
export function folderOf(ignitionDir: string, deploymentId: string): string {
  return join(ignitionDir, "deployments", deploymentId);
}

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { deploymentOfRecord } from "../../sdk/src/deployments/deployment.ts";
import type { Deployment } from "../../sdk/src/deployments/deployment.ts";
import { FIRST_LOCAL_CHAIN } from "../lib/chain/identity.ts";
import { startLocalNode } from "../lib/chain/localNode.ts";
import { placeOf, recordsDir } from "../lib/deployment/place.ts";
import { readRecord } from "../lib/deployment/record.ts";
import type { DeploymentRecord } from "../lib/deployment/recordFormat.ts";

/** The deployments that the SDK knows: those with a record in deploy/records/, and the local chain's. */
export async function knownDeployments(hre: HardhatRuntimeEnvironment): Promise<Deployment[]> {
  const folder = recordsDir(hre.config.paths.ignition);
  const records = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as DeploymentRecord);
  const deployments = [...records, await localRecord(hre)].map(deploymentOfRecord);
  return deployments.sort((one, other) => one.chainId - other.chainId);
}

/** The record of a local chain: each of them deploys in the same order, from the same account, and so to the same addresses. */
async function localRecord(hre: HardhatRuntimeEnvironment): Promise<DeploymentRecord> {
  const node = await startLocalNode(hre, 0, FIRST_LOCAL_CHAIN);
  try {
    const connection = await hre.network.create({ network: "localhost", override: { url: node.url } });
    const chain = { networkName: "localhost", chainId: node.chainId };
    return readRecord(await placeOf(hre.config.paths.ignition, chain, connection.provider));
  } finally {
    await node.stop();
  }
}

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { linkTo } from "../../scripts/lib/rpc/nodeLink.ts";

/**
 * A connection to a node of this process that bears what a busy machine does to it, as those of the commands do: the node
 * closes a connection in the very moment in which it is used again.
 */
export async function patientConnection(hre: HardhatRuntimeEnvironment, url: string) {
  const connection = await hre.network.create({ network: "localhost", override: { url } });
  linkTo(connection.provider, { tell: () => undefined, name: "localhost", manyNodes: () => false });
  return connection;
}

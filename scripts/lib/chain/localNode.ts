import { once } from "node:events";
import { createServer } from "node:net";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { JsonRpcServer, NetworkConnection } from "hardhat/types/network";
import { parseEther, parseUnits } from "ethers";

import { CommandError } from "../command/commandError.ts";
import { DEFAULT_NETWORK } from "../command/context.ts";
import { forgetDeployment, forgetGoneNodes, noteUrl } from "../deployment/localRecords.ts";
import { newRecord } from "../deployment/newRecord.ts";
import { placeOf } from "../deployment/place.ts";
import type { Place } from "../deployment/place.ts";
import { writeRecord } from "../deployment/record.ts";
import { linkTo } from "../rpc/nodeLink.ts";
import { LOCAL_ACTORS } from "./localActors.ts";
import { LOCAL_HOST } from "./localHost.ts";
import { deployLocalChain, deployProtocol } from "../deployment/deployment.ts";
import { localParameters } from "../deployment/parameterFiles.ts";
import { connectProtocol } from "../../../sdk/src/ethers/connect.ts";
import type { ProtocolAddresses } from "../../../deploy/config/deployed.ts";

/** Who gets FLOCK and USDC to play with. */
const FUNDED: readonly string[] = ["alice", "bob", "carol", "dave", "keeper"];
const FUNDED_FLOCK = parseEther("1000000");
const FUNDED_USDC = "100000";

/** An account of a local chain with what it holds. */
export interface LocalAccount {
  index: number;
  name: string;
  address: string;
  /** [FLOCK wei] */
  flock: bigint;
  /** [USDC units] */
  usdc: bigint;
}

/** A running local chain with the protocol on it. */
export interface LocalNode {
  url: string;
  chainId: bigint;
  addresses: ProtocolAddresses;
  router: string;
  /** Who submits vouchers and records API ids. */
  platform: string;
  accounts: LocalAccount[];
  usdcDecimals: number;
  server: JsonRpcServer;
  /** Stops the chain and forgets its deployment, which is gone with it. */
  stop(): Promise<void>;
}

/**
 * Starts a JSON-RPC chain and deploys the protocol on it as on any network, over JSON-RPC, so that its record stands
 * where every command looks.
 */
export async function startLocalNode(
  hre: HardhatRuntimeEnvironment,
  port: number,
  chainId: bigint,
): Promise<LocalNode> {
  await requireFree(port);
  await forgetGoneNodes(hre.config.paths.ignition);
  const server = await hre.network.createServer(
    { network: "node", override: { chainId: Number(chainId) } },
    LOCAL_HOST,
    port,
  );
  const { address, port: taken } = await server.listen();
  const url = `http://${address}:${taken.toString()}`;
  let place: Place | undefined;
  const stop = async () => {
    await server.close();
    if (place !== undefined) forgetDeployment(place);
  };
  try {
    const connection = await hre.network.create({ network: DEFAULT_NETWORK, override: { url } });
    // On a busy machine the node closes a connection in the very moment in which it is used again.
    linkTo(connection.provider, { tell: () => undefined, name: DEFAULT_NETWORK, manyNodes: () => false });
    place = await placeOf(hre.config.paths.ignition, { networkName: DEFAULT_NETWORK, chainId }, connection.provider);
    noteUrl(place, url);
    const deployed = await deployOn(hre, connection, place);
    return { url, chainId, ...deployed, server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Refuses a port that is taken: Hardhat's server would bring the process down. */
async function requireFree(port: number): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, LOCAL_HOST);
    await once(probe, "listening");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new CommandError(
      `Port ${port} of ${LOCAL_HOST} is taken: stop what listens there, or choose another port with --port.`,
    );
  } finally {
    probe.close();
  }
}

async function deployOn(hre: HardhatRuntimeEnvironment, connection: NetworkConnection, place: Place) {
  const { artifacts } = hre;
  const { chainId, journals } = place;
  const [folder, chainFolder] = journals;
  const { router, ...chain } = await deployLocalChain(connection, { folder: chainFolder, artifacts });
  const parameters = { ...localParameters(), chainId: Number(chainId) };
  const addresses = await deployProtocol(connection, parameters, chain, { folder, artifacts });
  writeRecord(place, await newRecord({ connection, artifacts, place, addresses, parameters }));

  const signers = await connection.ethers.getSigners();
  const { flock, usdc } = connectProtocol(addresses, signers[0]); // the deployer holds both supplies
  const usdcDecimals = Number(await usdc.decimals());
  for (const [index, name] of LOCAL_ACTORS.entries()) {
    if (!FUNDED.includes(name)) continue;
    await (await flock.transfer(signers[index]!, FUNDED_FLOCK)).wait();
    await (await usdc.transfer(signers[index]!, parseUnits(FUNDED_USDC, usdcDecimals))).wait();
  }
  const accounts: LocalAccount[] = [];
  for (const [index, name] of LOCAL_ACTORS.entries()) {
    const { address } = signers[index]!; // the node has 20 accounts
    accounts.push({ index, name, address, flock: await flock.balanceOf(address), usdc: await usdc.balanceOf(address) });
  }
  return { addresses, router, platform: parameters.platform, accounts, usdcDecimals };
}

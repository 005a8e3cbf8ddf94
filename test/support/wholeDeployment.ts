import { expect } from "chai";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";

/** How many transactions the deployer has sent on a chain. */
export async function sentBy({ ethers }: NetworkConnection): Promise<number> {
  const [deployer] = await ethers.getSigners();
  return ethers.provider.getTransactionCount(deployer!);
}

/** How many transactions an undisturbed deployment sends, FLOCK, USDC and Uniswap v2 included. */
export async function sentUndisturbed(): Promise<number> {
  const undisturbed = await network.create();
  await deployProtocol(undisturbed, localParameters());
  const sent = await sentBy(undisturbed);
  await undisturbed.close();
  return sent;
}

/** Expects a deployment that is wired and handed over. */
export async function expectWhole({ ethers }: NetworkConnection, addresses: ProtocolAddresses): Promise<void> {
  const protocol = connectProtocol(addresses, ethers.provider);
  const { registry, vault, graduation, waterfall, emissions, accessManager } = protocol;
  for (const contract of [registry, vault, graduation, waterfall, emissions]) {
    expect(await contract.requireWired()).to.equal(true);
  }
  expect(await registry.tierCount()).to.equal(1n);
  const [deployer] = await ethers.getSigners();
  expect((await accessManager.hasRole(0n, deployer!)).isMember).to.equal(false);
}

import { readFileSync } from "node:fs";

import { toQuantity } from "ethers";

import { GOVERNANCE_DELAY } from "../../deploy/config/roles.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import type { SafeBatch } from "../../sdk/src/actions/safe.ts";
import { connectAs, interfaceAs } from "../../sdk/src/ethers/connect.ts";
import type { Node } from "./node.ts";

const ETHER = 10n ** 18n;

/** The AccessManager's interface. */
export const MANAGER = interfaceAs("accessManager");

/** A call of the AccessManager; names and values are checked when it is encoded. */
export const managerCall = (name: string, ...values: unknown[]): string =>
  MANAGER.encodeFunctionData(name as "grantRole", values as never);

/** Schedules calls as the administrator, of the AccessManager if no other target is named. */
export async function scheduleAsAdministrator(node: Node, calls: string[], target?: string): Promise<void> {
  const { accessManager } = node.addresses;
  const administrator = await node.provider.getSigner(localParameters().administrator);
  const manager = connectAs("accessManager", accessManager, administrator);
  for (const call of calls) await (await manager.schedule(target ?? accessManager, call, 0n)).wait();
}

/** Lets the administrator make calls of the AccessManager, two days later. */
export async function administer(node: Node, ...calls: string[]): Promise<void> {
  await scheduleAsAdministrator(node, calls);
  await node.warp(Number(GOVERNANCE_DELAY));
  const administrator = await node.provider.getSigner(localParameters().administrator);
  const { accessManager } = node.addresses;
  const manager = connectAs("accessManager", accessManager, administrator);
  for (const call of calls) await (await manager.execute(accessManager, call)).wait();
}

/** Acts as an address without a key, such as a multisig. */
export async function actAs(node: Node, address: string, calls: { to: string; data: string }[]): Promise<void> {
  await node.provider.send("hardhat_impersonateAccount", [address]);
  await node.provider.send("hardhat_setBalance", [address, toQuantity(ETHER)]);
  for (const { to, data } of calls) {
    const hash = (await node.provider.send("eth_sendTransaction", [{ from: address, to, data }])) as string;
    const receipt = await node.provider.waitForTransaction(hash);
    if (receipt?.status !== 1) throw new Error(`A call of ${address} to ${to} has reverted`);
  }
  await node.provider.send("hardhat_stopImpersonatingAccount", [address]);
}

/** Makes the calls of a file as the Safe that it names, as the Transaction Builder would. */
export async function executeSafeFile(node: Node, file: string): Promise<SafeBatch> {
  const batch = JSON.parse(readFileSync(file, "utf8")) as SafeBatch;
  await actAs(node, batch.meta.createdFromSafeAddress, batch.transactions);
  return batch;
}

import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256, Wallet, id } from "ethers";
import type { BaseContract, ContractTransactionResponse } from "ethers";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../fixtures.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE, USAGE_DELAY } from "../time.ts";
import { tokens, usdc } from "../units.ts";
import { GOVERNANCE_DELAY } from "../../../deploy/config/roles.ts";

/** What every user of the fixtures holds in USDC. */
export const USER_USDC = usdc(1_000_000);

/** Reasons for which a row is skipped, as the chain numbers them. */
export const SKIP = {
  None: 0n,
  ModelNotLive: 1n,
  BadSignature: 2n,
  KeyNotAuthorized: 3n,
  KeyExpired: 4n,
  BelowPriceFloor: 5n,
  AboveDiscountCap: 6n,
  NothingNew: 7n,
  KeyCapReached: 8n,
  NoBalance: 9n,
  NoUnits: 10n,
} as const;

/** The moment of the block that a transaction is in [s]. */
export async function timeOf(tx: ContractTransactionResponse): Promise<bigint> {
  const block = await tx.getBlock();
  return BigInt(block!.timestamp);
}

/**
 * Two graduated models of Dave's, the worked example without a bundle, and a third whose raise is open. Bob and Carol
 * bought both and have claimed; Bob's part is small. On the local chain account 5 is the platform, here it is nothing
 * else. Bob and Carol hold USDC and have approved the meter.
 */
export async function stakedModelsFixture() {
  const { alice: platform, dave: issuer, ...f } = await networkHelpers.loadFixture(protocolFixture);
  for (let i = 0; i < 3; ++i) await f.offering.connect(issuer).launch(workedExample(), launchPayment());
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  for (const modelId of [1n, 2n]) {
    await f.offering.connect(f.bob).buyExactIn(modelId, tokens(1_000), 0n, f.bob, NO_DEADLINE);
    await f.offering.connect(f.carol).buyExactIn(modelId, tokens(100_000), 0n, f.carol, NO_DEADLINE);
    await f.offering.graduate(modelId);
    for (const supporter of [f.bob, f.carol]) await f.offering.claim(modelId, supporter);
  }
  const tokenOf = async (modelId: bigint) => connectAs("modelToken", (await f.lens.raiseOf(modelId)).token, f.keeper);
  for (const account of [f.bob, f.carol, platform]) {
    await f.usdc.transfer(account, USER_USDC);
    await f.usdc.connect(account).approve(f.addresses.meter, MaxUint256);
  }
  return { ...f, platform, issuer, mt: await tokenOf(1n), mt2: await tokenOf(2n) };
}

/** The same with both models served: the platform has recorded their API ids. */
export async function servedFixture() {
  const f = await networkHelpers.loadFixture(stakedModelsFixture);
  await f.registry.connect(f.platform).setApiId(1n, "qwen-alice");
  await f.registry.connect(f.platform).setApiId(2n, "qwen-alice-2");
  return f;
}

/** The same with 1,000 USDC of Bob's and 1,000 of Carol's deposited. */
export async function prepaidFixture() {
  const f = await networkHelpers.loadFixture(servedFixture);
  for (const user of [f.bob, f.carol]) await f.meter.connect(user).deposit(usdc(1_000));
  return f;
}

/** Contracts and actors by name, and the tokens of the two graduated models. */
export type StakedScene = Awaited<ReturnType<typeof stakedModelsFixture>>;
/** The same once the models are served; `prepaidFixture` gives it too. */
export type ServedScene = Awaited<ReturnType<typeof servedFixture>>;

/** A key that holds no money and sends no transactions. */
export const keyPair = (name: string) => new Wallet(id(name));

/** Schedules an operation of governance, waits for the delay, and executes it. */
export async function governed(f: ServedScene, target: BaseContract, fn: string, args: unknown[]) {
  const address = await target.getAddress();
  const data = target.interface.encodeFunctionData(fn, args);
  const manager = f.accessManager.connect(f.administrator);
  await manager.schedule(address, data, 0);
  await networkHelpers.time.increase(GOVERNANCE_DELAY);
  return manager.execute(address, data);
}

/** A key as the meter shows it. */
export const keyRecord = (cap: bigint, spent: bigint, expiresAt: bigint, next?: readonly [cap: bigint, at: bigint]) => [
  cap,
  spent,
  expiresAt,
  next !== undefined,
  ...(next ?? [0n, 0n]),
  expiresAt === 0n ? 0n : expiresAt + USAGE_DELAY,
];

/** A contract of test/support/mocks/, which has no generated type. */
export const deployUsageMock = (name: string, args: unknown[] = []) => ethers.deployContract(name, args);

/** Everybody who is not the platform, by name. */
export function notThePlatform(f: ServedScene): Record<string, HardhatEthersSigner> {
  const { stranger, deployer, administrator, guardian, treasury, provider, issuer, bob } = f;
  return { stranger, deployer, administrator, guardian, treasury, provider, issuer, bob };
}

import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { ZeroAddress } from "ethers";
import type { ContractTransactionResponse, Interface, Result } from "ethers";

import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { SDK_SOURCES } from "../../scripts/build/sdkSources.ts";
import type { Contracts } from "../../sdk/src/ethers/contracts.ts";
import type { FlatTerms } from "../../scripts/lib/offering/workedExample.ts";
import type { TierTermsStruct } from "../../typechain-types/contracts/registry/ModelRegistry.ts";
import { curveOf } from "./expected.ts";
import {
  ethers,
  launchPayment,
  networkHelpers,
  openOfferingFixture,
  protocolFixture,
  workedExample,
} from "./fixtures.ts";
import { ANTI_SNIPE_WINDOW, DAY, MODEL_REFILL, NO_DEADLINE, REFILL } from "./time.ts";
import { tokens } from "./units.ts";
import { GOVERNANCE_DELAY } from "../../deploy/config/roles.ts";

/** The protocol without a model: contracts and actors by name. */
export type ProtocolScene = Awaited<ReturnType<typeof protocolFixture>>;
/** The same with one open offering and its id. */
export type OpenScene = Awaited<ReturnType<typeof openOfferingFixture>>;

/** Numbers of the enum `Outcome`, as the chain has them. */
export const OUTCOME = { None: 0n, Open: 1n, Graduated: 2n, Failed: 3n } as const;
/** Numbers of `OpeningMode`. */
export const MODE = { AveragePrice: 0n, CurvePrice: 1n } as const;
/** Numbers of `Share`. */
export const SHARE = {
  IssuerMt: 0n,
  TreasuryMt: 1n,
  IncentiveReserve: 2n,
  ProtocolFlock: 3n,
  StakingFund: 4n,
} as const;

/** The curve of the worked example: G = 50,000, P0 = 0.1. */
export const EXAMPLE = curveOf(tokens(50_000), tokens("0.1"));

/** The settings of the buyback as the local parameters give them. */
export const LOCAL_LOTS = {
  bucketBps: 15n,
  bandBps: 9_800n,
  modelMinReserve: tokens(250),
  routeRefillDuration: REFILL,
  modelRefillDuration: MODEL_REFILL,
};

/** The local tier's terms, as `changeTier` takes them. */
export const LOCAL_TIER: TierTermsStruct = {
  computeCost: 200_000n,
  minMinimumRaise: tokens(1_000),
  open: true,
  maxTarget: tokens(10_000_000),
  guaranteesHash: "0x6c1e5a3d8e4f0b7a9d2c4e6f8a0b1c3d5e7f9a1b3c5d7e9f0a2b4c6d8e0f1a3b",
};

/** The local settings of the offering. */
export const LOCAL_SETTINGS = {
  launchFee: tokens(1_000),
  creatorFeeBps: 30n,
  protocolFeeBps: 95n,
  antiSnipeStartBps: 9_900n,
  antiSnipeWindow: ANTI_SNIPE_WINDOW,
  bundleCapBps: 2_500n,
};

/** The moment of the block that a transaction is in [s]. */
export async function timeOf(tx: ContractTransactionResponse): Promise<bigint> {
  const block = await tx.getBlock();
  return BigInt(block!.timestamp);
}

/** Schedules an operation of `caller`, waits for the delay, and executes it. */
export async function govern(f: ProtocolScene, target: string, data: string, caller = f.administrator) {
  const manager = f.accessManager.connect(caller);
  await manager.schedule(target, data, 0);
  await networkHelpers.time.increase(GOVERNANCE_DELAY);
  return manager.execute(target, data);
}

/** Launches `terms` as Alice and waits for the base fee. */
export async function launchBy(f: ProtocolScene, overrides: Partial<FlatTerms> = {}) {
  await f.offering.connect(f.alice).launch(workedExample(overrides), launchPayment());
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  return f.registry.modelCount();
}

/** What the issuer pays for the bundle of the scenes, fee included [FLOCK wei]. */
export const BUNDLE_PAID = tokens(4_000);

/** Alice's offering with that bundle, past the anti-sniping window. */
export async function bundledFixture() {
  const f = await networkHelpers.loadFixture(protocolFixture);
  await f.offering.connect(f.alice).launch(workedExample(), launchPayment({ bundleFlock: BUNDLE_PAID }));
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  return { ...f, modelId: 1n };
}

/** Bob and Carol have bought 30,000 FLOCK gross of 50,000, above the minimum of 20,000; the sale has ended. */
export async function partialSuccessFixture() {
  const f = await networkHelpers.loadFixture(bundledFixture);
  await f.offering.connect(f.bob).buyExactIn(f.modelId, tokens(20_000), 0n, f.bob, NO_DEADLINE);
  await f.offering.connect(f.carol).buyExactIn(f.modelId, tokens(10_000), 0n, f.carol, NO_DEADLINE);
  await networkHelpers.time.increase(7n * DAY);
  return f;
}

/** The target was reached by Bob and Carol; nobody has graduated it. */
export async function soldOutFixture() {
  const f = await networkHelpers.loadFixture(bundledFixture);
  await f.offering.connect(f.bob).buyExactIn(f.modelId, tokens(20_000), 0n, f.bob, NO_DEADLINE);
  await f.offering.connect(f.carol).buyExactIn(f.modelId, tokens(100_000), 0n, f.carol, NO_DEADLINE);
  return f;
}

/** A bundled raise that ended below its minimum; nobody has settled it. */
export async function missedFixture() {
  const f = await networkHelpers.loadFixture(bundledFixture);
  await f.offering.connect(f.bob).buyExactIn(f.modelId, tokens(6_000), 0n, f.bob, NO_DEADLINE);
  await f.offering.connect(f.carol).buyExactIn(f.modelId, tokens(3_000), 0n, f.carol, NO_DEADLINE);
  await networkHelpers.time.increase(7n * DAY);
  return f;
}

/** The token, the pair and its reserves (FLOCK, MT) of a graduated model. */
export async function marketOf(f: ProtocolScene, modelId = 1n) {
  const { token } = await f.lens.raiseOf(modelId);
  const mt = connectAs("modelToken", token, f.keeper);
  const pairAddress = await f.dexFactory.getPair(f.addresses.flock, token);
  if (pairAddress === ZeroAddress) throw new Error("the model has no pair");
  const pair = connectAs("pair", pairAddress, f.keeper);
  const [reserve0, reserve1] = await pair.getReserves();
  const flockFirst = (await pair.token0()) === f.addresses.flock;
  const reserves = flockFirst ? { flock: reserve0, mt: reserve1 } : { flock: reserve1, mt: reserve0 };
  return { token, mt, pair, pairAddress, reserves, flockFirst };
}

/** All that the offering shows of a raise, by name. */
export async function viewOf(f: ProtocolScene, modelId: bigint) {
  return structOf(await f.lens.raiseOf(modelId));
}

/** A struct that a view returned, by name and in its order. */
export const structOf = (struct: object) => (struct as Result).toObject() as Record<string, unknown>;

/** Balances of FLOCK by name. */
export async function flockOf(f: ProtocolScene, account: Parameters<ProtocolScene["flock"]["balanceOf"]>[0]) {
  return f.flock.balanceOf(account);
}

/** A contract of test/support/mocks/, which has no generated type. */
export const deployMock = (name: string, args: unknown[] = []) => ethers.deployContract(name, args);

/** Another contract beside that of the protocol, by its name in the SDK, with its type. */
export async function deployAs<Name extends keyof Contracts>(
  name: Name,
  args: unknown[],
  deployer: HardhatEthersSigner,
) {
  const artifact = /(\w+)\.json$/.exec(SDK_SOURCES[name])![1]!;
  return (await ethers.deployContract(artifact, args, deployer)) as unknown as Contracts[Name];
}

/** A contract in the place of one with the functions of `abi`: it answers those in `answers` with fixed values. */
export async function standIn(abi: Interface, answers: Record<string, readonly unknown[]>) {
  const contract = await deployMock("StandIn");
  for (const [fn, values] of Object.entries(answers)) {
    const selector = abi.getFunction(fn)!.selector;
    await contract.getFunction("setAnswer").send(selector, abi.encodeFunctionResult(fn, values));
  }
  return contract;
}

/** The contracts that the deployment made, by name: those of the chain, which it found, left out. */
export const deployedRooms = ({ addresses }: Pick<ProtocolScene, "addresses">): [name: string, address: string][] =>
  Object.entries(addresses).filter(([name]) => !["flock", "usdc", "dexFactory"].includes(name));

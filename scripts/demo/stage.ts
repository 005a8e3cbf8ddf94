import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256, parseEther, parseUnits } from "ethers";
import type { BaseContract, ContractTransactionResponse } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import type {
  LaunchPaymentStruct,
  LaunchTermsStruct,
} from "../../typechain-types/contracts/offering/RealModelOffering.ts";
import { connectAs, connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { rateOfBps } from "../../sdk/src/units/numbers.ts";
import { deployLocalChain, deployProtocol } from "../lib/deployment/deployment.ts";
import { localParameters } from "../lib/deployment/parameterFiles.ts";
import type { Protocol } from "../../sdk/src/ethers/connect.ts";
import { workedExample } from "../lib/offering/workedExample.ts";
import type { FlatTerms } from "../lib/offering/workedExample.ts";

/** Who plays. The first six are the deployment's; Alice and Grace issue models, the others support and use them. */
const NAMES = [
  "deployer",
  "administrator",
  "guardian",
  "treasury",
  "provider",
  "platform",
  "alice",
  "bob",
  "carol",
  "dave",
  "erin",
  "frank",
  "grace",
] as const;

/** Somebody who plays. */
export type Name = (typeof NAMES)[number];

/** A deadline that no transaction of the story reaches [s]. */
export const NO_DEADLINE = 2n ** 40n;

/** One day [s]. */
export const DAY = 86_400n;

/** The issuer's fee on purchases (section 3.2): 0.30% [bps]. */
export const CREATOR_FEE_BPS = 30n;
/** Creator and protocol fee together (section 3.2): 0.30% + 0.95% [WAD]. */
export const BASE_RATE = rateOfBps(CREATOR_FEE_BPS + 95n);

/** What everybody has at the beginning [FLOCK, USDC]. */
const PURSE = "1000000";
const USDC_PURSE = "100000";

/** Decimals of USDC on the embedded chain. */
export const USDC_DECIMALS = 6;

/** The models that chapters hand on to later ones. */
export type ModelKey = "workedExample" | "qwenAlice" | "nightOwl";

/** An embedded chain with the protocol on it, the people, and what the chapters have brought about so far. */
export interface Stage {
  connection: NetworkConnection;
  /** The contracts, called by nobody in particular. */
  protocol: Protocol;
  people: Record<Name, HardhatEthersSigner>;
  models: Partial<Record<ModelKey, bigint>>;
  /** Says on stderr what is going on. */
  tell: (what: string) => void;
}

/** Deploys everything on a fresh chain and gives everybody FLOCK and USDC. */
export async function openStage(connection: NetworkConnection, tell: (what: string) => void): Promise<Stage> {
  tell("Deploying FLOCK, USDC, Uniswap v2 and the protocol on an embedded chain");
  const signers = await connection.ethers.getSigners();
  const people = Object.fromEntries(NAMES.map((name, index) => [name, signers[index]!])) as Stage["people"];
  const chain = await deployLocalChain(connection);
  const addresses = await deployProtocol(connection, localParameters(), chain);
  const flock = connectAs("flock", addresses.flock, people.deployer);
  const usdc = connectAs("usdc", addresses.usdc, people.deployer);
  await flock.approve(addresses.emissions, MaxUint256);
  for (const name of NAMES.slice(NAMES.indexOf("platform"))) {
    await flock.transfer(people[name], parseEther(PURSE));
    await flock.connect(people[name]).approve(addresses.offering, MaxUint256);
    await usdc.transfer(people[name], parseUnits(USDC_PURSE, USDC_DECIMALS));
    await usdc.connect(people[name]).approve(addresses.meter, MaxUint256);
  }
  return { connection, protocol: connectProtocol(addresses, people.deployer), people, models: {}, tell };
}

/** A model that an earlier chapter launched. */
export function modelOf(stage: Stage, key: ModelKey): bigint {
  const modelId = stage.models[key];
  if (modelId === undefined) throw new Error(`The chapter that launches \`${key}\` has to be played first.`);
  return modelId;
}

/** What an issuer decides in this story, beside the two knobs of section 3.3.3 and the names. */
export function launchTerms(
  terms: Pick<FlatTerms, "name" | "symbol" | "minimumRaise" | "target" | "startPriceWad"> & Partial<FlatTerms>,
): LaunchTermsStruct {
  return workedExample({ metadataUri: "https://example.org/fomo/models/qwenalice.json", ...terms });
}

/** Launches a model and returns its id. */
export async function launch(
  stage: Stage,
  issuer: HardhatEthersSigner,
  terms: LaunchTermsStruct,
  payment: Partial<LaunchPaymentStruct> = {},
): Promise<bigint> {
  const { offering, registry } = stage.protocol;
  const { launchFee } = await offering.offeringSettings();
  const all = { launchFeeMax: launchFee, bundleFlock: 0n, bundleMtMin: 0n, deadline: NO_DEADLINE, ...payment };
  await offering.connect(issuer).launch(terms, all);
  return await registry.modelCount();
}

/** Lets time pass until `at`: the next block is there. */
export async function waitUntil(stage: Stage, at: bigint): Promise<void> {
  await stage.connection.networkHelpers.time.increaseTo(at);
}

/** Sends a transaction in a block of exactly that time [s]. */
export async function sendAt(
  stage: Stage,
  at: bigint,
  send: () => Promise<ContractTransactionResponse>,
): Promise<void> {
  await stage.connection.networkHelpers.time.setNextBlockTimestamp(at);
  await send();
}

/** Plays a look into the future and rewinds the chain, so that later chapters go on from the present. */
export async function lookAhead<T>(stage: Stage, look: () => Promise<T>): Promise<T> {
  const present = await stage.connection.networkHelpers.takeSnapshot();
  try {
    return await look();
  } finally {
    await present.restore();
  }
}

/** The name of the error with which a contract refuses a call. */
export async function refusalOf(contract: BaseContract, call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    const { data } = error as { data?: unknown };
    const parsed = typeof data === "string" ? contract.interface.parseError(data) : null;
    if (parsed === null) throw error;
    return parsed.name;
  }
  return "nothing: the call went through";
}

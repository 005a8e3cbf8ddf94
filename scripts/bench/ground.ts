import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256, parseEther } from "ethers";
import type { ContractTransactionResponse } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import type { LocalFlock, LocalUsdc } from "../../typechain-types/index.ts";
import type {
  LaunchPaymentStruct,
  LaunchTermsStruct,
} from "../../typechain-types/contracts/offering/RealModelOffering.ts";
import { connectAs, connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { deployLocalChain, deployProtocol } from "../lib/deployment/deployment.ts";
import { localParameters } from "../lib/deployment/parameterFiles.ts";
import type { Protocol } from "../../sdk/src/ethers/connect.ts";
import { workedExample } from "../lib/offering/workedExample.ts";

/** A deadline that no measurement reaches, with as many bytes as a real one [s]. */
export const DEADLINE = 0xfefefefen;
/** After what time the fee of a sale is down to its base [s]. */
const ANTI_SNIPE_WINDOW = 5_880;

/** A chain with the protocol on it and nothing else; users hold FLOCK and have given the offering an unlimited allowance. */
export interface Ground {
  connection: NetworkConnection;
  protocol: Protocol;
  flock: LocalFlock;
  usdc: LocalUsdc;
  /** Uniswap's router. */
  router: string;
  /** The blocks in which the protocol was deployed. */
  deployment: { first: number; last: number };
  deployer: HardhatEthersSigner;
  administrator: HardhatEthersSigner;
  treasury: HardhatEthersSigner;
  platform: HardhatEthersSigner;
  issuer: HardhatEthersSigner;
  users: HardhatEthersSigner[];
  /** Holds FLOCK but has given no allowance. */
  unapproved: HardhatEthersSigner;
}

/** Deploys everything on a fresh chain. */
export async function prepareGround(connection: NetworkConnection): Promise<Ground> {
  const [deployer, administrator, , treasury, , platform, issuer, unapproved, ...users] =
    await connection.ethers.getSigners();
  const chain = await deployLocalChain(connection);
  const { provider } = connection.ethers;
  const first = (await provider.getBlockNumber()) + 1;
  const addresses = await deployProtocol(connection, localParameters(), chain);
  const last = await provider.getBlockNumber();
  const flock = connectAs("flock", addresses.flock, deployer);
  for (const user of [issuer!, unapproved!, ...users]) await flock.transfer(user, parseEther("10000000"));
  for (const user of [issuer!, ...users]) await flock.connect(user).approve(addresses.offering, MaxUint256);
  return {
    connection,
    protocol: connectProtocol(addresses, deployer),
    flock,
    usdc: connectAs("usdc", addresses.usdc, deployer),
    router: chain.router,
    deployment: { first, last },
    deployer: deployer!,
    administrator: administrator!,
    treasury: treasury!,
    platform: platform!,
    issuer: issuer!,
    users,
    unapproved: unapproved!,
  };
}

/** The offering that is measured. */
export const TERMS: LaunchTermsStruct = workedExample();

/** A launch payment with or without a bundle. */
export function payment(bundleFlock = 0n): LaunchPaymentStruct {
  return { launchFeeMax: parseEther("1000"), bundleFlock, bundleMtMin: 0n, deadline: DEADLINE };
}

/** Launches the offering that is measured. */
export function launch(
  ground: Ground,
  terms: LaunchTermsStruct = TERMS,
  bundleFlock = 0n,
): Promise<ContractTransactionResponse> {
  return ground.protocol.offering.connect(ground.issuer).launch(terms, payment(bundleFlock));
}

/** Buys as a careful user does: with a minimum output from a quote and a deadline. `flockIn` is in FLOCK. */
export async function buy(
  ground: Ground,
  modelId: bigint,
  user: HardhatEthersSigner,
  flockIn: string,
  recipient: HardhatEthersSigner = user,
): Promise<ContractTransactionResponse> {
  const { offering, lens } = ground.protocol;
  const amount = parseEther(flockIn);
  const { mtOut } = await lens.quoteExactIn(modelId, amount);
  return await offering.connect(user).buyExactIn(modelId, amount, mtOut, recipient, DEADLINE);
}

/** Buys an exact amount of MT likewise: with a maximum input from a quote. */
export async function buyOut(
  ground: Ground,
  modelId: bigint,
  user: HardhatEthersSigner,
  mtOut: string,
): Promise<ContractTransactionResponse> {
  const { offering, lens } = ground.protocol;
  const amount = parseEther(mtOut);
  const { flockIn } = await lens.quoteExactOut(modelId, amount);
  return await offering.connect(user).buyExactOut(modelId, amount, flockIn, user, DEADLINE);
}

/** Lets the fee of offerings launched so far fall to its base. */
export async function passAntiSnipeWindow({ connection }: Ground): Promise<void> {
  await connection.networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
}

/** Does something and takes it back. */
export async function undone<T>({ connection }: Ground, act: () => Promise<T>): Promise<T> {
  const before = await connection.networkHelpers.takeSnapshot();
  const result = await act();
  await before.restore();
  return result;
}

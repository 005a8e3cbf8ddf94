import {
  accessManagerAbi,
  buybackAbi,
  dexFactoryAbi,
  emissionsAbi,
  flockAbi,
  graduationAbi,
  lensAbi,
  lockerAbi,
  meterAbi,
  modelTokenAbi,
  offeringAbi,
  pairAbi,
  registryAbi,
  stakingAbi,
  tokenFactoryAbi,
  usdcAbi,
  vaultAbi,
  waterfallAbi,
} from "../abi/index.ts";
import type { Reads } from "../abi/types.ts";

/** A contract by its name in the SDK. */
export type ContractName = keyof Reads;

const ABIS = {
  accessManager: accessManagerAbi,
  registry: registryAbi,
  tokenFactory: tokenFactoryAbi,
  vault: vaultAbi,
  waterfall: waterfallAbi,
  buyback: buybackAbi,
  locker: lockerAbi,
  graduation: graduationAbi,
  offering: offeringAbi,
  staking: stakingAbi,
  emissions: emissionsAbi,
  meter: meterAbi,
  lens: lensAbi,
  flock: flockAbi,
  usdc: usdcAbi,
  dexFactory: dexFactoryAbi,
  modelToken: modelTokenAbi,
  pair: pairAbi,
} satisfies Record<ContractName, unknown>;

/** The ABI of each contract. */
export type Abis = typeof ABIS;

/** The ABI of a contract. */
export const abiOf = <Contract extends ContractName>(contract: Contract): Abis[Contract] => ABIS[contract];

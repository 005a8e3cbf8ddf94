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

/** The ABI of each contract. */
export interface Abis {
  accessManager: typeof accessManagerAbi;
  registry: typeof registryAbi;
  tokenFactory: typeof tokenFactoryAbi;
  vault: typeof vaultAbi;
  waterfall: typeof waterfallAbi;
  buyback: typeof buybackAbi;
  locker: typeof lockerAbi;
  graduation: typeof graduationAbi;
  offering: typeof offeringAbi;
  staking: typeof stakingAbi;
  emissions: typeof emissionsAbi;
  meter: typeof meterAbi;
  lens: typeof lensAbi;
  flock: typeof flockAbi;
  usdc: typeof usdcAbi;
  dexFactory: typeof dexFactoryAbi;
  modelToken: typeof modelTokenAbi;
  pair: typeof pairAbi;
}

const ABIS: Abis = {
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
};

/** The ABI of a contract. */
export const abiOf = <Contract extends ContractName>(contract: Contract): Abis[Contract] => ABIS[contract];

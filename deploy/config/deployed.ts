/**
 * Under which id Ignition's record has each contract that the module `Fomo` gives, so that a command can read the record
 * without loading Ignition. A test compares it with the module.
 */
export const DEPLOYED_CONTRACTS = {
  accessManager: "Access#AccessManager",
  registry: "Registry#ModelRegistry",
  tokenFactory: "Graduation#ModelTokenFactory",
  vault: "Vesting#VestingVault",
  waterfall: "Revenue#RevenueWaterfall",
  buyback: "Revenue#Buyback",
  locker: "Graduation#LiquidityLocker",
  graduation: "Graduation#Graduation",
  offering: "Offering#RealModelOffering",
  staking: "Staking#ModelStaking",
  emissions: "Emissions#EmissionDistributor",
  meter: "Usage#InferenceMeter",
  lens: "Lens#ProtocolLens",
  flock: "Chain#Flock",
  usdc: "Chain#Usdc",
  dexFactory: "Chain#DexFactory",
} as const;

/** Contracts of the chain that the protocol uses; parameter files name them under the same keys. */
export const CHAIN_CONTRACTS = ["flock", "usdc", "dexFactory"] as const;

/** A contract of the chain that the protocol uses. */
export type ChainContract = (typeof CHAIN_CONTRACTS)[number];

/** Addresses of a deployed protocol and of the chain's contracts that it uses. */
export type ProtocolAddresses = Record<keyof typeof DEPLOYED_CONTRACTS, string>;

import type {
  AccessManager,
  Buyback,
  EmissionDistributor,
  Graduation,
  IERC20Metadata,
  IUniswapV2Factory,
  IUniswapV2Pair,
  InferenceMeter,
  LiquidityLocker,
  LocalFlock,
  LocalUsdc,
  ModelRegistry,
  ModelStaking,
  ModelToken,
  ModelTokenFactory,
  ProtocolLens,
  RealModelOffering,
  RevenueWaterfall,
  VestingVault,
} from "../../../typechain-types/index.ts";

/**
 * Each contract as ethers has it, with the types of its functions and events. FLOCK and USDC have what their stand-ins on
 * the local chain have: what is used of the real ones.
 */
export interface Contracts {
  accessManager: AccessManager;
  registry: ModelRegistry;
  tokenFactory: ModelTokenFactory;
  vault: VestingVault;
  waterfall: RevenueWaterfall;
  buyback: Buyback;
  locker: LiquidityLocker;
  graduation: Graduation;
  offering: RealModelOffering;
  staking: ModelStaking;
  emissions: EmissionDistributor;
  meter: InferenceMeter;
  lens: ProtocolLens;
  flock: LocalFlock;
  usdc: LocalUsdc;
  dexFactory: IUniswapV2Factory;
  modelToken: ModelToken;
  pair: IUniswapV2Pair;
}

/** A token of which nothing is known but that it is an ERC-20. */
export type AnyToken = IERC20Metadata;

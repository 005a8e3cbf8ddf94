const contract = (folder: string, name: string) => `contracts/${folder}/${name}.sol/${name}.json`;
const uniswap = (name: string) => `@uniswap/v2-core/contracts/interfaces/${name}.sol/${name}.json`;

/** A contract of the SDK: where its ABI comes from, and what is left out of it. */
export interface SdkSource {
  artifact: string;
  /** Functions of a stand-in that the real token does not have. */
  without?: readonly string[];
}

/** Every contract of the SDK by its name there: first those of `DEPLOYED_CONTRACTS`, then what a model brings along. */
export const SDK_SOURCES = {
  accessManager: { artifact: "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json" },
  registry: { artifact: contract("registry", "ModelRegistry") },
  tokenFactory: { artifact: contract("token", "ModelTokenFactory") },
  vault: { artifact: contract("vesting", "VestingVault") },
  waterfall: { artifact: contract("revenue", "RevenueWaterfall") },
  buyback: { artifact: contract("buyback", "Buyback") },
  locker: { artifact: contract("graduation", "LiquidityLocker") },
  graduation: { artifact: contract("graduation", "Graduation") },
  offering: { artifact: contract("offering", "RealModelOffering") },
  staking: { artifact: contract("staking", "ModelStaking") },
  emissions: { artifact: contract("emissions", "EmissionDistributor") },
  meter: { artifact: contract("usage", "InferenceMeter") },
  lens: { artifact: contract("lens", "ProtocolLens") },
  flock: { artifact: contract("local", "LocalFlock"), without: ["mint"] },
  usdc: { artifact: contract("local", "LocalUsdc"), without: ["mint"] },
  dexFactory: { artifact: uniswap("IUniswapV2Factory") },
  modelToken: { artifact: contract("token", "ModelToken") },
  pair: { artifact: uniswap("IUniswapV2Pair") },
} satisfies Record<string, SdkSource>;

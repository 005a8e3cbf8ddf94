const contract = (folder: string, name: string) => `contracts/${folder}/${name}.sol/${name}.json`;
const uniswap = (name: string) => `@uniswap/v2-core/contracts/interfaces/${name}.sol/${name}.json`;

/** The artifact of each contract of the SDK by its name there: first those of `DEPLOYED_CONTRACTS`, then what a model brings along. */
export const SDK_SOURCES = {
  accessManager: "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json",
  registry: contract("registry", "ModelRegistry"),
  tokenFactory: contract("token", "ModelTokenFactory"),
  vault: contract("vesting", "VestingVault"),
  waterfall: contract("revenue", "RevenueWaterfall"),
  buyback: contract("buyback", "Buyback"),
  locker: contract("graduation", "LiquidityLocker"),
  graduation: contract("graduation", "Graduation"),
  offering: contract("offering", "RealModelOffering"),
  staking: contract("staking", "ModelStaking"),
  emissions: contract("emissions", "EmissionDistributor"),
  meter: contract("usage", "InferenceMeter"),
  lens: contract("lens", "ProtocolLens"),
  flock: contract("local", "LocalFlock"),
  usdc: contract("local", "LocalUsdc"),
  dexFactory: uniswap("IUniswapV2Factory"),
  modelToken: contract("token", "ModelToken"),
  pair: uniswap("IUniswapV2Pair"),
};

import { join } from "node:path";

/** Where the typed bindings stand. */
export const BINDINGS_DIR = join(import.meta.dirname, "..", "..", "typechain-types");

const contract = (folder: string, name: string) => `contracts/${folder}/${name}.sol/${name}.json`;

/** What gets typed bindings: the contracts that are deployed, and the interfaces that our code uses. */
export const BOUND_ARTIFACTS = [
  contract("buyback", "Buyback"),
  contract("emissions", "EmissionDistributor"),
  contract("graduation", "Graduation"),
  contract("graduation", "LiquidityLocker"),
  contract("lens", "ProtocolLens"),
  contract("local", "LocalFlock"),
  contract("local", "LocalUsdc"),
  contract("offering", "RealModelOffering"),
  contract("registry", "ModelRegistry"),
  contract("revenue", "RevenueWaterfall"),
  contract("staking", "ModelStaking"),
  contract("token", "ModelToken"),
  contract("token", "ModelTokenFactory"),
  contract("usage", "InferenceMeter"),
  contract("vesting", "VestingVault"),
  "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json",
  "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol/IERC20Metadata.json",
  "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol/IERC20Permit.json",
  "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol/IUniswapV2Factory.json",
  "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol/IUniswapV2Pair.json",
];

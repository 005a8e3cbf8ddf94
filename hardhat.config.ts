import { createRequire } from "node:module";
import { join } from "node:path";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";

import { sortedArtifacts } from "./scripts/lib/sortedArtifacts.ts";
import { fomoTasks } from "./scripts/tasks/index.ts";

const require = createRequire(import.meta.url);

/** One compiler for tests and deployments alike: the npm package, so that a build needs no download host. */
const solidity = {
  version: "0.8.30",
  path: require.resolve("solc/soljson.js"),
  settings: {
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 10_000 },
    viaIR: true,
    // No hash of the sources in the bytecode: the bindings stay the same whatever else is compiled beside a contract.
    metadata: { bytecodeHash: "none" },
  },
};

/** A public network. Its URL and key come from Hardhat's keystore or the environment, and only when it is used. */
const publicNetwork = (url: string, key: string, chainId: number) => ({
  type: "http" as const,
  chainId,
  url: configVariable(url),
  accounts: [configVariable(key)],
});

/** What Hardhat works with: the `fomo` commands, the networks, the compiler, and how long fuzzing lasts. */
export default defineConfig({
  plugins: [sortedArtifacts, toolbox],
  tasks: fomoTasks,
  networks: {
    // The chain of `npm run node`; another port is named in the environment.
    localhost: { type: "http", url: process.env.FOMO_LOCALHOST_URL ?? "http://127.0.0.1:8545" },
    base: publicNetwork("BASE_RPC_URL", "FOMO_PRIVATE_KEY", 8453),
    baseSepolia: publicNetwork("BASE_SEPOLIA_RPC_URL", "FOMO_TESTNET_PRIVATE_KEY", 84532),
    bsc: publicNetwork("BSC_RPC_URL", "FOMO_PRIVATE_KEY", 56),
    bscTestnet: publicNetwork("BSC_TESTNET_RPC_URL", "FOMO_TESTNET_PRIVATE_KEY", 97),
  },
  solidity: {
    profiles: { default: solidity, production: solidity },
    // What the deployment and its callers need besides our own contracts: the code or the bindings.
    npmFilesToBuild: [
      "@openzeppelin/contracts/access/manager/AccessManager.sol",
      "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol",
      "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol",
      "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol",
      "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol",
    ],
  },
  // Lets a test fork a local node and Base: without a history their newest blocks belong to no known hardfork.
  chainDescriptors: {
    31337: { name: "local", chainType: "l1", hardforkHistory: { prague: { blockNumber: 0 } } },
    8453: { name: "Base", chainType: "op", hardforkHistory: { isthmus: { blockNumber: 0 } } },
  },
  paths: { ignition: "deploy" },
  test: {
    solidity: {
      fuzz: { runs: 1_000 },
      // Each invariant is a campaign of its own; `runs` sequences of `depth` actions of all actors.
      invariant: { runs: 80, depth: 250, failOnRevert: true },
      // The canonical Uniswap v2, which must not be recompiled.
      fsPermissions: { readFile: ["node_modules/@uniswap/v2-core/build/UniswapV2Factory.json"] },
    },
  },
  typechain: { outDir: join(import.meta.dirname, "typechain-types") },
});

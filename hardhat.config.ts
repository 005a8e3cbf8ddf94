import { createRequire } from "node:module";
import { join } from "node:path";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

import { tasks } from "./scripts/tasks/index.ts";

const require = createRequire(import.meta.url);

/** One compiler for tests and deployments alike: the npm package, so that a build needs no download host. */
const solidity = {
  version: "0.8.30",
  path: require.resolve("solc/soljson.js"),
  settings: {
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 10_000 },
    viaIR: true,
  },
};

export default defineConfig({
  plugins: [toolbox],
  tasks,
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
  typechain: { outDir: join(import.meta.dirname, "typechain-types") },
});

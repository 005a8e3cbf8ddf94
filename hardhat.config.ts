import { createRequire } from "node:module";
import { join } from "node:path";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

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

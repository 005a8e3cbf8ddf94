import { globSync } from "node:fs";
import { createRequire } from "node:module";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";

import { compilerRuns } from "./scripts/build/compilerRuns.ts";
import { ownWarnings } from "./scripts/build/ownWarnings.ts";
import { fomoTasks } from "./scripts/tasks/index.ts";
import { fuzzSeed, isDeep, scaled } from "./test/support/scale.ts";

const require = createRequire(import.meta.url);

/** One compiler for everything: the npm package, so that a build needs no download host. */
const compiler = { version: "0.8.30", path: require.resolve("solc/soljson.js") };

/** What is deployed, by tests as by anybody. */
const contracts = {
  ...compiler,
  settings: {
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 10_000 },
    viaIR: true,
    // No hash of the sources in the bytecode: it stays the same whatever else is compiled beside a contract.
    metadata: { bytecodeHash: "none" },
  },
};

/** The other half of them, for a second run of the compiler at the same time. */
const contractsToo = { ...contracts };

/** Test suites, handlers and mocks: not optimised, half the time to compile. They deploy the contracts as artifacts. */
const tests = {
  ...compiler,
  settings: { evmVersion: "cancun", optimizer: { enabled: false }, metadata: { bytecodeHash: "none" } },
};

/** Says with which settings files are compiled. */
const compiledAs = <Settings>(settings: Settings, pattern: string) =>
  Object.fromEntries(globSync(pattern, { cwd: import.meta.dirname }).map((file) => [file, settings]));

/** A public network. Its URL and key come from Hardhat's keystore or the environment, and only when it is used. */
const publicNetwork = (url: string, key: string, chainId: number) => ({
  type: "http" as const,
  chainId,
  url: configVariable(url),
  accounts: [configVariable(key)],
});

/** A chain whose blocks a fork executes as those of one hardfork. */
const forkable = <Type extends "l1" | "op">(name: string, chainType: Type, hardfork: string) => ({
  name,
  chainType,
  hardforkHistory: { [hardfork]: { blockNumber: 0 } },
});

/** What Hardhat works with: the `fomo` commands, the networks, the compiler, and how long fuzzing lasts. */
export default defineConfig({
  plugins: [compilerRuns, ownWarnings, toolbox],
  tasks: fomoTasks,
  networks: {
    // The chain of a process. What is sent to it is not estimated before: a third of the time of most tests.
    default: { type: "edr-simulated", gas: 16_000_000 },
    // The chain of `npm run node`; another port is named in the environment.
    localhost: { type: "http", url: process.env.FOMO_LOCALHOST_URL ?? "http://127.0.0.1:8545" },
    base: publicNetwork("BASE_RPC_URL", "FOMO_PRIVATE_KEY", 8453),
    baseSepolia: publicNetwork("BASE_SEPOLIA_RPC_URL", "FOMO_TESTNET_PRIVATE_KEY", 84532),
    bsc: publicNetwork("BSC_RPC_URL", "FOMO_PRIVATE_KEY", 56),
    bscTestnet: publicNetwork("BSC_TESTNET_RPC_URL", "FOMO_TESTNET_PRIVATE_KEY", 97),
  },
  solidity: {
    profiles: {
      default: {
        compilers: [contracts],
        overrides: {
          ...compiledAs(
            contractsToo,
            "contracts/{emissions,graduation,local,registry,staking,token,usage,vesting}/**/*.sol",
          ),
          ...compiledAs(tests, "test/{fuzz,invariant}/**/*.sol"),
          ...compiledAs(tests, "test/support/{mocks,solidity}/**/*.sol"),
        },
      },
      production: { ...contracts, isolated: false },
    },
    // What the deployment and its callers need besides our own contracts: the code or the bindings.
    npmFilesToBuild: [
      "@openzeppelin/contracts/access/manager/AccessManager.sol",
      "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol",
      "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol",
      "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol",
    ],
  },
  // Lets tests and rehearsals fork these chains: without a history their newest blocks belong to no known hardfork.
  chainDescriptors: {
    ...Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [31_337 + index, forkable("local", "l1", "prague")]),
    ),
    8453: forkable("Base", "op", "isthmus"),
    84532: forkable("Base Sepolia", "op", "isthmus"),
    56: forkable("BNB Smart Chain", "l1", "prague"),
    97: forkable("BNB Smart Chain Testnet", "l1", "prague"),
  },
  // `fomo verify`; the key is good for every chain that Etherscan knows.
  verify: { etherscan: { apiKey: configVariable("ETHERSCAN_API_KEY") } },
  paths: { ignition: "deploy" },
  test: {
    // Every process has a chain of its own, and one more than there are cores works while those of the commands wait for
    // theirs. A deep run shows each test as it ends instead.
    mocha: { parallel: !isDeep, jobs: 3, require: ["./test/support/workerMessages.ts"] },
    solidity: {
      fuzz: { runs: scaled(500, 50_000), ...fuzzSeed },
      // `runs` sequences of `depth` actions of all actors.
      invariant: { runs: scaled(40, 4_000), depth: 250, failOnRevert: true },
      // The canonical Uniswap v2, which must not be recompiled.
      fsPermissions: { readFile: ["node_modules/@uniswap/v2-core/build/UniswapV2Factory.json"] },
    },
  },
  // `npm run build` writes the bindings: scripts/build/bindings.ts.
  typechain: { dontOverrideCompile: true },
});

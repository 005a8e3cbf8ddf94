import { createRequire } from "node:module";

import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

const require = createRequire(import.meta.url);

/** An artifact as Ignition takes it, from the canonical build of an npm package. */
function canonical(path: string, contractName: string) {
  const built = require(path) as { abi: unknown[]; bytecode: string } & { evm?: { bytecode: { object: string } } };
  return {
    _format: "hh3-artifact-1" as const,
    contractName,
    sourceName: path,
    abi: built.abi,
    bytecode: built.bytecode.startsWith("0x") ? built.bytecode : `0x${built.bytecode}`,
    deployedBytecode: "0x",
    linkReferences: {},
    deployedLinkReferences: {},
  };
}

/**
 * What a public chain has already: FLOCK, USDC and Uniswap v2 in its canonical bytecode. The deployer holds both
 * supplies. Only for chains that are empty: the embedded chain, `npm run node`, and the node that tests fork.
 */
export default buildModule("LocalChain", (m) => {
  const holder = m.getAccount(0);
  const flock = m.contract("LocalFlock", [holder]);
  const usdc = m.contract("LocalUsdc", [holder]);
  const weth = m.contract("WETH9", canonical("@uniswap/v2-periphery/build/WETH9.json", "WETH9"), []);
  const dexFactory = m.contract(
    "UniswapV2Factory",
    canonical("@uniswap/v2-core/build/UniswapV2Factory.json", "UniswapV2Factory"),
    [holder],
  );
  const router = m.contract(
    "UniswapV2Router02",
    canonical("@uniswap/v2-periphery/build/UniswapV2Router02.json", "UniswapV2Router02"),
    [dexFactory, weth],
  );
  return { flock, usdc, weth, dexFactory, router };
});

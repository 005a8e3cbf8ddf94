import { createRequire } from "node:module";

import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

const require = createRequire(import.meta.url);

/** The USDC/FLOCK pool opens at 1 FLOCK = 1 USDC, the price at which the paper's example is taken. */
const POOL_USDC = 2_000_000n * 10n ** 6n;
const POOL_FLOCK = 2_000_000n * 10n ** 18n;

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
 * What a public chain has already: FLOCK, USDC, Uniswap v2 in its canonical bytecode, and a USDC/FLOCK pool. The deployer
 * holds the rest of both supplies. Only for chains that are empty: the embedded chain, `npm run node`, and the node that tests fork.
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

  const created = m.call(dexFactory, "createPair", [usdc, flock]);
  const pairAddress = m.staticCall(dexFactory, "getPair", [usdc, flock], 0, { after: [created] });
  const pair = m.contractAt(
    "UniswapV2Pair",
    canonical("@uniswap/v2-core/build/UniswapV2Pair.json", "UniswapV2Pair"),
    pairAddress,
  );
  const after = [
    m.call(usdc, "transfer", [pair, POOL_USDC], { id: "fundPairWithUsdc" }),
    m.call(flock, "transfer", [pair, POOL_FLOCK], { id: "fundPairWithFlock" }),
  ];
  m.call(pair, "mint", [holder], { after });
  return { flock, usdc, weth, dexFactory, router, pair };
});

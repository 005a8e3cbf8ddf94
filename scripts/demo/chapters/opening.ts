import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import type { IUniswapV2Pair } from "../../../typechain-types/index.ts";
import type { Stage } from "../stage.ts";

/** A model's pool on the DEX. */
export interface Opening {
  pair: IUniswapV2Pair;
  /** Its reserves [FLOCK wei, MT wei]. */
  flock: bigint;
  mt: bigint;
  /** Their ratio [WAD, FLOCK per MT]. */
  priceWad: bigint;
}

/** Reads a model's pool from the DEX itself, not from what the protocol says about it. */
export async function openingOf(stage: Stage, modelId: bigint): Promise<Opening> {
  const { protocol, people } = stage;
  const { token } = await protocol.lens.raiseOf(modelId);
  const pairAddress = await protocol.dexFactory.getPair(protocol.addresses.flock, token);
  const pair = connectAs("pair", pairAddress, people.deployer);
  const [reserve0, reserve1] = await pair.getReserves();
  const flockIsFirst = (await pair.token0()) === protocol.addresses.flock;
  const [flock, mt] = flockIsFirst ? [reserve0, reserve1] : [reserve1, reserve0];
  return { pair, flock, mt, priceWad: (flock * 10n ** 18n) / mt };
}

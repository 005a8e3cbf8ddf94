import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { WAD } from "../../../sdk/src/units/numbers.ts";
import type { Session } from "../chain/session.ts";

/** The reserves of a model's pool and its price [FLOCK wei, MT wei, WAD]. */
export async function poolOf({ protocol, connection }: Session, pairAddress: string) {
  const pair = connectAs("pair", pairAddress, connection.ethers.provider);
  const [[reserve0, reserve1], token0] = await Promise.all([pair.getReserves(), pair.token0()]);
  const flockIsFirst = token0 === protocol.addresses.flock;
  const [flock, mt] = flockIsFirst ? [reserve0, reserve1] : [reserve1, reserve0];
  return { flock, mt, priceWad: mt === 0n ? 0n : (flock * WAD) / mt };
}

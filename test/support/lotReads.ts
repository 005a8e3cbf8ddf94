import { flockOrder, mtOrder } from "../../sdk/src/buyback/lot.ts";
import type { LotHop, LotOrder } from "../../sdk/src/buyback/lot.ts";
import type { Address } from "../../sdk/src/codec/hex.ts";
import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { FLOCK_SEAT, modelSeat } from "./buyback.ts";
import type { MarketScene } from "./buyback.ts";
import { ethers } from "./fixtures.ts";

/** A pair of a market in the direction from `tokenIn`, as a page reads it: from views, and one event. */
async function hopOf(f: MarketScene, pairAddress: string, tokenIn: string): Promise<Omit<LotHop, "minReserve">> {
  const pair = connectAs("pair", pairAddress, ethers.provider);
  const inIsFirst = (await pair.token0()) === tokenIn;
  const [reserve0, reserve1, touchedAt] = await pair.getReserves();
  const [observedAt, averageSince, notedReserve] = await f.buyback.observationOf(pairAddress, tokenIn);
  const [level, filledAt] = await f.buyback.bucketOf(pairAddress, tokenIn);
  const pokes = await f.buyback.queryFilter(f.buyback.filters.Poked(pairAddress, tokenIn));
  const [reserveIn, reserveOut] = inIsFirst ? [reserve0, reserve1] : [reserve1, reserve0];
  const cumulativeLast = inIsFirst ? await pair.price0CumulativeLast() : await pair.price1CumulativeLast();
  const olderCumulative = pokes.at(-1)?.args.olderCumulative ?? 0n;
  return {
    pair: pairAddress as Address,
    state: { reserveIn, reserveOut, cumulativeLast, touchedAt },
    observation: { observedAt, averageSince, notedReserve, olderCumulative },
    bucket: { level, filledAt },
  };
}

const circumstancesOf = async (f: MarketScene) => ({
  pausedUntil: await f.buyback.buybacksPausedUntil(),
  pairFeeBps: await f.buyback.PAIR_FEE_BPS(),
});

/** What the next lot of FLOCK is planned from: for a model, or with 0 for burning. */
export async function flockOrderIn(f: MarketScene, modelId: bigint): Promise<LotOrder> {
  const hops: LotHop[] = [];
  let tokenIn: string = f.addresses.usdc;
  for (const { pair, minReserve } of await f.buyback.routePairs()) {
    hops.push({ ...(await hopOf(f, pair, tokenIn)), minReserve });
    const contract = connectAs("pair", pair, ethers.provider);
    const [token0, token1] = [await contract.token0(), await contract.token1()];
    tokenIn = token0 === tokenIn ? token1 : token0;
  }
  const seat = modelId === 0n ? FLOCK_SEAT : modelSeat(modelId);
  const isHeld = (await f.registry.holderOf(seat)) === f.addresses.buyback;
  const credit = isHeld ? await f.waterfall.creditOf(seat) : 0n;
  return flockOrder(await f.buyback.buybackSettings(), hops, credit, await circumstancesOf(f));
}

/** What the next lot of a model's MT is planned from. */
export async function mtOrderIn(f: MarketScene): Promise<LotOrder> {
  const hop = await hopOf(f, f.modelPair, f.addresses.flock);
  const credit = await f.buyback.flockOf(f.modelId);
  return mtOrder(await f.buyback.buybackSettings(), hop, credit, await circumstancesOf(f));
}

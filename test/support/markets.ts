import { connectAs, connectToken } from "../../sdk/src/ethers/connect.ts";
import { setEmissionSettings } from "./earning.ts";
import type { Earning } from "./earning.ts";
import { sqrt } from "./bigints.ts";
import { networkHelpers } from "./fixtures.ts";
import { OBSERVATION_AGE } from "./time.ts";
import { trade } from "./trades.ts";
import { WAD } from "./units.ts";

/** The pair of the local route. */
export const routePairOf = (f: Earning) => f.dexFactory.getPair(f.addresses.usdc, f.addresses.flock);

/** The pair of the first model. */
export const modelPairOf = (f: Earning) => f.dexFactory.getPair(f.addresses.flock, f.mt);

/** FLOCK for one USDC in the pair of the route [WAD]. */
export async function flockPerUsdc(f: Earning): Promise<bigint> {
  const pair = await routePairOf(f);
  const [flock, usdc] = await balancesOf(f, pair, f.addresses.usdc);
  return (flock * 10n ** 6n) / usdc;
}

/** FLOCK for one MT in the model's pair [WAD]. */
export async function flockPerMt(f: Earning): Promise<bigint> {
  const [flock, mt] = await balancesOf(f, await modelPairOf(f), await f.mt.getAddress());
  return (flock * WAD) / mt;
}

/**
 * Trades in the route's pair until one FLOCK costs about `usd` [USD, WAD]. What is traded has a fee, so the price is a
 * little off; `flockPerUsdc` says what it is.
 */
export async function moveFlockTo(f: Earning, usd: bigint): Promise<void> {
  const pair = await routePairOf(f);
  const [flock, usdc] = await balancesOf(f, pair, f.addresses.usdc);
  // With k = flock · usdc, the price usdc / flock is reached at flock = sqrt(k / price).
  const wanted = sqrt((flock * usdc * 10n ** 12n * WAD) / usd);
  if (wanted > flock) await trade(f.deployer, pair, f.addresses.flock, wanted - flock);
  if (wanted < flock) await trade(f.deployer, pair, f.addresses.usdc, (flock * usdc) / wanted - usdc);
}

/** Trades in the model's pair until one MT costs about `factor` / 100 of what it does now. */
export async function moveMtBy(f: Earning, percent: bigint): Promise<void> {
  const pair = await modelPairOf(f);
  const mt = await f.mt.getAddress();
  const [flockHeld, mtHeld] = await balancesOf(f, pair, mt);
  const wanted = sqrt((flockHeld * flockHeld * percent) / 100n);
  if (wanted > flockHeld) await trade(f.deployer, pair, f.addresses.flock, wanted - flockHeld);
  if (wanted < flockHeld) {
    const amount = (flockHeld * mtHeld) / wanted - mtHeld;
    await f.mt.connect(f.carol).transfer(f.deployer, amount);
    await trade(f.deployer, pair, mt, amount);
  }
}

/** Observes route and model twice, so that the averages are the prices of now. */
export async function observePrices(f: Earning): Promise<void> {
  for (let i = 0; i < 2; ++i) {
    await f.buyback.pokeRoute();
    await f.buyback.pokeModel(f.modelId);
    await networkHelpers.time.increase(OBSERVATION_AGE);
  }
  await f.buyback.pokeRoute();
  await f.buyback.pokeModel(f.modelId);
}

/** The caps of a network's parameter file, set by governance; they hold when this returns. */
export async function setCapsOf(f: Earning, caps: { maxFlockPerUsdc: bigint; maxRewardBps: bigint }): Promise<void> {
  const { nextDailyRate } = await f.emissions.emissionSettings();
  await setEmissionSettings(f, nextDailyRate, caps.maxFlockPerUsdc, caps.maxRewardBps);
}

/** What a pair holds: the other token, and `token`. */
async function balancesOf(f: Earning, pair: string, token: string): Promise<[bigint, bigint]> {
  const contract = connectAs("pair", pair, f.deployer);
  const [token0, token1] = await Promise.all([contract.token0(), contract.token1()]);
  const other = token0 === token ? token1 : token0;
  const of = (address: string) => connectToken(address, f.deployer).balanceOf(pair);
  return [await of(other), await of(token)];
}

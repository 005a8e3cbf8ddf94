import { expect } from "chai";

import { IUniswapV2Pair__factory } from "../../typechain-types/index.ts";
import { sqrt } from "./bigints.ts";
import { networkHelpers, protocolFixture } from "./fixtures.ts";
import { launchBy, marketOf } from "./scenes.ts";
import type { ProtocolScene } from "./scenes.ts";
import { NO_DEADLINE } from "./time.ts";
import { tokens } from "./units.ts";

/** What the pool of a sold-out worked example opens with. */
export const POOL = { flock: tokens(25_000), mt: tokens(200_000) };
/** All liquidity of that pool [LP wei]. */
export const LIQUIDITY = sqrt(POOL.flock * POOL.mt);

/** A sold-out raise whose token will sort before or after FLOCK: both orders of the pair. */
export async function soldOutInOrder(flockFirst: boolean) {
  const f = await networkHelpers.loadFixture(protocolFixture);
  for (let tries = 0; ; tries++) {
    const symbol = `QALICE${tries}`;
    const token = await f.graduation.tokenAddress(1n, "QwenALICE", symbol);
    if (BigInt(f.addresses.flock) < BigInt(token) !== flockFirst) continue;
    await launchBy(f, { symbol });
    await f.offering.connect(f.bob).buyExactIn(1n, tokens(100_000), 0n, f.bob, NO_DEADLINE);
    return { ...f, token, flockFirst };
  }
}
/** The order in which FLOCK is the pair's first token. */
export const flockFirstFixture = () => soldOutInOrder(true);
const mtFirstFixture = () => soldOutInOrder(false);
/** Both orders of the pair. */
export const ORDERS = [
  { order: "FLOCK below MT", fixture: flockFirstFixture },
  { order: "FLOCK above MT", fixture: mtFirstFixture },
];

/** Sizes of donations. */
export const DONATIONS = [
  ["1 wei", 1n],
  ["2 wei", 2n],
  ["1e18", tokens(1)],
  ["10% of the raise", tokens(5_000)],
  ["3 times the raise", tokens(150_000)],
  ["a tenth of all FLOCK", tokens(100_000_000)],
] as const;

/** What an attacker can do before graduation: it creates the pair and sends FLOCK there. */
export async function donate(f: ProtocolScene, token: string, amount: bigint) {
  await f.dexFactory.connect(f.stranger).createPair(f.addresses.flock, token);
  const pairAddress = await f.dexFactory.getPair(f.addresses.flock, token);
  const pair = IUniswapV2Pair__factory.connect(pairAddress, f.stranger);
  if (amount !== 0n) await f.flock.connect(f.deployer).transfer(pairAddress, amount);
  return { pair, pairAddress };
}

/** Graduates and checks that the pool is exactly as it would have been without the attack. */
export async function expectCleanOpening(f: ProtocolScene) {
  await f.offering.graduate(1n);
  const market = await marketOf(f);
  expect(market.reserves).to.deep.equal(POOL);
  expect(await f.flock.balanceOf(market.pairAddress)).to.equal(POOL.flock);
  expect(await market.mt.balanceOf(market.pairAddress)).to.equal(POOL.mt);
  expect(await f.flock.balanceOf(f.graduation)).to.equal(0n);
  expect(await market.mt.balanceOf(f.graduation)).to.equal(0n);
  // All liquidity is the locker's; the pair keeps its own minimum.
  expect(await market.pair.totalSupply()).to.equal((await market.pair.balanceOf(f.locker)) + 1_000n);
  return market;
}

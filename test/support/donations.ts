import { readFileSync } from "node:fs";

import { expect } from "chai";
import { getCreate2Address, keccak256, solidityPacked } from "ethers";

import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { sqrt } from "./bigints.ts";
import { launchPayment, networkHelpers, protocolFixture, workedExample } from "./fixtures.ts";
import { EXAMPLE, MODE, launchBy, marketOf } from "./scenes.ts";
import type { ProtocolScene } from "./scenes.ts";
import { DAY, NO_DEADLINE } from "./time.ts";
import { tokens } from "./units.ts";

/** What the pool of a sold-out worked example opens with. */
export const POOL = { flock: tokens(25_000), mt: tokens(200_000) };
/** All liquidity of that pool [LP wei]. */
export const LIQUIDITY = sqrt(POOL.flock * POOL.mt);

/** What a raise is like that graduates. */
export interface RaiseShape {
  /** Whether FLOCK sorts below the model's token. */
  flockFirst: boolean;
  openingMode?: bigint;
  /** What is bought, with the fee [FLOCK wei]. */
  flockIn?: bigint;
}

/** A raise that can graduate, whose token will sort before or after FLOCK: both orders of the pair. */
export async function raiseInOrder({
  flockFirst,
  openingMode = MODE.AveragePrice,
  flockIn = tokens(100_000),
}: RaiseShape) {
  const f = await networkHelpers.loadFixture(protocolFixture);
  for (let tries = 0; ; tries++) {
    const terms = { symbol: `QALICE${tries}`, openingMode };
    const launch = f.offering.connect(f.alice).launch;
    const { token } = await launch.staticCall(workedExample(terms), launchPayment());
    if (BigInt(f.addresses.flock) < BigInt(token) !== flockFirst) continue;
    await launchBy(f, terms);
    await f.offering.connect(f.bob).buyExactIn(1n, flockIn, 0n, f.bob, NO_DEADLINE);
    if (flockIn < EXAMPLE.target) await networkHelpers.time.increase(8n * DAY);
    return { ...f, token, flockFirst };
  }
}

/** The same, sold out. */
export const soldOutInOrder = (flockFirst: boolean) => raiseInOrder({ flockFirst });
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

/** The canonical pair's creation code, whose hash is in the address of every pair. */
const { bytecode } = JSON.parse(readFileSync("node_modules/@uniswap/v2-core/build/UniswapV2Pair.json", "utf8")) as {
  bytecode: string;
};

/** The address at which the pair of FLOCK and a token is, or will be. */
export function pairAddressOf(f: ProtocolScene, token: string): string {
  const sides = BigInt(f.addresses.flock) < BigInt(token) ? [f.addresses.flock, token] : [token, f.addresses.flock];
  const salt = keccak256(solidityPacked(["address", "address"], sides));
  return getCreate2Address(f.addresses.dexFactory, salt, keccak256(`0x${bytecode.replace(/^0x/, "")}`));
}

/** What an attacker can do before graduation: it creates the pair and sends FLOCK there. */
export async function donate(f: ProtocolScene, token: string, amount: bigint) {
  await f.dexFactory.connect(f.stranger).createPair(f.addresses.flock, token);
  const pairAddress = await f.dexFactory.getPair(f.addresses.flock, token);
  const pair = connectAs("pair", pairAddress, f.stranger);
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

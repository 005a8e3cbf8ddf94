import { WAIT, poolOf } from "./buyback.ts";
import type { MarketScene } from "./buyback.ts";
import { networkHelpers } from "./fixtures.ts";
import { afterTrade, amountOut, reversed } from "./model/constantProduct.ts";
import type { Pool } from "./model/constantProduct.ts";
import { NO_DEADLINE } from "./time.ts";
import { deployRunner, tradeCalls } from "./trades.ts";
import type { Call } from "./trades.ts";
import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { BPS, WAD } from "./units.ts";

/** An attacker with tokens, a contract that trades for it, and a share of the route's liquidity. */
export async function attackerWith(f: MarketScene, shareBps: bigint) {
  const runner = await deployRunner();
  const pair = connectAs("pair", f.routePair, f.deployer);
  await f.usdc.transfer(runner.address, 100_000_000n * 10n ** 6n);
  await f.flock.transfer(runner.address, 100_000_000n * WAD);
  await pair.transfer(runner.address, ((await pair.totalSupply()) * shareBps) / BPS);
  const inIsFirst = (await pair.token0()) === f.addresses.usdc;
  const opening = await poolOf(f.routePair, f.addresses.usdc);

  const buys = (amountIn: bigint, out: bigint) =>
    tradeCalls(f.routePair, f.addresses.usdc, inIsFirst, amountIn, out, runner.address);
  const sells = (amountIn: bigint, out: bigint) =>
    tradeCalls(f.routePair, f.addresses.flock, !inIsFirst, amountIn, out, runner.address);

  /** What the attacker owns, in ten-thousandths of a USDC unit, FLOCK at the price at which everything began. */
  async function wealth(): Promise<bigint> {
    const usdcOf = (flockAmount: bigint) => (flockAmount * opening.reserveIn * BPS) / opening.reserveOut;
    const { reserveIn, reserveOut } = await poolOf(f.routePair, f.addresses.usdc);
    const liquidity = await pair.balanceOf(runner.address);
    const ofPool = ((reserveIn * BPS + usdcOf(reserveOut)) * liquidity) / (await pair.totalSupply());
    const own = (await f.usdc.balanceOf(runner.address)) * BPS + usdcOf(await f.flock.balanceOf(runner.address));
    return own + ofPool;
  }
  return { ...runner, buys, sells, wealth };
}

/** An attacker: its contract, the calls of its trades, and what it owns. */
export type Attacker = Awaited<ReturnType<typeof attackerWith>>;

/** The call that buys one lot to burn it. */
export function lotCall(f: MarketScene): Call {
  const data = f.buyback.interface.encodeFunctionData("buyFlock", [0n, 0n, NO_DEADLINE]);
  return { target: f.addresses.buyback, data };
}

/** The calls of a sandwich: buy for `push`, the lots, sell everything bought. `lots` say what goes in between. */
export function sandwichCalls(
  attacker: Attacker,
  pool: Pool,
  push: bigint,
  lots: readonly bigint[],
  between: readonly Call[],
): Call[] {
  const bought = amountOut(pool, push);
  const bid = reversed(lots.reduce(afterTrade, afterTrade(pool, push)));
  return [...attacker.buys(push, bought), ...between, ...attacker.sells(bought, amountOut(bid, bought))];
}

/** What the attacker gains by `attack` over what it would gain if only `baseline` happened; the chain is rewound. */
export async function gainOver(attacker: Attacker, attack: () => Promise<unknown>, baseline: () => Promise<unknown>) {
  const outcome = async (happens: () => Promise<unknown>) => {
    const snapshot = await networkHelpers.takeSnapshot();
    await happens();
    const wealth = await attacker.wealth();
    await snapshot.restore();
    return wealth;
  };
  return (await outcome(attack)) - (await outcome(baseline));
}

/** Whether one lot of the FLOCK buyback could be bought now. */
export async function canBuy(f: MarketScene): Promise<boolean> {
  return (await f.buyback.nextFlockLot(0n)).wait === WAIT.None;
}

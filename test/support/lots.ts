import { marketFixture } from "./buyback.ts";
import { at, now } from "./clock.ts";
import { ethers, networkHelpers } from "./fixtures.ts";
import { min } from "./bigints.ts";
import { Q112 } from "./model/constantProduct.ts";
import type { Random } from "./random.ts";
import { LOCAL_LOTS } from "./scenes.ts";
import { OBSERVATION_AGE } from "./time.ts";
import { BPS } from "./units.ts";

const PAIRS = 12;
const MAX_RESERVE = (1n << 112n) - 1n;
/** Capacity of the buckets of these lots [bps of a reserve]. */
export const BUCKET_BPS = 15n;
/** Fee of their pairs [bps]. */
export const FEE_BPS = 30n;

/** A hop as `LotHarness` takes it, and what the reference has to know besides. */
export interface HopCase {
  pair: string;
  inIsFirst: boolean;
  touched: boolean;
  minReserve: bigint;
  reserveIn: bigint;
  reserveOut: bigint;
  averageQ: bigint;
  level: bigint;
  noted: bigint;
}

/** A lot as the chain gives it. */
export interface ChainLot {
  wait: bigint;
  pair: string;
  credit: bigint;
  amountIn: bigint;
  amountOut: bigint;
  amountOutMin: bigint;
  nextAt: bigint;
}

/** A pair that was observed twice, with the reserves of its tokens then. */
export interface ObservedPair {
  address: string;
  noted: readonly [bigint, bigint];
}

/** The buyback that plans lots along pairs in any state, and pairs that it has observed twice. */
export async function deployLots(random: Random) {
  const f = await networkHelpers.loadFixture(marketFixture);
  const a = f.addresses;
  const harness = await ethers.deployContract("LotHarness", [
    a.accessManager,
    {
      usdc: a.usdc,
      flock: a.flock,
      flockBurns: true,
      dexFactory: a.dexFactory,
      pairFeeBps: FEE_BPS,
      registry: a.registry,
      vault: a.vault,
      waterfall: a.waterfall,
    },
    { ...LOCAL_LOTS, bucketBps: BUCKET_BPS, modelMinReserve: 0n },
  ]);
  const pairs: ObservedPair[] = [];
  for (let i = 0; i < PAIRS; ++i) {
    const pair = await ethers.deployContract("ScriptedPair");
    const noted = [random.magnitude(10n ** 6n, MAX_RESERVE), random.magnitude(10n ** 6n, MAX_RESERVE)] as const;
    pairs.push({ address: await pair.getAddress(), noted });
  }
  for (let round = 0; round < 2; ++round) {
    for (const { address, noted } of pairs) {
      const pair = await ethers.getContractAt("ScriptedPair", address);
      // Touched in the very second of the observation, so that its cumulative prices are 0 then.
      const time = (await now()) + 2n;
      await pair.getFunction("set").send(...noted, time, 0n, 0n);
      await at(time);
      await harness.getFunction("observe").send(address);
    }
    await networkHelpers.time.increase(OBSERVATION_AGE);
  }
  /** The lot along some pairs, and the time at which it is planned [s]. */
  const plan = async (hops: readonly HopCase[], credit: bigint) => {
    const [lot, time] = (await harness.getFunction("plan").staticCall(hops, credit)) as unknown as [ChainLot, bigint];
    return { lot, time };
  };
  return { harness, pairs, plan };
}

/** What waits to be spent. */
export const drawCredit = (random: Random) => random.magnitude(1n, MAX_RESERVE);

/** One to three pairs, each in a state near to or far from the one in which it was observed. */
export function drawHops(random: Random, pairs: readonly ObservedPair[]) {
  const count = random.uniform(1n, 3n);
  const chosen = new Set<number>();
  while (chosen.size < Number(count)) chosen.add(Number(random.uniform(0n, BigInt(pairs.length - 1))));
  return [...chosen].map((index): HopCase => {
    const { address, noted } = pairs[index]!;
    const inIsFirst = random.pick([true, false]);
    const notedIn = inIsFirst ? noted[0] : noted[1];
    const drift = random.uniform(1n, 20n);
    const reserveIn = min((notedIn * drift) / 10n + 1n, MAX_RESERVE);
    const reserveOut = random.magnitude(10n ** 6n, MAX_RESERVE);
    const capacity = (min(reserveIn, notedIn) * BUCKET_BPS) / BPS;
    const spotQ = (reserveOut * Q112) / reserveIn;
    const offBps = random.pick([0n, 0n, 0n, random.uniform(0n, 240n)]);
    return {
      pair: address,
      inIsFirst,
      touched: random.pick([true, false, false]),
      minReserve: random.pick([0n, 0n, 0n, 0n, 0n, min(reserveIn + 1n, (1n << 88n) - 1n)]),
      reserveIn,
      reserveOut,
      averageQ: (spotQ * (BPS + offBps)) / BPS,
      level: random.pick([0n, 0n, random.uniform(0n, capacity), capacity - capacity / 1_000n, capacity + 1n]),
      noted: notedIn,
    };
  });
}

import { expect } from "chai";

import { WAIT, marketFixture } from "../support/buyback.ts";
import { at, now } from "../support/clock.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { Q112, amountOut } from "../support/model/constantProduct.ts";
import type { Pool } from "../support/model/constantProduct.ts";
import { Random } from "../support/random.ts";
import { LOCAL_LOTS } from "../support/scenes.ts";
import { scaled } from "../support/scale.ts";
import { OBSERVATION_AGE } from "../support/time.ts";
import { BPS } from "../support/units.ts";

const PAIRS = 12;
const CASES = scaled(150, 5_000);
const MAX_RESERVE = (1n << 112n) - 1n;
const BUCKET_BPS = 15n;
const FEE_BPS = 30n;

/** A hop as `LotHarness` takes it, and what the reference has to know besides. */
interface HopCase {
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
interface ChainLot {
  wait: bigint;
  pair: string;
  amountIn: bigint;
  amountOut: bigint;
  amountOutMin: bigint;
}

const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
const poolOf = ({ reserveIn, reserveOut }: HopCase): Pool => ({ reserveIn, reserveOut, feeBps: FEE_BPS });
const capacityOf = (hop: HopCase) => (smaller(hop.reserveIn, hop.noted) * BUCKET_BPS) / BPS;
const roomOf = (hop: HopCase) => (capacityOf(hop) > hop.level ? capacityOf(hop) - hop.level : 0n);

/** What reaches each hop, and what the last one gives. */
const through = (hops: readonly HopCase[], amountIn: bigint) =>
  hops.reduce<bigint[]>((amounts, hop) => [...amounts, amountOut(poolOf(hop), amounts.at(-1)!)], [amountIn]);

/** The same, with every output rounded up past its exact value: what is above a room here is above it before rounding. */
const throughAbove = (hops: readonly HopCase[], amountIn: bigint) =>
  hops.reduce<bigint[]>((amounts, hop) => [...amounts, amountOut(poolOf(hop), amounts.at(-1)!) + 1n], [amountIn]);

describe("The lot along one to three hops, against its definition", () => {
  it(`is the largest first input for which no hop passes its bucket, in ${CASES} random states`, async () => {
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
    const random = new Random("lots");
    const pairs: { address: string; noted: readonly [bigint, bigint] }[] = [];
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

    const seen = new Map<bigint, number>();
    for (let i = 0; i < CASES; ++i) {
      const hops = drawHops(random, pairs);
      const credit = random.magnitude(1n, MAX_RESERVE);
      const [lot] = (await harness.getFunction("plan").staticCall(hops, credit)) as unknown as [ChainLot];
      seen.set(lot.wait, (seen.get(lot.wait) ?? 0) + 1);
      checkLot(hops, credit, lot);
    }
    for (const wait of [WAIT.None, WAIT.ShallowPool, WAIT.BucketEmpty, WAIT.PriceOff]) {
      expect((seen.get(wait) ?? 0) > CASES / 100, `wait ${wait}`).to.equal(true);
    }
  }).timeout(120_000);

  /** One to three pairs, each in a state near to or far from the one in which it was observed. */
  function drawHops(random: Random, pairs: readonly { address: string; noted: readonly [bigint, bigint] }[]) {
    const count = random.uniform(1n, 3n);
    const chosen = new Set<number>();
    while (chosen.size < Number(count)) chosen.add(Number(random.uniform(0n, BigInt(pairs.length - 1))));
    return [...chosen].map((index): HopCase => {
      const { address, noted } = pairs[index]!;
      const inIsFirst = random.pick([true, false]);
      const notedIn = inIsFirst ? noted[0] : noted[1];
      const drift = random.uniform(1n, 20n);
      const reserveIn = smaller((notedIn * drift) / 10n + 1n, MAX_RESERVE);
      const reserveOut = random.magnitude(10n ** 6n, MAX_RESERVE);
      const capacity = (smaller(reserveIn, notedIn) * BUCKET_BPS) / BPS;
      const spotQ = (reserveOut * Q112) / reserveIn;
      const offBps = random.pick([0n, 0n, 0n, random.uniform(0n, 240n)]);
      return {
        pair: address,
        inIsFirst,
        touched: random.pick([true, false, false]),
        minReserve: random.pick([0n, 0n, 0n, 0n, 0n, smaller(reserveIn + 1n, (1n << 88n) - 1n)]),
        reserveIn,
        reserveOut,
        averageQ: (spotQ * (BPS + offBps)) / BPS,
        level: random.pick([0n, 0n, random.uniform(0n, capacity), capacity - capacity / 1_000n, capacity + 1n]),
        noted: notedIn,
      };
    });
  }

  function checkLot(hops: readonly HopCase[], credit: bigint, lot: ChainLot) {
    const rooms = hops.map(roomOf);
    const last = hops.findLastIndex((hop) => hop.reserveIn < hop.minReserve);
    if (lot.wait === WAIT.ShallowPool) {
      const hop = hops.findIndex(({ pair }) => pair === lot.pair);
      expect(last === hop || capacityOf(hops[hop]!) === 0n).to.equal(true);
      return;
    }
    if (lot.wait === WAIT.BucketEmpty) {
      // Not a single unit gets through: it is above some room before anything is rounded.
      expect(throughAbove(hops, 1n).some((amount, i) => i < hops.length && amount > rooms[i]!)).to.equal(true);
      return;
    }
    expect(last).to.equal(-1);
    const reached = through(hops, lot.amountIn);
    for (const [i, room] of rooms.entries()) expect(reached[i]! <= room).to.equal(true);
    expect(lot.amountIn <= credit && lot.amountIn > 0n).to.equal(true);
    if (lot.amountIn < credit) {
      const above = throughAbove(hops, lot.amountIn + 1n);
      expect(rooms.some((room, i) => above[i]! > room)).to.equal(true);
    }
    checkBounds(hops, reached, lot);
  }

  /** Every hop gives at least its band below the average, or the first that does not is named. */
  function checkBounds(hops: readonly HopCase[], reached: readonly bigint[], lot: ChainLot) {
    for (const [i, hop] of hops.entries()) {
      const band = hop.touched ? 9_940n : 9_800n;
      const outMin = (((hop.averageQ * reached[i]!) / Q112) * band) / BPS;
      const out = reached[i + 1]!;
      if (out >= outMin && out > 0n) continue;
      expect(lot.wait).to.equal(WAIT.PriceOff);
      expect([lot.pair, lot.amountOut, lot.amountOutMin]).to.deep.equal([hop.pair, out, outMin]);
      return;
    }
    expect(lot.wait).to.equal(WAIT.None);
    expect(lot.amountOut).to.equal(reached.at(-1));
  }
});

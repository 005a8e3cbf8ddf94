import { expect } from "chai";

import { min } from "../support/bigints.ts";
import { WAIT } from "../support/buyback.ts";
import { BUCKET_BPS, FEE_BPS, deployLots, drawCredit, drawHops } from "../support/lots.ts";
import type { ChainLot, HopCase } from "../support/lots.ts";
import { Q112, amountOut } from "../support/model/constantProduct.ts";
import type { Pool } from "../support/model/constantProduct.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { BPS } from "../support/units.ts";

const CASES = scaled(150, 5_000);

const poolOf = ({ reserveIn, reserveOut }: HopCase): Pool => ({ reserveIn, reserveOut, feeBps: FEE_BPS });
const capacityOf = (hop: HopCase) => (min(hop.reserveIn, hop.noted) * BUCKET_BPS) / BPS;
const roomOf = (hop: HopCase) => (capacityOf(hop) > hop.level ? capacityOf(hop) - hop.level : 0n);

/** What reaches each hop, and what the last one gives. */
const through = (hops: readonly HopCase[], amountIn: bigint) =>
  hops.reduce<bigint[]>((amounts, hop) => [...amounts, amountOut(poolOf(hop), amounts.at(-1)!)], [amountIn]);

/** The same, with every output rounded up past its exact value: what is above a room here is above it before rounding. */
const throughAbove = (hops: readonly HopCase[], amountIn: bigint) =>
  hops.reduce<bigint[]>((amounts, hop) => [...amounts, amountOut(poolOf(hop), amounts.at(-1)!) + 1n], [amountIn]);

describe("The lot along one to three hops, against its definition", () => {
  it(`is the largest first input for which no hop passes its bucket, in ${CASES} random states`, async () => {
    const random = new Random("lots");
    const { pairs, plan } = await deployLots(random);

    const seen = new Map<bigint, number>();
    for (let i = 0; i < CASES; ++i) {
      const hops = drawHops(random, pairs);
      const credit = drawCredit(random);
      const { lot } = await plan(hops, credit);
      seen.set(lot.wait, (seen.get(lot.wait) ?? 0) + 1);
      checkLot(hops, credit, lot);
    }
    for (const wait of [WAIT.None, WAIT.ShallowPool, WAIT.BucketEmpty, WAIT.PriceOff]) {
      expect((seen.get(wait) ?? 0) > CASES / 100, `wait ${wait}`).to.equal(true);
    }
  }).timeout(120_000);

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

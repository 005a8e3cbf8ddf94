import { expect } from "chai";

import { at, now } from "../support/clock.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { Q112, amountOut, keepsProduct, largestFor } from "../support/model/constantProduct.ts";
import { Random } from "../support/random.ts";
import { HOUR, MODEL_REFILL, OBSERVATION_AGE, REFILL } from "../support/time.ts";

const WORD = 1n << 256n;
const MAX_RESERVE = (1n << 112n) - 1n;
const MAX_SPAN = 2n * HOUR;

describe("The libraries of the buyback, against exact arithmetic", () => {
  it("PairMath: the most that a pair lets go, and the largest input for an output", async () => {
    const random = new Random("pair math");
    const formulas = await ethers.deployContract("BuybackFormulas");
    const cases = Array.from({ length: 1_500 }, () => {
      const pool = {
        reserveIn: random.magnitude(1n, MAX_RESERVE),
        reserveOut: random.magnitude(1n, MAX_RESERVE),
        feeBps: random.pick([30n, 30n, 25n, 0n, 100n]),
      };
      const max = random.uniform(0n, 2n * pool.reserveOut);
      return { pool, amountIn: random.magnitude(1n, MAX_RESERVE), max };
    });
    const results: bigint[] = [];
    for (let from = 0; from < cases.length; from += 250) {
      const data = cases.slice(from, from + 250).flatMap(({ pool, amountIn, max }) => {
        const rest = [pool.reserveIn, pool.reserveOut, pool.feeBps];
        return [
          formulas.interface.encodeFunctionData("amountOut", [amountIn, ...rest]),
          formulas.interface.encodeFunctionData("amountInFor", [max, ...rest]),
        ];
      });
      results.push(...((await formulas.getFunction("multicall").staticCall(data)) as string[]).map(BigInt));
    }
    for (const [i, { pool, amountIn, max }] of cases.entries()) {
      const out = results[2 * i]!;
      const input = results[2 * i + 1]!;
      // The pair's own check decides: this much and no more. A fee of nothing keeps the product to the last wei.
      expect(keepsProduct(pool, amountIn, out)).to.equal(true);
      expect(keepsProduct(pool, amountIn, out + 1n)).to.equal(false);
      expect(out).to.equal(amountOut(pool, amountIn));
      if (max >= pool.reserveOut) {
        expect(input).to.equal(WORD - 1n);
        continue;
      }
      // By bisection over the exact, unrounded output.
      const atMost = (value: bigint) => {
        const effective = value * (10_000n - pool.feeBps);
        return pool.reserveOut * effective <= max * (pool.reserveIn * 10_000n + effective);
      };
      expect(input).to.equal(largestFor(input * 2n + 2n, atMost));
    }
  });

  it("LeakyBucket: 300 fills of every size, in capacities and refill times that grow and shrink", async () => {
    const random = new Random("bucket");
    const formulas = await ethers.deployContract("BuybackFormulas");
    let level = 0n;
    let filledAt = 0n;
    let time = 1_800_000_000n;
    for (let i = 0; i < 300; ++i) {
      const capacity = random.magnitude(1n, MAX_RESERVE);
      const refill = random.pick([60n, REFILL, MODEL_REFILL, random.uniform(1n, 24n * HOUR)]);
      time += random.pick([0n, 1n, random.uniform(2n, 60n), random.uniform(60n, 400n), random.uniform(0n, refill)]);
      // Exact: what is left is the level less capacity * elapsed / refill, in whole units, rounded up.
      const left = level * refill - capacity * (time - filledAt);
      const expected = left > 0n ? (left + refill - 1n) / refill : 0n;
      const room = (await formulas.getFunction("roomOf").staticCall(capacity, refill, time)) as bigint;
      expect(room).to.equal(capacity > expected ? capacity - expected : 0n);
      const emptyAt = (await formulas.getFunction("emptyAt").staticCall(capacity, refill, time)) as bigint;
      expect(emptyAt).to.equal(time + (expected * refill + capacity - 1n) / capacity);
      const amount = random.pick([0n, room, random.uniform(0n, room)]);
      await formulas.getFunction("fill").send(capacity, refill, time, amount);
      level = expected + amount;
      filledAt = time;
    }
  });

  for (const inIsFirst of [true, false]) {
    it(`PriceObservation: a random history of prices and pokes, from token ${inIsFirst ? 0 : 1}`, async () => {
      const random = new Random(`observations ${inIsFirst}`);
      const formulas = await ethers.deployContract("BuybackFormulas");
      const pair = await ethers.deployContract("ScriptedPair");
      const start = WORD - random.uniform(1n, 1n << 140n);
      /** Every price that the pool had, and since when. */
      const history: { at: bigint; priceQ: bigint }[] = [];
      let reserves = { in: 0n, out: 0n };
      let older: bigint | undefined;
      let newer: bigint | undefined;
      let noted = 0n;

      const priceSum = (from: bigint, to: bigint) =>
        history.reduce((sum, { at, priceQ }, i) => {
          const until = history[i + 1]?.at ?? to;
          const begin = at > from ? at : from;
          const end = until < to ? until : to;
          return end > begin ? sum + priceQ * (end - begin) : sum;
        }, 0n);
      const move = async () => {
        reserves = { in: random.magnitude(10n ** 6n, 10n ** 30n), out: random.magnitude(10n ** 6n, 10n ** 30n) };
        await pair.getFunction("move").send(...(inIsFirst ? [reserves.in, reserves.out] : [reserves.out, reserves.in]));
        history.push({ at: await now(), priceQ: (reserves.out * Q112) / reserves.in });
      };

      await pair.getFunction("set").send(0n, 0n, 0n, start, start);
      await move();
      for (let i = 0; i < 150; ++i) {
        await networkHelpers.time.increase(random.pick([1n, 60n, 900n, 1_700n, OBSERVATION_AGE, 4_000n]));
        if (random.pick([true, false])) await move();
        const pokeAt = (await now()) + 1n;
        const due = newer === undefined || pokeAt >= newer + OBSERVATION_AGE;
        const address = await pair.getAddress();
        await at(pokeAt);
        await formulas.getFunction("record").send(address, inIsFirst, 0n);
        if (due) {
          [older, newer, noted] = [newer, pokeAt, reserves.in];
          expect(await formulas.getFunction("notedReserve").staticCall()).to.equal(noted);
        }
        expect(await formulas.getFunction("dueAt").staticCall()).to.equal(newer! + OBSERVATION_AGE);
        await networkHelpers.time.increase(random.uniform(1n, 1_000n));
        const time = await now();
        const usable = (await formulas.getFunction("isUsable").staticCall()) as boolean;
        expect(usable).to.equal(older !== undefined && time <= older + MAX_SPAN);
        if (!usable) continue;
        const amountIn = random.magnitude(1n, 10n ** 30n);
        const averageQ = priceSum(older!, time) / (time - older!);
        expect(await formulas.getFunction("worth").staticCall(address, inIsFirst, amountIn)).to.equal(
          (averageQ * amountIn) / Q112,
        );
      }
    });
  }
});

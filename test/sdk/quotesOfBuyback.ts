import { expect } from "chai";

import { emptyAt, levelAt, roomAt } from "../../sdk/src/buyback/bucket.ts";
import { lotOf, planLot } from "../../sdk/src/buyback/lot.ts";
import type { LotHop, Wait } from "../../sdk/src/buyback/lot.ts";
import { pairInFor, pairOut } from "../../sdk/src/buyback/pair.ts";
import type { Address } from "../../sdk/src/codec/hex.ts";
import { earn, fillModel, marketFixture, pokeAll } from "../support/buyback.ts";
import type { MarketScene } from "../support/buyback.ts";
import { drawUpTo } from "../support/cases.ts";
import { now, until } from "../support/clock.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { flockOrderIn, mtOrderIn } from "../support/lotReads.ts";
import { BUCKET_BPS, FEE_BPS, deployLots, drawCredit, drawHops } from "../support/lots.ts";
import type { HopCase } from "../support/lots.ts";
import { Q112 } from "../support/model/constantProduct.ts";
import { QuickRandom } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { LOCAL_LOTS } from "../support/scenes.ts";
import { expectQuoted, statesOf } from "../support/states.ts";
import { DAY, HOUR, MINUTE, NO_DEADLINE, OBSERVATION_AGE, REFILL } from "../support/time.ts";
import { trade } from "../support/trades.ts";
import { tokens, usdc } from "../support/units.ts";

const PAIRS = scaled(12_000, 120_000);
const BUCKETS = scaled(8_000, 80_000);
const LOTS = scaled(200, 5_000);
/** Of a market that lives; three lots each. */
const MOMENTS = scaled(80, 800);

const MAX_RESERVE = (1n << 112n) - 1n;
const WORD = 1n << 256n;

describe("SDK: quotes of the buyback, against the contracts to the wei", function () {
  this.timeout(120_000);

  it(`what a pair gives, and the inverse, agree in ${PAIRS.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of pairs");
    const states = statesOf(PAIRS, () => {
      const [reserveIn, reserveOut] = [random.magnitude(1n, MAX_RESERVE), random.magnitude(1n, MAX_RESERVE)];
      const maxOut = random.pick([drawUpTo(random, reserveOut), reserveOut - 1n, reserveOut, WORD - 1n]);
      return [drawUpTo(random, MAX_RESERVE), maxOut, reserveIn, reserveOut, random.uniform(0n, 30n)] as const;
    });
    await expectQuoted("BuybackStates", "pairs", states, ([amountIn, maxOut, reserveIn, reserveOut, feeBps]) => {
      const pair = { reserveIn, reserveOut };
      return [pairOut(amountIn, pair, feeBps), pairInFor(maxOut, pair, feeBps)];
    });
  });

  it(`buckets at any second agree in ${BUCKETS.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of buckets");
    const states = statesOf(BUCKETS, () => {
      const refill = random.pick([60n, 300n, HOUR, DAY, random.uniform(1n, DAY)]);
      const capacity = drawUpTo(random, (MAX_RESERVE * 25n) / 10_000n);
      const level = random.pick([drawUpTo(random, capacity), drawUpTo(random, MAX_RESERVE)]);
      const filledAt = random.uniform(0n, 1n << 39n);
      return [level, filledAt, capacity, refill, filledAt + drawUpTo(random, 2n * refill)] as const;
    });
    await expectQuoted("BuybackStates", "buckets", states, ([level, filledAt, capacity, refillDuration, time]) => {
      const [bucket, terms] = [
        { level, filledAt },
        { capacity, refillDuration },
      ];
      return [levelAt(bucket, terms, time), roomAt(bucket, terms, time), emptyAt(bucket, terms, time)];
    });
  });

  it(`the next lot agrees in ${LOTS} states of one to three pairs, for every reason that these have`, async () => {
    const random = new QuickRandom("quotes of lots");
    const { harness, pairs, plan } = await deployLots(random);
    const seen = new Map<Wait, number>();
    for (let i = 0; i < LOTS; ++i) {
      const cases = drawHops(random, pairs);
      const credit = drawCredit(random);
      const { lot, time } = await plan(cases, credit);
      const hops: LotHop[] = [];
      for (const one of cases) {
        const tokenIn = `0x${(one.inIsFirst ? 1 : 2).toString().padStart(40, "0")}`;
        const [observedAt, averageSince] = (await harness.getFunction("observationOf").staticCall(one.pair, tokenIn)) as unknown as [bigint, bigint]; // prettier-ignore
        hops.push(hopOf(one, { observedAt, averageSince }, time));
      }
      const { bandBps, routeRefillDuration: refillDuration } = LOCAL_LOTS;
      const terms = { pausedUntil: 0n, pairFeeBps: FEE_BPS, bucketBps: BUCKET_BPS, bandBps, refillDuration };
      const planned = planLot({ ...terms, hops, credit }, time);
      expect(planned).to.deep.equal(lotOf(lot));
      seen.set(planned.wait, (seen.get(planned.wait) ?? 0) + 1);
    }
    for (const wait of ["none", "shallowPool", "bucketEmpty", "priceOff"] as const) {
      expect(seen.get(wait) ?? 0, wait).to.be.greaterThan(LOTS / 100);
    }
  });

  it(`the next lots agree in a market that lives, in ${3 * MOMENTS} states, now and at seconds to come`, async () => {
    const f = await networkHelpers.loadFixture(marketFixture);
    const market = new Market(f, new QuickRandom("quotes of a market"));
    const seen = new Map<Wait, number>();
    for (let i = 0; i < MOMENTS; ++i) {
      await market.live(i);
      const orders = [await flockOrderIn(f, 0n), await flockOrderIn(f, f.modelId), await mtOrderIn(f)];
      if (market.looksAhead()) await until((await now()) + market.wait());
      const time = await now();
      const told = [await f.buyback.nextFlockLot(0n), await f.buyback.nextFlockLot(f.modelId), await f.buyback.nextMtLot(f.modelId)]; // prettier-ignore
      for (const [index, order] of orders.entries()) {
        const planned = planLot(order, time);
        expect(planned, `lot ${index} of moment ${i}`).to.deep.equal(lotOf(told[index]!));
        seen.set(planned.wait, (seen.get(planned.wait) ?? 0) + 1);
      }
    }
    for (const wait of ["none", "paused", "noCredit", "noObservation", "bucketEmpty", "priceOff"] as const) {
      expect(seen.get(wait) ?? 0, wait).to.be.greaterThan(0);
    }
  });

  it("there is no lot without a route", () => {
    const settings = { ...LOCAL_LOTS, pausedUntil: 0n, pairFeeBps: FEE_BPS, refillDuration: REFILL };
    expect(planLot({ ...settings, hops: [], credit: 1n }, 1n)).to.include({ wait: "noRoute", nextAt: 0n, credit: 1n });
  });
});

/** A pair in the state in which `LotHarness` puts it, as the SDK takes it. */
function hopOf(one: HopCase, seen: { observedAt: bigint; averageSince: bigint }, time: bigint): LotHop {
  const { reserveIn, reserveOut, averageQ, touched } = one;
  const elapsed = touched ? 0n : 7n;
  const spotQ = (reserveOut * Q112) / reserveIn;
  const cumulativeLast = BigInt.asUintN(256, averageQ * (time - seen.averageSince) - spotQ * elapsed);
  return {
    pair: one.pair as Address,
    minReserve: one.minReserve,
    state: { reserveIn, reserveOut, cumulativeLast, touchedAt: BigInt.asUintN(32, time - elapsed) },
    observation: { ...seen, notedReserve: one.noted, olderCumulative: 0n },
    bucket: { level: one.level, filledAt: time },
  };
}

/** A market in which money comes in, people trade, and keepers observe and buy, at random. */
class Market {
  readonly #f: MarketScene;
  readonly #random: QuickRandom;

  constructor(f: MarketScene, random: QuickRandom) {
    this.#f = f;
    this.#random = random;
  }

  /** Something happens; now and then nothing but time. */
  async live(moment: number): Promise<void> {
    const [f, random] = [this.#f, this.#random];
    if (moment === 1) await this.#begin();
    if (moment === 60) await f.buyback.connect(f.guardian).pauseBuybacks();
    if (moment === 66) await f.buyback.connect(f.guardian).unpauseBuybacks();
    await random.pick([
      () => earn(f, random.magnitude(usdc(1), usdc(200_000))),
      () => trade(f.deployer, f.routePair, f.addresses.usdc, random.magnitude(usdc(1), usdc(40_000))),
      () => trade(f.deployer, f.routePair, f.addresses.flock, random.magnitude(tokens(1), tokens(40_000))),
      () => trade(f.deployer, f.modelPair, f.addresses.flock, random.magnitude(tokens(1), tokens(300))),
      () => pokeAll(f),
      () => this.#observe(),
      () => this.#push(),
      () => this.#buyAll(),
      () => this.#buyAll(),
      () => networkHelpers.time.increase(this.wait()),
    ])();
  }

  looksAhead = () => this.#random.pick([true, false]);

  wait = () => this.#random.pick([1n, this.#random.uniform(1n, REFILL), this.#random.uniform(MINUTE, HOUR), 3n * HOUR]);

  async #observe() {
    await pokeAll(this.#f);
    await networkHelpers.time.increase(OBSERVATION_AGE);
    await pokeAll(this.#f);
  }

  /** Much waits to be spent, in the model's pool too. */
  async #begin() {
    await earn(this.#f, usdc(500_000));
    await this.#observe();
    await fillModel(this.#f, 2);
  }

  /** Right after two observations somebody trades so much that no lot is worth its average. */
  async #push() {
    const [f, random] = [this.#f, this.#random];
    await this.#observe();
    await trade(f.deployer, f.modelPair, f.addresses.flock, random.uniform(tokens(1_000), tokens(3_000)));
    await trade(f.deployer, f.routePair, f.addresses.usdc, random.uniform(usdc(50_000), usdc(200_000)));
  }

  /** A lot of every kind that can be bought, the model's last: in that second its bucket is empty. */
  async #buyAll() {
    const { buyback, modelId } = this.#f;
    if (this.#random.pick([true, false])) await this.#observe();
    if ((await buyback.nextFlockLot(0n)).wait === 0n) await buyback.buyFlock(0n, 0n, NO_DEADLINE);
    if ((await buyback.nextFlockLot(modelId)).wait === 0n) await buyback.buyFlock(modelId, 0n, NO_DEADLINE);
    if ((await buyback.nextMtLot(modelId)).wait === 0n) await buyback.buyMt(modelId, 0n, NO_DEADLINE);
  }
}

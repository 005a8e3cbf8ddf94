import { expect } from "chai";
import { toBeHex, toBigInt } from "ethers";
import { Fraction } from "fraction.js";

import { earn, marketFixture, observe, poolOf } from "../support/buyback.ts";
import type { MarketScene } from "../support/buyback.ts";
import { at, now } from "../support/clock.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { breakEven, pushAndHold } from "../support/model/pushAndHold.ts";
import type { Hold } from "../support/model/pushAndHold.ts";
import { COOLDOWN, DAY, HOUR, MODEL_REFILL, NO_DEADLINE, OBSERVATION_AGE, REFILL } from "../support/time.ts";
import { trade } from "../support/trades.ts";
import { BPS, tokens, usdc } from "../support/units.ts";
import { connectAs } from "../../sdk/src/ethers/connect.ts";

/** The pool of the worked example, what waits for its MT, and the settings that ship. */
const SHIPPED: Hold = {
  pool: { reserveIn: tokens(25_000), reserveOut: tokens(200_000), feeBps: 30n },
  backlog: tokens(2_987),
  bucketBps: 15n,
  refill: MODEL_REFILL,
  wholeLots: false,
  push: 0n,
  soldADay: 0n,
  shareBps: 0n,
};
/** The refill time with which it was decided, as the rough model has it. */
const THREE_HOURS: Hold = { ...SHIPPED, refill: 3n * HOUR };
/** What was wrong: the buckets of all pools emptied in five minutes. */
const BEFORE: Hold = { ...SHIPPED, refill: REFILL };

const rounded = (amount: bigint, unit: bigint, places = 0) => new Fraction(amount, unit).round(places).valueOf();
const inFlock = (profit: bigint) => rounded(profit, BPS * tokens(1));
const inMt = (amount: bigint) => rounded(amount, tokens(1));
const inHours = (duration: bigint) => rounded(duration, HOUR, 1);

/** What others sell in a day [MT]: nothing, or up to 5% of the pool's MT. */
const SOLD = [0, 1_000, 2_500, 5_000, 10_000];

type Outcomes = [push: number, ...outcomes: [gain: number, hours: number][]][];

/** Gain [FLOCK] and time of holding [h] for each of `SOLD`, by size of the push [FLOCK]. */
const TABLE: [when: string, hold: Hold, rows: Outcomes][] = [
  ["before", BEFORE, [
    [5_000, [916, 6.3], [902, 6.3], [880, 6.3], [845, 6.3], [775, 6.3]],
    [10_000, [1_449, 5.6], [1_423, 5.6], [1_385, 5.6], [1_321, 5.6], [1_190, 5.7]],
    [25_000, [2_180, 4.3], [2_126, 4.3], [2_044, 4.3], [1_910, 4.3], [1_644, 4.3]],
  ]],
  ["at three hours", THREE_HOURS, [
    [5_000, [916, 193], [425, 196], [-247, 205], [-1_178, 217], [-1_466, 232]],
    [10_000, [1_449, 166], [556, 169], [-692, 178], [-2_410, 187], [-4_485, 214]],
    [25_000, [2_180, 118], [279, 121], [-2_398, 127], [-6_304, 136], [-12_254, 154]],
  ]],
  // The rougher model with which the refill time was chosen; it differs where sales shrink the bucket.
  ["at three hours, if every lot were whole", { ...THREE_HOURS, wholeLots: true }, [
    [5_000, [916, 193], [425, 196], [-247, 205], [-1_178, 217], [-1_467, 232]],
    [10_000, [1_449, 166], [556, 169], [-692, 178], [-2_410, 187], [-4_487, 211]],
    [25_000, [2_180, 118], [279, 121], [-2_399, 127], [-6_156, 133], [-12_093, 151]],
  ]],
]; // prettier-ignore

/** For a push [FLOCK]: how long it is held [h], and what others must sell a day so that it loses [MT], before and now. */
const HELD: [push: number, hours: number, breakEven: number, hoursBefore: number, breakEvenBefore: number][] = [
  [1_250, 361, 1_332, 7, 79_891],
  [2_500, 346, 1_262, 6.8, 75_707],
  [5_000, 321, 1_154, 6.3, 69_266],
  [10_000, 276, 997, 5.6, 59_800],
  [25_000, 196, 694, 4.3, 41_641],
];

describe("Threats: B13 a push that is held over a whole backlog", () => {
  describe("by the exact model of pair and bucket", () => {
    for (const [when, hold, rows] of TABLE) {
      for (const [push, ...outcomes] of rows) {
        it(`a push of ${push} FLOCK brings this and takes this long, ${when}`, () => {
          const found = SOLD.map((sold) => {
            const held = pushAndHold({ ...hold, push: tokens(push), soldADay: tokens(sold) });
            return [inFlock(held.profit), inHours(held.duration)];
          });
          expect(found).to.deep.equal(outcomes);
        });
      }
    }

    it("must be held for days now, and loses as soon as others sell 0.35% to 0.67% of the pool a day", () => {
      const found = HELD.map(([push]) => {
        const of = (hold: Hold) => {
          const attack = { ...hold, push: tokens(push) };
          return [inHours(pushAndHold(attack).duration), inMt(breakEven(attack, tokens(100_000)))];
        };
        return [push, ...of(SHIPPED), ...of(BEFORE)];
      });
      expect(found).to.deep.equal(HELD);
    });

    it("outlasts the stakers' cooldown, up to a push of the whole reserve; at three hours up to 38% of it", () => {
      const duration = (hold: Hold, push: number) => pushAndHold({ ...hold, push: tokens(push) }).duration;
      for (const [push] of HELD) expect(duration(SHIPPED, push) > COOLDOWN).to.equal(true);
      expect(duration(THREE_HOURS, 9_500) > COOLDOWN).to.equal(true);
      expect(duration(THREE_HOURS, 10_000) > COOLDOWN).to.equal(false);
      expect(duration(THREE_HOURS, 25_000) > 4n * DAY).to.equal(true);
    });

    for (const shareBps of [2_500n, 5_000n]) {
      it(`is no better with ${shareBps / 100n}% of the liquidity: that sells into its own push`, () => {
        for (const [push] of HELD) {
          const without = { ...SHIPPED, push: tokens(push) };
          const owner = { ...without, shareBps };
          expect(pushAndHold(owner).profit < pushAndHold(without).profit).to.equal(true);
          const needed = breakEven(owner, tokens(100_000));
          expect(needed).to.be.closeTo(breakEven(without, tokens(100_000)), tokens(26));
          expect(pushAndHold({ ...owner, soldADay: needed + tokens(10) }).profit < 0n).to.equal(true);
        }
      });
    }
  });

  describe("on the real pair, against the model to the wei", () => {
    let f: MarketScene;
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(backloggedFixture);
    });

    const CASES: [title: string, hold: Partial<Hold>, pays: boolean][] = [
      ["40% of the reserve, nobody sells", { push: tokens(10_000) }, true],
      ["all of the reserve, others sell 600 MT a day", { push: tokens(25_000), soldADay: tokens(600) }, true],
      ["all of the reserve, others sell 800 MT a day", { push: tokens(25_000), soldADay: tokens(800) }, false],
      ["with a quarter of the liquidity, nobody sells", { push: tokens(10_000), shareBps: 2_500n }, true],
      ["with half of the liquidity, others sell 10,000 MT a day", { push: tokens(10_000), soldADay: tokens(10_000), shareBps: 5_000n }, false],
    ]; // prettier-ignore

    for (const [title, otherwise, pays] of CASES) {
      it(`${title}: it ${pays ? "pays" : "loses"}`, async () => {
        await bringLiquidity(f, otherwise.shareBps ?? 0n);
        const pool = await poolOf(f.modelPair, f.addresses.flock);
        const hold = { ...SHIPPED, pool, backlog: await f.buyback.flockOf(f.modelId), ...otherwise };
        const { traded, lots } = await played(f, hold);
        const expected = pushAndHold(hold);
        expect(lots).to.deep.equal(expected.lots);
        expect(traded).to.equal(expected.traded);
        expect(await poolOf(f.modelPair, f.addresses.flock)).to.deep.equal(expected.pool);
        expect(expected.profit > 0n).to.equal(pays);
      }).timeout(60_000);
    }

    it("before: it pays within half a day, even while others sell 10,000 MT a day", async () => {
      await bringLiquidity(f, 0n);
      await forceModelRefill(f, REFILL);
      const pool = await poolOf(f.modelPair, f.addresses.flock);
      const hold = { ...BEFORE, pool, push: tokens(10_000), soldADay: tokens(10_000) };
      const { traded, duration } = await played(f, hold);
      expect(traded > tokens(1_000)).to.equal(true);
      expect(duration < DAY / 2n).to.equal(true);
    }).timeout(60_000);
  });
});

/** A market in which a month's FLOCK waits for a model, and Carol has its MT. */
async function backloggedFixture(): Promise<MarketScene> {
  const f = await networkHelpers.loadFixture(marketFixture);
  await earn(f, usdc(10_000));
  await observe(f);
  await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
  await f.offering.claim(f.modelId, f.carol);
  return f;
}

/** A refill time that no setting allows, written into the slot of the settings. */
async function forceModelRefill(f: MarketScene, refill: bigint): Promise<void> {
  const MODEL_REFILL_OFFSET = 152n;
  const MASK = ((1n << 32n) - 1n) << MODEL_REFILL_OFFSET;
  for (let slot = 0n; slot < 8n; ++slot) {
    const value = toBigInt(await ethers.provider.getStorage(f.addresses.buyback, slot));
    if ((value & MASK) >> MODEL_REFILL_OFFSET !== MODEL_REFILL) continue;
    const changed = toBeHex((value & ~MASK) | (refill << MODEL_REFILL_OFFSET), 32);
    await networkHelpers.setStorageAt(f.addresses.buyback, slot, changed);
  }
  expect((await f.buyback.buybackSettings()).modelRefillDuration).to.equal(refill);
}

/** Gives the attacker, who is Dave, a share of the model's liquidity. */
async function bringLiquidity(f: MarketScene, shareBps: bigint): Promise<void> {
  await f.flock.transfer(f.dave, tokens(1_000_000));
  if (shareBps === 0n) return;
  const { reserveIn, reserveOut } = await poolOf(f.modelPair, f.addresses.flock);
  const times = (amount: bigint) => (amount * shareBps) / (BPS - shareBps);
  await f.flock.transfer(f.modelPair, times(reserveIn));
  await f.mt.connect(f.carol).transfer(f.modelPair, times(reserveOut));
  const pair = connectAs("pair", f.modelPair, f.dave);
  await pair.mint(f.dave);
  expect(((await pair.balanceOf(f.dave)) * BPS + 1n) / (await pair.totalSupply())).to.be.closeTo(shareBps, 1n);
}

/** How long before a lot the others have sold, and keepers have observed that [s]. */
const SOLD_BEFORE = 30n;
const POKED_BEFORE = 20n;

/** Plays the attack on the chain, with the model's moments. Keepers observe before every lot, so that it is as large as can be. */
async function played(f: MarketScene, { push, soldADay, refill, pool: fair }: Hold) {
  const begin = await now();
  const bought = await trade(f.dave, f.modelPair, f.addresses.flock, push);
  await observe(f);
  const sold = (soldADay * refill) / DAY;
  const lots: bigint[] = [];
  let time = await now();
  while ((await f.buyback.flockOf(f.modelId)) > 0n) {
    time += refill;
    if (refill > OBSERVATION_AGE) {
      await at(time - POKED_BEFORE - OBSERVATION_AGE);
      await f.buyback.pokeModel(f.modelId);
    }
    const { reserveIn, reserveOut } = await poolOf(f.modelPair, f.addresses.flock);
    if (sold > 0n && reserveIn * fair.reserveOut > fair.reserveIn * reserveOut) {
      await at(time - SOLD_BEFORE);
      await trade(f.carol, f.modelPair, await f.mt.getAddress(), sold);
    }
    await at(time - POKED_BEFORE);
    await f.buyback.pokeModel(f.modelId);
    await at(time);
    // A lot whose price has run ahead of its average has to wait: as in a block of its own, so the clock goes on.
    const before = await f.buyback.flockOf(f.modelId);
    const sent = await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE).catch((error: unknown) => error);
    const spent = before - (await f.buyback.flockOf(f.modelId));
    if (spent === 0n) expect(String(sent)).to.contain("Buyback_Wait");
    else lots.push(spent);
  }
  const duration = (await now()) - begin;
  const back = await trade(f.dave, f.modelPair, await f.mt.getAddress(), bought);
  return { traded: back - push, lots, duration };
}

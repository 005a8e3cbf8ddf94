import { max, min } from "../bigints.ts";
import { DAY, SWEEP_DELAY, VESTING_DURATION } from "../time.ts";
import { BPS, MILLION, WAD } from "../units.ts";

/**
 * Emissions and usage rewards, day by day (sections 3.7, 3.8 and 4; decisions 9, 12, 21 to 24 and 49).
 *
 * The chain works everything out lazily. This model does what the paper says instead: at the end of every single day it
 * goes through all models, shares the day's emission by score, adds what fund and reserve vested on that day to what
 * waits, fills the pool of every model that had eligible use, and divides it among its users at once. Nobody has to
 * touch anything, so there is nothing here that could depend on who rolls what and when. One thing alone waits for a
 * touch: what is cut from a user's part is put aside for the sweep when that user is touched.
 */

/** The age factor and its floor, in 180ths. */
const FULL_AGE = 180n;
const MIN_AGE = 36n;
/** 1 - X, the smallest part of the list price that is ever paid [bps]. */
const MIN_PAID_BPS = 7_000n;
/** What is given out is at most half of what net revenue may earn. */
const HALF = 2n;
/** The highest price that is stored [WAD]. */
const MAX_PRICE = (1n << 80n) - 1n;

/** Rate, caps and minimum stake, and how many units one USDC has. */
export interface EmissionTerms {
  usdcUnit: bigint;
  dailyRate: bigint;
  /** [WAD, FLOCK per USDC] */
  maxFlockPerUsdc: bigint;
  maxRewardBps: bigint;
  minimumStake: bigint;
}

/** What a graduation leaves for rewards, and the reserves with which its pool opened [wei]. */
export interface GraduatedTerms {
  fund: bigint;
  reserve: bigint;
  openingFlock: bigint;
  openingMt: bigint;
}

/** What one row of a settlement collected, and what is left of it after compute cost [USDC units]. */
export interface CollectedRow {
  user: string;
  list: bigint;
  paid: bigint;
  net: bigint;
}

/** The average prices; 0 while there is none. */
export interface Market {
  /** FLOCK for a million USDC [FLOCK wei]. */
  flockForMillion: bigint;
  /** FLOCK for one MT of a model [WAD]. */
  mtPrice: (modelId: bigint) => bigint;
}

/** FLOCK and MT [wei]. */
export interface Amounts {
  flock: bigint;
  mt: bigint;
}

/** A pool that was divided, and by what. */
export interface ClosedPool extends Amounts {
  weight: bigint;
  price: bigint;
  cap: bigint;
}

/** What a user has used on a day [USDC units]. */
export interface OwnUse {
  weight: bigint;
  net: bigint;
}

/** One model of the day-by-day books. */
export interface ModelBooks {
  readonly terms: GraduatedTerms;
  readonly graduatedAt: bigint;
  liveDay: bigint | undefined;
  /** What today has brought so far; what MT counts for and the cap were fixed with the first of it. */
  score: bigint;
  today: { price: bigint; cap: bigint } | undefined;
  readonly uses: Map<string, OwnUse>;
  /** What waits for eligible use. */
  carriedEmission: bigint;
  carriedFund: bigint;
  carriedReserve: bigint;
  /** What went from fund and reserve into pools. */
  releasedFund: bigint;
  releasedReserve: bigint;
  /** What was cut from users that were touched since, and no sweep has taken; and what was cut from the others. */
  cut: Amounts;
  readonly cutOf: Map<string, Amounts>;
  /** The day of the last sweep. */
  sweptOn: bigint | undefined;
  /** What waits for the issuer's seat. */
  bonus: bigint;
  readonly claimable: Map<string, Amounts>;
  readonly pools: Map<bigint, ClosedPool>;
}

/** max(0.2, 1 - t / 180) in 180ths (section 3.7). */
export function ageFactor(days: bigint): bigint {
  return FULL_AGE - days > MIN_AGE ? FULL_AGE - days : MIN_AGE;
}

/** What of `total` has vested `elapsed` seconds after graduation. */
function vested(total: bigint, elapsed: bigint): bigint {
  if (elapsed <= 0n) return 0n;
  return elapsed >= VESTING_DURATION ? total : (total * elapsed) / VESTING_DURATION;
}

/** A row's weight: its list spend, but no more than its paid spend can stand for at the largest discount. */
export function weightOf(row: { list: bigint; paid: bigint }): bigint {
  return min(row.list, (row.paid * BPS) / MIN_PAID_BPS);
}

/** The fixed cap [WAD], and the bound by worth [bps]. */
interface Caps {
  fixed: bigint;
  worthBps: bigint;
}

/** The books of the whole protocol. All times are given in order; `advanceTo` ends the days between. */
export class EmissionModel {
  readonly models = new Map<bigint, ModelBooks>();
  readonly #usdcUnit: bigint;
  #time: bigint;
  #rate: bigint;
  #caps: Caps;
  #next: { rate: bigint; caps: Caps; fromDay: bigint } | undefined;
  /** Today's cap, once something was settled. */
  #cap: bigint | undefined;
  market: Market = { flockForMillion: 0n, mtPrice: () => 0n };
  minimumStake: bigint;
  /** Budget that no day has reserved [FLOCK wei]. */
  budget = 0n;
  /** Today's emission and score so far. */
  emission = 0n;
  totalScore = 0n;
  /** What divisions left over, which belongs to nobody [FLOCK wei]. */
  dust = 0n;
  /** How often each situation came up, so that a test can tell that it met them. */
  readonly met = {
    capBound: 0,
    rateBound: 0,
    dryBudget: 0,
    allowanceBound: 0,
    paidInFull: 0,
    cut: 0,
    worthBound: 0,
    mtAtAverage: 0,
    swept: 0,
    sweptAgain: 0,
  };

  constructor(terms: EmissionTerms, time: bigint) {
    this.#usdcUnit = terms.usdcUnit;
    this.#rate = terms.dailyRate;
    this.#caps = { fixed: terms.maxFlockPerUsdc, worthBps: terms.maxRewardBps };
    this.minimumStake = terms.minimumStake;
    this.#time = time;
  }

  /** Today. */
  get day(): bigint {
    return this.#time / DAY;
  }

  /** The cap of today, or the one that a settlement would fix now [WAD, FLOCK per USDC]. */
  get cap(): bigint {
    return this.#cap ?? this.#capNow();
  }

  /** Lets time pass: every day that ends on the way is closed, one by one. */
  advanceTo(time: bigint): void {
    while (this.day < time / DAY) {
      this.#closeDay();
      this.#time = (this.day + 1n) * DAY;
      if (this.#next !== undefined && this.day >= this.#next.fromDay) {
        [this.#rate, this.#caps] = [this.#next.rate, this.#next.caps];
        this.#next = undefined;
      }
    }
    this.#time = time;
  }

  /** Decision 22: anyone may add to the budget. */
  fund(amount: bigint): void {
    this.budget += amount;
  }

  /** Decision 22: new settings hold from the next day; the last word of a day counts. */
  setSettings(rate: bigint, fixed: bigint, worthBps: bigint): void {
    this.#next = { rate, caps: { fixed, worthBps }, fromDay: this.day + 1n };
  }

  /** A model has graduated now. */
  graduate(modelId: bigint, terms: GraduatedTerms): void {
    this.models.set(modelId, {
      terms,
      graduatedAt: this.#time,
      liveDay: undefined,
      score: 0n,
      today: undefined,
      uses: new Map(),
      carriedEmission: 0n,
      carriedFund: 0n,
      carriedReserve: 0n,
      releasedFund: 0n,
      releasedReserve: 0n,
      cut: { flock: 0n, mt: 0n },
      cutOf: new Map(),
      sweptOn: undefined,
      bonus: 0n,
      claimable: new Map(),
      pools: new Map(),
    });
  }

  /** A model has got its first API id now: its age is counted from today. */
  goLive(modelId: bigint): void {
    this.of(modelId).liveDay ??= this.day;
  }

  /**
   * A settlement that leaves `net` in all. Rows of cards have no user and are left out.
   * @param stakeOf Active stake of a user in this model now [MT wei].
   */
  settle(modelId: bigint, net: bigint, rows: readonly CollectedRow[], stakeOf: (user: string) => bigint): void {
    const model = this.of(modelId);
    if (model.liveDay === undefined) throw new Error(`model ${modelId} is not live`);
    this.#cap ??= this.#capNow();
    model.today ??= { price: this.#priceNow(modelId, model.terms), cap: this.#cap };
    for (const row of rows) {
      const weight = weightOf(row);
      // Usage that costs nothing at list price is no use that could be shared by.
      if (weight === 0n || stakeOf(row.user) < this.minimumStake) continue;
      touch(model, row.user);
      const before = model.uses.get(row.user) ?? { weight: 0n, net: 0n };
      model.uses.set(row.user, { weight: before.weight + weight, net: before.net + row.net });
    }

    const score = net * ageFactor(this.day - model.liveDay);
    model.score += score;
    this.totalScore += score;
    const earned = (this.#cap * this.totalScore) / this.#usdcUnit / (FULL_AGE * HALF);
    const wanted = min(this.#rate, earned);
    this.met[earned < this.#rate ? "capBound" : "rateBound"]++;
    if (wanted > this.emission) {
      if (wanted - this.emission > this.budget) this.met.dryBudget++;
      const raise = min(wanted - this.emission, this.budget);
      this.budget -= raise;
      this.emission += raise;
    }
  }

  /** What a user can claim of a model. */
  claimableOf(user: string, modelId: bigint): Amounts {
    return this.models.get(modelId)?.claimable.get(user) ?? { flock: 0n, mt: 0n };
  }

  /** Pays a user out of several models; if there is nothing, it changes nothing. */
  claim(user: string, modelIds: readonly bigint[]): { flock: bigint; mt: Map<bigint, bigint> } {
    let flock = 0n;
    const mt = new Map<bigint, bigint>();
    const named = [...new Set(modelIds)];
    for (const modelId of named) {
      const due = this.claimableOf(user, modelId);
      flock += due.flock;
      mt.set(modelId, due.mt);
    }
    if (flock + [...mt.values()].reduce((sum, amount) => sum + amount, 0n) === 0n) return { flock, mt };
    for (const modelId of named) {
      const model = this.models.get(modelId);
      if (model === undefined) continue;
      model.claimable.delete(user);
      touch(model, user);
    }
    return { flock, mt };
  }

  /** Pays the bonus to whoever holds the issuer's seat. */
  claimBonus(modelId: bigint): bigint {
    const model = this.models.get(modelId);
    if (model === undefined) return 0n;
    const { bonus } = model;
    model.bonus = 0n;
    return bonus;
  }

  /**
   * Decision 24. What is left of the fund and of the reserve is burned, and so is MT that was cut; carried emission and
   * FLOCK that was cut go back to the budget. Undefined if it is too early, after vesting or after the last sweep, or if
   * somebody eligible has used the model today.
   */
  sweep(modelId: bigint): Swept | undefined {
    const model = this.models.get(modelId);
    if (model === undefined || model.uses.size > 0) return undefined;
    const waitedFrom = model.sweptOn === undefined ? model.graduatedAt + VESTING_DURATION : (model.sweptOn + 1n) * DAY;
    if (this.#time < waitedFrom + SWEEP_DELAY) return undefined;
    const swept = {
      flockBurned: model.carriedFund,
      mtBurned: model.carriedReserve + model.cut.mt,
      returned: model.carriedEmission + model.cut.flock,
    };
    this.met[model.sweptOn === undefined ? "swept" : "sweptAgain"]++;
    model.sweptOn = this.day;
    [model.carriedEmission, model.carriedFund, model.carriedReserve] = [0n, 0n, 0n];
    model.cut = { flock: 0n, mt: 0n };
    this.budget += swept.returned;
    return swept;
  }

  /** The books of a model that has graduated. */
  of(modelId: bigint): ModelBooks {
    const model = this.models.get(modelId);
    if (model === undefined) throw new Error(`model ${modelId} has not graduated`);
    return model;
  }

  /** The fixed cap, or the bound by worth at the average price, whichever is less. */
  #capNow(): bigint {
    const { fixed, worthBps } = this.#caps;
    const { flockForMillion } = this.market;
    if (worthBps === 0n || flockForMillion === 0n) return fixed;
    const byWorth = (flockForMillion * worthBps) / (MILLION * BPS);
    if (byWorth < fixed) this.met.worthBound++;
    return min(fixed, byWorth);
  }

  /** The price at which the pool opened, rounded up, or the average if that is higher. */
  #priceNow(modelId: bigint, { openingFlock, openingMt }: GraduatedTerms): bigint {
    const opening = ceilDiv(openingFlock * WAD, openingMt);
    const average = this.market.mtPrice(modelId);
    if (average > opening) this.met.mtAtAverage++;
    return min(max(opening, average), MAX_PRICE);
  }

  #closeDay(): void {
    this.dust += this.emission;
    for (const model of this.models.values()) this.#closeDayOf(model);
    [this.emission, this.totalScore, this.#cap] = [0n, 0n, undefined];
  }

  #closeDayOf(model: ModelBooks): void {
    const share = this.totalScore === 0n ? 0n : (this.emission * model.score) / this.totalScore;
    const bonus = share / 10n;
    this.dust -= share;
    model.bonus += bonus;
    model.carriedEmission += share - bonus;

    if (model.sweptOn === undefined) {
      const until = (this.day + 1n) * DAY - model.graduatedAt;
      const slice = (total: bigint) => vested(total, until) - vested(total, until - DAY);
      model.carriedFund += slice(model.terms.fund);
      model.carriedReserve += slice(model.terms.reserve);
    }
    this.#fillPool(model);
    model.uses.clear();
    [model.score, model.today] = [0n, undefined];
  }

  /** The model's own money first: fund, reserve, emission; together worth at most half of what net revenue may earn. */
  #fillPool(model: ModelBooks): void {
    if (model.uses.size === 0 || model.today === undefined) return;
    const { price, cap } = model.today;
    const uses = [...model.uses.values()];
    const weight = uses.reduce((sum, own) => sum + own.weight, 0n);
    const net = uses.reduce((sum, own) => sum + own.net, 0n);
    let left = (net * cap) / this.#usdcUnit / HALF;

    const fund = min(model.carriedFund, left);
    left -= fund;
    const mt = min(model.carriedReserve, (left * WAD) / price);
    left -= ceilDiv(mt * price, WAD);
    const emission = min(model.carriedEmission, left);
    this.met[emission < model.carriedEmission ? "allowanceBound" : "paidInFull"]++;
    model.carriedFund -= fund;
    model.carriedReserve -= mt;
    model.carriedEmission -= emission;
    model.releasedFund += fund;
    model.releasedReserve += mt;

    const flock = fund + emission;
    model.pools.set(this.day, { flock, mt, weight, price, cap });
    this.dust += flock;
    for (const [user, own] of model.uses) {
      const part = { flock: (flock * own.weight) / weight, mt: (mt * own.weight) / weight };
      const earned = this.#upToOwn(part, own.net, price, cap);
      const cut = { flock: part.flock - earned.flock, mt: part.mt - earned.mt };
      if (cut.flock + cut.mt > 0n) this.met.cut++;
      this.dust -= part.flock;
      model.cutOf.set(user, cut);
      model.claimable.set(user, plus(model.claimable.get(user), earned));
    }
  }

  /** A part of a pool, cut alike in FLOCK and MT to what a user's own net revenue may earn. */
  #upToOwn(part: Amounts, net: bigint, price: bigint, cap: bigint): Amounts {
    const worth = part.flock + ceilDiv(part.mt * price, WAD);
    const most = (net * cap) / this.#usdcUnit;
    return worth <= most ? part : { flock: (part.flock * most) / worth, mt: (part.mt * most) / worth };
  }
}

/** What a sweep did [wei]. */
export interface Swept {
  flockBurned: bigint;
  mtBurned: bigint;
  returned: bigint;
}

/** What was cut from a user's earlier parts goes to what a sweep takes. */
function touch(model: ModelBooks, user: string): void {
  const cut = model.cutOf.get(user);
  if (cut === undefined) return;
  model.cut = plus(model.cut, cut);
  model.cutOf.delete(user);
}

const plus = (a: Amounts | undefined, b: Amounts): Amounts => ({
  flock: (a?.flock ?? 0n) + b.flock,
  mt: (a?.mt ?? 0n) + b.mt,
});
const ceilDiv = (a: bigint, b: bigint) => (a + b - 1n) / b;

import { min } from "../bigints.ts";
import { DAY, SWEEP_DELAY, VESTING_DURATION } from "../time.ts";
import { BPS, WAD } from "../units.ts";

/**
 * Emissions and usage rewards, day by day (sections 3.7, 3.8 and 4; decisions 9, 12 and 21 to 24).
 *
 * The chain works everything out lazily. This model does what the paper says instead: at the end of every single day it
 * goes through all models, shares the day's emission by score, adds what fund and reserve vested on that day to what
 * waits, fills the pool of every model that had eligible use, and divides it among its users at once. Nobody has to
 * touch anything, so there is nothing here that could depend on who rolls what and when.
 */

/** The age factor and its floor, in 180ths. */
const FULL_AGE = 180n;
const MIN_AGE = 36n;
/** 1 - X, the smallest part of the list price that is ever paid [bps]. */
const MIN_PAID_BPS = 7_000n;

/** Rate, cap and minimum stake, and how many units one USDC has. */
export interface EmissionTerms {
  usdcUnit: bigint;
  dailyRate: bigint;
  maxFlockPerUsdc: bigint;
  minimumStake: bigint;
}

/** What a graduation leaves for rewards, and the reserves with which its pool opened [wei]. */
export interface GraduatedTerms {
  fund: bigint;
  reserve: bigint;
  openingFlock: bigint;
  openingMt: bigint;
}

/** What one row of a settlement collected [USDC units]. */
export interface CollectedRow {
  user: string;
  list: bigint;
  paid: bigint;
}

/** FLOCK and MT [wei]. */
export interface Amounts {
  flock: bigint;
  mt: bigint;
}

/** A pool that was divided, and the weight that divided it. */
export interface ClosedPool extends Amounts {
  weight: bigint;
}

/** One model of the day-by-day books. */
export interface ModelBooks {
  readonly terms: GraduatedTerms;
  readonly graduatedAt: bigint;
  liveDay: bigint | undefined;
  /** What today has brought so far. */
  score: bigint;
  allowance: bigint;
  readonly weights: Map<string, bigint>;
  /** What waits for eligible use. */
  carriedEmission: bigint;
  carriedFund: bigint;
  carriedReserve: bigint;
  /** What went from fund and reserve into pools. */
  releasedFund: bigint;
  releasedReserve: bigint;
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

/** The books of the whole protocol. All times are given in order; `advanceTo` ends the days between. */
export class EmissionModel {
  readonly models = new Map<bigint, ModelBooks>();
  readonly #usdcUnit: bigint;
  #time: bigint;
  #rate: bigint;
  #cap: bigint;
  #next: { rate: bigint; cap: bigint; fromDay: bigint } | undefined;
  minimumStake: bigint;
  /** Budget that no day has reserved [FLOCK wei]. */
  budget = 0n;
  /** Today's emission and score so far. */
  emission = 0n;
  totalScore = 0n;
  /** What divisions left over, which belongs to nobody [FLOCK wei]. */
  dust = 0n;
  /** How often each situation came up, so that a test can tell that it met them. */
  readonly met = { capBound: 0, rateBound: 0, dryBudget: 0, allowanceBound: 0, paidInFull: 0, swept: 0, sweptAgain: 0 };

  constructor(terms: EmissionTerms, time: bigint) {
    this.#usdcUnit = terms.usdcUnit;
    this.#rate = terms.dailyRate;
    this.#cap = terms.maxFlockPerUsdc;
    this.minimumStake = terms.minimumStake;
    this.#time = time;
  }

  /** Today. */
  get day(): bigint {
    return this.#time / DAY;
  }

  /** The cap of today [FLOCK per USDC]. */
  get cap(): bigint {
    return this.#cap;
  }

  /** Lets time pass: every day that ends on the way is closed, one by one. */
  advanceTo(time: bigint): void {
    while (this.day < time / DAY) {
      this.#closeDay();
      this.#time = (this.day + 1n) * DAY;
      if (this.#next !== undefined && this.day >= this.#next.fromDay) {
        [this.#rate, this.#cap] = [this.#next.rate, this.#next.cap];
        this.#next = undefined;
      }
    }
    this.#time = time;
  }

  /** Decision 22: anyone may add to the budget. */
  fund(amount: bigint): void {
    this.budget += amount;
  }

  /** Decision 22: a new rate or cap holds from the next day; the last word of a day counts. */
  setSettings(rate: bigint, cap: bigint): void {
    this.#next = { rate, cap, fromDay: this.day + 1n };
  }

  /** A model has graduated now. */
  graduate(modelId: bigint, terms: GraduatedTerms): void {
    this.models.set(modelId, {
      terms,
      graduatedAt: this.#time,
      liveDay: undefined,
      score: 0n,
      allowance: 0n,
      weights: new Map(),
      carriedEmission: 0n,
      carriedFund: 0n,
      carriedReserve: 0n,
      releasedFund: 0n,
      releasedReserve: 0n,
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
   * A settlement: `paid` in all, of which `net` is left after compute cost. Rows of cards have no user and are left out.
   * @param stakeOf Active stake of a user in this model now [MT wei].
   */
  settle(
    modelId: bigint,
    net: bigint,
    paid: bigint,
    rows: readonly CollectedRow[],
    stakeOf: (user: string) => bigint,
  ): void {
    const model = this.of(modelId);
    if (model.liveDay === undefined) throw new Error(`model ${modelId} is not live`);
    let eligiblePaid = 0n;
    for (const row of rows) {
      const weight = weightOf(row);
      // Usage that costs nothing at list price is no use that could be shared by.
      if (weight === 0n || stakeOf(row.user) < this.minimumStake) continue;
      model.weights.set(row.user, (model.weights.get(row.user) ?? 0n) + weight);
      eligiblePaid += row.paid;
    }
    // Decision 21. The allowance is rounded once for a settlement, not once for each row.
    const earnable = (this.#cap * net * WAD) / this.#usdcUnit;
    model.allowance += (earnable * eligiblePaid) / paid;

    const score = net * ageFactor(this.day - model.liveDay);
    model.score += score;
    this.totalScore += score;
    const earned = (this.#cap * this.totalScore * WAD) / (this.#usdcUnit * FULL_AGE);
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

  /** Pays a user out of several models; all zeros if there is nothing. */
  claim(user: string, modelIds: readonly bigint[]): { flock: bigint; mt: Map<bigint, bigint> } {
    let flock = 0n;
    const mt = new Map<bigint, bigint>();
    for (const modelId of modelIds) {
      const due = this.claimableOf(user, modelId);
      flock += due.flock;
      mt.set(modelId, (mt.get(modelId) ?? 0n) + due.mt);
      this.models.get(modelId)?.claimable.delete(user);
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
   * Decision 24. FLOCK goes to the treasury, MT is burned; undefined if it is too early, after vesting or after the last
   * sweep, or if somebody eligible has used the model today.
   */
  sweep(modelId: bigint): Amounts | undefined {
    const model = this.models.get(modelId);
    if (model === undefined || [...model.weights.values()].some((weight) => weight > 0n)) return undefined;
    const waitedFrom = model.sweptOn === undefined ? model.graduatedAt + VESTING_DURATION : (model.sweptOn + 1n) * DAY;
    if (this.#time < waitedFrom + SWEEP_DELAY) return undefined;
    const swept = { flock: model.carriedEmission + model.carriedFund, mt: model.carriedReserve };
    this.met[model.sweptOn === undefined ? "swept" : "sweptAgain"]++;
    model.sweptOn = this.day;
    [model.carriedEmission, model.carriedFund, model.carriedReserve] = [0n, 0n, 0n];
    return swept;
  }

  /** The books of a model that has graduated. */
  of(modelId: bigint): ModelBooks {
    const model = this.models.get(modelId);
    if (model === undefined) throw new Error(`model ${modelId} has not graduated`);
    return model;
  }

  #closeDay(): void {
    this.dust += this.emission;
    for (const model of this.models.values()) this.#closeDayOf(model);
    [this.emission, this.totalScore] = [0n, 0n];
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
    model.weights.clear();
    [model.score, model.allowance] = [0n, 0n];
  }

  /** Emission before fund, carried before new, FLOCK up to the allowance and MT up to its worth at the opening price. */
  #fillPool(model: ModelBooks): void {
    let weight = 0n;
    for (const own of model.weights.values()) weight += own;
    if (weight === 0n) return;
    const { allowance } = model;
    const waiting = model.carriedEmission + model.carriedFund;
    if (waiting > 0n) this.met[waiting > allowance ? "allowanceBound" : "paidInFull"]++;
    const emission = min(model.carriedEmission, allowance);
    const fund = min(model.carriedFund, allowance - emission);
    const mt = min(model.carriedReserve, (allowance * model.terms.openingMt) / model.terms.openingFlock);
    model.carriedEmission -= emission;
    model.carriedFund -= fund;
    model.carriedReserve -= mt;
    model.releasedFund += fund;
    model.releasedReserve += mt;
    const flock = emission + fund;
    model.pools.set(this.day, { flock, mt, weight });
    this.dust += flock;
    for (const [user, own] of model.weights) {
      const earned = { flock: (flock * own) / weight, mt: (mt * own) / weight };
      this.dust -= earned.flock;
      const before = model.claimable.get(user) ?? { flock: 0n, mt: 0n };
      model.claimable.set(user, {
        flock: before.flock + earned.flock,
        mt: before.mt + earned.mt,
      });
    }
  }
}

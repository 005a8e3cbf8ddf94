import { DAY } from "../time.ts";
import { netOf } from "../usage/numbers.ts";

/**
 * What a settlement collects and what is left of it (decisions 10, 11, 13 and 44): cumulative vouchers, balances that may
 * run out, compute cost of every row by itself, and stakes that warm up.
 */

/** Sums of usage. */
export interface UsageSums {
  units: bigint;
  list: bigint;
  paid: bigint;
}

/** What a row has collected, and what is left of it after compute cost [USDC units]. */
export interface Collected extends UsageSums {
  net: bigint;
}

const NOTHING: UsageSums = { units: 0n, list: 0n, paid: 0n };

/** Prepaid balances, and what was signed and collected of each user and model. */
export class MeterModel {
  readonly balances = new Map<string, bigint>();
  readonly #signed = new Map<string, UsageSums>();
  readonly #collected = new Map<string, UsageSums>();

  /** A user has used more: the sums that its next voucher has. */
  sign(modelId: bigint, user: string, use: UsageSums): UsageSums {
    const before = this.#signed.get(`${modelId}/${user}`) ?? NOTHING;
    const sums = {
      units: before.units + use.units,
      list: before.list + use.list,
      paid: before.paid + use.paid,
    };
    this.#signed.set(`${modelId}/${user}`, sums);
    return sums;
  }

  /**
   * Collects the newest voucher as far as the balance reaches; units and list advance in proportion, rounded down, and a
   * part bears its part of the compute cost.
   */
  collect(modelId: bigint, user: string, computeCost: bigint): Collected {
    const key = `${modelId}/${user}`;
    const signed = this.#signed.get(key) ?? NOTHING;
    const before = this.#collected.get(key) ?? NOTHING;
    const due = signed.paid - before.paid;
    const balance = this.balances.get(user) ?? 0n;
    const paid = due < balance ? due : balance;
    if (paid === 0n) return { ...NOTHING, net: 0n };
    const units = ((signed.units - before.units) * paid) / due;
    const list = ((signed.list - before.list) * paid) / due;
    this.balances.set(user, balance - paid);
    this.#collected.set(key, { units: before.units + units, list: before.list + list, paid: before.paid + paid });
    const net = netOf({ units: signed.units - before.units, list: 0n, paid: due }, paid, computeCost);
    return { units, list, paid, net };
  }
}

/** One user's stake in one model. */
export class StakeModel {
  #active = 0n;
  #warming = 0n;
  #warmAt = 0n;

  /** What counts at `time`. */
  activeAt(time: bigint): bigint {
    return this.#active + (time >= this.#warmAt ? this.#warming : 0n);
  }

  /** All that is staked, counting or not. */
  get all(): bigint {
    return this.#active + this.#warming;
  }

  /** A new stake restarts the clock of what is still warming. */
  stake(amount: bigint, time: bigint): void {
    this.#warm(time);
    this.#warming += amount;
    this.#warmAt = time + DAY;
  }

  /** An exit stops counting at once; what is warming goes first. */
  exit(amount: bigint, time: bigint): void {
    this.#warm(time);
    const fromWarming = amount < this.#warming ? amount : this.#warming;
    this.#warming -= fromWarming;
    this.#active -= amount - fromWarming;
  }

  #warm(time: bigint): void {
    if (time < this.#warmAt) return;
    this.#active += this.#warming;
    this.#warming = 0n;
  }
}

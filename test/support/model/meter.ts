import { max, min } from "../bigints.ts";
import { USAGE_DELAY } from "../time.ts";
import { SKIP } from "../usage/serving.ts";
import { divide, netOf, opexOf, part } from "../usage/numbers.ts";
import type { Sums } from "../usage/numbers.ts";

/** A user's prepaid USDC; `requestedAt` is undefined while no request runs. */
export interface AccountState {
  deposited: bigint;
  credit: bigint;
  requested: bigint;
  requestedAt: bigint | undefined;
}

/** A key of a user: its cap until a lower one on its way holds. */
export interface KeyState {
  cap: bigint;
  spent: bigint;
  expiresAt: bigint;
  lower: { cap: bigint; at: bigint } | undefined;
}

/** A voucher as the model sees it: whether its key signed exactly this. */
export interface ModelRow extends Sums {
  user: string;
  key: string;
  isSigned: boolean;
}

/** What became of a row. */
export interface RowOutcome {
  reason: bigint;
  collected: Sums;
  /** What is left of it after compute cost. */
  net: bigint;
}

/** A model that is served. */
export interface ServedModel {
  minimumPrice: bigint;
  computeCost: bigint;
}

const NOTHING: Sums = { units: 0n, list: 0n, paid: 0n };

/**
 * The meter and what it brings to the waterfall, written from decisions 10, 11 and 44 with times and
 * amounts as plain numbers. Every action gets the time at which it happens [s]; one that must be refused returns the
 * name of the error.
 */
export class MeterModel {
  readonly #served: ReadonlyMap<bigint, ServedModel>;
  readonly #accounts = new Map<string, AccountState>();
  readonly #keys = new Map<string, KeyState>();
  readonly #usage = new Map<string, Sums>();
  readonly #issuers = new Map<bigint, bigint>();
  readonly #mtBuybacks = new Map<bigint, bigint>();
  provider = 0n;
  treasury = 0n;
  flockBuyback = 0n;

  constructor(served: ReadonlyMap<bigint, ServedModel>) {
    this.#served = served;
  }

  account(user: string): AccountState {
    return this.#accounts.get(user) ?? { deposited: 0n, credit: 0n, requested: 0n, requestedAt: undefined };
  }

  /** A key as of `time`; undefined if it was never authorised. */
  key(user: string, key: string, time: bigint): KeyState | undefined {
    const state = this.#keys.get(`${user}/${key}`);
    if (state?.lower === undefined || time < state.lower.at) return state;
    return { ...state, cap: state.lower.cap, lower: undefined };
  }

  usage(user: string, key: string, modelId: bigint): Sums {
    return this.#usage.get(`${user}/${key}/${modelId.toString()}`) ?? NOTHING;
  }

  issuer(modelId: bigint): bigint {
    return this.#issuers.get(modelId) ?? 0n;
  }

  mtBuyback(modelId: bigint): bigint {
    return this.#mtBuybacks.get(modelId) ?? 0n;
  }

  /** What the platform may serve against: a request counts until it lapses. */
  available(user: string, time: bigint): bigint {
    const { deposited, credit, requested, requestedAt } = this.account(user);
    const runs = requestedAt !== undefined && time < requestedAt + 2n * USAGE_DELAY;
    return deposited + credit - (runs ? requested : 0n);
  }

  deposit(user: string, amount: bigint): void {
    const account = this.account(user);
    this.#accounts.set(user, { ...account, deposited: account.deposited + amount });
  }

  depositCredit(user: string, amount: bigint): void {
    const account = this.account(user);
    this.#accounts.set(user, { ...account, credit: account.credit + amount });
  }

  request(user: string, amount: bigint, time: bigint): string | undefined {
    const account = this.account(user);
    if (amount > account.deposited) return "Meter_AboveDeposit";
    this.#accounts.set(user, { ...account, requested: amount, requestedAt: time });
    return undefined;
  }

  cancel(user: string): string | undefined {
    const account = this.account(user);
    if (account.requestedAt === undefined) return "Meter_NothingRequested";
    this.#accounts.set(user, { ...account, requested: 0n, requestedAt: undefined });
    return undefined;
  }

  withdraw(user: string, time: bigint): string | undefined {
    const account = this.account(user);
    const { requestedAt, requested } = account;
    if (requestedAt === undefined || requested === 0n) return "Meter_NothingRequested";
    if (time < requestedAt + USAGE_DELAY || time >= requestedAt + 2n * USAGE_DELAY) return "Meter_NotWithdrawable";
    const deposited = account.deposited - requested;
    this.#accounts.set(user, { ...account, deposited, requested: 0n, requestedAt: undefined });
    return undefined;
  }

  authorise(user: string, key: string, cap: bigint, expiresAt: bigint, time: bigint): void {
    const state = this.key(user, key, time);
    const spent = state?.spent ?? 0n;
    if (state === undefined || time >= state.expiresAt + USAGE_DELAY) {
      this.#keys.set(`${user}/${key}`, { cap, spent, expiresAt, lower: undefined });
      return;
    }
    const lower = cap < state.cap ? { cap, at: time + USAGE_DELAY } : undefined;
    this.#keys.set(`${user}/${key}`, { cap: max(cap, state.cap), spent, expiresAt, lower });
  }

  revoke(user: string, key: string, time: bigint): string | undefined {
    const state = this.key(user, key, time);
    if (state === undefined) return "Meter_UnknownKey";
    this.#keys.set(`${user}/${key}`, { ...state, expiresAt: min(state.expiresAt, time) });
    return undefined;
  }

  /** What would become of a row now. */
  assess(modelId: bigint, row: ModelRow, time: bigint): RowOutcome {
    const skip = (reason: bigint): RowOutcome => ({ reason, collected: NOTHING, net: 0n });
    const bound = this.#bound(modelId, row);
    if (bound !== SKIP.None) return skip(bound);
    if (!row.isSigned) return skip(SKIP.BadSignature);
    const before = this.usage(row.user, row.key, modelId);
    const due = {
      units: row.units - before.units,
      list: row.list - before.list,
      paid: row.paid - before.paid,
    };
    if (due.paid <= 0n || due.list < 0n || due.units < 0n) return skip(SKIP.NothingNew);
    if (due.units === 0n && due.list !== 0n) return skip(SKIP.NoUnits);
    const { deposited, credit } = this.account(row.user);
    let amount = min(due.paid, deposited + credit);
    if (row.key !== row.user) {
      const key = this.key(row.user, row.key, time);
      if (key === undefined) return skip(SKIP.KeyNotAuthorized);
      if (time >= key.expiresAt + USAGE_DELAY) return skip(SKIP.KeyExpired);
      if (key.spent >= key.cap) return skip(SKIP.KeyCapReached);
      amount = min(amount, key.cap - key.spent);
    }
    if (amount === 0n) return skip(SKIP.NoBalance);
    const { computeCost } = this.#served.get(modelId)!; // it keeps the bounds, so it is served
    return { reason: SKIP.None, collected: part(due, amount), net: netOf(due, amount, computeCost) };
  }

  /** Settles a batch, row by row, and divides what it brought. */
  settle(modelId: bigint, rows: readonly ModelRow[], time: bigint): RowOutcome[] {
    const outcomes = rows.map((row) => {
      const outcome = this.assess(modelId, row, time);
      if (outcome.reason === SKIP.None) this.#collect(modelId, row, outcome.collected, time);
      return outcome;
    });
    const paid = outcomes.reduce((total, { collected }) => total + collected.paid, 0n);
    const net = outcomes.reduce((total, outcome) => total + outcome.net, 0n);
    if (paid !== 0n) this.#bring(modelId, paid - net, net);
    return outcomes;
  }

  /** Settles one row of card usage; returns the reason if it is skipped. */
  settleCard(modelId: bigint, row: Sums): bigint {
    const reason = row.paid === 0n ? SKIP.NothingNew : this.#bound(modelId, row);
    if (reason !== SKIP.None) return reason;
    if (row.units === 0n && row.list !== 0n) return SKIP.NoUnits;
    const opex = opexOf(row.paid, row.units, this.#served.get(modelId)!.computeCost);
    this.#bring(modelId, opex, row.paid - opex);
    return reason;
  }

  #bound(modelId: bigint, { units, list, paid }: Sums): bigint {
    const model = this.#served.get(modelId);
    if (model === undefined) return SKIP.ModelNotLive;
    if (list * 1_000_000n < units * model.minimumPrice) return SKIP.BelowPriceFloor;
    if (paid * 10n < list * 7n) return SKIP.AboveDiscountCap;
    return SKIP.None;
  }

  #collect(modelId: bigint, row: ModelRow, collected: Sums, time: bigint): void {
    const id = `${row.user}/${row.key}/${modelId.toString()}`;
    this.#usage.set(id, plus(this.usage(row.user, row.key, modelId), collected));
    const account = this.account(row.user);
    const fromCredit = min(account.credit, collected.paid);
    const deposited = account.deposited - (collected.paid - fromCredit);
    const requested = min(account.requested, deposited);
    this.#accounts.set(row.user, { ...account, credit: account.credit - fromCredit, deposited, requested });
    const key = this.key(row.user, row.key, time);
    if (row.key !== row.user && key !== undefined) {
      this.#keys.set(`${row.user}/${row.key}`, { ...key, spent: key.spent + collected.paid });
    }
  }

  #bring(modelId: bigint, opex: bigint, net: bigint): void {
    const parts = divide(net);
    this.provider += opex;
    this.treasury += parts.treasury;
    this.flockBuyback += parts.flockBuyback;
    this.#issuers.set(modelId, this.issuer(modelId) + parts.issuer);
    this.#mtBuybacks.set(modelId, this.mtBuyback(modelId) + parts.mtBuyback);
  }
}

const plus = (a: Sums, b: Sums): Sums => ({ units: a.units + b.units, list: a.list + b.list, paid: a.paid + b.paid });

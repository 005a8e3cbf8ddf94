import { Book, PauseEnd, idOf } from "./told.ts";
import type { Scope, Told, View } from "./told.ts";

/** A user's balance and request; `lapsesAt` is 0 without a request. */
interface Account {
  deposited: bigint;
  credit: bigint;
  requestedAt: bigint;
  requested: bigint;
  lapsesAt: bigint;
}

/** A key, in the order of the contract. */
type Key = [
  cap: bigint,
  spent: bigint,
  expiresAt: bigint,
  capFalls: boolean,
  nextCap: bigint,
  nextCapAt: bigint,
  collectedUntil: bigint,
];

const NO_REQUEST = { requestedAt: 0n, requested: 0n, lapsesAt: 0n };

/** Accounts, keys, usage and nonces. */
export class MeterBook extends Book {
  readonly #accounts = new Map<string, Account>();
  readonly #keys = new Map<string, Key>();
  readonly #usage = new Map<string, [units: bigint, list: bigint, paid: bigint]>();
  readonly #nonces = new Map<string, bigint>();
  readonly #depositPause = new PauseEnd();

  protected override fold(event: Told): boolean {
    switch (event.name) {
      case "Deposited":
        this.#account(event).deposited = event.number("deposited");
        break;
      case "CreditDeposited":
        this.#account(event).credit = event.number("credit");
        break;
      case "WithdrawalRequested":
        Object.assign(this.#account(event), {
          requestedAt: event.time,
          requested: event.number("amount"),
          lapsesAt: event.number("lapsesAt"),
        });
        break;
      case "WithdrawalLowered":
        this.#account(event).requested = event.number("requested");
        break;
      case "WithdrawalCancelled":
        Object.assign(this.#account(event), NO_REQUEST);
        break;
      case "Withdrawn":
        Object.assign(this.#account(event), { ...NO_REQUEST, deposited: event.number("deposited") });
        break;
      case "DepositsPaused":
        this.#depositPause.begin(event);
        break;
      case "DepositsUnpaused":
        this.#depositPause.end(event);
        break;
      case "KeyChanged":
        this.#keys.set(idOf(event.text("user"), event.text("key")), event.list("record") as Key);
        break;
      case "NonceRaised":
        this.#nonces.set(event.text("user"), event.number("nonce"));
        break;
      case "VoucherCollected":
        this.#collect(event);
        break;
      case "UsageSettled": // a sum of what was collected, of which nothing is stored
      case "VoucherSkipped":
      case "CardRowSkipped":
        break;
      default:
        return false;
    }
    return true;
  }

  protected override *views({ now, users, keys, modelIds }: Scope): Iterable<View> {
    yield ["depositsPausedUntil", [], this.#depositPause.until(now)];
    for (const user of users) {
      const { deposited, credit, requestedAt, requested, lapsesAt } = this.#accountOf(user);
      yield ["accountOf", [user], [deposited, credit, requestedAt, requested]];
      yield ["availableOf", [user], deposited + credit - (now < lapsesAt ? requested : 0n)];
      yield ["nonces", [user], this.#nonces.get(user) ?? 0n];
      for (const key of keys) yield ["keyOf", [user, key], this.#keyOf(user, key, now)];
      for (const key of [user, ...keys]) {
        for (const modelId of modelIds) {
          yield ["usageOf", [user, key, modelId], this.#usage.get(idOf(user, key, modelId)) ?? [0n, 0n, 0n]];
        }
      }
    }
  }

  #collect(event: Told): void {
    const [user, key] = [event.text("user"), event.text("key")];
    Object.assign(this.#account(event), { credit: event.number("credit"), deposited: event.number("deposited") });
    const id = idOf(user, key, event.number("modelId"));
    const collected = event.struct("collected");
    const [units, list] = this.#usage.get(id) ?? [0n, 0n];
    this.#usage.set(id, [units + collected["units"]!, list + collected["list"]!, event.number("paidSoFar")]);
    if (key !== user) this.#keys.get(idOf(user, key))![1] += collected["paid"]!;
  }

  /** A key at `now`: once its time has come, a lower cap is the cap. */
  #keyOf(user: string, key: string, now: bigint): Key {
    const stored = this.#keys.get(idOf(user, key)) ?? [0n, 0n, 0n, false, 0n, 0n, 0n];
    const [, spent, expiresAt, capFalls, nextCap, nextCapAt, collectedUntil] = stored;
    const hasFallen = capFalls && now >= nextCapAt;
    return hasFallen ? [nextCap, spent, expiresAt, false, 0n, 0n, collectedUntil] : stored;
  }

  #accountOf(user: string): Account {
    return this.#accounts.get(user) ?? { deposited: 0n, credit: 0n, ...NO_REQUEST };
  }

  /** The account that an event changes. */
  #account(event: Told): Account {
    const user = event.text("user");
    const account = this.#accountOf(user);
    this.#accounts.set(user, account);
    return account;
  }
}

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { seriesName } from "../books/book.ts";
import type { UserBook } from "../books/book.ts";
import type { Found, Reservation, Wanted } from "../store/shelf.ts";

/** What is remembered of a user: as much as was touched, all of one version. */
interface Remembered extends UserBook {
  /** Its requests in flight, as far as they were touched. */
  flying: Map<Hex, Reservation>;
  /** Until when it is read from the store each time, because another gateway serves it too [ms]. */
  sharedUntil: number;
}

/** Of how many users something is remembered, and of how many series of one. */
const USERS = 20_000;
const SERIES = 64;

/** How long a user is read from the store each time after another gateway has changed something of it [ms]. */
const SHARED_FOR = 10_000;

/**
 * What a ledger has written last, so that it need not be read again. The store tells whether it is still so: whoever changes
 * anything of a user changes the version of its account.
 */
export class Memory {
  /** Who was touched last stands last. */
  readonly #users = new Map<string, Remembered>();

  /** What a batch needs, as a copy that it may change; undefined if something of it is not remembered. */
  recall({ users, series, ending }: Wanted, now: number): Found | undefined {
    const found: Found = { books: new Map(), reservations: new Map(), receipts: new Map() };
    for (const user of users) {
      const known = this.#users.get(user);
      if (known === undefined || known.sharedUntil > now) return undefined;
      found.books.set(user, {
        ...{ version: known.version, account: { ...known.account } },
        ...{ keys: new Map(), series: new Map() },
      });
    }
    for (const { user, key, modelId } of series.values()) {
      const name = seriesName(key, modelId);
      const [known, copy] = [this.#users.get(user)!, found.books.get(user)!]; // it is one of the users
      const [ofKey, ofSeries] = [known.keys.get(key), known.series.get(name)];
      if (ofKey === undefined || ofSeries === undefined) return undefined;
      copy.series.set(name, { ...ofSeries });
      if (!copy.keys.has(key)) copy.keys.set(key, { ...ofKey });
    }
    for (const [id, user] of ending) {
      const reservation = this.#users.get(user)!.flying.get(id);
      if (reservation === undefined) return undefined;
      found.reservations.set(id, reservation);
    }
    return found;
  }

  /** Remembers what a batch has left in the store. @param found What it has found there, as it has changed it. */
  note({ fresh, ending }: Wanted, { books, reservations }: Found, now: number): void {
    for (const [user, book] of books) {
      const known = this.#users.get(user);
      this.#users.delete(user); // to stand last
      this.#users.set(user, remembered(known, book, now));
    }
    for (const id of [...fresh, ...ending.keys()]) {
      const reservation = reservations.get(id);
      const user = ending.get(id) ?? reservation?.user;
      if (user === undefined || !books.has(user)) continue; // whose it is was not locked
      const { flying } = this.#users.get(user)!; // it has just been set
      if (reservation === undefined) flying.delete(id);
      else flying.set(id, reservation);
    }
    while (this.#users.size > USERS) this.#users.delete(this.#users.keys().next().value!); // the oldest
  }
}

/** What is known of a user after a batch has changed its book. */
function remembered(known: Remembered | undefined, book: UserBook, now: number): Remembered {
  const { account, keys, series } = book;
  const version = book.version + 1;
  if (known?.version !== book.version || known.series.size >= SERIES) {
    const isShared = known !== undefined && known.version !== book.version;
    return { ...book, version, flying: new Map(), sharedUntil: isShared ? now + SHARED_FOR : 0 };
  }
  for (const [key, one] of keys) known.keys.set(key, one);
  for (const [name, one] of series) known.series.set(name, one);
  return Object.assign(known, { version, account });
}

/** What a row says of its series: how much, and where it stands. */
export interface Sums {
  paid: bigint;
  list: bigint;
  units: bigint;
  /** What is open of it, as far as the row knows: it is what rows are ordered by. */
  open: bigint;
}

/** Where a row stands: in which part of the logs, from which byte of its file on, how long it is, and in which row. */
export interface Place {
  part: number;
  offset: number;
  length: number;
  row: number;
}

/** Bytes of a series: user, key, and the model as a number of 64 bits. */
export const SERIES_BYTES = 48;
const KEY_WORDS = SERIES_BYTES / 4;
/** Numbers of 64 bits for each entry: the sums in two, but for units. */
const SUM_WORDS = 7;
const PLACE_NUMBERS = 4;
const LOW = (1n << 64n) - 1n;

/**
 * The newest row of each of many series: the one with the largest sums. It keeps numbers and no text, so that a million
 * series take 120 MB and move from thread to thread without being copied.
 */
export class SeriesTable {
  #slots: Int32Array<ArrayBuffer>;
  #keys: Uint32Array<ArrayBuffer>;
  #sums: BigUint64Array<ArrayBuffer>;
  #places: Float64Array<ArrayBuffer>;
  #count = 0;
  /** Whoever writes into a log must not know which series meet in a slot. */
  readonly #seed: number;

  constructor(capacity = 1 << 12, seed = Math.floor(Math.random() * 2 ** 32)) {
    this.#seed = seed;
    this.#slots = new Int32Array(2 * capacity).fill(-1);
    this.#keys = new Uint32Array(capacity * KEY_WORDS);
    this.#sums = new BigUint64Array(capacity * SUM_WORDS);
    this.#places = new Float64Array(capacity * PLACE_NUMBERS);
  }

  get size(): number {
    return this.#count;
  }

  /** Where a series stands in the table; -1 if it does not. */
  find(key: Uint32Array): number {
    return this.#slots[this.#slotOf(key)]!; // it is within
  }

  /** Takes a row if it says more than what is known of its series. */
  add(key: Uint32Array, sums: Sums, place: Place): void {
    const slot = this.#slotOf(key);
    const found = this.#slots[slot]!; // it is within
    if (found >= 0) {
      // Nearly always the payment tells.
      const paid = this.#wide(found * SUM_WORDS);
      if (sums.paid > paid || (sums.paid === paid && isLater(sums, this.sumsOf(found))))
        this.#write(found, sums, place);
      return;
    }
    this.#slots[slot] = this.#count;
    this.#keys.set(key, this.#count * KEY_WORDS);
    this.#write(this.#count, sums, place);
    if (++this.#count === this.#keys.length / KEY_WORDS) this.#grow();
  }

  keyOf(entry: number): Uint32Array {
    return this.#keys.subarray(entry * KEY_WORDS, (entry + 1) * KEY_WORDS);
  }

  sumsOf(entry: number): Sums {
    const at = entry * SUM_WORDS;
    return { paid: this.#wide(at), list: this.#wide(at + 2), units: this.#sums[at + 4]!, open: this.#wide(at + 5) }; // within
  }

  placeOf(entry: number): Place {
    const at = entry * PLACE_NUMBERS;
    const [part, offset, length, row] = this.#places.subarray(at, at + PLACE_NUMBERS) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return { part, offset, length, row };
  }

  /** The entries, the largest open amount first. */
  byOpen(): Uint32Array {
    const [entries, sums] = [Uint32Array.from({ length: this.#count }, (_, entry) => entry), this.#sums];
    return entries.sort((one, other) => {
      const [a, b] = [one * SUM_WORDS + 5, other * SUM_WORDS + 5];
      const [high, low] = [sums[b]! - sums[a]!, sums[b + 1]! - sums[a + 1]!]; // within
      return Number(high !== 0n ? high : low);
    });
  }

  /** What another thread needs to make it again; this one is of no use afterwards. */
  handOver(): { message: Handed; transfer: ArrayBuffer[] } {
    const message = {
      keys: this.#keys.slice(0, this.#count * KEY_WORDS),
      sums: this.#sums.slice(0, this.#count * SUM_WORDS),
      places: this.#places.slice(0, this.#count * PLACE_NUMBERS),
    };
    return { message, transfer: [message.keys.buffer, message.sums.buffer, message.places.buffer] };
  }

  /** Takes what another thread has found. */
  merge({ keys, sums, places }: Handed): void {
    const other = new SeriesTable(1);
    [other.#keys, other.#sums, other.#places, other.#count] = [keys, sums, places, keys.length / KEY_WORDS];
    for (let entry = 0; entry < other.#count; ++entry) {
      this.add(other.keyOf(entry), other.sumsOf(entry), other.placeOf(entry));
    }
  }

  #write(entry: number, { paid, list, units, open }: Sums, { part, offset, length, row }: Place): void {
    const at = entry * SUM_WORDS;
    this.#writeWide(at, paid);
    this.#writeWide(at + 2, list);
    this.#sums[at + 4] = units;
    this.#writeWide(at + 5, open);
    const to = entry * PLACE_NUMBERS;
    this.#places[to] = part;
    this.#places[to + 1] = offset;
    this.#places[to + 2] = length;
    this.#places[to + 3] = row;
  }

  /** The array cuts a number to its lower 64 bits. */
  #writeWide(at: number, value: bigint): void {
    this.#sums[at] = value > LOW ? value >> 64n : 0n;
    this.#sums[at + 1] = value;
  }

  #wide(at: number): bigint {
    const high = this.#sums[at]!; // within
    return high === 0n ? this.#sums[at + 1]! : (high << 64n) | this.#sums[at + 1]!; // within
  }

  /** The slot of a series, or the free one where it belongs. */
  #slotOf(key: Uint32Array): number {
    let hash = this.#seed;
    for (let word = 0; word < KEY_WORDS; ++word) {
      hash = Math.imul(hash ^ key[word]!, 0x9e3779b1); // within
      hash ^= hash >>> 15;
    }
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!; // within
      if (entry < 0 || this.#isAt(entry, key)) return slot;
    }
  }

  #isAt(entry: number, key: Uint32Array): boolean {
    const at = entry * KEY_WORDS;
    for (let word = 0; word < KEY_WORDS; ++word) if (this.#keys[at + word] !== key[word]) return false;
    return true;
  }

  #grow(): void {
    const capacity = 2 * (this.#keys.length / KEY_WORDS);
    const larger = new SeriesTable(capacity, this.#seed);
    larger.#keys.set(this.#keys);
    larger.#sums.set(this.#sums);
    larger.#places.set(this.#places);
    for (let entry = 0; entry < this.#count; ++entry) larger.#slots[larger.#slotOf(this.keyOf(entry))] = entry;
    [this.#slots, this.#keys, this.#sums, this.#places] = [larger.#slots, larger.#keys, larger.#sums, larger.#places];
  }
}

/** A table on its way from one thread to another. */
export interface Handed {
  keys: Uint32Array<ArrayBuffer>;
  sums: BigUint64Array<ArrayBuffer>;
  places: Float64Array<ArrayBuffer>;
}

/** Whether a row says more than another of its series: nobody pays less for more. */
export const isLater = (one: Sums, other: Sums): boolean =>
  one.paid !== other.paid
    ? one.paid > other.paid
    : one.list !== other.list
      ? one.list > other.list
      : one.units > other.units;

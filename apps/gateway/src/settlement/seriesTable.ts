import { PackedRows, isLater } from "./packedRows.ts";
import type { Place, Sums } from "./packedRows.ts";

/** Bytes of a series: user, key, and the model as a number of 64 bits. */
export const SERIES_BYTES = 48;
const KEY_WORDS = SERIES_BYTES / 4;

/** A table on its way from one thread to another. */
export interface Handed extends Pick<PackedRows, "sums" | "places"> {
  keys: Uint32Array<ArrayBuffer>;
}

/**
 * The newest row of each of many series: the one with the largest sums. It keeps numbers and no text: a million series take
 * 150 MB.
 */
export class SeriesTable {
  #slots: Int32Array<ArrayBuffer>;
  #keys: Uint32Array<ArrayBuffer>;
  #rows: PackedRows;
  #count = 0;
  /** Whoever writes into a log must not know which series meet in a slot. */
  readonly #seed: number;

  constructor(capacity = 1 << 12, seed = Math.floor(Math.random() * 2 ** 32)) {
    this.#seed = seed;
    this.#slots = new Int32Array(2 * capacity).fill(-1);
    this.#keys = new Uint32Array(capacity * KEY_WORDS);
    this.#rows = PackedRows.of(capacity);
  }

  get size(): number {
    return this.#count;
  }

  /** The newest rows, each at the place of its series. */
  get rows(): PackedRows {
    return this.#rows;
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
      const paid = this.#rows.paidAt(found);
      // Nearly always the payment tells.
      const isNewer = sums.paid === paid ? isLater(sums, this.#rows.sumsAt(found)) : sums.paid > paid;
      if (isNewer) this.#rows.set(found, sums, place);
      return;
    }
    this.#slots[slot] = this.#count;
    this.#keys.set(key, this.#count * KEY_WORDS);
    this.#rows.set(this.#count, sums, place);
    if (++this.#count === this.#rows.length) this.#grow();
  }

  keyOf(entry: number): Uint32Array {
    return this.#keys.subarray(entry * KEY_WORDS, (entry + 1) * KEY_WORDS);
  }

  /** The entries, the largest open amount first. */
  byOpen(): Uint32Array {
    const entries = Uint32Array.from({ length: this.#count }, (_, entry) => entry);
    return entries.sort((one, other) => this.#rows.byOpen(one, other));
  }

  /** What another thread needs to make it again. */
  handOver(): Handed {
    const { sums, places } = this.#rows.resized(this.#count);
    return { keys: this.#keys.slice(0, this.#count * KEY_WORDS), sums, places };
  }

  /** Takes what another thread has found. */
  merge({ keys, sums, places }: Handed): void {
    const rows = new PackedRows({ sums, places });
    for (let entry = 0; entry < rows.length; ++entry) {
      const key = keys.subarray(entry * KEY_WORDS, (entry + 1) * KEY_WORDS);
      this.add(key, rows.sumsAt(entry), rows.placeAt(entry));
    }
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
    const larger = new SeriesTable(2 * this.#rows.length, this.#seed);
    larger.#keys.set(this.#keys);
    for (let entry = 0; entry < this.#count; ++entry) larger.#slots[larger.#slotOf(this.keyOf(entry))] = entry;
    [this.#slots, this.#keys, this.#rows] = [larger.#slots, larger.#keys, this.#rows.resized(larger.#rows.length)];
  }
}

import { SERIES_BYTES } from "../signatures/voucherDigest.ts";
import { PackedRows, isLater } from "./packedRows.ts";
import type { HandedRows, Place, Sums } from "./packedRows.ts";

const KEY_WORDS = SERIES_BYTES / 4;

/** A table on its way from one thread to another: what it keeps, and how many series it has. */
export interface Handed extends HandedRows {
  keys: Uint32Array<ArrayBuffer>;
  count: number;
}

/**
 * The newest row of each of many series: the one with the largest sums. It keeps numbers and no text: a million series take
 * 210 MB.
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

  /**
   * Takes a row if it says more than what is known of its series.
   * @param signature If it is known.
   */
  add(key: Uint32Array, sums: Sums, place: Place, signature?: Uint8Array): void {
    const slot = this.#slotOf(key);
    const found = this.#slots[slot]!; // it is within
    if (found >= 0) {
      const paid = this.#rows.paidAt(found);
      // Nearly always the payment tells.
      const isNewer = sums.paid === paid ? isLater(sums, this.#rows.sumsAt(found)) : sums.paid > paid;
      if (isNewer) this.#rows.set(found, sums, place, signature);
      return;
    }
    this.#slots[slot] = this.#count;
    this.#keys.set(key, this.#count * KEY_WORDS);
    this.#rows.set(this.#count, sums, place, signature);
    if (++this.#count === this.#rows.length) this.#grow();
  }

  keyOf(entry: number): Uint32Array {
    return this.#keys.subarray(entry * KEY_WORDS, (entry + 1) * KEY_WORDS);
  }

  /** The series of some entries, one behind the other. */
  keysOf(entries: Uint32Array): Uint32Array<ArrayBuffer> {
    const keys = new Uint32Array(entries.length * KEY_WORDS);
    for (let index = 0; index < entries.length; ++index) keys.set(this.keyOf(entries[index]!), index * KEY_WORDS); // within
    return keys;
  }

  /** The entries, the largest open amount first. */
  byOpen(): Uint32Array {
    const rows = this.#rows;
    // Numbers are compared in a part of the time, and where they are the same, the amounts decide.
    const open = Float64Array.from({ length: this.#count }, (_, entry) => Number(rows.openAt(entry)));
    const entries = Uint32Array.from({ length: this.#count }, (_, entry) => entry);
    return entries.sort((one, other) => {
      const difference = open[other]! - open[one]!; // within
      return difference !== 0 ? difference : Number(rows.openAt(other) - rows.openAt(one));
    });
  }

  /** What another thread needs to make it again. It is not copied: what is handed over is of no use here any more. */
  handOver(): Handed {
    return { keys: this.#keys, count: this.#count, ...this.#rows.handed() };
  }

  /** A table that another thread has made. */
  static from({ keys, count, ...rows }: Handed): SeriesTable {
    const table = new SeriesTable(1);
    [table.#keys, table.#rows, table.#count] = [keys, new PackedRows(rows), count];
    table.#slots = new Int32Array(2 * table.#rows.length);
    table.#fillSlots();
    return table;
  }

  /** Takes what another thread has found. */
  merge({ keys, count, ...handed }: Handed): void {
    const rows = new PackedRows(handed);
    for (let entry = 0; entry < count; ++entry) {
      const key = keys.subarray(entry * KEY_WORDS, (entry + 1) * KEY_WORDS);
      this.add(key, rows.sumsAt(entry), rows.placeAt(entry), rows.signatureAt(entry));
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
    const rows = this.#rows.resized(2 * this.#rows.length);
    const keys = new Uint32Array(rows.length * KEY_WORDS);
    keys.set(this.#keys);
    [this.#keys, this.#rows, this.#slots] = [keys, rows, new Int32Array(2 * rows.length)];
    this.#fillSlots();
  }

  /** Every series finds a slot; there are twice as many slots as series. */
  #fillSlots(): void {
    this.#slots.fill(-1);
    for (let entry = 0; entry < this.#count; ++entry) this.#slots[this.#slotOf(this.keyOf(entry))] = entry;
  }
}

/** What a row says of its series: how much. */
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

/** A row with what it says. */
export interface Row {
  place: Place;
  sums: Sums;
}

/** Numbers of 64 bits for each row: the sums in two, but for units. */
const SUM_WORDS = 7;
const PLACE_NUMBERS = 4;

/** Bytes of a signature: r, s and v. */
export const SIGNATURE_BYTES = 65;

const LOW = (1n << 64n) - 1n;

/** Rows as they move from thread to thread. */
export type HandedRows = Pick<PackedRows, "sums" | "places" | "signatures">;

/** Rows as numbers: they take 153 bytes each, and move from thread to thread without being copied. */
export class PackedRows {
  readonly sums: BigUint64Array<ArrayBuffer>;
  readonly places: Float64Array<ArrayBuffer>;
  /** Zeros if the signature is not known: then it stands in the file. */
  readonly signatures: Uint8Array<ArrayBuffer>;

  /** @param from Rows that came from another thread. */
  constructor({ sums, places, signatures }: HandedRows) {
    this.sums = sums;
    this.places = places;
    this.signatures = signatures;
  }

  /** Room for some rows. */
  static of(capacity: number): PackedRows {
    return new PackedRows({
      sums: new BigUint64Array(capacity * SUM_WORDS),
      places: new Float64Array(capacity * PLACE_NUMBERS),
      signatures: new Uint8Array(capacity * SIGNATURE_BYTES),
    });
  }

  /** What another thread makes the same rows of. */
  handed(): HandedRows {
    return { sums: this.sums, places: this.places, signatures: this.signatures };
  }

  get length(): number {
    return this.places.length / PLACE_NUMBERS;
  }

  /** Some of the rows, with room for more if there are fewer. */
  resized(length: number): PackedRows {
    const rows = PackedRows.of(length);
    const count = Math.min(length, this.length);
    rows.sums.set(this.sums.subarray(0, count * SUM_WORDS));
    rows.places.set(this.places.subarray(0, count * PLACE_NUMBERS));
    rows.signatures.set(this.signatures.subarray(0, count * SIGNATURE_BYTES));
    return rows;
  }

  /** The rows at some indexes, in their order. */
  picked(indexes: ArrayLike<number>): PackedRows {
    const rows = PackedRows.of(indexes.length);
    for (let to = 0; to < indexes.length; ++to) {
      const from = indexes[to]!; // within
      rows.sums.set(this.sums.subarray(from * SUM_WORDS, (from + 1) * SUM_WORDS), to * SUM_WORDS);
      rows.places.set(this.places.subarray(from * PLACE_NUMBERS, (from + 1) * PLACE_NUMBERS), to * PLACE_NUMBERS);
      rows.signatures.set(this.signatureAt(from), to * SIGNATURE_BYTES);
    }
    return rows;
  }

  /** @param signature Undefined if it is not known. */
  set(
    index: number,
    { paid, list, units, open }: Sums,
    { part, offset, length, row }: Place,
    signature?: Uint8Array,
  ): void {
    if (signature === undefined) this.signatureAt(index).fill(0);
    else this.signatures.set(signature, index * SIGNATURE_BYTES);
    const at = index * SUM_WORDS;
    this.#write(at, paid);
    this.#write(at + 2, list);
    this.sums[at + 4] = units;
    this.#write(at + 5, open);
    const to = index * PLACE_NUMBERS;
    this.places[to] = part;
    this.places[to + 1] = offset;
    this.places[to + 2] = length;
    this.places[to + 3] = row;
  }

  signatureAt(index: number): Uint8Array {
    return this.signatures.subarray(index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES);
  }

  rowAt(index: number): Row {
    return { sums: this.sumsAt(index), place: this.placeAt(index) };
  }

  paidAt(index: number): bigint {
    return this.#read(index * SUM_WORDS);
  }

  sumsAt(index: number): Sums {
    const at = index * SUM_WORDS;
    return { paid: this.#read(at), list: this.#read(at + 2), units: this.sums[at + 4]!, open: this.#read(at + 5) }; // within
  }

  placeAt(index: number): Place {
    const at = index * PLACE_NUMBERS;
    const [part, offset, length, row] = [0, 1, 2, 3].map((number) => this.places[at + number]!); // within
    return { part: part!, offset: offset!, length: length!, row: row! }; // there are four
  }

  openAt(index: number): bigint {
    return this.#read(index * SUM_WORDS + 5);
  }

  /** The array cuts a number to its lower 64 bits. */
  #write(at: number, value: bigint): void {
    this.sums[at] = value > LOW ? value >> 64n : 0n;
    this.sums[at + 1] = value;
  }

  #read(at: number): bigint {
    const high = this.sums[at]!; // within
    return high === 0n ? this.sums[at + 1]! : (high << 64n) | this.sums[at + 1]!; // within
  }
}

/** Whether a row says more than another of its series: nobody pays less for more. */
export const isLater = (one: Sums, other: Sums): boolean =>
  one.paid !== other.paid
    ? one.paid > other.paid
    : one.list !== other.list
      ? one.list > other.list
      : one.units > other.units;

import {
  AbiCoder,
  ErrorFragment,
  EventFragment,
  Interface,
  ParamType,
  Result,
  getAddress,
  getBytes,
  hexlify,
} from "ethers";
import type { BytesLike } from "ethers";

/** Replaces what is no character with U+FFFD. */
const DECODER = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/** A name that a contract keeps in 32 bytes: what stands before the first zero. */
export const textOfBytes32 = (bytes: string): string => DECODER.decode(getBytes(bytes)).split("\0", 1)[0]!;

/** The bytes of a word. */
const WORD = 32;

/** How often a word may be read: data whose offsets lead to the same place again and again would take for ever. */
const READS_PER_WORD = 32;

/** What `wordsOf` has answered: the types of an interface are asked for with every value. */
const knownWords = /* @__PURE__ */ new WeakMap<ParamType, number>();

/** How many words a type takes where it stands; 0 if its data stands elsewhere, and an offset says where. */
function wordsOf(type: ParamType): number {
  const known = knownWords.get(type);
  if (known !== undefined) return known;
  const words = countWords(type);
  knownWords.set(type, words);
  return words;
}

function countWords(type: ParamType): number {
  if (type.isArray()) return type.arrayLength < 0 ? 0 : type.arrayLength * wordsOf(type.arrayChildren);
  if (!type.isTuple()) return type.baseType === "string" || type.baseType === "bytes" ? 0 : 1;
  const each = type.components.map(wordsOf);
  return each.includes(0) ? 0 : each.reduce((sum, words) => sum + words, 0);
}

/**
 * Decodes data in a time that grows with its length: the reader of ethers copies all of it for each value, so that two
 * hundred structs take a second. Text that is not well-formed, which anybody could put on a chain, is decoded too, and shows
 * where: the usual coder gives a value that throws when it is read, so that one broken name would keep a whole list from
 * being shown.
 */
class LinearReader {
  readonly #isLoose: boolean;
  #readsLeft: number;

  constructor(length: number, isLoose: boolean) {
    this.#isLoose = isLoose;
    this.#readsLeft = READS_PER_WORD * (1 + length / WORD);
  }

  /** Values that stand one after another, where those whose data stands elsewhere are offsets from the first. */
  frame(types: readonly ParamType[], bytes: Uint8Array): unknown[] {
    let at = 0;
    return types.map((type) => {
      const words = wordsOf(type);
      const place = at;
      at += WORD * Math.max(1, words);
      return this.#value(
        type,
        words === 0 ? bytes.subarray(this.#number(bytes, place)) : part(bytes, place, WORD * words),
      );
    });
  }

  /** The value with which data begins. */
  #value(type: ParamType, bytes: Uint8Array): unknown {
    if (type.isTuple()) return named(type.components, this.frame(type.components, bytes));
    if (type.isArray()) {
      return type.arrayLength < 0
        ? this.#list(type.arrayChildren, this.#number(bytes, 0), bytes.subarray(WORD))
        : this.#list(type.arrayChildren, type.arrayLength, bytes);
    }
    if (wordsOf(type) === 0) return this.#bytes(type, this.#number(bytes, 0), bytes.subarray(WORD));
    if (--this.#readsLeft < 0) throw outOfBounds();
    return scalarIn(type.baseType, bytes);
  }

  #bytes(type: ParamType, length: number, bytes: Uint8Array): string {
    const padded = this.#isLoose ? length : Math.ceil(length / WORD) * WORD;
    const found = part(bytes, 0, padded).subarray(0, length);
    return type.baseType === "string" ? DECODER.decode(found) : hexlify(found);
  }

  #list(type: ParamType, length: number, bytes: Uint8Array): Result {
    if (length * WORD * Math.max(1, wordsOf(type)) > bytes.length) throw outOfBounds();
    const types = Array.from({ length }, () => type);
    return Result.fromItems(this.frame(types, bytes));
  }

  /** A length or an offset. */
  #number(bytes: Uint8Array, at: number): number {
    if (--this.#readsLeft < 0) throw outOfBounds();
    const value = numberIn(part(bytes, at, WORD));
    if (value > BigInt(bytes.length)) throw outOfBounds();
    return Number(value);
  }
}

/** A value that stands in one word. Bits beyond those of its type do not count, as in ethers. */
function scalarIn(type: string, word: Uint8Array): unknown {
  if (type === "address") {
    if (word.subarray(0, 12).some((byte) => byte !== 0)) throw outOfBounds();
    return getAddress(hexlify(word.subarray(12)));
  }
  if (type === "bool") return word.some((byte) => byte !== 0);
  const [, kind, size] = /^(uint|int|bytes)(\d+)$/.exec(type) ?? [];
  if (kind === "bytes") return hexlify(word.subarray(0, Number(size)));
  const value = numberIn(word);
  if (kind === "uint") return BigInt.asUintN(Number(size), value);
  if (kind === "int") return BigInt.asIntN(Number(size), value);
  throw new TypeError(`Values of type ${type} are not decoded.`);
}

/** A word as a number. */
function numberIn(word: Uint8Array): bigint {
  const view = new DataView(word.buffer, word.byteOffset, WORD);
  const last = view.getBigUint64(24);
  const before = [0, 8, 16].map((at) => view.getBigUint64(at));
  return before.every((part) => part === 0n) ? last : [...before, last].reduce((sum, part) => (sum << 64n) | part);
}

const named = (types: readonly ParamType[], values: readonly unknown[]): Result =>
  Result.fromItems(
    [...values],
    types.map(({ name }) => name || null),
  );

/** A part of data. @throws If it is not all there. */
function part(bytes: Uint8Array, at: number, length: number): Uint8Array {
  if (at + length > bytes.length) throw outOfBounds();
  return bytes.subarray(at, at + length);
}

const outOfBounds = () => new RangeError("The data is cut off, or leads somewhere else.");

/** Decodes all data as `LinearReader` does. */
class LenientAbiCoder extends AbiCoder {
  override decode(types: readonly (string | ParamType)[], data: BytesLike, loose = false): Result {
    const asked = types.map((type) => ParamType.from(type));
    const bytes = getBytes(data);
    return named(asked, new LinearReader(bytes.length, loose).frame(asked, bytes));
  }
}

const CODER = /* @__PURE__ */ new LenientAbiCoder();

/** An interface that decodes every text, and finds an event or an error by its hash without hashing all of them again. */
export class LenientInterface extends Interface {
  #eventsByTopic: ReadonlyMap<string, EventFragment> | undefined;
  #errorsBySelector: ReadonlyMap<string, ErrorFragment> | undefined;

  override getAbiCoder(): AbiCoder {
    return CODER;
  }

  override getEvent(key: string, values?: unknown[]): EventFragment | null {
    this.#eventsByTopic ??= new Map(
      this.fragments.filter((one) => EventFragment.isFragment(one)).map((event) => [event.topicHash, event]),
    );
    return this.#eventsByTopic.get(key) ?? super.getEvent(key, values);
  }

  override getError(key: string, values?: unknown[]): ErrorFragment | null {
    this.#errorsBySelector ??= new Map(
      this.fragments.filter((one) => ErrorFragment.isFragment(one)).map((error) => [error.selector, error]),
    );
    return this.#errorsBySelector.get(key) ?? super.getError(key, values);
  }
}

import { keccakOfText } from "../codec/hash.ts";
import type { Hex } from "../codec/hex.ts";
import { ETHERS_CRYPTOGRAPHY } from "./cryptography.ts";
import type { Cryptography } from "./cryptography.ts";

/** One field of an EIP-712 struct. */
export interface TypedDataField {
  name: string;
  /** `address`, `bytes32`, `string`, or `uint8` to `uint256`: nothing that is signed here has another one. */
  type: string;
}

/** The bytes of one encoded field. */
const WORD = 32;

/** The value of a hexadecimal digit by its character code, in both cases. */
const digitOf = (code: number) => (code <= 57 ? code - 48 : (code & 0xdf) - 55);

/** Writes text such as 0x0a1b so that it ends at `end`. */
export function writeHex(bytes: Uint8Array, end: number, hex: string): void {
  for (let from = hex.length - 2, at = end - 1; from >= 2; from -= 2, --at) {
    bytes[at] = (digitOf(hex.charCodeAt(from)) << 4) | digitOf(hex.charCodeAt(from + 1));
  }
}

/** Writes a number of at most 256 bits into a word. */
function writeNumber(view: DataView, word: number, value: bigint): void {
  for (let part = 3; part >= 0; --part) {
    view.setBigUint64(word + 8 * part, BigInt.asUintN(64, value));
    value >>= 64n;
  }
}

/**
 * Hashes structs of one type as EIP-712 says. What does not depend on the values is worked out once, so that a hash takes
 * one run of Keccak and little else.
 * @returns A function that takes values which their types hold: it does not look.
 */
export function structHasher(
  name: string,
  fields: readonly TypedDataField[],
  { keccak256 }: Pick<Cryptography, "keccak256"> = ETHERS_CRYPTOGRAPHY,
): (values: object) => Hex {
  const bytes = new Uint8Array(WORD * (fields.length + 1));
  const view = new DataView(bytes.buffer);
  writeHex(bytes, WORD, keccakOfText(`${name}(${fields.map((field) => `${field.type} ${field.name}`).join(",")})`));
  return (values) => {
    let word = WORD;
    for (const { name: key, type } of fields) {
      const value = (values as Record<string, string | bigint>)[key]!; // see above
      if (typeof value === "bigint") writeNumber(view, word, value);
      else writeHex(bytes, word + WORD, type === "string" ? keccakOfText(value) : value);
      word += WORD;
    }
    return keccak256(bytes);
  };
}

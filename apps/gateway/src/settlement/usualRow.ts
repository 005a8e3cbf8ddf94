import { MAX_AMOUNT } from "../../../../sdk/src/units/numbers.ts";
import { SERIES_BYTES } from "../signatures/voucherDigest.ts";
import { amountOf } from "./logRow.ts";
import { SIGNATURE_BYTES } from "./packedRows.ts";
import type { Sums } from "./packedRows.ts";
import type { Meter } from "./request.ts";

/** A row as bytes and numbers; it is written over by the next one. */
export interface UsualRow {
  series: Uint32Array;
  /** r, s and v. */
  signature: Uint8Array;
  sums: Sums;
}

/** The value of two digits by their codes, the first one times 256; below zero if one is none. */
const PAIRS = new Int16Array(1 << 16).fill(-1);
for (let value = 0; value < 256; ++value) {
  const text = value.toString(16).padStart(2, "0");
  for (const first of new Set([text[0]!, text[0]!.toUpperCase()])) {
    for (const second of new Set([text[1]!, text[1]!.toUpperCase()])) {
      PAIRS[(first.charCodeAt(0) << 8) | second.charCodeAt(0)] = value;
    }
  }
}

/** The value of a digit by its code; none is 10 or more. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => (code >= 48 && code < 58 ? code - 48 : 10));

/** Decimal numbers of so many digits are read as numbers, which are exact: larger ones take longer. */
const SAFE_DIGITS = 15;

/**
 * Makes a function that reads rows as `JSON.stringify` writes what `jsonOfVoucher` of the SDK gives, with a signature of 65
 * bytes: nearly all are so, and no text is made of them, which takes a quarter of the time. It answers nothing for any other
 * row: then `rowReader` says what it is.
 */
export function usualRowReader({ chainId, meter, usdcDecimals }: Meter): (bytes: Uint8Array) => UsualRow | undefined {
  const literal = (text: string) => Uint8Array.from(Buffer.from(text));
  const start = literal(`{"chainId":${chainId.toString()},"meter":"`);
  const names = ['","user":"0x', '","key":"0x', '","modelId":', ',"units":"', '","listUsdc":"', '","paidUsdc":"'].map(
    literal,
  );
  const [user, key, model, units, list, paid] = names as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const [signed, end] = [literal('","signature":"0x'), literal('"}')];
  const meters = [literal(meter), literal(meter.toLowerCase())];
  const bytesOfSeries = new Uint8Array(SERIES_BYTES);
  const numbers = new DataView(bytesOfSeries.buffer);
  const row = { series: new Uint32Array(bytesOfSeries.buffer), signature: new Uint8Array(SIGNATURE_BYTES) };

  let bytes: Uint8Array = new Uint8Array();
  let at = 0;
  const skip = (text: Uint8Array): boolean => {
    for (let index = 0; index < text.length; ++index) if (bytes[at + index] !== text[index]) return false;
    at += text.length;
    return true;
  };
  const hex = (into: Uint8Array, from: number, count: number): boolean => {
    if (at + 2 * count > bytes.length) return false;
    for (let index = 0; index < count; ++index, at += 2) {
      const value = PAIRS[(bytes[at]! << 8) | bytes[at + 1]!]!; // within
      if (value < 0) return false;
      into[from + index] = value;
    }
    return true;
  };
  /** A whole number; undefined if there is none, or it is too large to be read so. */
  const whole = (): number | undefined => {
    const from = at;
    let value = 0;
    for (let digit = DIGITS[bytes[at]!]!; digit < 10; digit = DIGITS[bytes[++at]!]!) value = 10 * value + digit;
    return at === from || at - from > SAFE_DIGITS ? undefined : value;
  };
  /** A decimal number in its smallest unit; undefined if there is none. */
  const amount = (): bigint | undefined => {
    const from = at;
    let [value, decimals, isFraction] = [0, 0, false];
    for (; ; ++at) {
      const digit = DIGITS[bytes[at]!]!;
      if (digit < 10) {
        value = 10 * value + digit;
        if (isFraction) ++decimals;
      } else if (bytes[at] === POINT && !isFraction && at > from) isFraction = true;
      else break;
    }
    const missing = usdcDecimals - decimals;
    if (at === from || missing < 0 || (isFraction && decimals === 0)) return undefined;
    if (at - from + missing <= SAFE_DIGITS) return BigInt(value * 10 ** missing);
    return amountOf(Buffer.from(bytes.subarray(from, at)).toString("latin1"), usdcDecimals);
  };

  return (line) => {
    [bytes, at] = [line, 0];
    if (!skip(start) || !(skip(meters[0]!) || skip(meters[1]!))) return undefined; // there are two
    if (!skip(user) || !hex(bytesOfSeries, 0, 20) || !skip(key) || !hex(bytesOfSeries, 20, 20)) return undefined;
    const modelId = skip(model) ? whole() : undefined;
    const used = modelId !== undefined && modelId !== 0 && skip(units) ? whole() : undefined;
    const listed = used !== undefined && skip(list) ? amount() : undefined;
    const owed = listed !== undefined && skip(paid) ? amount() : undefined;
    if (owed === undefined || !skip(signed) || !hex(row.signature, 0, SIGNATURE_BYTES) || !skip(end)) return undefined;
    if (at !== line.length || !areHeld(listed!, owed)) return undefined; // it was read
    numbers.setUint32(40, modelId! % WORD, true); // it was read
    numbers.setUint32(44, Math.floor(modelId! / WORD), true);
    return { ...row, sums: { paid: owed, list: listed!, units: BigInt(used!), open: owed } }; // they were read
  };
}

/** The code of a decimal point. */
const POINT = 46;
/** What a word of 32 bits can be. */
const WORD = 2 ** 32;

/** Whether the contract holds both. */
const areHeld = (list: bigint, paid: bigint): boolean => list <= MAX_AMOUNT && paid <= MAX_AMOUNT;

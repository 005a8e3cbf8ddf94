import { MAX_AMOUNT, MAX_UNITS } from "../../../../sdk/src/units/numbers.ts";
import type { Sums } from "./seriesTable.ts";
import { SERIES_BYTES } from "./seriesTable.ts";
import type { Meter } from "./request.ts";

/** The values of a row of a log. What else stands there does not matter. */
export interface LogRow {
  user: string;
  key: string;
  /** A whole number; as text if the log was a table. */
  modelId: number | string;
  units: string;
  listUsdc: string;
  paidUsdc: string;
  signature: string;
  /** What a store knows of it: what was collected [decimal number of USDC], and since when it waits. */
  collectedUsdc?: string;
  openedAt?: string;
}

/** Why a row is no voucher of this meter, before anybody has looked at its signature. */
export type RowFlaw = "unreadable" | "foreign";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const WHOLE = /^\d{1,20}$/;
const AMOUNT = /^\d{1,30}(?:\.\d{1,30})?$/;

/** Makes a function that reads rows of JSON. */
export function rowReader({ chainId, meter }: Meter): (text: string) => LogRow | RowFlaw {
  const lower = meter.toLowerCase();
  let known = meter;
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return "unreadable";
    }
    if (typeof value !== "object" || value === null) return "unreadable";
    const row = value as LogRow & { chainId: unknown; meter: string };
    if (!isRow(row)) return "unreadable";
    if (Number(row.chainId) !== chainId) return "foreign";
    if (row.meter === known) return row;
    if (row.meter.toLowerCase() !== lower) return "foreign";
    known = row.meter; // a log writes it in one way
    return row;
  };
}

/** Whether a row has all values, each of its kind. A log that was a table has its numbers as text. */
function isRow(row: Partial<Record<keyof LogRow | "chainId" | "meter", unknown>>): boolean {
  const { chainId, meter, user, key, modelId, units, listUsdc, paidUsdc, signature } = row;
  const isWhole = (value: unknown) =>
    Number.isSafeInteger(typeof value === "string" && WHOLE.test(value) ? Number(value) : value);
  return (
    isWhole(chainId) &&
    isWhole(modelId) &&
    typeof meter === "string" &&
    typeof user === "string" &&
    ADDRESS.test(user) &&
    typeof key === "string" &&
    ADDRESS.test(key) &&
    typeof units === "string" &&
    WHOLE.test(units) &&
    typeof listUsdc === "string" &&
    AMOUNT.test(listUsdc) &&
    typeof paidUsdc === "string" &&
    AMOUNT.test(paidUsdc) &&
    typeof signature === "string"
  );
}

/** The series of a row, as `SeriesTable` takes it: the same words each time. */
export function seriesReader(): (row: LogRow) => Uint32Array {
  const bytes = Buffer.alloc(SERIES_BYTES);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, SERIES_BYTES / 4);
  return ({ user, key, modelId }) => {
    bytes.write(user.slice(2), 0, "hex");
    bytes.write(key.slice(2), 20, "hex");
    bytes.writeBigUInt64LE(BigInt(modelId), 40);
    return words;
  };
}

/** What a row says; undefined if the contract does not hold it. */
export function sumsOf({ units, listUsdc, paidUsdc, collectedUsdc }: LogRow, decimals: number): Sums | undefined {
  const [list, paid] = [amountOf(listUsdc, decimals), amountOf(paidUsdc, decimals)];
  const collected = collectedUsdc === undefined ? 0n : amountOf(collectedUsdc, decimals);
  if (list === undefined || paid === undefined || collected === undefined) return undefined;
  const used = BigInt(units);
  if (list > MAX_AMOUNT || paid > MAX_AMOUNT || used > MAX_UNITS) return undefined;
  return { paid, list, units: used, open: paid > collected ? paid - collected : 0n };
}

/** `unitsOfDecimal` of the SDK in half of its time; undefined if there are too many decimals. */
function amountOf(text: string, decimals: number): bigint | undefined {
  const point = text.indexOf(".");
  if (point < 0) return BigInt(text + "0".repeat(decimals));
  const missing = decimals - (text.length - point - 1);
  return missing < 0 ? undefined : BigInt(text.slice(0, point) + text.slice(point + 1) + "0".repeat(missing));
}

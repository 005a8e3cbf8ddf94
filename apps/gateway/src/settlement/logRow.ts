import { MAX_AMOUNT, MAX_UNITS } from "../../../../sdk/src/units/numbers.ts";
import { SERIES_BYTES } from "../signatures/voucherDigest.ts";
import type { Sums } from "./packedRows.ts";
import type { Meter } from "./request.ts";

/** The values of a row of a log. What else stands there does not matter. */
export interface LogRow {
  user: string;
  key: string;
  /** A whole number above zero. */
  modelId: number;
  units: string;
  listUsdc: string;
  paidUsdc: string;
  signature: string;
  /** What a store knows of it: what was collected [decimal number of USDC], and since when it waits. */
  collectedUsdc?: string | undefined;
  openedAt?: string | undefined;
}

/** Why a row is no voucher of this meter, before anybody has looked at its signature. */
export type RowFlaw = "unreadable" | "foreign";

/** The values of a row as an entry of JSON, in any order and with others. */
type Entry = Partial<Record<keyof LogRow | "chainId" | "meter", unknown>>;

const isText = (pattern: RegExp): ((value: unknown) => value is string) => {
  return (value): value is string => typeof value === "string" && pattern.test(value);
};
const isAddress = isText(/^0x[0-9a-fA-F]{40}$/);
const isWhole = isText(/^\d{1,20}$/);
const isAmount = isText(/^\d{1,30}(?:\.\d{1,30})?$/);
const isMoment = isText(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/);

/** Makes a function that reads rows of JSON. */
export function rowReader({ chainId, meter }: Meter): (text: string) => LogRow | RowFlaw {
  const lower = meter.toLowerCase();
  return (text) => {
    const entry = entryIn(text);
    const row = entry === undefined ? undefined : rowOf(entry);
    if (row === undefined) return "unreadable";
    const { chainId: chain, meter: its } = entry as { chainId: number | string; meter: string }; // there is a row
    return Number(chain) === chainId && its.toLowerCase() === lower ? row : "foreign";
  };
}

function entryIn(text: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A row with its values, each of its kind. A log that was a table has its numbers as text. */
function rowOf(entry: Entry): LogRow | undefined {
  const { chainId, meter, user, key, modelId, units, listUsdc, paidUsdc, signature, collectedUsdc, openedAt } = entry;
  const numberOf = (value: unknown) => (isWhole(value) ? Number(value) : value);
  const [chain, model] = [numberOf(chainId), numberOf(modelId)];
  const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
  if (!isNumber(chain) || !isNumber(model) || typeof meter !== "string" || !isAddress(user) || !isAddress(key)) {
    return undefined;
  }
  if (!isWhole(units) || !isAmount(listUsdc) || !isAmount(paidUsdc) || typeof signature !== "string") return undefined;
  const known = {
    collectedUsdc: isAmount(collectedUsdc) ? collectedUsdc : undefined,
    openedAt: isMoment(openedAt) ? momentIn(openedAt) : undefined,
  };
  return { user, key, modelId: model, units, listUsdc, paidUsdc, signature, ...known };
}

/** A moment as JavaScript writes it; undefined if there is no such one. */
function momentIn(text: string): string | undefined {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
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
export function amountOf(text: string, decimals: number): bigint | undefined {
  const point = text.indexOf(".");
  if (point < 0) return BigInt(text + "0".repeat(decimals));
  const missing = decimals - (text.length - point - 1);
  return missing < 0 ? undefined : BigInt(text.slice(0, point) + text.slice(point + 1) + "0".repeat(missing));
}

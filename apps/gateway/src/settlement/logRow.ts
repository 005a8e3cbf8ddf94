import { MAX_AMOUNT, MAX_UNITS } from "../../../../sdk/src/units/numbers.ts";
import type { Sums } from "./packedRows.ts";
import { SERIES_BYTES } from "./seriesTable.ts";
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

const ADDRESS = "0x[0-9a-fA-F]{40}";
const WHOLE = String.raw`\d{1,20}`;
const AMOUNT = String.raw`\d{1,30}(?:\.\d{1,30})?`;
const MOMENT = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z`;

/** The values of a row as an entry of JSON, in any order and with others. */
type Entry = Partial<Record<keyof LogRow | "chainId" | "meter", unknown>>;

const isText = (pattern: string): ((value: unknown) => value is string) => {
  const whole = new RegExp(`^(?:${pattern})$`);
  return (value): value is string => typeof value === "string" && whole.test(value);
};
const [isAddress, isWhole, isAmount, isMoment] = [isText(ADDRESS), isText(WHOLE), isText(AMOUNT), isText(MOMENT)];

/** Makes a function that reads rows of JSON. */
export function rowReader({ chainId, meter }: Meter): (text: string) => LogRow | RowFlaw {
  const lower = meter.toLowerCase();
  const [usual, known] = [usualRow(), { chainId: chainId.toString(), meter }];
  return (text) => {
    // Nearly all rows are written as the SDK writes them: that takes half of the time.
    const values = usual.exec(text)?.groups as
      (Record<keyof LogRow, string> & { chainId: string; meter: string }) | undefined;
    if (values?.chainId === known.chainId && values.meter === known.meter) {
      const { user, key, units, listUsdc, paidUsdc, signature } = values;
      return { user, key, modelId: Number(values.modelId), units, listUsdc, paidUsdc, signature };
    }
    const entry = entryIn(text);
    const row = entry === undefined ? undefined : rowOf(entry);
    if (row === undefined) return "unreadable";
    if (Number(entry!.chainId) !== chainId) return "foreign"; // there is a row
    if ((entry!.meter as string).toLowerCase() !== lower) return "foreign"; // it is text
    known.meter = entry!.meter as string; // a log writes it in one way
    return row;
  };
}

/** A row as `jsonOfVoucher` of the SDK and `JSON.stringify` write it. */
function usualRow(): RegExp {
  const texts = { user: ADDRESS, key: ADDRESS };
  const sums = { units: WHOLE, listUsdc: AMOUNT, paidUsdc: AMOUNT, signature: "0x[0-9a-fA-F]*" };
  const text = ([name, pattern]: [string, string]) => `"${name}":"(?<${name}>${pattern})"`;
  const number = (name: string) => `"${name}":(?<${name}>[1-9]\\d{0,14})`;
  const parts = [
    ...[number("chainId"), text(["meter", ADDRESS]), ...Object.entries(texts).map(text)],
    ...[number("modelId"), ...Object.entries(sums).map(text)],
  ];
  return new RegExp(`^\\{${parts.join(",")}\\}$`);
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
function amountOf(text: string, decimals: number): bigint | undefined {
  const point = text.indexOf(".");
  if (point < 0) return BigInt(text + "0".repeat(decimals));
  const missing = decimals - (text.length - point - 1);
  return missing < 0 ? undefined : BigInt(text.slice(0, point) + text.slice(point + 1) + "0".repeat(missing));
}

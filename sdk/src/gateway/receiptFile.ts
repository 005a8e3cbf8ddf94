import { addressOf } from "../codec/address.ts";
import type { Address, Hex } from "../codec/hex.ts";
import type { MeterPlace } from "../signing/domains.ts";
import { voucherChecker } from "../signing/checkVoucher.ts";
import type { UsageRow } from "../usage/row.ts";
import { plain } from "../text/plainText.ts";
import { chainProblem, costProblem } from "./client/judge.ts";
import type { Head } from "./client/judge.ts";
import type { MemoryEntry, MemoryPlace } from "./client/memory.ts";
import { pricesIn } from "./client/terms.ts";
import { NO_USAGE } from "./cost.ts";
import type { TokenPrices } from "./cost.ts";
import { NO_RECEIPT, checkReceipt, receiptDigester, receiptOfJson } from "./receipt.ts";

/** Whose receipts they are. */
export interface ReceiptPlace {
  url: string;
  user: Address;
  key: Address;
  gateway: Address;
  where: MeterPlace;
  usdcDecimals: number;
}

/** What the receipts of one model show. */
export interface ReceiptSeries {
  modelId: number;
  /** Its API id; undefined if the file does not say. */
  model: string | undefined;
  /** How many receipts follow each other from the first. */
  receipts: bigint;
  /** The digest of the last of them. */
  head: Hex;
  /** What was served by them. */
  served: UsageRow;
  /** What the key has signed. */
  signed: UsageRow;
}

/** Something in a file that cannot be true, in one sentence, with the line in which it stands. */
export interface Contradiction {
  line: number;
  /** Undefined if it is of no model. */
  modelId: number | undefined;
  sentence: string;
}

/** What a file of receipts shows. */
export interface ReceiptFile {
  /** Undefined if the file does not say whose it is. */
  place: ReceiptPlace | undefined;
  series: ReceiptSeries[];
  contradictions: Contradiction[];
}

/** Checks a file of receipts line by line. */
export interface ReceiptFileChecker {
  /** The next line, as JSON has it, whatever it is. It throws for none. */
  add(line: unknown): void;
  /** What the lines so far show. */
  result(): ReceiptFile;
}

/** A series that is being read. */
interface Reading extends Head {
  model: string | undefined;
  prices: TokenPrices | undefined;
  signed: UsageRow;
}

/**
 * Makes a check of a file of receipts, as `folderMemory` writes it: who has signed each receipt, that they follow each
 * other, that each costs what its tokens cost at the prices of the time, and that the key has signed nothing but their sums.
 */
export function receiptFileChecker(): ReceiptFileChecker {
  const series = new Map<number, Reading>();
  const contradictions: Contradiction[] = [];
  let [number, memoryPlace, place]: [number, MemoryPlace | undefined, ReceiptPlace | undefined] = [
    0,
    undefined,
    undefined,
  ];

  const readingOf = (modelId: number): Reading => {
    const found = series.get(modelId) ?? {
      ...{ number: 0n, digest: NO_RECEIPT, sums: NO_USAGE, signed: NO_USAGE, model: undefined, prices: undefined },
    };
    series.set(modelId, found);
    return found;
  };
  const object = (sentence: string, modelId?: number) => contradictions.push({ line: number, modelId, sentence });

  const addReceipt = (entry: unknown): void => {
    const read = receiptOfJson(entry);
    if (!read.ok || place === undefined) {
      object(read.ok ? "The receipt stands before the gateway's name." : read.sentence);
      return;
    }
    const { receipt } = read;
    const modelId = Number(receipt.modelId);
    const reading = readingOf(modelId);
    const digest = receiptDigester(place.where)(receipt);
    if (digest === reading.digest) return; // a killed client writes its last receipt again
    const isOwn = receipt.user === place.user && receipt.key === place.key;
    const problem =
      (isOwn ? undefined : "is for another user or key") ??
      (checkReceipt(place.where, receipt, place.gateway).ok ? undefined : "is not signed by the gateway") ??
      chainProblem(receipt, reading) ??
      (reading.prices === undefined ? "has no price beside it" : costProblem(receipt, reading.prices, 0n));
    if (problem !== undefined) object(`The receipt ${receipt.number.toString()} ${problem}.`, modelId);
    // What follows is held against it all the same: one that is wrong is said once.
    if (isOwn) Object.assign(reading, { number: receipt.number, digest, sums: receipt.sums });
  };

  const addSigned = ({ modelId, sums, r, vs }: MemoryEntry & { kind: "signed" }): void => {
    const reading = readingOf(modelId);
    const used = { units: BigInt(sums.units), list: BigInt(sums.list), paid: BigInt(sums.paid) };
    if (place === undefined) {
      object("The voucher stands before the gateway's name.", modelId);
      return;
    }
    const voucher = { user: place.user, key: place.key, modelId: BigInt(modelId), ...used, r, vs };
    const checked = voucherChecker(place.where)(voucher);
    if (!checked.ok) object(`The voucher is not good: ${checked.sentence}`, modelId);
    const isServed =
      used.units <= reading.sums.units && used.list <= reading.sums.list && used.paid <= reading.sums.paid;
    if (!isServed) object("More was signed than the receipts before it show.", modelId);
    if (used.paid >= reading.signed.paid) reading.signed = used;
  };

  const addEntry = (entry: MemoryEntry | ({ kind: "place" } & MemoryPlace)): void => {
    switch (entry.kind) {
      case "place":
        memoryPlace = { url: plain(entry.url), user: addressOf(entry.user), key: addressOf(entry.key) };
        break;
      case "gateway": {
        const { url, user, key } = memoryPlace!; // what throws is told
        const where = { chainId: entry.chainId, addresses: { meter: addressOf(entry.meter) } };
        const parties = { user: addressOf(user), key: addressOf(key), gateway: addressOf(entry.gateway) };
        place = { url, ...parties, where, usdcDecimals: entry.usdcDecimals };
        break;
      }
      case "prices":
        Object.assign(readingOf(entry.modelId), { model: plain(entry.model), prices: pricesIn(entry) });
        break;
      case "receipt":
        addReceipt(entry.receipt);
        break;
      case "signed":
        addSigned(entry);
        break;
      default:
        object("It is nothing that stands in such a file.");
    }
  };

  return {
    add(line) {
      number += 1;
      try {
        addEntry(line as MemoryEntry);
      } catch {
        object("The line cannot be read.");
      }
    },
    result: () => ({
      ...{ place, contradictions },
      series: [...series].flatMap(([modelId, { model, number: receipts, digest: head, sums: served, signed }]) =>
        receipts === 0n && signed.paid === 0n ? [] : [{ modelId, model, receipts, head, served, signed }],
      ),
    }),
  };
}

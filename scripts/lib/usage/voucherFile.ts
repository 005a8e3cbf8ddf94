import { existsSync, writeFileSync } from "node:fs";

import { Signature } from "ethers";
import { z } from "zod";

import type { Session } from "../chain/session.ts";
import { exact } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { addressText, chainIdNumber, signatureText } from "../command/schemas.ts";
import { readJson5, shownPath } from "../command/textFile.ts";
import { requireSignedHere } from "./signedHere.ts";
import { sumsOf, usageShape } from "./usageShape.ts";
import { signatureOf } from "./voucher.ts";
import type { Sums, UnsignedVoucher, Voucher } from "./voucher.ts";

const entrySchema = z.strictObject({
  chainId: chainIdNumber,
  meter: addressText,
  user: addressText,
  key: addressText,
  ...usageShape,
  signature: signatureText,
});

/** A file holds a list; one voucher alone is a list of one. */
const fileSchema = z.preprocess(
  (raw) => (Array.isArray(raw) ? (raw as unknown[]) : [raw]),
  z.array(entrySchema).min(1, "has no voucher"),
);

/** A file of vouchers that has been read and checked; what it means in USDC units, the network says. */
export interface VoucherFile {
  path: string;
  entries: z.infer<typeof fileSchema>;
}

/** What vouchers count up: the same user, key and model. */
type Series = Pick<UnsignedVoucher, "user" | "key" | "modelId">;

/** Reads a file of vouchers. */
export const readVoucherFile = (path: string): VoucherFile => ({
  path,
  entries: readJson5("voucher file", path, fileSchema),
});

/** The vouchers of a file. Refuses those that were signed for another chain or another meter. */
export function vouchersIn(session: Session, { path, entries }: VoucherFile): Voucher[] {
  return entries.map((entry, index) => {
    requireSignedHere(session, `Voucher ${(index + 1).toString()} of ${shownPath(path)}`, entry);
    const { user, key, modelId, signature } = entry;
    const { r, yParityAndS: vs } = Signature.from(signature);
    return { user, key, modelId: BigInt(modelId), ...sumsOf(entry, session.usdcDecimals), r, vs };
  });
}

/** The sums of the voucher that a file has for a series; undefined if it has none, or does not exist. */
export function sumsInFile({ usdcDecimals }: Session, path: string, series: Series): Sums | undefined {
  const entry = existsSync(path) ? readVoucherFile(path).entries.find((one) => isOf(series, one)) : undefined;
  return entry === undefined ? undefined : sumsOf(entry, usdcDecimals);
}

/** Adds a voucher to a file, in the place of an earlier one of its series. Returns how many the file has then. */
export function addToFile({ chainId, protocol, usdcDecimals }: Session, path: string, voucher: Voucher): number {
  const { user, key, modelId, units, list, paid } = voucher;
  const entry = {
    chainId: Number(chainId),
    meter: protocol.addresses.meter,
    user,
    key,
    modelId: Number(modelId),
    units: units.toString(),
    listUsdc: exact(list, usdcDecimals),
    paidUsdc: exact(paid, usdcDecimals),
    signature: signatureOf(voucher),
  };
  const others = existsSync(path) ? readVoucherFile(path).entries.filter((other) => !isOf(voucher, other)) : [];
  const entries = [...others, entry];
  try {
    writeFileSync(path, `${JSON.stringify(entries, null, 2)}\n`);
  } catch {
    throw new CommandError(`The voucher file ${shownPath(path)} cannot be written: name another file.`);
  }
  return entries.length;
}

/** Whether an entry is of a series, so that a later one says all that it does. */
const isOf = (series: Series, entry: VoucherFile["entries"][number]) =>
  entry.user === series.user && entry.key === series.key && BigInt(entry.modelId) === series.modelId;

import { existsSync, writeFileSync } from "node:fs";

import { Signature } from "ethers";
import { z } from "zod";

import type { CardRowStruct, VoucherRowStruct } from "../../../typechain-types/contracts/usage/InferenceMeter.ts";
import { parseAmount } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { addressText, chainIdNumber, signatureText, usdcText } from "../command/schemas.ts";
import type { Session } from "../chain/session.ts";
import { readJson5, shownPath } from "../command/textFile.ts";

const units = z
  .string({ error: "must be a whole number in quotes" })
  .regex(/^\d{1,19}$/, "must be a whole number in quotes, below 1e19");
const modelId = z.int({ error: "must be a whole number" }).min(1, "must be at least 1");

/** A signed voucher as a file holds it. Sums are cumulative for user, key and model. */
export const voucherSchema = z.strictObject({
  chainId: chainIdNumber,
  meter: addressText,
  user: addressText,
  key: addressText,
  modelId,
  units,
  listUsdc: usdcText,
  paidUsdc: usdcText,
  signature: signatureText,
});

/** Card usage as a file holds it. Not cumulative. */
export const cardSchema = z.strictObject({ modelId, units, listUsdc: usdcText, paidUsdc: usdcText });

/** A file holds a list; one voucher alone is a list of one. */
const voucherFileSchema = z.preprocess(
  (raw) => (Array.isArray(raw) ? (raw as unknown[]) : [raw]),
  z.array(voucherSchema).min(1, "has no voucher"),
);
const cardFileSchema = z.array(cardSchema, { error: "must be a list of card rows" }).min(1, "has no row");

/** A voucher once it is checked: addresses with their checksum, amounts in USDC and units as decimal text. */
export type Voucher = z.infer<typeof voucherSchema>;
/** A card row once it is checked; amounts and units as in a voucher. */
export type CardUsage = z.infer<typeof cardSchema>;

/** Reads a file of vouchers. */
export const readVouchers = (file: string): Voucher[] => readJson5("voucher file", file, voucherFileSchema);

/** Reads a file of card rows. */
export const readCards = (file: string): CardUsage[] => readJson5("card file", file, cardFileSchema);

/** Refuses vouchers that were signed for another chain or another meter. */
export function requireSamePlace(session: Session, file: string, vouchers: Voucher[]): void {
  for (const [index, voucher] of vouchers.entries()) {
    requireSignedHere(session, `Voucher ${(index + 1).toString()} of ${shownPath(file)}`, voucher);
  }
}

/**
 * Refuses what was signed for another chain or another meter.
 * @param what What was signed, as the sentence begins.
 */
export function requireSignedHere(
  { chainId, protocol, networkName }: Session,
  what: string,
  signed: { chainId: number; meter: string },
): void {
  if (BigInt(signed.chainId) !== chainId) {
    throw new CommandError(
      `${what} is for chain ${signed.chainId.toString()}, and ${networkName} is chain ${chainId.toString()}: name the right network.`,
    );
  }
  if (signed.meter !== protocol.addresses.meter) {
    throw new CommandError(
      `${what} is for the meter ${signed.meter}, and that of ${networkName} is ${protocol.addresses.meter}: have it signed again.`,
    );
  }
}

/** A voucher as the meter takes it. */
export function rowOf(voucher: Voucher, decimals: number): VoucherRowStruct {
  const { r, yParityAndS: vs } = Signature.from(voucher.signature);
  const { user, key } = voucher;
  return { user, key, r, vs, ...sumsOf(voucher, decimals) };
}

/** A card row as the meter takes it. */
export const cardRowOf = (card: CardUsage, decimals: number): CardRowStruct => ({
  modelId: card.modelId,
  ...sumsOf(card, decimals),
});

/** Units, list and paid of a voucher or card row [units, USDC units]. */
export function sumsOf(row: Pick<Voucher, "units" | "listUsdc" | "paidUsdc">, decimals: number) {
  return {
    units: BigInt(row.units),
    list: parseAmount("`listUsdc`", row.listUsdc, decimals, true),
    paid: parseAmount("`paidUsdc`", row.paidUsdc, decimals, true),
  };
}

/** Whether two vouchers count up the same sums, so that the later one says all that the earlier one does. */
export const isSameSeries = (a: Voucher, b: Pick<Voucher, "user" | "key" | "modelId">) =>
  a.user === b.user && a.key === b.key && a.modelId === b.modelId;

/** Adds a voucher to a file, in the place of an earlier one of its series. */
export function addToFile(file: string, voucher: Voucher): number {
  const others = existsSync(file) ? readVouchers(file).filter((other) => !isSameSeries(other, voucher)) : [];
  const vouchers = [...others, voucher];
  try {
    writeFileSync(file, `${JSON.stringify(vouchers, null, 2)}\n`);
  } catch {
    throw new CommandError(`The voucher file ${shownPath(file)} cannot be written: name another file.`);
  }
  return vouchers.length;
}

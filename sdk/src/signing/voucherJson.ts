import { addressOf } from "../codec/address.ts";
import { FomoError } from "../errors/fomoError.ts";
import { exact } from "../units/numbers.ts";
import type { MeterPlace } from "./domains.ts";
import { USAGE_RULES, addressRule, readEntry, usageOf, wholeRule } from "./entries.ts";
import type { Rules, UsageEntry } from "./entries.ts";
import { flaw } from "./flaw.ts";
import type { Flaw } from "./flaw.ts";
import { readSignature } from "./signature.ts";
import { signatureOf } from "./voucher.ts";
import type { Voucher } from "./voucher.ts";

/** A voucher in JSON, as gateways, clients and the commands hand it on. */
export interface VoucherEntry extends UsageEntry {
  chainId: number;
  meter: string;
  user: string;
  key: string;
  /** 65 bytes, or 64 in the compact form. */
  signature: string;
}

/** Where a voucher is good, and how many decimals its USDC has: a `Deployment` says it. */
export interface VoucherPlace extends MeterPlace {
  readonly network: string;
  readonly usdcDecimals: number;
}

const RULES: Rules<VoucherEntry> = {
  ...{ chainId: wholeRule, meter: addressRule, user: addressRule, key: addressRule },
  ...USAGE_RULES,
  signature: (value) => (typeof value === "string" ? undefined : "must be a signature in quotes"),
};

/**
 * Reads a voucher from JSON. It throws for none, whatever stands in its place. Who has signed it, and whether its sums are
 * good, is for `checkVoucher`.
 * @param entry A value of JSON, whatever it is.
 */
export function voucherOfJson(where: VoucherPlace, entry: unknown): { ok: true; voucher: Voucher } | Flaw {
  const read = readEntry(RULES, entry);
  if (!read.ok) return read;
  const { user, key, modelId, signature } = read.entry;
  const foreign = foreignFlaw(where, read.entry);
  if (foreign !== undefined) return foreign;
  const usage = usageOf(read.entry, where.usdcDecimals);
  if (!usage.ok) return usage;
  const forms = readSignature(signature);
  if (!forms.ok) return forms;
  const signer = { user: addressOf(user), key: addressOf(key) };
  return { ok: true, voucher: { ...signer, modelId: BigInt(modelId), ...usage.used, r: forms.r, vs: forms.vs } };
}

/**
 * A voucher in JSON.
 * @throws FomoError `badValue` if the model's id is larger than a number of JSON; `badSignature`
 */
export function jsonOfVoucher(where: VoucherPlace, voucher: Voucher): VoucherEntry {
  const { user, key, modelId, units, list, paid } = voucher;
  if (modelId > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new FomoError("badValue", `JSON has no number for the model ${modelId.toString()}: no model has it either.`);
  }
  return {
    chainId: Number(where.chainId),
    meter: addressOf(where.addresses.meter),
    ...{ user, key, modelId: Number(modelId), units: units.toString() },
    listUsdc: exact(list, where.usdcDecimals),
    paidUsdc: exact(paid, where.usdcDecimals),
    signature: signatureOf(voucher),
  };
}

/** What was signed for another chain or another meter is not good here; undefined if it is good. */
export function foreignFlaw(
  { chainId, network, addresses }: VoucherPlace,
  signed: { chainId: number; meter: string },
): Flaw | undefined {
  if (BigInt(signed.chainId) !== BigInt(chainId)) {
    const [its, here] = [signed.chainId.toString(), chainId.toString()];
    return flaw("foreign", `It is for chain ${its}, and ${network} is chain ${here}.`);
  }
  if (addressOf(signed.meter) !== addressOf(addresses.meter)) {
    return flaw(
      "foreign",
      `It is for the meter ${addressOf(signed.meter)}, and that of ${network} is ${addresses.meter}.`,
    );
  }
  return undefined;
}

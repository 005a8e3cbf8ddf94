import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import { voucherChecker } from "../../../../sdk/src/signing/checkVoucher.ts";
import type { Flaw } from "../../../../sdk/src/signing/flaw.ts";
import { readSignature } from "../../../../sdk/src/signing/signature.ts";
import { hasUnits, keepsDiscountCap } from "../../../../sdk/src/usage/row.ts";
import type { FastCryptography } from "../signatures/cryptography.ts";
import { voucherDigester } from "../signatures/voucherDigest.ts";
import type { LogRow } from "./logRow.ts";
import type { Sums } from "./packedRows.ts";
import type { Meter } from "./request.ts";

/**
 * A voucher that is good as far as can be known without the chain. Addresses are in small letters, amounts are text of whole
 * USDC units.
 */
export interface GoodVoucher {
  user: string;
  key: string;
  modelId: number;
  units: string;
  list: string;
  paid: string;
  r: string;
  vs: string;
  open: string;
  /** Since when it waits; null if nobody knows. */
  openedAt: string | null;
}

/** What was found out about a row. */
export type Verdict = { ok: true; voucher: GoodVoucher } | Flaw;

const placeOf = ({ chainId, meter }: Meter) => ({ chainId, addresses: { meter } });

const textsOf = ({ units, list, paid, open }: Sums) => ({
  ...{ units: units.toString(), list: list.toString(), paid: paid.toString(), open: open.toString() },
});

/**
 * Makes a function that judges rows, with the sums that they say, as the SDK's `checkVoucher` does. Checksums of addresses
 * are not looked at: who has signed a voucher has signed its addresses.
 */
export function judgeOf(meter: Meter, cryptography: FastCryptography): (row: LogRow, sums: Sums) => Verdict {
  const check = voucherChecker(placeOf(meter), cryptography);
  return ({ user, key, modelId, signature, openedAt = null }, sums) => {
    const forms = readSignature(signature);
    if (!forms.ok) return forms;
    const { r, vs } = forms;
    const signer = { user: user.toLowerCase() as Address, key: key.toLowerCase() as Address };
    const { units, list, paid } = sums;
    const found = check({ ...signer, modelId: BigInt(modelId), units, list, paid, r, vs });
    if (!found.ok) return found;
    return { ok: true, voucher: { ...signer, modelId, ...textsOf(sums), r, vs, openedAt } };
  };
}

/**
 * Makes a function that finds in a short time that a voucher is good. It answers nothing if that is not sure: then `judgeOf`
 * says what it is.
 */
export function quickJudgeOf(
  meter: Meter,
  { keccak, curve }: FastCryptography,
): (series: Uint8Array, sums: Sums, signature: Uint8Array) => GoodVoucher | undefined {
  const digest = voucherDigester(placeOf(meter), keccak);
  const hexOf = (bytes: Uint8Array, from: number, to: number): Hex =>
    `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex", from, to)}`;
  return (series, sums, signature) => {
    if (sums.paid > sums.list || !keepsDiscountCap(sums) || !hasUnits(sums)) return undefined;
    const [parity, rs] = [signature[64]! - 27, signature.subarray(0, 64)]; // it has 65 bytes
    // r is surely below the order, and s surely the low one.
    if ((parity !== 0 && parity !== 1) || rs[0] === 0xff || rs[32]! >= 0x7f) return undefined;
    const signer = curve.publicKeyOf(digest(series, sums), rs, parity);
    if (signer === undefined || !isSame(keccak(signer).subarray(12), series.subarray(20, 40))) return undefined;
    const vs = Uint8Array.from(rs.subarray(32));
    vs[0]! |= parity << 7; // it has 32
    const numbers = new DataView(series.buffer, series.byteOffset);
    return {
      ...{ user: hexOf(series, 0, 20), key: hexOf(series, 20, 40), modelId: Number(numbers.getBigUint64(40, true)) },
      ...textsOf(sums),
      ...{ r: hexOf(rs, 0, 32), vs: hexOf(vs, 0, 32), openedAt: null },
    };
  };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.every((byte, index) => byte === other[index]);

import { addressOf } from "../codec/address.ts";
import type { Address, Hex } from "../codec/hex.ts";
import type { UsageRow } from "../usage/row.ts";
import type { Cryptography } from "./cryptography.ts";
import { meterDomainOf } from "./domains.ts";
import type { MeterPlace } from "./domains.ts";
import { mistakeOf } from "./flaw.ts";
import { longForm, readCompact } from "./signature.ts";
import { signByKey } from "./signer.ts";
import type { TypedDataSigner } from "./signer.ts";
import { structHasher } from "./structs.ts";
import type { TypedDataField } from "./structs.ts";
import { digester, typedDataOf } from "./typedData.ts";
import type { Domain, TypedData } from "./typedData.ts";
import { typesFlaw } from "./values.ts";

/** What a voucher says: what its user or key signs. All sums are cumulative for this user, key and model. */
export interface UnsignedVoucher extends UsageRow {
  user: string;
  /** Who signs: the user itself, or a key that it authorised. */
  key: string;
  modelId: bigint;
}

/** A signed voucher, as the meter takes it. */
export interface Voucher extends UnsignedVoucher {
  user: Address;
  key: Address;
  /** The compact signature (EIP-2098). */
  r: Hex;
  vs: Hex;
}

const TYPE = "UsageVoucher";

/** The EIP-712 type of a voucher. */
export const VOUCHER_FIELDS: TypedDataField[] = [
  { name: "user", type: "address" },
  { name: "key", type: "address" },
  { name: "modelId", type: "uint256" },
  { name: "units", type: "uint64" },
  { name: "list", type: "uint96" },
  { name: "paid", type: "uint96" },
];

/**
 * A voucher for a wallet to sign.
 * @param where The deployment, or the domain of its meter.
 * @throws FomoError `badAddress`, `badValue`
 */
export const voucherTypedData = (where: MeterPlace | Domain, voucher: UnsignedVoucher): TypedData =>
  typedDataOf(meterDomainOf(where), TYPE, VOUCHER_FIELDS, voucher);

/**
 * A voucher's signature as it is written out: r, s and v.
 * @throws FomoError `badSignature`
 */
export function signatureOf({ r, vs }: Pick<Voucher, "r" | "vs">): Hex {
  const signature = readCompact(r, vs);
  if (!signature.ok) throw mistakeOf(signature);
  return longForm(signature);
}

/**
 * Makes a function that gives the hash of vouchers, for many of them: what they have in common is worked out once. The
 * meter's `voucherHash` gives the same.
 * @param where The deployment, or the domain of its meter.
 * @returns A function that throws FomoError `badAddress` or `badValue` for values that their types do not hold.
 */
export function voucherHasher(where: MeterPlace | Domain): (voucher: UnsignedVoucher) => Hex {
  const hash = uncheckedHasher(where);
  return (voucher) => {
    const found = typesFlaw(VOUCHER_FIELDS, voucher);
    if (found !== undefined) throw mistakeOf(found);
    return hash(voucher);
  };
}

/** The same for vouchers whose values have been looked at. */
export function uncheckedHasher(
  where: MeterPlace | Domain,
  cryptography?: Pick<Cryptography, "keccak256">,
): (voucher: UnsignedVoucher) => Hex {
  const hashStruct = structHasher(TYPE, VOUCHER_FIELDS, cryptography);
  const digest = digester(meterDomainOf(where), cryptography);
  return (voucher) => digest(hashStruct(voucher));
}

/**
 * Signs a voucher.
 * @param signer Whoever signs for the voucher's key.
 * @param where The deployment, or the domain of its meter.
 * @throws FomoError `badAddress`, `badValue`; `badSignature` if the signer is not the key.
 */
export async function signVoucher(
  signer: TypedDataSigner,
  where: MeterPlace | Domain,
  voucher: UnsignedVoucher,
): Promise<Voucher> {
  const typedData = voucherTypedData(where, voucher);
  const { r, vs } = await signByKey(signer, typedData, voucher.key, "the key");
  const { modelId, units, list, paid } = voucher;
  return { user: addressOf(voucher.user), key: addressOf(voucher.key), modelId, units, list, paid, r, vs };
}

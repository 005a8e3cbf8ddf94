import { Signature } from "ethers";
import type { TypedDataDomain, TypedDataField } from "ethers";

import type { InferenceMeter } from "../../../typechain-types/index.ts";

/** A signed voucher, as the meter takes it. All sums are cumulative for this user, key and model. */
export interface Voucher {
  user: string;
  /** Who signs: the user itself, or a key that it authorised. */
  key: string;
  modelId: bigint;
  /** [units] */
  units: bigint;
  /** [USDC units] */
  list: bigint;
  /** [USDC units] */
  paid: bigint;
  /** The compact signature (EIP-2098). */
  r: string;
  vs: string;
}

/** What a voucher says: what its user or key signs. */
export type UnsignedVoucher = Omit<Voucher, "r" | "vs">;

/** What was used, in one voucher or by one card row. */
export type Sums = Pick<Voucher, "units" | "list" | "paid">;

/** Whoever can sign EIP-712 data: a wallet or a connected account. */
interface VoucherSigner {
  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<string>;
}

/** EIP-712 type of a voucher. */
const VOUCHER_TYPES = {
  UsageVoucher: [
    { name: "user", type: "address" },
    { name: "key", type: "address" },
    { name: "modelId", type: "uint256" },
    { name: "units", type: "uint64" },
    { name: "list", type: "uint96" },
    { name: "paid", type: "uint96" },
  ],
};

/** The EIP-712 domain of a meter. */
export async function voucherDomainOf(meter: InferenceMeter): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await meter.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

/** A voucher's signature in its long form: r, s and v. */
export const signatureOf = ({ r, vs }: Voucher): string => Signature.from({ r, yParityAndS: vs }).serialized;

/** Signs a voucher. */
export async function signVoucher(
  domain: TypedDataDomain,
  signer: VoucherSigner,
  voucher: UnsignedVoucher,
): Promise<Voucher> {
  const { r, yParityAndS: vs } = Signature.from(await signer.signTypedData(domain, VOUCHER_TYPES, { ...voucher }));
  return { ...voucher, r, vs };
}

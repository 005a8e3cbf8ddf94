import { Signature } from "ethers";
import type { TypedDataDomain, TypedDataField } from "ethers";

import type { InferenceMeter } from "../../../typechain-types/index.ts";
import type { VoucherRowStruct } from "../../../typechain-types/contracts/usage/InferenceMeter.ts";

/** What a voucher says. All sums are cumulative for this user, key and model. */
export interface VoucherContent {
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
}

/** Whoever can sign EIP-712 data: a wallet or a connected account. */
interface VoucherSigner {
  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<string>;
}

/** EIP-712 type of a voucher. */
export const VOUCHER_TYPES = {
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

/** Signs a voucher and gives the row that the platform settles. */
export async function signVoucher(
  domain: TypedDataDomain,
  signer: VoucherSigner,
  voucher: VoucherContent,
): Promise<VoucherRowStruct> {
  const { user, key, units, list, paid } = voucher;
  const { r, yParityAndS: vs } = Signature.from(await signer.signTypedData(domain, VOUCHER_TYPES, { ...voucher }));
  return { user, key, units, list, paid, r, vs };
}

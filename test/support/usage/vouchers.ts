import { Signature } from "ethers";
import type { AddressLike, Signer, TypedDataDomain } from "ethers";

import { ethers } from "../fixtures.ts";
import type { Sums } from "./numbers.ts";
import type { ServedScene } from "./serving.ts";

/** The EIP-712 type of a voucher, as a wallet needs it. */
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

/** A row as the platform submits it. */
export interface Row extends Sums {
  user: string;
  key: string;
  r: string;
  vs: string;
}

/** A voucher before it is signed; sums are cumulative. */
export interface Voucher extends Sums {
  user: AddressLike;
  /** Who signs; the user unless something else is given. */
  key?: AddressLike;
  modelId?: bigint;
}

/** Whatever has the addresses of a protocol. */
type Deployed = Pick<ServedScene, "addresses">;

/** The EIP-712 domain of the meter on the embedded chain, put together here anew. */
export const meterDomain = (f: Deployed): TypedDataDomain => ({
  name: "FOMO InferenceMeter",
  version: "1",
  chainId: 31_337n,
  verifyingContract: f.addresses.meter,
});

/** A million units at the price floor of 1 USDC, without a discount, `millions` times. */
export const atFloor = (millions: bigint): Sums => ({
  units: millions * 1_000_000n,
  list: millions * 1_000_000n,
  paid: millions * 1_000_000n,
});

/** Signs a voucher with `signer`, for the domain of the meter or another one. */
export async function signVoucher(
  f: Deployed,
  signer: Signer,
  voucher: Voucher,
  domain: TypedDataDomain = meterDomain(f),
): Promise<Row> {
  const { units, list, paid, modelId = 1n } = voucher;
  const user = await ethers.resolveAddress(voucher.user);
  const key = voucher.key === undefined ? await signer.getAddress() : await ethers.resolveAddress(voucher.key);
  const message = { user, key, modelId, units, list, paid };
  const signature = Signature.from(await signer.signTypedData(domain, VOUCHER_TYPES, message));
  return { user, key, units, list, paid, r: signature.r, vs: signature.yParityAndS };
}

/** A voucher of a user who signs for itself. */
export const ownVoucher = (f: Deployed, user: Signer & { address: string }, sums: Sums, modelId = 1n) =>
  signVoucher(f, user, { user: user.address, modelId, ...sums });

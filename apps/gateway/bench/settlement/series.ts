import type { Address } from "../../../../sdk/src/codec/hex.ts";
import type { UnsignedVoucher } from "../../../../sdk/src/signing/voucher.ts";

/** Where the vouchers of the log are good. */
export const WHERE = {
  chainId: 31_337,
  network: "local",
  usdcDecimals: 6,
  addresses: { meter: "0x5FbDB2315678afecb367f032d93F642f64180aa3" },
};

/** What a worker hands back for each series: the address of its key, and the signature of its newest voucher. */
export const SIGNED_BYTES = 85;

/** How many vouchers of each series the log has. */
export const VERSIONS = 10;

/** A user has two keys. */
export const userOf = (index: number): Address =>
  `0x${(0x1000_0000_0000n + BigInt(index >> 1)).toString(16).padStart(40, "a")}`;

/** Sums of the first, second, … voucher of a series. They differ from series to series. */
export const sumsOf = (index: number, version: number) => {
  const list = BigInt(version) * BigInt(1_000 + (index % 9_973)) * 100n;
  return { units: list * 3n, list, paid: (list * 9n) / 10n };
};

/** The newest voucher of a series, before it is signed. */
export const newestOf = (index: number, key: Address): UnsignedVoucher => ({
  ...{ user: userOf(index), key, modelId: BigInt(1 + (index % 3)) },
  ...sumsOf(index, VERSIONS),
});

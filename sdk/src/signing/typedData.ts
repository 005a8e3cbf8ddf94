import type { Address, Hex } from "../codec/hex.ts";
import { ETHERS_CRYPTOGRAPHY } from "./cryptography.ts";
import type { Cryptography } from "./cryptography.ts";
import { structHasher, writeHex } from "./structs.ts";
import type { TypedDataField } from "./structs.ts";
import { messageOf } from "./values.ts";

/** What a signature is good for: one contract on one chain. */
export interface Domain {
  name: string;
  version: string;
  chainId: number;
  verifyingContract: Address;
}

/**
 * What a wallet is asked to sign (EIP-712). viem's `signTypedData` takes it as it is; ethers' takes `domain`, `types` and
 * `message`; `typedDataJson` makes of it what `eth_signTypedData_v4` takes. The type of the domain is not among `types`:
 * ethers refuses it there, and viem adds it itself.
 */
export interface TypedData {
  domain: Domain;
  types: Record<string, TypedDataField[]>;
  primaryType: string;
  message: Record<string, string | bigint>;
}

/**
 * Values of one type for a wallet to sign.
 * @throws FomoError `badAddress`, `badValue`
 */
export const typedDataOf = (
  domain: Domain,
  primaryType: string,
  fields: readonly TypedDataField[],
  values: object,
): TypedData => ({
  domain,
  types: { [primaryType]: fields.map((field) => ({ ...field })) }, // whoever gets it may change it
  primaryType,
  message: messageOf(fields, values),
});

/** The type of every domain here. */
const DOMAIN_FIELDS: TypedDataField[] = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
];

/** The hash of a domain, which contracts call DOMAIN_SEPARATOR. */
export const domainSeparator = (domain: Domain): Hex =>
  structHasher("EIP712Domain", DOMAIN_FIELDS)({ ...domain, chainId: BigInt(domain.chainId) });

/** Makes of the hash of a struct what a key signs in a domain. */
export function digester(
  domain: Domain,
  { keccak256 }: Pick<Cryptography, "keccak256"> = ETHERS_CRYPTOGRAPHY,
): (structHash: Hex) => Hex {
  const bytes = new Uint8Array(66);
  bytes.set([0x19, 0x01]);
  writeHex(bytes, 34, domainSeparator(domain));
  return (structHash) => {
    writeHex(bytes, 66, structHash);
    return keccak256(bytes);
  };
}

/** The hash that a key signs. */
export const hashTypedData = ({ domain, types, primaryType, message }: TypedData): Hex =>
  digester(domain)(structHasher(primaryType, types[primaryType]!)(message)); // it is among the types

/**
 * What is signed as the second parameter of `eth_signTypedData_v4`, for a wallet that is reached without a library:
 * `provider.request({ method: "eth_signTypedData_v4", params: [address, typedDataJson(typedData)] })`.
 */
export const typedDataJson = ({ domain, types, primaryType, message }: TypedData): string =>
  JSON.stringify(
    { domain, types: { EIP712Domain: DOMAIN_FIELDS, ...types }, primaryType, message },
    (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
  );

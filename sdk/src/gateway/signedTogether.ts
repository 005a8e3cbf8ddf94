import { keccakOfText } from "../codec/hash.ts";
import { isBytes } from "../codec/bytes.ts";
import type { Hex } from "../codec/hex.ts";
import { ETHERS_CRYPTOGRAPHY } from "../signing/cryptography.ts";
import type { Cryptography } from "../signing/cryptography.ts";
import type { MeterPlace } from "../signing/domains.ts";
import { writeHex } from "../signing/structs.ts";
import { digester } from "../signing/typedData.ts";
import type { Domain } from "../signing/typedData.ts";
import { gatewayDomainOf } from "./domain.ts";

/** How many receipts one signature is for at most: a receipt carries the digests of all of them. */
export const MOST_SIGNED_TOGETHER = 8;

/** The EIP-712 type of what a gateway signs: digests of receipts, each with its own domain and type. */
const TYPE = "GatewayReceipts(bytes32[] digests)";

const WORD = 32;

/**
 * Makes a function that gives what a gateway signs for some receipts: one signature is good for all of them.
 * @param where The deployment, or the gateway's domain.
 * @param cryptography Faster than that of ethers, if there is one.
 * @returns A function that takes digests of 32 bytes, at most `MOST_SIGNED_TOGETHER`: it does not look.
 */
export function receiptsDigester(
  where: MeterPlace | Domain,
  cryptography: Pick<Cryptography, "keccak256"> = ETHERS_CRYPTOGRAPHY,
): (digests: readonly Hex[]) => Hex {
  const { keccak256 } = cryptography;
  const digest = digester(gatewayDomainOf(where), cryptography);
  const struct = new Uint8Array(2 * WORD);
  const list = new Uint8Array(MOST_SIGNED_TOGETHER * WORD);
  writeHex(struct, WORD, keccakOfText(TYPE));
  return (digests) => {
    for (const [place, one] of digests.entries()) writeHex(list, (place + 1) * WORD, one);
    writeHex(struct, 2 * WORD, keccak256(list.subarray(0, digests.length * WORD)));
    return digest(keccak256(struct));
  };
}

/** Whether something is the digests of receipts that were signed together, one of them among them. */
export const isSignedWith = (digests: unknown, one: Hex): digests is Hex[] =>
  Array.isArray(digests) &&
  digests.length <= MOST_SIGNED_TOGETHER &&
  digests.every((digest) => isBytes(digest) && digest.length === one.length) &&
  digests.some((digest) => (digest as string).toLowerCase() === one);

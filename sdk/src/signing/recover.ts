import type { Address, Hex } from "../codec/hex.ts";
import { ETHERS_CRYPTOGRAPHY } from "./cryptography.ts";
import type { Cryptography } from "./cryptography.ts";
import { flaw } from "./flaw.ts";
import type { Flaw, Signed } from "./flaw.ts";
import type { SignatureForms, WellFormed } from "./signature.ts";

/** Whose key has signed a hash; undefined if no key has. */
export const recoverSigner = (hash: Hex, signature: Pick<SignatureForms, "r" | "s" | "v">): Address | undefined =>
  ETHERS_CRYPTOGRAPHY.recover(hash, signature);

/**
 * Whether a key has signed a hash.
 * @param who Whose key it should be, in words, such as "the user".
 */
export function checkSigner(
  hash: Hex,
  signature: WellFormed | Flaw,
  address: string,
  who: string,
  { recover }: Pick<Cryptography, "recover"> = ETHERS_CRYPTOGRAPHY,
): Signed | Flaw {
  if (!signature.ok) return signature;
  const signer = recover(hash, signature);
  if (signer === undefined) return flaw("noSigner", "The signature is that of nobody: no key signs these values so.");
  if (signer.toLowerCase() === address.toLowerCase()) return { ok: true, hash, signer };
  return flaw(
    "otherSigner",
    `The signature is not that of ${who} ${address}: for exactly these values on this chain it is that of ${signer}.`,
  );
}

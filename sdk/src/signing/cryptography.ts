import { keccak256, recoverAddress } from "ethers";

import type { Address, Hex } from "../codec/hex.ts";
import type { SignatureForms } from "./signature.ts";

/**
 * What checks of signatures need of cryptography. Nearly all of their time goes into it, so whoever checks many names its
 * own, such as native code.
 */
export interface Cryptography {
  keccak256: (bytes: Uint8Array) => Hex;
  /** Whose key has signed a hash, with the checksum of its address; undefined if no key has. */
  recover: (hash: Hex, signature: Pick<SignatureForms, "r" | "s" | "v">) => Address | undefined;
}

/** The cryptography of ethers: all of it is JavaScript. */
export const ETHERS_CRYPTOGRAPHY: Cryptography = {
  keccak256: (bytes) => keccak256(bytes) as Hex,
  recover(hash, { r, s, v }) {
    try {
      return recoverAddress(hash, { r, s, v }) as Address;
    } catch {
      return undefined; // r is on no point of the curve
    }
  },
};

import { Signature, toBeHex } from "ethers";

/** The order of secp256k1. */
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The other signature of the same key for the same text, which the curve knows and nobody takes. */
export function highTwin(signature: string): string {
  const { r, s, v } = Signature.from(signature);
  const twin = toBeHex(CURVE_ORDER - BigInt(s), 32);
  return `${r}${twin.slice(2)}${v === 27 ? "1c" : "1b"}`;
}

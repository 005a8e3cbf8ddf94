import { createRequire } from "node:module";

import { secp256k1 } from "@noble/curves/secp256k1.js";

/** How signatures are looked at: by native code, or in JavaScript where that does not install. */
export type CurveKind = "native" | "javascript";

/** Finds out who has signed. */
export interface Curve {
  readonly kind: CurveKind;
  /**
   * The public key that has signed a hash: 64 bytes, x and y. Undefined if no key has.
   * @param signature r and s, 64 bytes. Both are within the order of the curve: it is not looked at here.
   * @param parity 0 if y of the signature's point is even, otherwise 1.
   */
  publicKeyOf: (hash: Uint8Array, signature: Uint8Array, parity: 0 | 1) => Uint8Array | undefined;
  /** Signs a hash by a private key, always in the same way (RFC 6979), with the low s: 64 bytes and the parity. */
  sign: (hash: Uint8Array, key: Uint8Array) => { signature: Uint8Array; parity: number };
  /** The public key of a private one: 64 bytes, x and y. */
  publicKeyFor: (key: Uint8Array) => Uint8Array;
}

/** What of the native package is used. A key that is not compressed has a byte before x and y. */
interface NativeCurve {
  ecdsaRecover: (
    signature: Uint8Array,
    parity: number,
    hash: Uint8Array,
    compressed: boolean,
    into: Uint8Array,
  ) => Uint8Array;
  ecdsaSign: (hash: Uint8Array, key: Uint8Array) => { signature: Uint8Array; recid: number };
  publicKeyCreate: (key: Uint8Array, compressed: boolean) => Uint8Array;
}

/** The native package without its own JavaScript path, which is slower than the one here; undefined if it is not there. */
function nativePackage(): NativeCurve | undefined {
  try {
    return createRequire(import.meta.url)("secp256k1/bindings.js") as NativeCurve;
  } catch {
    return undefined; // no binary for this machine
  }
}

function nativeCurve({ ecdsaRecover, ecdsaSign, publicKeyCreate }: NativeCurve): Curve {
  const key = new Uint8Array(65);
  return {
    kind: "native",
    publicKeyOf(hash, signature, parity) {
      try {
        return ecdsaRecover(signature, parity, hash, false, key).subarray(1);
      } catch {
        return undefined; // r is on no point of the curve
      }
    },
    sign(hash, privateKey) {
      const { signature, recid: parity } = ecdsaSign(hash, privateKey);
      return { signature, parity };
    },
    publicKeyFor: (privateKey) => publicKeyCreate(privateKey, false).subarray(1),
  };
}

const javascriptCurve: Curve = {
  kind: "javascript",
  publicKeyOf(hash, signature, parity) {
    try {
      const recovered = secp256k1.Signature.fromBytes(signature, "compact")
        .addRecoveryBit(parity)
        .recoverPublicKey(hash);
      return recovered.toBytes(false).subarray(1);
    } catch {
      return undefined; // r is on no point of the curve
    }
  },
  sign(hash, key) {
    const signed = secp256k1.sign(hash, key, { prehash: false, lowS: true, format: "recovered" });
    return { signature: signed.subarray(1), parity: signed[0]! }; // 65 bytes
  },
  publicKeyFor: (key) => secp256k1.getPublicKey(key, false).subarray(1),
};

/**
 * The fastest way to look at signatures that this machine has.
 * @param wanted Only this one.
 * @throws If native code is wanted, and there is none for this machine.
 */
export function loadCurve(wanted?: CurveKind): Curve {
  const found = wanted === "javascript" ? undefined : nativePackage();
  if (found !== undefined) return nativeCurve(found);
  if (wanted === "native") throw new Error("The package secp256k1 has no native code for this machine.");
  return javascriptCurve;
}

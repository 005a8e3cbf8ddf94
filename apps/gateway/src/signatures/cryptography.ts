import { createKeccak } from "hash-wasm";

import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import type { Cryptography } from "../../../../sdk/src/signing/cryptography.ts";
import { loadCurve } from "./curve.ts";
import type { Curve, CurveKind } from "./curve.ts";

/** The cryptography of the SDK's checks, made fast: `voucherChecker(deployment, cryptography)` takes it. */
export interface FastCryptography extends Cryptography {
  readonly kind: CurveKind;
  /** The same as `keccak256`, without a text. */
  keccak: (bytes: Uint8Array) => Uint8Array;
  readonly curve: Curve;
  /** The checksum form of an address. @param lower 0x and 40 lower-case hexadecimal digits. */
  withChecksum: (lower: string) => Address;
  /** Signs a hash by a private key: the compact form (EIP-2098), always the same for the same hash. */
  sign: (hash: Hex, key: Uint8Array) => { r: Hex; vs: Hex };
  /** The address of a private key. */
  addressOf: (key: Uint8Array) => Address;
}

/**
 * Loads Keccak (WebAssembly) and the curve (native where it installs).
 * @param wanted Which curve; the fastest if left out.
 */
export async function loadCryptography(wanted?: CurveKind): Promise<FastCryptography> {
  const [curve, hasher] = [loadCurve(wanted), await createKeccak(256)];
  const keccakHex = (data: Uint8Array | string) => hasher.init().update(data).digest("hex");
  const [hashBytes, signature] = [Buffer.alloc(32), Buffer.alloc(64)];

  const withChecksum = (lower: string): Address => {
    const digits = lower.slice(2);
    const hash = keccakHex(digits);
    let text = "0x";
    for (let at = 0; at < digits.length; ++at) {
      text += hash.charCodeAt(at) >= EIGHT ? digits[at]!.toUpperCase() : digits[at]!; // within both
    }
    return text as Address;
  };

  return {
    ...{ kind: curve.kind, curve, withChecksum },
    keccak: (bytes) => hasher.init().update(bytes).digest("binary"),
    addressOf: (key) => withChecksum(`0x${keccakHex(curve.publicKeyFor(key)).slice(24)}`),
    sign(hash, key) {
      hashBytes.write(hash.slice(2), "hex");
      const signed = curve.sign(hashBytes, key);
      const words = Buffer.from(signed.signature);
      if (signed.parity === 1) words[32]! |= 0x80; // the low s leaves its first bit free
      return { r: `0x${words.toString("hex", 0, 32)}`, vs: `0x${words.toString("hex", 32)}` };
    },
    keccak256: (bytes) => `0x${keccakHex(bytes)}`,
    recover(hash, { r, s, v }) {
      hashBytes.write(hash.slice(2), "hex");
      signature.write(r.slice(2) + s.slice(2), "hex");
      const key = curve.publicKeyOf(hashBytes, signature, v === 27 ? 0 : 1);
      return key === undefined ? undefined : withChecksum(`0x${keccakHex(key).slice(24)}`);
    },
  };
}

/** The code of the digit from which on a letter of an address is written large (EIP-55): "8", or a letter. */
const EIGHT = 56;

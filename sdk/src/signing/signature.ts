import { isBytes } from "../codec/bytes.ts";
import type { Hex } from "../codec/hex.ts";
import { flaw } from "./flaw.ts";
import type { Flaw } from "./flaw.ts";

/** A signature in all the forms in which contracts take one. */
export interface SignatureForms {
  r: Hex;
  s: Hex;
  v: 27 | 28;
  /** s with v in its first bit: with r the compact form (EIP-2098). */
  vs: Hex;
}

/** A signature that is well-formed; whose it is, is another question. */
export type WellFormed = { ok: true } & SignatureForms;

/** The order of secp256k1: r and s are below it. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The bit of `vs` that says v. */
const V_BIT = 1n << 255n;

const WORD = /^0x[0-9a-f]{64}$/i;

/** How long a signature of 65 bytes is as text. */
const LONG = 132;

const wordOf = (value: bigint): Hex => `0x${value.toString(16).padStart(64, "0")}`;

/** A signature as it is written out: r, s and v. */
export const longForm = ({ r, s, v }: Pick<SignatureForms, "r" | "s" | "v">): Hex =>
  `${r}${s.slice(2)}${v.toString(16)}`;

/**
 * Reads a signature of 65 bytes, or of 64 in the compact form.
 * @param exactly Whether it goes to a contract as bytes: then it has 65, and ends with 27 or 28.
 */
export function readSignature(signature: unknown, exactly = false): WellFormed | Flaw {
  if (!isBytes(signature)) {
    return flaw("notHex", "The signature must be hexadecimal text: 0x and two digits for each byte.");
  }
  const size = signature.length / 2 - 1;
  if (size !== 65 && (exactly || size !== 64)) {
    const lengths = exactly ? "65 as a contract takes it" : "65, or 64 in the compact form";
    return flaw("wrongLength", `The signature has ${size} bytes: it must have ${lengths}.`);
  }
  const [first, second] = [`0x${signature.slice(2, 66)}`, `0x${signature.slice(66, 130)}`];
  if (size === 64) return readCompact(first, second);
  const last = Number.parseInt(signature.slice(130), 16);
  return readParts(!exactly && last < 2 ? last + 27 : last, first, second);
}

/** Reads a signature in its compact form (EIP-2098). */
export function readCompact(r: unknown, vs: unknown): WellFormed | Flaw {
  const found = wordFlaw("r", r) ?? wordFlaw("vs", vs);
  if (found !== undefined) return found;
  const word = BigInt(vs as string);
  return judge(BigInt(r as string), word & (V_BIT - 1n), word < V_BIT ? 27 : 28);
}

/** Reads a signature in its parts. */
export function readParts(v: unknown, r: unknown, s: unknown): WellFormed | Flaw {
  const found = wordFlaw("r", r) ?? wordFlaw("s", s);
  if (found !== undefined) return found;
  const number = typeof v === "bigint" ? Number(v) : v;
  if (number !== 27 && number !== 28) {
    return flaw("badV", "The signature's v, its last byte, must be 27 or 28 (0x1b or 0x1c).");
  }
  return judge(BigInt(r as string), BigInt(s as string), number);
}

/**
 * Reads a signature that a signer has just given. Some devices give the high one of the two values of s that are good for
 * a signature: then the low one is taken, with the other v.
 */
export function readFresh(signature: Hex): WellFormed | Flaw {
  const found = readSignature(signature);
  if (found.ok || found.reason !== "highS" || signature.length !== LONG) return found;
  const other = wordOf(ORDER - BigInt(`0x${signature.slice(66, 130)}`));
  const wasEven = ["00", "1b"].includes(signature.slice(130).toLowerCase());
  return readParts(wasEven ? 28 : 27, `0x${signature.slice(2, 66)}`, other);
}

function wordFlaw(name: string, value: unknown): Flaw | undefined {
  if (!isBytes(value)) return flaw("notHex", `The signature's ${name} must be hexadecimal text: 0x and 64 digits.`);
  return WORD.test(value) ? undefined : flaw("wrongLength", `The signature's ${name} must have 32 bytes.`);
}

function judge(r: bigint, s: bigint, v: 27 | 28): WellFormed | Flaw {
  if (r === 0n || r >= ORDER) return flaw("badR", "The signature's r is zero or too large: no key signs so.");
  if (s === 0n || s >= ORDER) return flaw("badS", "The signature's s is zero or too large: no key signs so.");
  if (s > ORDER / 2n) {
    return flaw(
      "highS",
      "The signature's s is the high one of the two that are good for it, and contracts take the low one (EIP-2): have it signed again.",
    );
  }
  return { ok: true, r: wordOf(r), s: wordOf(s), v, vs: wordOf(v === 27 ? s : s | V_BIT) };
}

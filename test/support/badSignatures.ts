import { toBeHex } from "ethers";

import type { Hex } from "../../sdk/src/codec/hex.ts";
import type { FlawReason } from "../../sdk/src/signing/flaw.ts";
import { highTwin } from "./signatures.ts";

/** Signatures of 65 bytes, and others, that no contract takes in the place of a good one, with the reason. */
export function badSignatures(signature: string): [FlawReason, Hex][] {
  const end = (v: string) => `${signature.slice(0, -2)}${v}` as Hex;
  const withR = (r: bigint) => `${toBeHex(r, 32)}${signature.slice(66)}` as Hex;
  return [
    ["wrongLength", "0x"],
    ["wrongLength", `${signature}00` as Hex],
    ["wrongLength", signature.slice(0, -2) as Hex],
    ["badV", end("00")],
    ["badV", end("1d")],
    ["badR", withR(0n)],
    ["badR", withR(2n ** 256n - 1n)],
    ["badS", `${signature.slice(0, 66)}${"0".repeat(64)}1b` as Hex],
    ["highS", highTwin(signature) as Hex],
    ["noSigner", withR(5n)],
    ["otherSigner", end(signature.endsWith("1b") ? "1c" : "1b")],
  ];
}

/** The same in their parts; those of another length have none. */
export const badParts = (signature: string): [FlawReason, { v: number; r: Hex; s: Hex }][] =>
  badSignatures(signature)
    .filter(([, bad]) => bad.length === signature.length)
    .map(([reason, bad]) => {
      const [r, s] = [`0x${bad.slice(2, 66)}`, `0x${bad.slice(66, 130)}`] as [Hex, Hex];
      return [reason, { v: Number(`0x${bad.slice(130)}`), r, s }];
    });

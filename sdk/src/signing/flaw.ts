import type { Address, Hex } from "../codec/hex.ts";
import { FomoError } from "../errors/fomoError.ts";

/** Why something that was signed is not good. The names that the meter has for a skipped row mean the same here. */
export type FlawReason =
  /** No entry of a file, or one with a key that is missing, unknown or of another kind. */
  | "unreadable"
  /** It says that it is for another chain or another meter. */
  | "foreign"
  /** No address, or one with the checksum of another. */
  | "badAddress"
  /** A value of another kind, or one that the contract's parameter does not hold or does not take. */
  | "badValue"
  /** More is paid than the list spend. */
  | "aboveList"
  /** The list spend is below the model's minimum price for the units. */
  | "belowPriceFloor"
  /** Less is paid than the list spend less the largest discount. */
  | "aboveDiscountCap"
  /** It has list spend and no units. */
  | "noUnits"
  /** The key that is authorised is the user's own. */
  | "ownKey"
  /** It is not good yet. */
  | "notYetValid"
  /** It is not good any more. */
  | "expired"
  /** A signature that is no hexadecimal text. */
  | "notHex"
  /** A signature of another length than is taken. */
  | "wrongLength"
  /** A last byte that no signature has. */
  | "badV"
  /** An r that no signature has. */
  | "badR"
  /** An s that no signature has. */
  | "badS"
  /** The other signature for the same, which the contracts do not take. */
  | "highS"
  /** No key has such a signature for these values. */
  | "noSigner"
  /** Another key has signed, or the right one has signed something else. */
  | "otherSigner";

/** What is wrong with something that was signed, for programs and in one sentence for people. */
export interface Flaw {
  ok: false;
  reason: FlawReason;
  sentence: string;
}

/** A signature that is good, as far as can be known without the chain. */
export interface Signed {
  ok: true;
  /** What was signed. */
  hash: Hex;
  /** Whose key has signed it. */
  signer: Address;
}

/** Says what is wrong. */
export const flaw = (reason: FlawReason, sentence: string): Flaw => ({ ok: false, reason, sentence });

/** The same as a mistake of who calls, where something is to be signed and not checked. */
export const mistakeOf = ({ reason, sentence }: Flaw): FomoError =>
  new FomoError(reason === "badAddress" || reason === "badValue" ? reason : "badSignature", sentence);

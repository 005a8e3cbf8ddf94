import { writeFileSync } from "node:fs";

import { z } from "zod";

import { exact, MAX_AMOUNT, MAX_WORD } from "../../../sdk/src/units/numbers.ts";
import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { parseDecimal, unitsOf } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { addressText, chainIdNumber, momentNumber, signatureText, usdcText, wholeText } from "../command/schemas.ts";
import { readJson5, shownPath } from "../command/textFile.ts";
import { requireSignedHere } from "./signedHere.ts";
import { voucherDomainOf } from "./voucher.ts";

/** How long a signed authorisation can be submitted [s]. */
const LIFE = 86_400n;

/** EIP-712 type of an authorisation of a key. */
const AUTHORIZATION_TYPES = {
  KeyAuthorization: [
    { name: "user", type: "address" },
    { name: "key", type: "address" },
    { name: "cap", type: "uint96" },
    { name: "expiresAt", type: "uint40" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

/** An authorisation that its user has signed, as a file holds it. */
const signedKeySchema = z.strictObject({
  chainId: chainIdNumber,
  meter: addressText,
  user: addressText,
  key: addressText,
  capUsdc: usdcText,
  expiresAt: momentNumber,
  nonce: wholeText(MAX_WORD),
  deadline: momentNumber,
  signature: signatureText,
});

/** An authorisation that its user has signed; the cap in USDC. */
export type SignedKey = z.infer<typeof signedKeySchema>;

/** What a key may do. */
export interface KeyTerms {
  key: string;
  /** [USDC units] */
  cap: bigint;
  /** [s] */
  expiresAt: bigint;
}

/** Signs an authorisation of the signer into a file, for anybody to submit within a day; nothing is sent. */
export async function signKeyInto(session: Session, signer: Signer, terms: KeyTerms, file: string): Promise<SignedKey> {
  const { meter, addresses } = session.protocol;
  const { key, cap, expiresAt } = terms;
  const nonce = await meter.nonces(signer.address, session.now);
  const deadline = (await timeOf(session)) + LIFE;
  const values = { user: signer.address, key, cap, expiresAt, nonce, deadline };
  const signed = {
    chainId: Number(session.chainId),
    meter: addresses.meter,
    user: signer.address,
    key,
    capUsdc: exact(cap, session.usdcDecimals),
    expiresAt: Number(expiresAt),
    nonce: nonce.toString(),
    deadline: Number(deadline),
    signature: await signer.signTypedData(await voucherDomainOf(meter), AUTHORIZATION_TYPES, values),
  };
  try {
    // What was signed before and not submitted stays good, so its file is not written over.
    writeFileSync(file, `${JSON.stringify(signed, null, 2)}\n`, { flag: "wx" });
  } catch {
    throw new CommandError(`The file ${shownPath(file)} exists or cannot be written: name another one.`);
  }
  return signed;
}

/** Reads a signed authorisation. */
export const readSignedKey = (file: string): SignedKey => readJson5("signed authorisation", file, signedKeySchema);

/** A signed authorisation as the meter takes it. */
export function keyAuthorizationOf(session: Session, file: string, signed: SignedKey) {
  requireSignedHere(session, `The signed authorisation ${shownPath(file)}`, signed);
  const cap = unitsOf(parseDecimal("`capUsdc`", signed.capUsdc, MAX_AMOUNT, true), session.usdcDecimals);
  const [expiresAt, nonce, deadline] = [BigInt(signed.expiresAt), BigInt(signed.nonce), BigInt(signed.deadline)];
  return [signed.user, signed.key, cap, expiresAt, nonce, deadline, signed.signature] as const;
}

import { z } from "zod";

import type { KeyTerms } from "../../../sdk/src/actions/usage.ts";
import type { Hex } from "../../../sdk/src/codec/hex.ts";
import { signKeyAuthorization } from "../../../sdk/src/signing/keyAuthorization.ts";
import { foreignFlaw } from "../../../sdk/src/signing/voucherJson.ts";
import { exact, MAX_AMOUNT, MAX_WORD } from "../../../sdk/src/units/numbers.ts";
import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { parseDecimal, unitsOf } from "../command/amounts.ts";
import { addressText, chainIdNumber, momentNumber, signatureText, usdcText, wholeText } from "../command/schemas.ts";
import { readJson5 } from "../command/textFile.ts";
import { flawed, placeOf, writeSigned } from "./signedHere.ts";

/** How long a signed authorisation can be submitted [s]. */
const LIFE = 86_400n;

/** An authorisation of a key that its user has signed, as a file holds it: anybody can submit it. */
export const signedKeySchema = z.strictObject({
  chainId: chainIdNumber,
  meter: addressText.describe("The InferenceMeter that takes it."),
  user: addressText.describe("Who has signed, and pays for what the key signs."),
  key: addressText.describe("The key that may sign vouchers."),
  capUsdc: usdcText.describe("The most that the key may ever spend [USDC]."),
  expiresAt: momentNumber.describe("Until when the key is good [s]."),
  nonce: wholeText(MAX_WORD).describe("The user's nonce in the meter."),
  deadline: momentNumber.describe("The last moment at which it can be submitted [s]."),
  signature: signatureText,
});

/** An authorisation that its user has signed; the cap in USDC. */
export type SignedKey = z.infer<typeof signedKeySchema>;

/** Signs an authorisation of the signer into a file, for anybody to submit within a day; nothing is sent. */
export async function signKeyInto(session: Session, signer: Signer, terms: KeyTerms, file: string): Promise<SignedKey> {
  const { meter, addresses } = session.protocol;
  const { key, cap, expiresAt } = terms;
  const nonce = await meter.nonces(signer.address, session.now);
  const deadline = (await timeOf(session)) + LIFE;
  const authorization = { user: signer.address, key, cap, expiresAt, nonce, deadline };
  const { signature } = await signKeyAuthorization(signer, placeOf(session), authorization);
  const signed = {
    chainId: Number(session.chainId),
    meter: addresses.meter,
    user: signer.address,
    key,
    capUsdc: exact(cap, session.usdcDecimals),
    expiresAt: Number(expiresAt),
    nonce: nonce.toString(),
    deadline: Number(deadline),
    signature,
  };
  writeSigned(file, signed);
  return signed;
}

/** Reads a signed authorisation. */
export const readSignedKey = (file: string): SignedKey => readJson5("signed authorisation", file, signedKeySchema);

/** A signed authorisation as the meter takes it. */
export function keyAuthorizationOf(session: Session, file: string, signed: SignedKey) {
  const found = foreignFlaw(placeOf(session), signed);
  if (found !== undefined) throw flawed("authorisation", file, found);
  const cap = unitsOf(parseDecimal("`capUsdc`", signed.capUsdc, MAX_AMOUNT, true), session.usdcDecimals);
  const [expiresAt, nonce, deadline] = [BigInt(signed.expiresAt), BigInt(signed.nonce), BigInt(signed.deadline)];
  const { user, key, signature } = signed;
  return { user, key, cap, expiresAt, nonce, deadline, signature: signature as Hex }; // the schema has seen it
}

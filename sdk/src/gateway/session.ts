import { addressOf } from "../codec/address.ts";
import type { Address, Hex } from "../codec/hex.ts";
import type { MeterPlace } from "../signing/domains.ts";
import { flaw } from "../signing/flaw.ts";
import type { Flaw, Signed } from "../signing/flaw.ts";
import { checkSigner } from "../signing/recover.ts";
import { longForm, readSignature } from "../signing/signature.ts";
import { signByKey } from "../signing/signer.ts";
import type { TypedDataSigner } from "../signing/signer.ts";
import type { TypedDataField } from "../signing/structs.ts";
import { hashTypedData, typedDataOf } from "../signing/typedData.ts";
import type { Domain, TypedData } from "../signing/typedData.ts";
import { valuesFlaw } from "../signing/values.ts";
import { gatewayDomainOf } from "./domain.ts";

/** What a key signs once, to talk to one gateway for some time: after it, a shared secret proves who asks. */
export interface SessionTerms {
  user: string;
  /** Who signs vouchers, and this. */
  key: string;
  /** The gateway's address: no other gateway can use it. */
  gateway: string;
  /** When the session ends [s]. */
  expiresAt: bigint;
}

/** Signed terms, as they are sent to `POST /v1/sessions`. */
export interface SignedSession extends SessionTerms {
  user: Address;
  key: Address;
  gateway: Address;
  signature: Hex;
}

/** The EIP-712 type of a session. */
const FIELDS: TypedDataField[] = [
  { name: "user", type: "address" },
  { name: "key", type: "address" },
  { name: "gateway", type: "address" },
  { name: "expiresAt", type: "uint40" },
];

/** The longest session that a gateway opens [s]. */
export const LONGEST_SESSION = 86_400n;

/**
 * A session for a wallet to sign.
 * @param where The deployment, or the gateways' domain.
 * @throws FomoError `badAddress`, `badValue`
 */
export const sessionTypedData = (where: MeterPlace | Domain, terms: SessionTerms): TypedData =>
  typedDataOf(gatewayDomainOf(where), "GatewaySession", FIELDS, terms);

/**
 * Signs a session.
 * @param signer Whoever signs for the key.
 * @throws FomoError `badAddress`, `badValue`; `badSignature` if the signer is not the key.
 */
export async function signSession(
  signer: TypedDataSigner,
  where: MeterPlace | Domain,
  terms: SessionTerms,
): Promise<SignedSession> {
  const signature = longForm(await signByKey(signer, sessionTypedData(where, terms), terms.key, "the key"));
  const { user, key, gateway, expiresAt } = terms;
  return { user: addressOf(user), key: addressOf(key), gateway: addressOf(gateway), expiresAt, signature };
}

/**
 * Checks a signed session. It throws for none, whatever stands in its place.
 * @param now The time [s].
 */
export function checkSession(where: MeterPlace | Domain, signed: SignedSession, now: bigint): Signed | Flaw {
  const found = valuesFlaw(FIELDS, signed);
  if (found !== undefined) return found;
  if (signed.expiresAt <= now) return flaw("expired", "The session has ended: sign a new one.");
  if (signed.expiresAt > now + LONGEST_SESSION) {
    return flaw(
      "badValue",
      `The session would last too long: sign one for at most ${LONGEST_SESSION.toString()} seconds.`,
    );
  }
  const hash = hashTypedData(sessionTypedData(where, signed));
  return checkSigner(hash, readSignature(signed.signature), signed.key, "the key");
}

import type { SignedKeyTerms } from "../actions/usage.ts";
import { ZERO_ADDRESS, addressOf } from "../codec/address.ts";
import { showTime } from "../units/show.ts";
import { meterDomainOf } from "./domains.ts";
import type { MeterPlace } from "./domains.ts";
import { flaw } from "./flaw.ts";
import type { Flaw, Signed } from "./flaw.ts";
import type { TypedDataSigner } from "./signer.ts";
import type { TypedDataField } from "./structs.ts";
import { hashTypedData, typedDataOf } from "./typedData.ts";
import type { Domain, TypedData } from "./typedData.ts";
import { valuesFlaw } from "./values.ts";
import { checkBytes, signBytes } from "./wallet.ts";
import type { CheckOptions, NeedsChain } from "./wallet.ts";

/** What a user signs so that anybody may authorise a key for it. */
export type KeyAuthorization = Omit<SignedKeyTerms, "signature">;

/** The EIP-712 type of an authorisation of a key. */
const FIELDS: TypedDataField[] = [
  { name: "user", type: "address" },
  { name: "key", type: "address" },
  { name: "cap", type: "uint96" },
  { name: "expiresAt", type: "uint40" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];

/**
 * An authorisation of a key for a wallet to sign.
 * @param where The deployment, or the domain of its meter.
 * @param authorization Its nonce is what the meter's `nonces` says of the user.
 * @throws FomoError `badAddress`, `badValue`
 */
export const keyAuthorizationTypedData = (where: MeterPlace | Domain, authorization: KeyAuthorization): TypedData =>
  typedDataOf(meterDomainOf(where), "KeyAuthorization", FIELDS, authorization);

/**
 * Signs an authorisation of a key.
 * @param signer The user's key, or its contract wallet. What a wallet gives is not looked at: only the chain can judge it.
 * @throws FomoError `badAddress`, `badValue`; `badSignature` if the signer gives no bytes.
 */
export async function signKeyAuthorization(
  signer: TypedDataSigner,
  where: MeterPlace | Domain,
  authorization: KeyAuthorization,
): Promise<SignedKeyTerms> {
  const signature = await signBytes(signer, keyAuthorizationTypedData(where, authorization), authorization.user);
  const { user, key, cap, expiresAt, nonce, deadline } = authorization;
  return { user: addressOf(user), key: addressOf(key), cap, expiresAt, nonce, deadline, signature };
}

/**
 * Checks a signed authorisation of a key. It throws for none, whatever stands in its place. Whether its nonce is the next
 * one, the meter's `nonces` says.
 * @param where The deployment, or the domain of its meter.
 */
export function checkKeyAuthorization(
  where: MeterPlace | Domain,
  signed: SignedKeyTerms,
  { now, hasCode }: CheckOptions = {},
): Signed | Flaw | NeedsChain {
  const found = valuesFlaw(FIELDS, signed) ?? termsFlaw(signed, now);
  if (found !== undefined) return found;
  const { user, signature } = signed;
  return checkBytes(hashTypedData(keyAuthorizationTypedData(where, signed)), signature, user, hasCode);
}

/** What is wrong with terms that the types hold. */
function termsFlaw({ user, key, expiresAt, deadline }: KeyAuthorization, now: bigint | undefined): Flaw | undefined {
  if (key === ZERO_ADDRESS) return flaw("badAddress", "`key` must not be the zero address, which cannot sign.");
  if (key.toLowerCase() === user.toLowerCase()) {
    return flaw("ownKey", "The key is the user's own address, which signs for itself without any authorisation.");
  }
  if (now === undefined) return undefined;
  if (expiresAt <= now) return flaw("expired", `The key would have expired on ${showTime(expiresAt)}.`);
  if (deadline < now) return flaw("expired", `The authorisation could be submitted until ${showTime(deadline)}.`);
  return undefined;
}

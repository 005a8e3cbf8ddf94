import type { DepositAuthorization, SignatureParts } from "../actions/prepaid.ts";
import { addressOf } from "../codec/address.ts";
import type { Hex } from "../codec/hex.ts";
import { showTime } from "../units/show.ts";
import { flaw } from "./flaw.ts";
import type { Flaw, Signed } from "./flaw.ts";
import { checkSigner } from "./recover.ts";
import { readParts, readSignature } from "./signature.ts";
import type { SignatureForms } from "./signature.ts";
import type { TypedDataSigner } from "./signer.ts";
import type { TypedDataField } from "./structs.ts";
import { hashTypedData, typedDataOf } from "./typedData.ts";
import type { Domain, TypedData } from "./typedData.ts";
import { messageOf, valuesFlaw } from "./values.ts";
import { checkBytes, signBytes } from "./wallet.ts";
import type { CheckOptions, NeedsChain } from "./wallet.ts";

/** Where a signed deposit is good. */
export interface DepositPlace {
  /** The domain of the chain's USDC: `tokenDomain` works it out. */
  usdc: Domain;
  /** The meter, which alone can submit it. */
  meter: string;
}

/** A signed deposit: as bytes, as USDC takes it from version 2.2 on, and in its parts, as every USDC with EIP-3009 does. */
export interface SignedDeposit extends DepositAuthorization {
  signature: Hex;
  /** Undefined if it is not the signature of a key: those of contract wallets have no parts. */
  parts: Pick<SignatureForms, "v" | "r" | "s"> | undefined;
}

/** The values of a deposit. No balance of the meter is larger than 96 bits. */
const VALUES: TypedDataField[] = [
  { name: "user", type: "address" },
  { name: "amount", type: "uint96" },
  { name: "validAfter", type: "uint256" },
  { name: "validBefore", type: "uint256" },
  { name: "nonce", type: "bytes32" },
];

/** The EIP-712 type (EIP-3009): the receiver alone can submit it, so that nobody can make it anything but this deposit. */
const FIELDS: TypedDataField[] = [
  { name: "from", type: "address" },
  { name: "to", type: "address" },
  { name: "value", type: "uint256" },
  { name: "validAfter", type: "uint256" },
  { name: "validBefore", type: "uint256" },
  { name: "nonce", type: "bytes32" },
];

/**
 * A deposit for a wallet to sign.
 * @throws FomoError `badAddress`, `badValue`
 */
export function depositTypedData({ usdc, meter }: DepositPlace, deposit: DepositAuthorization): TypedData {
  const { user: from, amount: value, validAfter, validBefore, nonce } = messageOf(VALUES, deposit);
  const values = { from, to: meter, value, validAfter, validBefore, nonce };
  return typedDataOf(usdc, "ReceiveWithAuthorization", FIELDS, values);
}

/**
 * Signs a deposit.
 * @param signer The user's key, or its contract wallet. What a wallet gives is not looked at: only the chain can judge it.
 * @throws FomoError `badAddress`, `badValue`; `badSignature` if the signer gives no bytes.
 */
export async function signDeposit(
  signer: TypedDataSigner,
  where: DepositPlace,
  deposit: DepositAuthorization,
): Promise<SignedDeposit> {
  const signature = await signBytes(signer, depositTypedData(where, deposit), deposit.user);
  const { user, amount, validAfter, validBefore, nonce } = deposit;
  return { user: addressOf(user), amount, validAfter, validBefore, nonce, signature, parts: partsOf(signature) };
}

/** The parts of a signature that has some. */
function partsOf(signature: Hex): SignedDeposit["parts"] {
  const forms = readSignature(signature, true);
  return forms.ok ? { v: forms.v, r: forms.r, s: forms.s } : undefined;
}

/**
 * Checks a signed deposit in one of its two forms: with `signature` as bytes, else in its parts. It throws for none,
 * whatever stands in its place. Whether it was submitted before, USDC's `authorizationState` says.
 */
export function checkDeposit(
  where: DepositPlace,
  signed: DepositAuthorization & ({ signature: Hex } | SignatureParts),
  { now, hasCode }: CheckOptions = {},
): Signed | Flaw | NeedsChain {
  const found = valuesFlaw(VALUES, signed) ?? termsFlaw(signed, now);
  if (found !== undefined) return found;
  const hash = hashTypedData(depositTypedData(where, signed));
  if ("signature" in signed) return checkBytes(hash, signed.signature, signed.user, hasCode);
  return checkSigner(hash, readParts(signed.v, signed.r, signed.s), signed.user, "the user");
}

/** What is wrong with terms that the types hold. */
function termsFlaw(deposit: DepositAuthorization, now: bigint | undefined): Flaw | undefined {
  const { amount, validAfter, validBefore } = deposit;
  if (amount === 0n) return flaw("badValue", "`amount` must be above zero.");
  if (validBefore < validAfter + 2n) return flaw("badValue", "`validBefore` must be after the second of `validAfter`.");
  if (now === undefined) return undefined;
  if (now <= validAfter) return flaw("notYetValid", `The deposit can be submitted after ${showTime(validAfter)}.`);
  if (now >= validBefore) return flaw("expired", `The deposit could be submitted before ${showTime(validBefore)}.`);
  return undefined;
}

import type { PermitValues } from "../actions/payment.ts";
import { showTime } from "../units/show.ts";
import { flaw } from "./flaw.ts";
import type { Flaw, Signed } from "./flaw.ts";
import { checkSigner } from "./recover.ts";
import { readParts } from "./signature.ts";
import { signByKey } from "./signer.ts";
import type { TypedDataSigner } from "./signer.ts";
import type { TypedDataField } from "./structs.ts";
import { hashTypedData, typedDataOf } from "./typedData.ts";
import type { Domain, TypedData } from "./typedData.ts";
import { valuesFlaw } from "./values.ts";
import type { CheckOptions } from "./wallet.ts";

/** What an EIP-2612 permit says. */
export interface PermitTerms {
  owner: string;
  /** The contract that may take the tokens. */
  spender: string;
  /** The most that it may take [smallest units]. */
  value: bigint;
  /** What the token's `nonces` says of the owner. */
  nonce: bigint;
  /** The last moment at which it is good [s]. */
  deadline: bigint;
}

/** A signed permit, as the contracts take it. */
export interface SignedPermit extends PermitValues {
  v: 27 | 28;
}

/** The EIP-712 type of a permit. */
const FIELDS: TypedDataField[] = [
  { name: "owner", type: "address" },
  { name: "spender", type: "address" },
  { name: "value", type: "uint256" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];

/**
 * A permit for a wallet to sign.
 * @param token The token's domain: `tokenDomain` works it out.
 * @throws FomoError `badAddress`, `badValue`
 */
export const permitTypedData = (token: Domain, terms: PermitTerms): TypedData =>
  typedDataOf(token, "Permit", FIELDS, terms);

/**
 * Signs a permit; contract wallets have none and approve instead.
 * @param token The token's domain: `tokenDomain` works it out.
 * @returns What `permitFlock`, `permitUsdc` and `permitMt` take.
 * @throws FomoError `badAddress`, `badValue`; `badSignature` if the signer is not the owner.
 */
export async function signPermit(signer: TypedDataSigner, token: Domain, terms: PermitTerms): Promise<SignedPermit> {
  const { v, r, s } = await signByKey(signer, permitTypedData(token, terms), terms.owner, "the owner");
  return { value: terms.value, deadline: terms.deadline, v, r, s };
}

/**
 * Checks a signed permit. It throws for none, whatever stands in its place.
 * @param token The token's domain.
 */
export function checkPermit(
  token: Domain,
  signed: PermitTerms & PermitValues,
  { now }: Pick<CheckOptions, "now"> = {},
): Signed | Flaw {
  const found = valuesFlaw(FIELDS, signed);
  if (found !== undefined) return found;
  const { owner, deadline, v, r, s } = signed;
  if (now !== undefined && now > deadline) return flaw("expired", `The permit was good until ${showTime(deadline)}.`);
  return checkSigner(hashTypedData(permitTypedData(token, signed)), readParts(v, r, s), owner, "the owner");
}

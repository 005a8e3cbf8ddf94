import { addressOf } from "../codec/address.ts";
import { FomoError } from "../errors/fomoError.ts";
import { domainSeparator } from "./typedData.ts";
import type { Domain } from "./typedData.ts";

/** Where a meter is: a `Deployment` says it. */
export interface MeterPlace {
  readonly chainId: number | bigint;
  readonly addresses: { readonly meter: string };
}

/**
 * The EIP-712 domain of a meter, in which vouchers and authorisations of keys are signed.
 * @throws FomoError `badAddress`, `badValue`
 */
export function meterDomain({ chainId, addresses }: MeterPlace): Domain {
  return domainOf("FOMO InferenceMeter", "1", chainId, addresses.meter);
}

/** The domain of a meter, where that or the meter's place is named. */
export const meterDomainOf = (where: MeterPlace | Domain): Domain =>
  "verifyingContract" in where ? where : meterDomain(where);

/** What a token says of its EIP-712 domain, as far as it answers; `tokenDomainAbi` has the questions. */
export interface TokenDomainAnswers {
  DOMAIN_SEPARATOR: string;
  /** What EIP-5267 tells, as a list. */
  eip712Domain?: readonly [fields: unknown, name: string, version: string, ...others: unknown[]] | undefined;
  /** What tells it if EIP-5267 does not, as of USDC. */
  name?: string | undefined;
  version?: string | undefined;
}

/** What to ask a token about its domain. USDC has no `eip712Domain`, other tokens have no `version`. */
export const tokenDomainAbi = [
  { type: "function", name: "DOMAIN_SEPARATOR", stateMutability: "view", inputs: [], outputs: [{ type: "bytes32" }] },
  { type: "function", name: "name", stateMutability: "view", inputs: [], outputs: [{ type: "string" }] },
  { type: "function", name: "version", stateMutability: "view", inputs: [], outputs: [{ type: "string" }] },
  {
    type: "function",
    name: "eip712Domain",
    stateMutability: "view",
    inputs: [],
    outputs: [
      { name: "fields", type: "bytes1" },
      { name: "name", type: "string" },
      { name: "version", type: "string" },
      { name: "chainId", type: "uint256" },
      { name: "verifyingContract", type: "address" },
      { name: "salt", type: "bytes32" },
      { name: "extensions", type: "uint256[]" },
    ],
  },
] as const;

/**
 * The EIP-712 domain of a token, in which permits and deposits are signed, checked against the separator that the token
 * itself computes.
 * @returns Undefined if what it says of its domain is not what it uses: then nothing can be signed for it here.
 * @throws FomoError `badAddress`, `badValue`
 */
export function tokenDomain(
  { chainId, token }: { chainId: number | bigint; token: string },
  { DOMAIN_SEPARATOR, eip712Domain, name, version }: TokenDomainAnswers,
): Domain | undefined {
  const [itsName, itsVersion] = eip712Domain === undefined ? [name, version] : [eip712Domain[1], eip712Domain[2]];
  if (itsName === undefined || itsVersion === undefined) return undefined;
  const domain = domainOf(itsName, itsVersion, chainId, token);
  return domainSeparator(domain) === DOMAIN_SEPARATOR.toLowerCase() ? domain : undefined;
}

function domainOf(name: string, version: string, chainId: number | bigint, contract: string): Domain {
  const id = Number(chainId);
  if (!Number.isSafeInteger(id) || id < 0) {
    throw new FomoError("badValue", `The chain's id is ${chainId.toString()}: name a whole number.`);
  }
  return { name, version, chainId: id, verifyingContract: addressOf(contract, "The contract of the domain") };
}

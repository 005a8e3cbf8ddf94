import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { Signature, id, resolveAddress } from "ethers";
import type { AddressLike, Signer } from "ethers";

import type { Address } from "../../../sdk/src/codec/hex.ts";
import type { Domain } from "../../../sdk/src/signing/typedData.ts";
import { NO_DEADLINE } from "../time.ts";
import { meterDomain } from "./vouchers.ts";

/** What is needed of a token with EIP-2612. */
interface PermitToken {
  getAddress(): Promise<string>;
  name(): Promise<string>;
  nonces(owner: AddressLike): Promise<bigint>;
}

/** The EIP-712 domain of a token. */
export async function domainOf(token: PermitToken): Promise<Domain> {
  const verifyingContract = (await token.getAddress()) as Address;
  return { name: await token.name(), version: "1", chainId: 31_337, verifyingContract };
}

/** An EIP-2612 permit, as the arguments of `permitUsdc` and the last ones of `permitMt`. */
export async function permitFor(
  token: PermitToken,
  owner: HardhatEthersSigner,
  spender: string,
  value: bigint,
  deadline = NO_DEADLINE,
): Promise<[bigint, bigint, number, string, string]> {
  const types = {
    Permit: [
      { name: "owner", type: "address" },
      { name: "spender", type: "address" },
      { name: "value", type: "uint256" },
      { name: "nonce", type: "uint256" },
      { name: "deadline", type: "uint256" },
    ],
  };
  const message = { owner: owner.address, spender, value, nonce: await token.nonces(owner), deadline };
  const { v, r, s } = Signature.from(await owner.signTypedData(await domainOf(token), types, message));
  return [value, deadline, v, r, s];
}

/** An EIP-3009 authorisation. */
export interface Authorisation {
  from: string;
  to: string;
  value: bigint;
  validAfter: bigint;
  validBefore: bigint;
  nonce: string;
}

/** Kinds of EIP-3009 authorisations that move money. */
type AuthorisationType = "ReceiveWithAuthorization" | "TransferWithAuthorization";

/** The signature of an EIP-3009 authorisation of the type `type`, in its parts. */
export async function signAuthorisation(
  token: PermitToken,
  signer: Signer,
  authorisation: Authorisation,
  type?: AuthorisationType,
): Promise<[number, string, string]> {
  const { v, r, s } = Signature.from(await authorisationSignature(token, signer, authorisation, type));
  return [v, r, s];
}

/** The signature of an EIP-3009 authorisation of the type `type`, as one value. */
export async function authorisationSignature(
  token: PermitToken,
  signer: Signer,
  authorisation: Authorisation,
  type: AuthorisationType = "ReceiveWithAuthorization",
): Promise<string> {
  const types = {
    [type]: [
      { name: "from", type: "address" },
      { name: "to", type: "address" },
      { name: "value", type: "uint256" },
      { name: "validAfter", type: "uint256" },
      { name: "validBefore", type: "uint256" },
      { name: "nonce", type: "bytes32" },
    ],
  };
  return await signer.signTypedData(await domainOf(token), types, authorisation);
}

/** The arguments of `depositWithAuthorization` with which `meter` may take `value` of the signer's USDC at any time. */
export async function signDeposit(
  token: PermitToken,
  signer: HardhatEthersSigner,
  meter: string,
  value: bigint,
): Promise<[string, bigint, bigint, bigint, string, number, string, string]> {
  const from = signer.address;
  const [validAfter, validBefore, nonce] = [0n, NO_DEADLINE, id("a deposit")];
  const signature = await signAuthorisation(token, signer, { from, to: meter, value, validAfter, validBefore, nonce });
  return [from, value, validAfter, validBefore, nonce, ...signature];
}

/** Overloads of the meter and of USDC: with the parts of a signature, and with one of any length. */
export const DEPOSIT_BY_PARTS =
  "depositWithAuthorization(address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
export const RECEIVE_BY_PARTS =
  "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
export const RECEIVE_BY_BYTES = "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)";
export const TRANSFER_BY_PARTS =
  "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
export const TRANSFER_BY_BYTES = "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)";
export const PERMIT_BY_PARTS = "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)";
export const PERMIT_BY_BYTES = "permit(address,address,uint256,uint256,bytes)";
export const DEPOSIT_BY_BYTES = "depositWithAuthorization(address,uint256,uint256,uint256,bytes32,bytes)";

/** What a user signs so that somebody else may authorise a key for it. */
export interface KeyAuthorisation {
  user: AddressLike;
  key: AddressLike;
  cap: bigint;
  expiresAt: bigint;
  nonce: bigint;
  deadline: bigint;
}

/** The EIP-712 type of an authorisation of a key, as a wallet needs it. */
export const KEY_AUTHORISATION_TYPES = {
  KeyAuthorization: [
    { name: "user", type: "address" },
    { name: "key", type: "address" },
    { name: "cap", type: "uint96" },
    { name: "expiresAt", type: "uint40" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

/** An authorisation of a key with its signature, as the arguments of `authorizeKeyBySig`. */
export async function keyBySig(
  f: Parameters<typeof meterDomain>[0],
  signer: Signer,
  authorisation: KeyAuthorisation,
  domain = meterDomain(f),
): Promise<[string, string, bigint, bigint, bigint, bigint, string]> {
  const { cap, expiresAt, nonce, deadline } = authorisation;
  const user = await resolveAddress(authorisation.user);
  const key = await resolveAddress(authorisation.key);
  const message = { ...authorisation, user, key };
  const signature = await signer.signTypedData(domain, KEY_AUTHORISATION_TYPES, message);
  return [user, key, cap, expiresAt, nonce, deadline, signature];
}

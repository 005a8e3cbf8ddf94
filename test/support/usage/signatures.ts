import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { Signature, id } from "ethers";
import type { TypedDataDomain } from "ethers";

import { NO_DEADLINE } from "../time.ts";

/** What is needed of a token with EIP-2612. */
interface PermitToken {
  getAddress(): Promise<string>;
  name(): Promise<string>;
  nonces(owner: HardhatEthersSigner): Promise<bigint>;
}

/** The EIP-712 domain of a token. */
async function domainOf(token: PermitToken): Promise<TypedDataDomain> {
  return { name: await token.name(), version: "1", chainId: 31_337n, verifyingContract: await token.getAddress() };
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

/** The signature of an EIP-3009 authorisation of the type `type`. */
export async function signAuthorisation(
  token: PermitToken,
  signer: HardhatEthersSigner,
  authorisation: Authorisation,
  type: "ReceiveWithAuthorization" | "TransferWithAuthorization" = "ReceiveWithAuthorization",
): Promise<[number, string, string]> {
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
  const { v, r, s } = Signature.from(await signer.signTypedData(await domainOf(token), types, authorisation));
  return [v, r, s];
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

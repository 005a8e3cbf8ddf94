import { meterAbi } from "../abi/meter.ts";
import { addressOf } from "../codec/address.ts";
import type { Hex } from "../codec/hex.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { actsOn, paymentOf } from "./action.ts";
import type { Action, PaidAction } from "./action.ts";

const act = /* @__PURE__ */ actsOn("meter", meterAbi);

/** A deposit that its user has signed (EIP-3009), for anybody to submit: USDC's `receiveWithAuthorization`. */
export interface DepositAuthorization {
  user: string;
  /** [USDC units] */
  amount: bigint;
  /** It is good after the one moment and before the other [s]. */
  validAfter: bigint;
  validBefore: bigint;
  /** 32 bytes that the user chose. */
  nonce: Hex;
}

/** A signature in its parts, as every USDC with EIP-3009 takes it. */
export interface SignatureParts {
  v: bigint | number;
  r: Hex;
  s: Hex;
}

/** Prepays inference of the sender [USDC units]. */
export const deposit = (deployment: Deployment, amount: bigint): PaidAction => ({
  ...act(deployment, "Deposit", "deposit", [amount]),
  payment: paymentOf(deployment, "USDC", "meter", amount),
});

/** Prepays inference of a user who paid by card, as the platform [USDC units]; it cannot be withdrawn. */
export const depositCredit = (deployment: Deployment, user: string, amount: bigint): PaidAction => ({
  ...act(deployment, "Deposit credit", "depositCredit", [addressOf(user, "The user"), amount]),
  payment: paymentOf(deployment, "USDC", "meter", amount),
});

/**
 * Submits a deposit that its user has signed. Whoever submits it pays the gas and nothing else.
 * @param signature In its parts, or as bytes: those of a contract wallet have no parts, and USDC takes them from version
 * 2.2 on.
 */
export function depositSigned(
  deployment: Deployment,
  { user, amount, validAfter, validBefore, nonce }: DepositAuthorization,
  signature: SignatureParts | Hex,
): Action {
  const signed = [addressOf(user, "The user"), amount, validAfter, validBefore, nonce] as const;
  if (typeof signature === "string") {
    const byBytes = "depositWithAuthorization(address,uint256,uint256,uint256,bytes32,bytes)";
    return act(deployment, "Deposit", byBytes, [...signed, signature]);
  }
  const { v, r, s } = signature;
  const byParts = "depositWithAuthorization(address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
  return act(deployment, "Deposit", byParts, [...signed, v, r, s]);
}

/** Asks prepaid USDC back [USDC units]; it can be withdrawn after 48 hours, for 48 hours. */
export const requestWithdrawal = (deployment: Deployment, amount: bigint): Action =>
  act(deployment, "Request the withdrawal", "requestWithdrawal", [amount]);

/** Takes a request back. */
export const cancelWithdrawal = (deployment: Deployment): Action =>
  act(deployment, "Cancel the withdrawal", "cancelWithdrawal", []);

/** Takes what was requested and has matured. */
export const withdrawPrepaid = (deployment: Deployment, to: string): Action =>
  act(deployment, "Withdraw", "withdraw", [addressOf(to, "The receiver")]);

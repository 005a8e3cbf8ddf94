import { meterAbi } from "../abi/meter.ts";
import { addressOf } from "../codec/address.ts";
import type { Hex } from "../codec/hex.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { actsOn, paymentOf } from "./action.ts";
import type { Action, PaidAction, WriteArguments } from "./action.ts";

const act = /* @__PURE__ */ actsOn("meter", meterAbi);

/** What a key may do. */
export interface KeyTerms {
  key: string;
  /** The most that it may ever spend [USDC units]. */
  cap: bigint;
  /** [s] */
  expiresAt: bigint;
}

/** An authorisation of a key that its user has signed, for anybody to submit. */
export interface SignedKeyTerms extends KeyTerms {
  user: string;
  nonce: bigint;
  /** The last moment at which it can be submitted [s]. */
  deadline: bigint;
  /** 65 bytes that end with 27 or 28, or what the contract wallet of the user accepts. */
  signature: Hex;
}

/** A voucher or a card row, as the meter takes it. */
type VoucherRow = WriteArguments<"meter", "settle">[1][number];
type CardRow = WriteArguments<"meter", "settleCard">[0][number];

/** Lets a key sign vouchers for the sender. A cap that falls, or an earlier end, takes effect after 48 hours. */
export const authorizeKey = (deployment: Deployment, { key, cap, expiresAt }: KeyTerms): Action =>
  act(deployment, "Authorise the key", "authorizeKey", [addressOf(key, "The key"), cap, expiresAt]);

/** Submits an authorisation that its user has signed. Whoever submits it pays the gas and nothing else. */
export function authorizeKeySigned(deployment: Deployment, signed: SignedKeyTerms): Action {
  const { user, key, cap, expiresAt, nonce, deadline, signature } = signed;
  const parties = [addressOf(user, "The user"), addressOf(key, "The key")] as const;
  const args = [...parties, cap, expiresAt, nonce, deadline, signature] as const;
  return act(deployment, "Authorise the key", "authorizeKeyBySig", args);
}

/** Ends a key of the sender. Vouchers that it signed are collected for 48 hours more. */
export const revokeKey = (deployment: Deployment, key: string): Action =>
  act(deployment, "Revoke the key", "revokeKey", [addressOf(key, "The key")]);

/** Cancels what the sender has signed for a key and nobody has submitted. */
export const cancelSignedKey = (deployment: Deployment): Action =>
  act(deployment, "Cancel what was signed", "raiseNonce", []);

/** Collects vouchers of one model, as the platform. Rows that cannot be collected are skipped, with an event. */
export const settle = (deployment: Deployment, modelId: bigint, vouchers: readonly VoucherRow[]): Action =>
  act(deployment, "Settle", "settle", [modelId, vouchers]);

/**
 * Collects what users paid by card, with USDC of the sender, which is the platform. Nothing on the chain tells whether a row
 * was settled before.
 */
export const settleCard = (deployment: Deployment, rows: readonly CardRow[]): PaidAction => ({
  ...act(deployment, "Settle card", "settleCard", [rows]),
  payment: paymentOf(
    deployment,
    "USDC",
    "meter",
    rows.reduce((sum, { paid }) => sum + paid, 0n),
  ),
});

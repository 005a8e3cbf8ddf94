import { addressOf } from "../codec/address.ts";
import type { Address, Hex } from "../codec/hex.ts";
import type { Call } from "./action.ts";

/** A call as JSON-RPC has it: `eth_sendTransaction`, `eth_estimateGas` and `eth_call` take it. */
export interface RpcTransaction {
  from: Address;
  to: Address;
  data: Hex;
  value: Hex;
}

/**
 * A call for `eth_sendTransaction`.
 * @throws FomoError `badAddress`
 */
export const transactionOf = ({ to, data, value }: Call, from: string): RpcTransaction => ({
  ...{ from: addressOf(from, "The sender"), to, data },
  value: `0x${value.toString(16)}`,
});

/** What a wallet's `wallet_sendCalls` takes (EIP-5792). */
export interface SendCalls {
  version: "2.0.0";
  chainId: Hex;
  from: Address;
  /** Whether all calls must be made together or not at all. */
  atomicRequired: boolean;
  calls: { to: Address; data: Hex; value: Hex }[];
}

/**
 * Calls for `wallet_sendCalls`, such as an approval and what needs it.
 * @param atomicRequired Whether the wallet must refuse what it cannot make all together or not at all.
 * @throws FomoError `badAddress`
 */
export const sendCallsOf = (
  calls: readonly Call[],
  { chainId, from, atomicRequired = true }: { chainId: number | bigint; from: string; atomicRequired?: boolean },
): SendCalls => ({
  version: "2.0.0",
  chainId: `0x${chainId.toString(16)}`,
  ...{ from: addressOf(from, "The sender"), atomicRequired },
  calls: calls.map(({ to, data, value }) => ({ to, data, value: `0x${value.toString(16)}` })),
});

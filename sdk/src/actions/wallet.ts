import type { Address, Hex } from "../codec/hex.ts";
import type { Call } from "./action.ts";

/** A call as JSON-RPC has it: `eth_sendTransaction`, `eth_estimateGas` and `eth_call` take it. */
export interface RpcTransaction {
  from: string;
  to: Address;
  data: Hex;
  value: Hex;
}

/** A call for `eth_sendTransaction`. */
export const transactionOf = ({ to, data, value }: Call, from: string): RpcTransaction => ({
  ...{ from, to, data },
  value: `0x${value.toString(16)}`,
});

/** What a wallet's `wallet_sendCalls` takes (EIP-5792). */
export interface SendCalls {
  version: "2.0.0";
  chainId: Hex;
  from: string;
  /** Whether all calls must be made together or not at all. */
  atomicRequired: boolean;
  calls: { to: Address; data: Hex; value: Hex }[];
}

/**
 * Calls for `wallet_sendCalls`, such as an approval and what needs it.
 * @param atomicRequired Whether the wallet must refuse what it cannot make all together or not at all.
 */
export const sendCallsOf = (
  calls: readonly Call[],
  { chainId, from, atomicRequired = true }: { chainId: number | bigint; from: string; atomicRequired?: boolean },
): SendCalls => ({
  version: "2.0.0",
  chainId: `0x${chainId.toString(16)}`,
  ...{ from, atomicRequired },
  calls: calls.map(({ to, data, value }) => ({ to, data, value: `0x${value.toString(16)}` })),
});

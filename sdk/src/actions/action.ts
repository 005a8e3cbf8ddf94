import type { Writes } from "../abi/types.ts";
import { encodeCall } from "../codec/codec.ts";
import type { Abi } from "../codec/codec.ts";
import type { Address, Hex } from "../codec/hex.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { FomoError } from "../errors/fomoError.ts";
import type { ContractName } from "../reads/abis.ts";
import type { DeployedContract } from "../reads/read.ts";

/** One call of a contract, as `eth_sendTransaction`, ethers' `sendTransaction` and viem's take it. */
export interface Call {
  to: Address;
  data: Hex;
  /** [wei]: always zero, the protocol takes no currency of the chain. */
  value: bigint;
}

/** What an action takes from its sender. The contract must be allowed to take it, by an approval or by a permit. */
export interface Payment {
  token: Address;
  asset: "FLOCK" | "USDC" | "MT";
  /** The contract that takes it, and its name. */
  spender: Address;
  spenderName: "offering" | "meter" | "staking" | "emissions";
  /** The most that it takes [smallest units]. */
  max: bigint;
  /** The model of an MT. */
  modelId?: bigint;
}

/** A payment in one of the deployment's two tokens [smallest units]. */
export const paymentOf = (
  { addresses }: Deployment,
  asset: "FLOCK" | "USDC",
  spenderName: Payment["spenderName"],
  max: bigint,
): Payment => ({
  ...{ token: asset === "FLOCK" ? addresses.flock : addresses.usdc, asset, max },
  ...{ spender: addresses[spenderName], spenderName },
});

/** Something that an account does with the protocol, in one transaction. */
export interface Action {
  /** What it does, for people, such as "Buy". */
  what: string;
  to: Address;
  /** The contract's calls, in their order; several go through its `multicall`, all or none. */
  steps: readonly Hex[];
  /** What it costs at most, beside gas; undefined if it costs nothing. */
  payment: Payment | undefined;
}

/** An action that costs something. */
export interface PaidAction extends Action {
  payment: Payment;
}

/** A function of a contract that changes something. */
export type WriteName<Contract extends ContractName> = keyof Writes[Contract] & string;

/** What such a function takes. */
export type WriteArguments<
  Contract extends ContractName,
  Name extends WriteName<Contract>,
> = Writes[Contract][Name] extends infer Arguments extends readonly unknown[] ? Arguments : never;

/** Makes actions of the functions of one contract, with nothing that they cost. */
export const actsOn =
  <Contract extends DeployedContract>(contract: Contract, abi: Abi) =>
  <Name extends WriteName<Contract>>(
    { addresses }: Deployment,
    what: string,
    functionName: Name,
    args: WriteArguments<Contract, Name>,
  ): Action => ({
    ...{ what, to: addresses[contract], payment: undefined },
    steps: [encodeCall(abi, functionName, args)],
  });

/** Every contract that takes several calls in one has the same function for it. */
const MULTICALL = [
  {
    type: "function",
    name: "multicall",
    stateMutability: "nonpayable",
    inputs: [{ name: "data", type: "bytes[]" }],
    outputs: [{ name: "results", type: "bytes[]" }],
  },
] as const satisfies Abi;

/** An action as one call; what precedes it by an approval is not in it, what precedes it by a permit is. */
export function callOf({ to, steps }: Pick<Action, "to" | "steps">): Call {
  const data = steps.length === 1 ? steps[0]! : encodeCall(MULTICALL, "multicall", [steps]);
  return { to, data, value: 0n };
}

/**
 * Several actions of one contract as one action, all or none. Whatever they cost is added up.
 * @throws FomoError `badValue` if they go to different contracts, or pay in different tokens.
 */
export function together(what: string, actions: readonly [Action, ...Action[]]): Action {
  const [{ to }] = actions;
  const payments = actions.flatMap(({ payment }) => payment ?? []);
  const [first] = payments;
  if (actions.some((action) => action.to !== to) || payments.some(({ token }) => token !== first?.token)) {
    throw new FomoError(
      "badValue",
      `"${what}" cannot be one transaction: put only actions of one contract together, paid in one token.`,
    );
  }
  const max = payments.reduce((sum, payment) => sum + payment.max, 0n);
  return {
    ...{ what, to },
    steps: actions.flatMap(({ steps }) => steps),
    payment: first === undefined ? undefined : { ...first, max },
  };
}

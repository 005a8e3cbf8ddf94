import type { Hex } from "../codec/hex.ts";
import { explainError } from "../errors/explain.ts";
import type { Refusal, RefusalContext } from "../errors/explain.ts";
import { callOf } from "./action.ts";
import type { Action } from "./action.ts";
import { transactionOf } from "./wallet.ts";
import type { RpcTransaction } from "./wallet.ts";

/** What a dry run has shown. */
export type DryRun =
  /** The chain would accept the action now. */
  | { outcome: "accepted"; returned: Hex }
  /**
   * Only the payment is missing: an allowance, which the approval or the permit before the action gives, or a balance.
   * The contracts take a payment last, so that everything else was accepted.
   */
  | { outcome: "unpaid"; refusal: Refusal }
  /** The chain would refuse the action now. */
  | { outcome: "refused"; refusal: Refusal };

/** The question of a dry run for `eth_call`: an action as one call of its sender. */
export const dryRunOf = (action: Action, from: string): RpcTransaction => transactionOf(callOf(action), from);

/**
 * Runs an action without sending it.
 * @param ask Asks the chain `eth_call`, such as `(tx) => provider.call(tx)` of ethers, or
 * `(tx) => client.request({ method: "eth_call", params: [tx, "latest"] })` of viem. What it throws is read.
 * @throws Whatever `ask` throws that is no refusal of a contract.
 */
export async function dryRun(
  action: Action,
  from: string,
  ask: (transaction: RpcTransaction) => Promise<string>,
  context: RefusalContext = {},
): Promise<DryRun> {
  try {
    return { outcome: "accepted", returned: (await ask(dryRunOf(action, from))) as Hex };
  } catch (error) {
    const refusal = explainError(error, context);
    if (refusal === undefined) throw error;
    return { outcome: action.payment !== undefined && isPayment(refusal) ? "unpaid" : "refused", refusal };
  }
}

/** Whether it is the token that refuses, for want of allowance or balance; some say so in words of their own. */
const isPayment = ({ name, values }: Refusal): boolean =>
  /^ERC20Insufficient(Allowance|Balance)$/.test(name) ||
  (name === "Error" && /allowance|balance/i.test(values.reason ?? ""));

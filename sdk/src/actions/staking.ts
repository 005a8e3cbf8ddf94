import { stakingAbi } from "../abi/staking.ts";
import { addressOf } from "../codec/address.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { actsOn } from "./action.ts";
import type { Action, PaidAction, Payment } from "./action.ts";

const act = /* @__PURE__ */ actsOn("staking", stakingAbi);

/** What is staked, of which model. */
export interface StakeTerms {
  modelId: bigint;
  /** [MT wei] */
  amount: bigint;
  /** The model's token: `RaiseView.token`. */
  token: string;
}

const inMt = ({ addresses }: Deployment, { modelId, amount, token }: StakeTerms): Payment => ({
  ...{ token: addressOf(token, "The token"), asset: "MT", max: amount, modelId },
  ...{ spender: addresses.staking, spenderName: "staking" },
});

/** Stakes MT of the sender for a discount; it counts in 24 hours. */
export const stake = (deployment: Deployment, terms: StakeTerms): PaidAction => ({
  ...act(deployment, "Stake", "stake", [terms.modelId, terms.amount]),
  payment: inMt(deployment, terms),
});

/** Claims the sender's tokens of a raise, if that has not been done, and stakes. What is claimed can be what is staked. */
export const claimAndStake = (deployment: Deployment, terms: StakeTerms): PaidAction => ({
  ...act(deployment, "Claim and stake", "claimAndStake", [terms.modelId, terms.amount]),
  payment: inMt(deployment, terms),
});

/** Asks a stake back [MT wei]; it counts no more, and can be withdrawn after seven days. */
export const requestExit = (deployment: Deployment, modelId: bigint, amount: bigint): Action =>
  act(deployment, "Request the exit", "requestExit", [modelId, amount]);

/** Puts what is on its way out back into the stake [MT wei]. */
export const cancelExit = (deployment: Deployment, modelId: bigint, amount: bigint): Action =>
  act(deployment, "Cancel the exit", "cancelExit", [modelId, amount]);

/** Takes what has left the stake. */
export const withdrawStake = (deployment: Deployment, modelId: bigint): Action =>
  act(deployment, "Withdraw", "withdraw", [modelId]);

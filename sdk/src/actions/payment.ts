import { flockAbi } from "../abi/flock.ts";
import { meterAbi } from "../abi/meter.ts";
import { offeringAbi } from "../abi/offering.ts";
import { stakingAbi } from "../abi/staking.ts";
import { encodeCall } from "../codec/codec.ts";
import type { Hex } from "../codec/hex.ts";
import { FomoError } from "../errors/fomoError.ts";
import { callOf } from "./action.ts";
import type { Action, Call, Payment } from "./action.ts";

/** A signed EIP-2612 permit, as the contracts take it. */
export interface PermitValues {
  /** [smallest units] */
  value: bigint;
  /** [s] */
  deadline: bigint;
  v: bigint | number;
  r: Hex;
  s: Hex;
}

/** Allows the contract of a payment to take exactly the most that it may cost, no more. */
export const approvalOf = ({ token, spender, max }: Payment): Call => ({
  to: token,
  data: encodeCall(flockAbi, "approve", [spender, max]), // of every ERC-20
  value: 0n,
});

/**
 * An action as calls, in the order in which they must be made: the approval, if the allowance falls short, and the action.
 * @param allowance What the contract may take already [smallest units]: ask the token `allowance(sender, spender)`.
 */
export function callsOf(action: Action, allowance = 0n): Call[] {
  const { payment } = action;
  const isAllowed = payment === undefined || allowance >= payment.max;
  return isAllowed ? [callOf(action)] : [approvalOf(payment), callOf(action)];
}

/**
 * The same action with a permit in the place of an approval: one transaction, and nothing before it.
 * @param permit Signed by the sender for `payment.spender`, for at least `payment.max`.
 * @throws FomoError `badValue` if the action takes no permit, or the permit is for less.
 */
export function withPermit(action: Action, permit: PermitValues): Action {
  const { payment, what } = action;
  const handOver = payment === undefined ? undefined : permitStep(payment, permit);
  if (payment === undefined || handOver === undefined) {
    throw new FomoError("badValue", `"${what}" takes no permit: leave it out.`);
  }
  if (permit.value < payment.max) {
    throw new FomoError(
      "badValue",
      `The permit is for ${permit.value.toString()} and "${what}" may take ${payment.max.toString()}: have it signed for that.`,
    );
  }
  return { ...action, steps: [handOver, ...action.steps] };
}

/** How each contract takes a permit; undefined if it takes none. */
function permitStep({ spenderName, modelId }: Payment, permit: PermitValues): Hex | undefined {
  const { value, deadline, v, r, s } = permit;
  switch (spenderName) {
    case "offering":
      return encodeCall(offeringAbi, "permitFlock", [value, deadline, v, r, s]);
    case "meter":
      return encodeCall(meterAbi, "permitUsdc", [value, deadline, v, r, s]);
    case "staking":
      return encodeCall(stakingAbi, "permitMt", [modelId, value, deadline, v, r, s]);
    case "emissions":
      return undefined;
  }
}

import type { DueWork } from "../../../sdk/src/actions/due.ts";
import type { Most } from "../sending/sending.ts";
import { BOUNDS, boundOf, plus } from "./budget.ts";
import type { Limits, Spent } from "./budget.ts";
import { isWorth } from "./worth.ts";
import type { Worth, WorthTerms } from "./worth.ts";

/** Something that is due and that the chain would accept. */
export interface Accepted {
  work: DueWork;
  worth: Worth;
  /** What it takes at most. */
  most: Most;
  /** What it takes at the prices of now [wei]. */
  cost: bigint;
  refusal?: undefined;
}

/** Something that is due and that the chain, or its node, refuses, with its words. */
export interface Refused {
  work: DueWork;
  worth: Worth;
  refusal: string;
}

/** Something that is due. */
export type Candidate = Accepted | Refused;

/**
 * Why something that is due is not done now. `refused`: the chain, or its node, refuses it. `unworthy`: it is not worth its
 * gas. `gasPerDay`, `usdPerDay`, `upkeepPerDay`: the limits of the day. `graduates`: the raise can be graduated, which is
 * better than to fail it. `afterAnotherLot`: another purchase of FLOCK passes through the route before it. `leftToAnother`:
 * another keeper is at work at this moment.
 */
export const REASONS = ["refused", "unworthy", ...BOUNDS, "graduates", "afterAnotherLot", "leftToAnother"] as const;

/** Why something that is due is not done now. */
export type Reason = (typeof REASONS)[number];

/** Something that is due and waits. */
export interface Waiting {
  work: DueWork;
  worth: Worth;
  reason: Reason;
  /** What it takes at the prices of now [wei]; undefined if the chain refuses it. */
  cost: bigint | undefined;
  /** The words of the chain, or of the node. */
  refusal: string | undefined;
}

/** What is done now, in this order, and what waits. */
export interface Plan {
  now: Accepted[];
  waiting: Waiting[];
}

/** What a plan must keep to. */
export interface PlanTerms {
  limits: Limits;
  /** What of them is used up. */
  spent: Spent;
  /** Undefined if everything counts as worth its gas. */
  worth: WorthTerms | undefined;
}

/**
 * What to do of all that is due: each in its turn, as long as the limits of the day leave room for all that the works
 * before it and itself may take. A model is graduated or failed, never both, and one lot passes through the route.
 * @param candidates In the order of their kinds, as `orderFor` gives it.
 */
export function planOf(candidates: readonly Candidate[], { limits, spent, worth: terms }: PlanTerms): Plan {
  const now: Accepted[] = [];
  const waiting: Waiting[] = [];
  const graduating = new Set<bigint>();
  let hasFlockLot = false;
  let after = spent;
  for (const candidate of candidates) {
    const { work, worth } = candidate;
    if (candidate.refusal !== undefined) {
      waiting.push({ work, worth, reason: "refused", cost: undefined, refusal: candidate.refusal });
      continue;
    }
    const { most, cost } = candidate;
    if (work.kind === "graduate") graduating.add(work.modelId);
    const reason = reasonOf(candidate);
    if (reason !== undefined) {
      waiting.push({ work, worth, reason, cost, refusal: undefined });
      continue;
    }
    now.push(candidate);
    after = plus(after, most, worth.kind === "upkeep");
    hasFlockLot ||= work.kind === "buyFlock";
  }
  return { now, waiting };

  function reasonOf({ work, worth, most, cost }: Accepted): Reason | undefined {
    if (work.kind === "fail" && graduating.has(work.modelId)) return "graduates";
    if (work.kind === "buyFlock" && hasFlockLot) return "afterAnotherLot";
    if (terms !== undefined && !isWorth(worth, cost, terms)) return "unworthy";
    return boundOf(limits, after, most, worth.kind === "upkeep");
  }
}

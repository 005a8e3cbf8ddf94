import type { Offering } from "./raise.ts";
import { OUTCOMES, nameOf } from "../../../sdk/src/names/enums.ts";

/** Where a raise stands. The chain stores an outcome only when somebody settles it; this says what is due. */
export type Phase = "on sale" | "to be graduated" | "to be refunded" | "graduated" | "failed";

/** Where a raise stands at a time [s]. */
export function phaseOf(offering: Offering, time: bigint): Phase {
  const outcome = nameOf(OUTCOMES, offering.outcome);
  if (outcome === "graduated" || outcome === "failed") return outcome;
  if (time < offering.endsAt) return "on sale";
  return offering.raised >= offering.minimumRaise && time < offering.failableAt ? "to be graduated" : "to be refunded";
}

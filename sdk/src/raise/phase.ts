import { OUTCOMES, nameOf } from "../names/enums.ts";

/** Where a raise stands. The chain stores an outcome only when somebody settles it; this says what is due. */
export type Phase = "on sale" | "to be graduated" | "to be refunded" | "graduated" | "failed";

/** What decides it: fields of the lens's `RaiseView`, or all of it. */
export interface RaiseProgress {
  outcome: bigint | number;
  /** [FLOCK wei] */
  raised: bigint;
  minimumRaise: bigint;
  /** [s] */
  endsAt: bigint;
  failableAt: bigint;
}

/**
 * Where a raise stands at a time [s]: that of the reading, or a later one if nobody buys, pauses or settles it in between.
 * If it was read during a pause of purchases, ask for `viewTimeAt` of the time.
 * @throws FomoError `unknownAnswer` if its outcome is none that this version knows.
 */
export function phaseOf({ outcome, raised, minimumRaise, endsAt, failableAt }: RaiseProgress, time: bigint): Phase {
  const stored = nameOf(OUTCOMES, BigInt(outcome));
  if (stored === "graduated" || stored === "failed") return stored;
  if (time < endsAt) return "on sale";
  return raised >= minimumRaise && time < failableAt ? "to be graduated" : "to be refunded";
}

import { parseWhole } from "./amounts.ts";
import { CommandError } from "./commandError.ts";
import type { Session } from "./session.ts";

/** The id that `--model` names. Whether the model exists, the contracts say. */
export function modelIdOf(typed: string | undefined): bigint {
  if (typed === undefined) throw new CommandError("Say which model with --model, such as --model 1.");
  return parseWhole("--model", typed, 1n, 2n ** 64n);
}

/** Everything about a model's raise, as of now. */
export async function offeringOf({ protocol, now }: Session, modelId: bigint) {
  return await protocol.offering.offeringOf(modelId, now);
}

/** A raise as the offering tells it. */
export type Offering = Awaited<ReturnType<typeof offeringOf>>;

import { explainError } from "../../../sdk/src/errors/explain.ts";
import { CommandError } from "./commandError.ts";

/** The contract's refusal as an error for the user, if that is what was thrown. */
export function asRevert(error: unknown, usdcDecimals: number | undefined): CommandError | undefined {
  const refusal = explainError(error, { usdcDecimals });
  if (refusal === undefined) return undefined;
  return new CommandError(refusal.sentence, { name: refusal.name, values: refusal.values });
}

import { explainError } from "../../../sdk/src/errors/explain.ts";
import type { Refusal } from "../../../sdk/src/errors/explain.ts";
import { CommandError } from "./commandError.ts";

/** A contract's refusal as an error for the user. */
export const commandErrorOf = ({ sentence, name, values }: Refusal): CommandError =>
  new CommandError(sentence, { name, values });

/** The contract's refusal as an error for the user, if that is what was thrown. */
export function asRevert(error: unknown, usdcDecimals: number | undefined): CommandError | undefined {
  const refusal = explainError(error, { usdcDecimals });
  return refusal === undefined ? undefined : commandErrorOf(refusal);
}

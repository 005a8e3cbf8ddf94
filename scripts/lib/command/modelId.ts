import { parseWhole } from "./amounts.ts";
import { CommandError } from "./commandError.ts";

/** The largest id that an option takes; how many models there are, the contracts say. */
const MAX_MODEL_ID = 2n ** 64n;

/** The id that `--model` names. Whether the model exists, the contracts say. */
export function parseModelId(typed: string | undefined): bigint {
  if (typed === undefined) throw new CommandError("Say which model with --model, such as --model 1.");
  return parseWhole("--model", typed, 1n, MAX_MODEL_ID);
}

/** The ids that an option lists, separated by commas; each stands once. */
export function parseModelIds(option: string, typed: string): bigint[] {
  const ids = typed.split(",").map((id) => parseWhole(option, id.trim(), 1n, MAX_MODEL_ID));
  return [...new Set(ids)];
}

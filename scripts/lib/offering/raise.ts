import { parseWhole } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import type { CommandContext } from "../command/context.ts";
import { openSession, signerOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";

/** The id that `--model` names. Whether the model exists, the contracts say. */
export function modelIdOf(typed: string | undefined): bigint {
  if (typed === undefined) throw new CommandError("Say which model with --model, such as --model 1.");
  return parseWhole("--model", typed, 1n, 2n ** 64n);
}

/** Everything about a model's raise, as of now. */
export async function offeringOf({ protocol, now }: Session, modelId: bigint) {
  return await protocol.lens.raiseOf(modelId, now);
}

/** A raise as the offering tells it. */
export type Offering = Awaited<ReturnType<typeof offeringOf>>;

/** The ids that an option lists, separated by commas; each stands once. */
export function modelIdsOf(option: string, typed: string): bigint[] {
  const ids = typed.split(",").map((id) => parseWhole(option, id.trim(), 1n, 2n ** 64n));
  return [...new Set(ids)];
}

/** What a command that sends one transaction about one model begins with. The model exists. */
export async function openForModel(
  args: { model: string | undefined; from: string | undefined },
  context: CommandContext,
): Promise<{ modelId: bigint; session: Session; signer: Signer; offering: Offering }> {
  const modelId = modelIdOf(args.model);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  return { modelId, session, signer, offering: await offeringOf(session, modelId) };
}

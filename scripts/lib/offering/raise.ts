import { parseModelId } from "../command/modelId.ts";
import type { CommandContext } from "../command/context.ts";
import { openSession, signerOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";

/** Everything about a model's raise, as of now. */
export async function offeringOf({ protocol, now }: Session, modelId: bigint) {
  return await protocol.lens.raiseOf(modelId, now);
}

/** A raise as the offering tells it. */
export type Offering = Awaited<ReturnType<typeof offeringOf>>;

/** What a command that sends one transaction about one model begins with. The model exists. */
export async function openForModel(
  args: { model: string | undefined; from: string | undefined },
  context: CommandContext,
): Promise<{ modelId: bigint; session: Session; signer: Signer; offering: Offering }> {
  const modelId = parseModelId(args.model);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  return { modelId, session, signer, offering: await offeringOf(session, modelId) };
}

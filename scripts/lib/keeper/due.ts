import { dueOf } from "../../../sdk/src/reads/lens.ts";
import type { DueView } from "../../../sdk/src/reads/lens.ts";
import { answerOf, requestOf } from "../../../sdk/src/reads/read.ts";
import type { Session } from "../chain/session.ts";
import { asRevert } from "../command/revert.ts";
import { nodeFailureOf } from "../rpc/failures.ts";

/** What is due, and of which models the lens could not tell. */
export interface Due {
  view: DueView;
  unreadable: bigint[];
}

/** The ids of all models that there are now. */
export async function allModels({ protocol, now }: Session): Promise<bigint[]> {
  const count = await protocol.registry.modelCount(now);
  return Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1));
}

/**
 * Asks the lens what is due for the route and for any number of models, in one call. What the node refuses is asked again in
 * halves: so a node may limit the size, and a model that cannot be read does not keep the others from being read.
 */
export async function readDue(session: Session, modelIds: readonly bigint[]): Promise<Due> {
  try {
    const read = dueOf(session.deployment, [...modelIds]);
    const answer = await session.connection.ethers.provider.call({ ...requestOf(read), ...session.now });
    return { view: answerOf(read, answer), unreadable: [] };
  } catch (error) {
    if (modelIds.length === 0 || !mayBeTheModels(error, session.usdcDecimals)) throw error;
    if (modelIds.length === 1) return { view: (await readDue(session, [])).view, unreadable: [...modelIds] };
    const middle = Math.ceil(modelIds.length / 2);
    const [head, tail] = [modelIds.slice(0, middle), modelIds.slice(middle)];
    const first = await readDue(session, head);
    const second = await readDue(session, tail);
    return {
      view: { ...second.view, models: [...first.view.models, ...second.view.models] },
      unreadable: [...first.unreadable, ...second.unreadable],
    };
  }
}

/**
 * Whether a call may go well for fewer models, or for others: a contract or the node refuses it, or has no time for it. What
 * has no answer at all has none for a part of them either.
 */
function mayBeTheModels(error: unknown, usdcDecimals: number): boolean {
  if (asRevert(error, usdcDecimals) !== undefined) return true;
  const failure = nodeFailureOf(error);
  if (failure === undefined) return false;
  return (
    failure.kind === "silent" || failure.kind === "other" || /no answer in time|size|limit|large/i.test(failure.words)
  );
}

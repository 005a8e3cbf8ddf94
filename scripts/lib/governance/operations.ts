import { eventsIn } from "../chain/history.ts";
import type { Session } from "../chain/session.ts";
import { decodeCall, describeValues } from "./decodedCall.ts";
import type { DecodedCall } from "./decodedCall.ts";
import { contractAt } from "./contractNames.ts";
import { parseCall } from "./parseCall.ts";
import { recentBlocks } from "./recentBlocks.ts";
import { warningsOf } from "./warnings.ts";

/** A call that has been scheduled and not yet been executed or cancelled. */
export interface Operation {
  /** The AccessManager's id of it. */
  id: string;
  /** Who scheduled it and alone can execute it. */
  caller: string;
  target: string;
  data: string;
  /** The call with its values as the contract takes them, in one line. */
  call: string;
  /** What it would change: names and units, and what holds now. */
  changes: DecodedCall[];
  /** What it takes away of the delays and the veto that protect everybody, one sentence each. */
  warnings: string[];
  /** From when it can be executed [s]. */
  executableAt: bigint;
  /** When it lapses [s]. */
  lapsesAt: bigint;
}

/** What has been scheduled within the last two weeks and still stands, the first to become executable first. */
export async function pendingOperations(session: Session): Promise<Operation[]> {
  const { accessManager } = session.protocol;
  const blocks = await recentBlocks(session);
  const scheduled = await eventsIn(session, blocks, (from, to) =>
    accessManager.queryFilter(accessManager.filters.OperationScheduled(), from, to),
  );
  const expiration = await accessManager.expiration();
  // The same call can be scheduled again after it was executed: the AccessManager knows only the last time.
  const byId = new Map(scheduled.map(({ args }) => [args.operationId, args]));
  const operations: Operation[] = [];
  for (const [id, { caller, target, data }] of byId) {
    const executableAt = await accessManager.getSchedule(id, session.now);
    if (executableAt === 0n) continue;
    const call = describeCall(session, target, data);
    const changes = await decodeCall(session, target, data);
    const warnings = warningsOf(session, target, data);
    const lapsesAt = executableAt + expiration;
    operations.push({ id, caller, target, data, call, changes, warnings, executableAt, lapsesAt });
  }
  return operations.sort((one, other) => Number(one.executableAt - other.executableAt));
}

/** A call of one of the protocol's contracts with the names of its values; the bytes if it is none. */
export function describeCall({ protocol }: Pick<Session, "protocol">, target: string, data: string): string {
  const name = contractAt({ protocol }, target);
  const parsed = name === undefined ? null : parseCall(protocol[name].interface, data);
  return parsed === null
    ? `${target} with ${data}`
    : `${name!}.${parsed.name}(${describeValues(parsed.fragment.inputs, parsed.args)})`;
}

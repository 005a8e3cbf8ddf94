import type { ParamType } from "ethers";

import { blocksBetween, eventsIn } from "../chain/history.ts";
import type { ProtocolAddresses } from "../../../deploy/config/deployed.ts";
import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { plain } from "../command/plainText.ts";
import { parseCall } from "./parseCall.ts";
import { warningsOf } from "./warnings.ts";

/** A call that has been scheduled and not yet been executed or cancelled. */
export interface Operation {
  /** The AccessManager's id of it. */
  id: string;
  /** Who scheduled it and alone can execute it. */
  caller: string;
  target: string;
  data: string;
  /** The call with its values, for people. */
  call: string;
  /** What it takes away of the delays and the veto that protect everybody, one sentence each. */
  warnings: string[];
  /** From when it can be executed [s]. */
  executableAt: bigint;
  /** When it lapses [s]. */
  lapsesAt: bigint;
}

/** The contracts with restricted functions. */
const RESTRICTED = [
  "accessManager",
  "registry",
  "offering",
  "staking",
  "meter",
  "buyback",
  "emissions",
] as const satisfies (keyof ProtocolAddresses)[];

/** How far back schedules are looked for [s]; the delay of 48 hours and the week after it are shorter. */
export const LOOK_BACK = 14n * 86_400n;

/** What has been scheduled within the last two weeks and still stands, the first to become executable first. */
export async function pendingOperations(session: Session): Promise<Operation[]> {
  const { accessManager } = session.protocol;
  const time = await timeOf(session);
  const blocks = await blocksBetween(session, time > LOOK_BACK ? time - LOOK_BACK : 0n, time + 1n);
  const scheduled = await eventsIn(session, blocks, (from, to) =>
    accessManager.queryFilter(accessManager.filters.OperationScheduled(), from, to),
  );
  const expiration = await accessManager.expiration();
  // The same call can be scheduled again after it was executed: the AccessManager knows only the last time.
  const byId = new Map(scheduled.map((event) => [event.operationId, event]));
  const operations: Operation[] = [];
  for (const [id, { caller, target, data }] of byId) {
    const executableAt = await accessManager.getSchedule(id, session.now);
    if (executableAt === 0n) continue;
    const call = describeCall(session, target, data);
    const warnings = warningsOf(session, target, data);
    const lapsesAt = executableAt + expiration;
    operations.push({ id, caller, target, data, call, warnings, executableAt, lapsesAt });
  }
  return operations.sort((one, other) => Number(one.executableAt - other.executableAt));
}

/** A call of one of the protocol's contracts with the names of its values; the bytes if it is none. */
export function describeCall({ protocol }: Session, target: string, data: string): string {
  for (const name of RESTRICTED) {
    if (protocol.addresses[name] !== target) continue;
    const parsed = parseCall(protocol[name].interface, data);
    if (parsed === null) break;
    return `${name}.${parsed.name}(${describeValues(parsed.fragment.inputs, parsed.args)})`;
  }
  return `${target} with ${data}`;
}

/** Values with their names; numbers as the contract takes them. */
const describeValues = (types: readonly ParamType[], values: readonly unknown[]): string =>
  types.map((type, index) => `${type.name} = ${describeValue(type, values[index])}`).join(", ");

function describeValue(type: ParamType, value: unknown): string {
  if (type.isArray()) {
    return `[${(value as unknown[]).map((one) => describeValue(type.arrayChildren, one)).join(", ")}]`;
  }
  if (type.isTuple()) return `{ ${describeValues(type.components, value as unknown[])} }`;
  return plain(String(value));
}

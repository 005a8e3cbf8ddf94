import { AbiCoder, keccak256 } from "ethers";

import { EXECUTION_DELAYS, ROLES } from "../../../deploy/config/roles.ts";
import type { RoleName } from "../../../deploy/config/roles.ts";
import { showDuration } from "../../../sdk/src/units/show.ts";
import type { Session } from "../chain/session.ts";
import type { Access, RoleMember } from "./access.ts";
import type { FinalHolders } from "./finalHolders.ts";
import { nameOfRole, withDelay } from "./roleNames.ts";
import { roleIn } from "./tableDifferences.ts";

/** What can be done with a step of a hand-over: `wait` is for its time, or for a step before it. */
export type StepState = "send" | "schedule" | "execute" | "wait";

/** One call of the AccessManager that a hand-over still needs. */
export interface HandoverStep {
  /** What it does, for people. */
  title: string;
  /** The call. */
  data: string;
  state: StepState;
  /** With `schedule`: from when it is to be executable [s]; 0 for as soon as the delay allows. */
  when: bigint;
  /** With `wait`: from when it can be done [s]; null if other steps decide that. */
  from: bigint | null;
}

/** What is needed for the calls: the contract's interface, and how long has been waited for each operation. */
export interface Waiting {
  session: Pick<Session, "protocol">;
  /** Who makes the calls, and with which delay [s]. */
  actor: RoleMember;
  /** When an operation of the actor can be executed [s]; 0 if it is not scheduled. */
  scheduledFor: (operation: string) => Promise<bigint>;
}

/** In which order roles move: those that only stop or settle first, the administrator after all others. */
const ORDER: readonly RoleName[] = ["guardian", "platform", "governor", "admin"];

/**
 * The calls that are missing until every role has its final holder and nobody else holds anything, in the order in which
 * they must be executed. Nobody loses a role before its final holder can act, so that no role is ever empty; who makes the
 * calls loses its own at the very end.
 */
export async function handoverSteps(access: Access, finals: FinalHolders, waiting: Waiting): Promise<HandoverStep[]> {
  const { session, actor } = waiting;
  const { accessManager, addresses } = session.protocol;
  const steps: HandoverStep[] = [];
  /** Who will hold which role once all steps that can be done now are done. */
  const willAct = new Set<RoleName>(ORDER.filter((role) => acts(access, role, finals[role])));

  for (const role of ORDER) {
    const member = roleIn(access, ROLES[role]).members.find(({ account }) => account === finals[role]);
    if (member !== undefined && isGrantedAsTable(role, member)) continue;
    const values: [bigint, string, bigint] = [ROLES[role], finals[role], EXECUTION_DELAYS[role]];
    const { grantDelay } = roleIn(access, ROLES[role]);
    const later = member !== undefined || grantDelay === 0n ? "" : `, which holds ${showDuration(grantDelay)} later`;
    const step = await stepFor(
      `Grant the ${role} role to ${finals[role]} with ${withDelay(EXECUTION_DELAYS[role])}${later}`,
      accessManager.interface.encodeFunctionData("grantRole", values),
      ANY_TIME,
    );
    // A longer delay holds at once, a shorter one only after the difference.
    const isImmediate =
      member === undefined ? grantDelay === 0n : member.isMember && member.delay <= EXECUTION_DELAYS[role];
    if (isDone(step) && isImmediate) willAct.add(role);
  }
  const leftovers = formerMembers(access, finals).filter(
    ({ roleId, account }) => roleId !== ROLES.admin || account !== actor.account,
  );
  for (const { roleId, account } of leftovers) {
    const role = ORDER.find((name) => ROLES[name] === roleId);
    await stepFor(
      `Take the ${nameOfRole(roleId)} role from ${account}`,
      accessManager.interface.encodeFunctionData("revokeRole", [roleId, account]),
      role === undefined ? ANY_TIME : after(role),
    );
  }
  if (actor.account !== finals.admin && actor.since !== 0n) {
    await stepFor(
      `Take the admin role from ${actor.account}, who makes these calls`,
      accessManager.interface.encodeFunctionData("revokeRole", [ROLES.admin, actor.account]),
      steps.every(isDone) ? after("admin") : afterAll(),
    );
  }
  return steps;

  /** Whether what takes a role from others can be done in this round, or from when [s]. */
  function after(role: RoleName): Possible {
    if (willAct.has(role)) return ANY_TIME;
    const { members, grantDelay } = roleIn(access, ROLES[role]);
    const member = members.find(({ account }) => account === finals[role]);
    if (member !== undefined) {
      const from = member.pending?.since ?? member.since;
      return { possible: false, from, when: from > access.time + actor.delay ? from : 0n };
    }
    // Whoever executes all that is due must not empty the role before the grant holds.
    const when = grantDelay === 0n ? 0n : access.time + actor.delay + grantDelay + GRANT_MARGIN;
    return { possible: false, from: null, when };
  }

  /** After every other step. */
  function afterAll(): Possible {
    const when = steps.reduce((latest, step) => (step.when > latest ? step.when : latest), after("admin").when);
    return { possible: false, from: null, when };
  }

  async function stepFor(title: string, data: string, possible: Possible): Promise<HandoverStep> {
    const step = { title, data, ...(await stateOf(data, possible)) };
    steps.push(step);
    return step;
  }

  async function stateOf(data: string, { possible, from, when }: Possible) {
    const as = (state: StepState) => ({ state, when, from: state === "wait" ? from : null });
    if (actor.delay === 0n) return as(possible ? "send" : "wait");
    const at = await waiting.scheduledFor(operationId(actor.account, addresses.accessManager, data));
    // Announced at once, whatever else must be done before: the delays run side by side.
    if (at === 0n) return as("schedule");
    if (at > access.time) return { ...as("wait"), from: from === null || at > from ? at : from };
    return as(possible ? "execute" : "wait");
  }
}

/** Whether everything is done that must be done before a step, or will be in this round; if not, from when [s]. */
interface Possible {
  possible: boolean;
  from: bigint | null;
  /** Before when nobody is to execute it [s]; 0 if the delay alone decides. */
  when: bigint;
}

/** Nothing must be done before. */
const ANY_TIME: Possible = { possible: true, from: null, when: 0n };

/** How much later than its delay a grant may be executed [s], before what follows it can be. */
const GRANT_MARGIN = 3_600n;

/** Whether a step takes effect in this round. */
const isDone = ({ state }: HandoverStep) => state === "send" || state === "execute";

/** The AccessManager's number of an operation. */
export const operationId = (caller: string, target: string, data: string): string =>
  keccak256(AbiCoder.defaultAbiCoder().encode(["address", "address", "bytes"], [caller, target, data]));

/** Whether an account has been granted a role with the delay of the table; it may still have to wait for it. */
const isGrantedAsTable = (role: RoleName, { delay, pending }: RoleMember) =>
  (pending === null ? delay : pending.delay) === EXECUTION_DELAYS[role];

/** Whether an account can act through a role now, with the delay of the table. */
function acts(access: Access, role: RoleName, account: string): boolean {
  const member = roleIn(access, ROLES[role]).members.find((one) => one.account === account);
  return member !== undefined && member.isMember && member.pending === null && isGrantedAsTable(role, member);
}

/** Who holds something that the hand-over takes away. */
export interface Leftover {
  roleId: bigint;
  account: string;
}

/**
 * What others than the final holders hold of the four roles, and what those hold besides: of roles that the table does not
 * know only what a former holder or the deployer has, because the others may be somebody's purpose.
 */
export function formerMembers(access: Access, finals: FinalHolders): Leftover[] {
  const leftovers: Leftover[] = [];
  for (const role of ORDER) {
    for (const { account } of roleIn(access, ROLES[role]).members) {
      if (account !== finals[role]) leftovers.push({ roleId: ROLES[role], account });
    }
  }
  const staying = new Set(Object.values(finals));
  const known = new Set<bigint>(Object.values(ROLES));
  const former = new Set([access.deployer, ...access.holders].filter((account) => !staying.has(account)));
  const others = access.roles.filter(({ id }) => !known.has(id));
  for (const { id, members } of others) {
    for (const { account } of members) if (former.has(account)) leftovers.unshift({ roleId: id, account });
  }
  return leftovers;
}

import type { Hex } from "../../../sdk/src/codec/hex.ts";
import type { Action } from "../../../sdk/src/actions/action.ts";
import { executeScheduled, schedule } from "../../../sdk/src/actions/governance.ts";
import { ROLES } from "../../../deploy/config/roles.ts";
import { addressOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { jsonTime } from "../command/amounts.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../command/commandError.ts";
import { memberOf } from "./access.ts";
import type { Access, RoleMember } from "./access.ts";
import type { FinalHolders } from "./finalHolders.ts";
import { handoverSteps } from "./handover.ts";
import type { HandoverStep, StepState } from "./handover.ts";
import { handoverRemains } from "./handoverProof.ts";
import { roleIn } from "./tableDifferences.ts";

/** What each state of a step means, for people. */
export const STATE_WORDS: Record<StepState, string> = {
  send: "can be done now",
  schedule: "can be scheduled now",
  execute: "can be executed now",
  wait: "waits",
};

/** How far a hand-over is. */
export interface HandoverStatus {
  access: Access;
  /** What is missing, one sentence each; nothing if it is finished. */
  remains: string[];
  /** The calls that bring it about, as far as who makes them can. */
  steps: HandoverStep[];
}

/** How far a hand-over is, with the calls of `actor`, or without any if nobody makes them. */
export async function handoverStatus(
  session: Session,
  access: Access,
  finals: FinalHolders,
  actor: string | undefined,
): Promise<HandoverStatus> {
  const remains = await handoverRemains(session, access, finals);
  const member = actor === undefined ? undefined : await memberOf(session, ROLES.admin, actor);
  if (remains.length === 0 || member?.isMember !== true) return { access, remains, steps: [] };
  const { accessManager } = session.protocol;
  const scheduledFor = async (operation: string) => await accessManager.getSchedule(operation, session.now);
  return { access, remains, steps: await handoverSteps(access, finals, { session, actor: member, scheduledFor }) };
}

/**
 * Who makes the calls of a hand-over.
 * @param from Who was named; undefined for the administrator that is to go.
 * @throws CommandError if it is no administrator, or nobody says which of several.
 */
export async function administratorOf(
  session: Session,
  access: Access,
  finals: FinalHolders,
  from: string | undefined,
): Promise<string> {
  const active = roleIn(access, ROLES.admin).members.filter(({ isMember }: RoleMember) => isMember);
  const accounts = active.map(({ account }) => account);
  if (from !== undefined) {
    const account = await addressOf(session, "--from", from);
    if (accounts.includes(account)) return account;
    throw new CommandError(
      `${account} does not hold the admin role: name its holder ${accounts.join(" or ")} with --from.`,
    );
  }
  const going = accounts.length === 1 ? accounts : accounts.filter((account) => account !== finals.admin);
  if (going.length === 1) return going[0]!;
  throw new CommandError(`The admin role is held by ${accounts.join(" and ")}: say with --from who makes the calls.`);
}

/** The transaction of a step that can be sent now; undefined if it waits. */
export function transactionOf(session: Session, { title, data, state, when }: HandoverStep): Action | undefined {
  const { deployment } = session;
  const target = deployment.addresses.accessManager;
  switch (state) {
    case "send":
      return { what: title, to: target, steps: [data as Hex], payment: undefined };
    case "schedule":
      return schedule(deployment, { target, data }, when, `Schedule: ${title}`);
    case "execute":
      return executeScheduled(deployment, { target, data }, `Execute: ${title}`);
    case "wait":
      return undefined;
  }
}

/** What a step waits for, for people. */
export const waitsFor = ({ state, from }: HandoverStep): string =>
  state !== "wait" ? "" : from === null ? "for the steps before it" : `until ${showTime(from)}`;

/** What is left of a hand-over and from when, in one sentence. */
export function whatRemains({ steps, remains }: HandoverStatus): string {
  if (steps.length === 0) return remains.join(" ");
  const count = steps.length === 1 ? "1 step is left" : `${steps.length.toString()} steps are left`;
  if (steps.some(({ state }) => state !== "wait")) return `${count}, and some can be done now: run this again.`;
  const times = steps.map(({ from }) => from).filter((from) => from !== null);
  if (times.length === 0) return `${count}: run this again.`;
  const next = times.reduce((one, other) => (one < other ? one : other));
  return `${count}; run this again from ${showTime(next)} on.`;
}

/** A step in a JSON document. */
export const jsonStep = (session: Session, { title, data, state, from }: HandoverStep) => ({
  title,
  target: session.protocol.addresses.accessManager,
  data,
  state,
  ...jsonTime("possibleFrom", from),
});

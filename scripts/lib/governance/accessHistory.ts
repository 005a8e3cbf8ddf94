import { EventLog } from "ethers";
import type { BaseContract, Result } from "ethers";

import { ROLES } from "../../../deploy/config/roles.ts";
import { eventsIn } from "../chain/history.ts";
import type { Session } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";

/** An account that was granted a role at some time. */
export interface Granted {
  roleId: bigint;
  account: string;
}

/** A function of a contract that was given to a role at some time. */
export interface GivenFunction {
  target: string;
  selector: string;
}

/** A delay [s] and from when it holds [s]. */
export interface DelayChange {
  delay: bigint;
  since: bigint;
}

/** What the events of the AccessManager say happened; how things stand now, its views say. */
export interface AccessHistory {
  /** Who administered it first, and deployed the protocol. */
  deployer: string;
  /** Every grant, once for each role and account, in the order in which they were first made. */
  granted: Granted[];
  /** Every role that something was said about. */
  roleIds: bigint[];
  /** Every function that was given to a role, once. */
  functions: GivenFunction[];
  /** The latest change of each role's delay of grants. */
  grantDelays: Map<bigint, DelayChange>;
  /** The latest change of each contract's delay for changes of its roles. */
  targetDelays: Map<string, DelayChange>;
}

/** Reads all that the AccessManager has ever told, in one walk over the blocks. */
export async function accessHistory(session: Session): Promise<AccessHistory> {
  const { accessManager } = session.protocol;
  const blocks = { from: session.firstBlock, to: await session.connection.ethers.provider.getBlockNumber() };
  // One query for all events: a walk over the blocks of a public chain for each of them would take too long.
  const all = accessManager as unknown as BaseContract;
  const events = await eventsIn(session, blocks, async (from, to) =>
    (await all.queryFilter("*", from, to)).filter((log) => log instanceof EventLog),
  );

  const granted = new Map<string, Granted>();
  const roleIds = new Set<bigint>();
  const functions = new Map<string, GivenFunction>();
  const grantDelays = new Map<bigint, DelayChange>();
  const targetDelays = new Map<string, DelayChange>();
  for (const { eventName: event, args: told } of events) {
    if (event.startsWith("Role")) roleIds.add(told.roleId as bigint);
    switch (event) {
      case "RoleGranted": {
        const grant = { roleId: told.roleId as bigint, account: told.account as string };
        granted.set(`${grant.roleId.toString()} ${grant.account}`, grant);
        break;
      }
      case "RoleGrantDelayChanged":
        grantDelays.set(told.roleId as bigint, delayChange(told));
        break;
      case "TargetAdminDelayUpdated":
        targetDelays.set(told.target as string, delayChange(told));
        break;
      case "TargetFunctionRoleUpdated": {
        const given = { target: told.target as string, selector: told.selector as string };
        functions.set(`${given.target} ${given.selector}`, given);
        roleIds.add(told.roleId as bigint);
        break;
      }
    }
  }
  const grants = [...granted.values()];
  const [first] = grants;
  // The constructor's own. A node that has forgotten it may have forgotten others, and nothing could be proved.
  if (events[0]?.eventName !== "RoleGranted" || first?.roleId !== ROLES.admin) {
    throw new CommandError(
      `The node of ${session.networkName} does not have the events of the AccessManager from block ${session.firstBlock.toString()} on: use a node that keeps the whole past.`,
    );
  }
  return {
    deployer: first.account,
    granted: grants,
    roleIds: [...roleIds].sort((one, other) => (one < other ? -1 : 1)),
    functions: [...functions.values()],
    grantDelays,
    targetDelays,
  };
}

const delayChange = (told: Result): DelayChange => ({
  delay: told.delay as bigint,
  since: told.since as bigint,
});

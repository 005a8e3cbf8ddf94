import { ROLES } from "../../../deploy/config/roles.ts";
import { decodeLogs } from "../../../sdk/src/events/decode.ts";
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
  const { protocol, connection } = session;
  const { provider } = connection.ethers;
  const blocks = { from: session.firstBlock, to: await provider.getBlockNumber() };
  // One query for all events: a walk over the blocks of a public chain for each of them would take too long.
  const address = protocol.addresses.accessManager;
  const events = await eventsIn(session, blocks, async (fromBlock, toBlock) =>
    decodeLogs(protocol, await provider.getLogs({ address, fromBlock, toBlock })),
  );

  const granted = new Map<string, Granted>();
  const roleIds = new Set<bigint>();
  const functions = new Map<string, GivenFunction>();
  const grantDelays = new Map<bigint, DelayChange>();
  const targetDelays = new Map<string, DelayChange>();
  for (const event of events) {
    if (event.contract !== "accessManager") continue; // only it was asked for
    if ("roleId" in event.args) roleIds.add(event.args.roleId);
    switch (event.name) {
      case "RoleGranted": {
        const { roleId, account } = event.args;
        granted.set(`${roleId.toString()} ${account}`, { roleId, account });
        break;
      }
      case "RoleGrantDelayChanged":
        grantDelays.set(event.args.roleId, event.args);
        break;
      case "TargetAdminDelayUpdated":
        targetDelays.set(event.args.target, event.args);
        break;
      case "TargetFunctionRoleUpdated": {
        const { target, selector } = event.args;
        functions.set(`${target} ${selector}`, { target, selector });
        break;
      }
    }
  }
  const grants = [...granted.values()];
  const [first] = grants;
  // The constructor's own. A node that has forgotten it may have forgotten others, and nothing could be proved.
  if (events[0]?.name !== "RoleGranted" || first?.roleId !== ROLES.admin) {
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

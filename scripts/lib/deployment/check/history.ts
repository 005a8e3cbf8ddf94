import type { Log, Result } from "ethers";

import type { TypedContractEvent, TypedEventLog } from "../../../../typechain-types/common.ts";
import { eventsIn } from "../../chain/history.ts";
import type { Session } from "../../chain/session.ts";

/** A delay that was set [s], and from when on it holds [s]. */
export interface SetDelay {
  delay: bigint;
  since: bigint;
}

/** What only events say of the time since the deployment. */
export interface History {
  /** Whoever was granted a role at some time, by the role's number. */
  granted: Map<bigint, Set<string>>;
  /** The last delay of grants of each role. */
  grantDelays: Map<bigint, SetDelay>;
  /** The last delay for changes of each contract's roles. */
  adminDelays: Map<string, SetDelay>;
  /** Where the guarantees of the first tier can be read. */
  guaranteesUri: string | undefined;
}

/** An event with its name: `eventsIn` hands on arguments alone. */
type Named = TypedContractEvent<[], object[], { name: string; values: Result }>;

/** Reads the events that a check needs, of two contracts in one walk over the blocks: there may be millions of them. */
export async function readHistory(session: Session, firstBlock: number): Promise<History> {
  const { provider } = session.connection.ethers;
  const { accessManager, registry, addresses } = session.protocol;
  const topics = [
    accessManager.interface.getEvent("RoleGranted"),
    accessManager.interface.getEvent("RoleGrantDelayChanged"),
    accessManager.interface.getEvent("TargetAdminDelayUpdated"),
    registry.interface.getEvent("TierAdded"),
    registry.interface.getEvent("TierChanged"),
  ].map(({ topicHash }) => topicHash);
  const parse = (log: Log) =>
    log.address === addresses.registry ? registry.interface.parseLog(log)! : accessManager.interface.parseLog(log)!;
  const blocks = { from: firstBlock, to: await provider.getBlockNumber() };
  const events = await eventsIn<Named>(session, blocks, async (fromBlock, toBlock) => {
    // One contract after the other: some nodes do not take a list of addresses.
    const logs = await Promise.all(
      [addresses.accessManager, addresses.registry].map((address) =>
        provider.getLogs({ address, topics: [topics], fromBlock, toBlock }),
      ),
    );
    return logs.flat().map((log) => {
      const { name, args } = parse(log);
      return { args: { name, values: args } };
    }) as unknown as TypedEventLog<Named>[];
  });
  return historyOf(events);
}

/** What events say, told in their order. */
export function historyOf(events: readonly { name: string; values: Result }[]): History {
  const history: History = {
    granted: new Map(),
    grantDelays: new Map(),
    adminDelays: new Map(),
    guaranteesUri: undefined,
  };
  for (const { name, values } of events) {
    const { roleId, account, delay, since } = values as unknown as SetDelay & { roleId: bigint; account: string };
    if (name === "RoleGranted") {
      history.granted.set(roleId, (history.granted.get(roleId) ?? new Set()).add(account));
    } else if (name === "RoleGrantDelayChanged") history.grantDelays.set(roleId, { delay, since });
    else if (name === "TargetAdminDelayUpdated") history.adminDelays.set(values.target as string, { delay, since });
    else if (values.tierId === 1n) history.guaranteesUri = values.guaranteesUri as string;
  }
  return history;
}

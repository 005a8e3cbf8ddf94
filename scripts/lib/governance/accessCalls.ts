import type { Result } from "ethers";

import type { TypedEventLog } from "../../../typechain-types/common.ts";
import type {
  RoleGrantDelayChangedEvent,
  TargetAdminDelayUpdatedEvent,
} from "../../../typechain-types/@openzeppelin/contracts/access/manager/AccessManager.ts";
import { showDuration } from "../../../sdk/src/units/show.ts";
import { eventsIn } from "../chain/history.ts";
import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { memberOf } from "./access.ts";
import type { RoleMember } from "./access.ts";
import type { DelayChange } from "./accessHistory.ts";
import type { DecodedCall } from "./decodedCall.ts";
import { namedFunction } from "./contractNames.ts";
import { recentBlocks } from "./recentBlocks.ts";
import { PUBLIC_ROLE, nameOfRole, showDelay, withDelay } from "./roleNames.ts";
import type { ChangedValue } from "./settingValues.ts";
import { describeDelay } from "./tableDifferences.ts";

/** Reads what a call of the AccessManager would change; undefined if it is none that changes roles or delays. */
type Reader = (session: Session, values: Result) => Promise<DecodedCall>;

/** What holds now and what a call would put in its place. */
const one = (title: string, key: string, from: string, to: string): DecodedCall => ({
  title,
  values: [{ key, from, to }],
});

/** A change of a delay that was announced lately and does not hold yet; null if there is none. */
async function announcedDelay<Event extends RoleGrantDelayChangedEvent.Event | TargetAdminDelayUpdatedEvent.Event>(
  session: Session,
  query: (from: number, to: number) => Promise<TypedEventLog<Event>[]>,
): Promise<DelayChange | null> {
  const last = (await eventsIn(session, await recentBlocks(session), query)).at(-1)?.args;
  return last !== undefined && last.since > (await timeOf(session)) ? { delay: last.delay, since: last.since } : null;
}

/** How an account holds a role, for people. */
const holding = ({ since, delay }: RoleMember) => (since === 0n ? "not held" : `held, with ${withDelay(delay)}`);

/** The calls of the AccessManager that change who may do what, in words. */
export const ACCESS_CALLS: Record<string, Reader> = {
  async grantRole(session, { roleId, account, executionDelay }) {
    const [role, holder] = [nameOfRole(roleId as bigint), account as string];
    const { accessManager } = session.protocol;
    // Everybody has the public role; the AccessManager refuses such a grant.
    const now =
      roleId === PUBLIC_ROLE ? "held by everybody" : holding(await memberOf(session, roleId as bigint, holder));
    const grantDelay = now === "not held" ? await accessManager.getRoleGrantDelay(roleId as bigint, session.now) : 0n;
    const after = grantDelay === 0n ? "" : `, ${showDuration(grantDelay)} after the execution`;
    const then = `held, with ${withDelay(executionDelay as bigint)}${after}`;
    return one(`Grant of the ${role} role to ${holder}`, `${role} role`, now, then);
  },

  async revokeRole(session, { roleId, account }) {
    const [role, holder] = [nameOfRole(roleId as bigint), account as string];
    const now = holding(await memberOf(session, roleId as bigint, holder));
    return one(`End of the ${role} role of ${holder}`, `${role} role`, now, "not held");
  },

  async setRoleAdmin(session, { roleId, admin }) {
    const from = await session.protocol.accessManager.getRoleAdmin(roleId as bigint);
    const title = `Who grants and revokes the ${nameOfRole(roleId as bigint)} role`;
    return one(title, "administrator", `the ${nameOfRole(from)} role`, `the ${nameOfRole(admin as bigint)} role`);
  },

  async setRoleGuardian(session, { roleId, guardian }) {
    const from = await session.protocol.accessManager.getRoleGuardian(roleId as bigint);
    const title = `Who can cancel what the ${nameOfRole(roleId as bigint)} role schedules`;
    return one(title, "guardian", `the ${nameOfRole(from)} role`, `the ${nameOfRole(guardian as bigint)} role`);
  },

  async setGrantDelay(session, { roleId, newDelay }) {
    const { accessManager } = session.protocol;
    const changes = accessManager.filters.RoleGrantDelayChanged(roleId as bigint);
    const from = describeDelay(
      await accessManager.getRoleGrantDelay(roleId as bigint, session.now),
      await announcedDelay(session, async (...blocks) => await accessManager.queryFilter(changes, ...blocks)),
    );
    const title = `Delay of grants of the ${nameOfRole(roleId as bigint)} role`;
    return one(title, "delay of grants", from, showDelay(newDelay as bigint));
  },

  async setTargetAdminDelay(session, { target, newDelay }) {
    const { accessManager } = session.protocol;
    const changes = accessManager.filters.TargetAdminDelayUpdated(target as string);
    const from = describeDelay(
      await accessManager.getTargetAdminDelay(target as string, session.now),
      await announcedDelay(session, async (...blocks) => await accessManager.queryFilter(changes, ...blocks)),
    );
    const title = `Delay of changes of who may call ${target as string}`;
    return one(title, "delay of changes", from, showDelay(newDelay as bigint));
  },

  async setTargetClosed(session, { target, closed }) {
    const from = await session.protocol.accessManager.isTargetClosed(target as string);
    const word = (isClosed: boolean) => (isClosed ? "no role" : "its roles");
    const title = `Whether roles can call ${target as string} at all`;
    return one(title, "who can call it", word(from), word(closed as boolean));
  },

  async setTargetFunctionRole(session, { target, selectors, roleId }) {
    const { accessManager } = session.protocol;
    const values = await Promise.all(
      (selectors as string[]).map(async (selector): Promise<ChangedValue> => {
        const from = await accessManager.getTargetFunctionRole(target as string, selector);
        return {
          key: namedFunction(session, target as string, selector),
          from: `the ${nameOfRole(from)} role`,
          to: `the ${nameOfRole(roleId as bigint)} role`,
        };
      }),
    );
    return { title: `Who may call functions of ${target as string}`, values };
  },

  async updateAuthority(session, { target, newAuthority }) {
    const data = session.protocol.registry.interface.encodeFunctionData("authority");
    const answer = await session.connection.ethers.provider.call({ to: target as string, data });
    // What is no contract of ours answers otherwise; the call would fail then.
    const from = /^0x0{24}[0-9a-f]{40}$/i.test(answer)
      ? (session.protocol.registry.interface.decodeFunctionResult("authority", answer)[0] as string)
      : "none";
    const title = `Authority over ${target as string}`;
    return one(title, "authority", from, newAuthority as string);
  },

  async labelRole(_session, { roleId, label }) {
    return await Promise.resolve({
      title: `Label of the ${nameOfRole(roleId as bigint)} role`,
      values: [{ key: "label", from: null, to: label as string }],
    });
  },
};

import {
  EXECUTION_DELAYS,
  GUARDIANS,
  GOVERNANCE_DELAY,
  RESTRICTED_FUNCTIONS,
  ROLES,
  grantDelayOf,
} from "../../../deploy/config/roles.ts";
import type { RestrictedContract, RoleName } from "../../../deploy/config/roles.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import type { Session } from "../chain/session.ts";
import { RESTRICTED_CONTRACTS } from "./access.ts";
import type { Access, RoleMember, RoleState, TargetState } from "./access.ts";
import type { DelayChange } from "./accessHistory.ts";
import { namedFunction } from "./contractNames.ts";
import { PUBLIC_ROLE, ROLE_NAMES, nameOfRole, roleNameOf, showDelay } from "./roleNames.ts";

/** What is known of the contracts without a connection to them. */
type Known = Pick<Session, "protocol">;

/** Where the chain differs from the role table, one sentence each: delays, administrators, vetoes, functions. */
export function tableDifferences(known: Known, access: Access): string[] {
  return [
    ...ROLE_NAMES.flatMap((name) => differencesOfRole(name, roleIn(access, ROLES[name]))),
    ...access.roles.flatMap((role) => differencesOfOther(known, role)),
    ...differencesOfFunctions(known, access),
    ...access.targets.flatMap(differencesOfTarget),
  ];
}

/** A role as the chain has it; without members if nothing was ever said about it. */
export function roleIn({ roles }: Access, id: bigint): RoleState {
  const none = { members: [], admin: 0n, guardian: 0n, grantDelay: 0n, pendingGrantDelay: null, functions: [] };
  return roles.find((role) => role.id === id) ?? { id, ...none };
}

/** In which way a member of a role differs from the table; undefined if it does not. */
export function memberDifference(roleId: bigint, { delay, pending }: RoleMember): string | undefined {
  const role = roleNameOf(roleId);
  if (role === undefined) return "the table has no such role";
  const wanted = EXECUTION_DELAYS[role];
  if (delay === wanted && (pending === null || pending.delay === wanted)) return undefined;
  return `the table says ${showDelay(wanted)}`;
}

function differencesOfRole(name: RoleName, role: RoleState): string[] {
  const found: string[] = [];
  if (role.members.length !== 1) {
    const count = role.members.length === 0 ? "nobody holds it" : `${role.members.length.toString()} accounts hold it`;
    found.push(`The ${name} role has one holder in the table, and ${count}.`);
  }
  for (const member of role.members) {
    const difference = memberDifference(role.id, member);
    if (difference !== undefined) {
      found.push(
        `${member.account} holds the ${name} role with ${describeDelay(member.delay, member.pending)}: ${difference}.`,
      );
    }
  }
  if (role.admin !== ROLES.admin) {
    found.push(`The ${name} role is granted and revoked by the ${nameOfRole(role.admin)} role: the table says admin.`);
  }
  const guardian = ROLES[GUARDIANS[name]];
  if (role.guardian !== guardian) {
    found.push(
      `What the ${name} role schedules is cancelled by the ${nameOfRole(role.guardian)} role: the table says ${nameOfRole(guardian)}.`,
    );
  }
  const granting = grantDelayOf(name);
  if (comingDelay(role.grantDelay, role.pendingGrantDelay) !== granting) {
    found.push(
      `A grant of the ${name} role holds after ${describeDelay(role.grantDelay, role.pendingGrantDelay)}: the table says ${showDelay(granting)}.`,
    );
  }
  return found;
}

/** Roles that the table does not know, but somebody holds or a function is open to. */
function differencesOfOther(known: Known, { id, members, functions }: RoleState): string[] {
  if (roleNameOf(id) !== undefined) return [];
  const held = members.map(
    ({ account }) => `${account} holds the role ${nameOfRole(id)}, which the table does not have.`,
  );
  const who = id === PUBLIC_ROLE ? "Everybody" : `The role ${nameOfRole(id)}`;
  const open = functions.map(({ target, selector }) => `${who} may call ${namedFunction(known, target, selector)}.`);
  return id === PUBLIC_ROLE ? open : [...held, ...open];
}

function differencesOfFunctions(known: Known, access: Access): string[] {
  const table = new Map<string, RoleName>();
  for (const [contract, byRole] of Object.entries(RESTRICTED_FUNCTIONS)) {
    const name = RESTRICTED_CONTRACTS[contract as RestrictedContract];
    for (const [role, functions] of Object.entries(byRole as Record<string, readonly string[]>)) {
      for (const fn of functions) table.set(`${name}.${fn}`, role as RoleName);
    }
  }
  return access.roles.flatMap(({ id, functions }) =>
    functions.flatMap(({ target, selector }) => {
      const fn = namedFunction(known, target, selector);
      const wanted = table.get(fn);
      if (roleNameOf(id) === wanted) return [];
      if (wanted === undefined) {
        // Given back to the administrator, which may call whatever belongs to nobody else.
        return id === ROLES.admin ? [] : [`The ${nameOfRole(id)} role may call ${fn}, which the table does not list.`];
      }
      return [`${fn} belongs to the ${nameOfRole(id)} role: the table says ${wanted}.`];
    }),
  );
}

function differencesOfTarget({ address, adminDelay, pendingAdminDelay, closed }: TargetState): string[] {
  const found: string[] = [];
  if (closed) found.push(`${address} is closed: no role can call it.`);
  if (comingDelay(adminDelay, pendingAdminDelay) !== GOVERNANCE_DELAY) {
    found.push(
      `Who may call ${address} is changed after ${describeDelay(adminDelay, pendingAdminDelay)}: the table says ${showDelay(GOVERNANCE_DELAY)}.`,
    );
  }
  return found;
}

/** The delay that holds, or will: the AccessManager lets a longer delay of its own hold only after five days. */
export const comingDelay = (now: bigint, pending: DelayChange | null): bigint => pending?.delay ?? now;

/** A delay for people, and the one that will hold instead. */
export const describeDelay = (delay: bigint, pending: DelayChange | null): string =>
  pending === null
    ? showDelay(delay)
    : `${showDelay(delay)}, from ${showTime(pending.since)} ${showDelay(pending.delay)}`;

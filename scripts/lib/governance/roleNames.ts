import { ROLES } from "../../../deploy/config/roles.ts";
import type { RoleName } from "../../../deploy/config/roles.ts";
import { showDuration } from "../../../sdk/src/units/show.ts";

/** The role that everybody has, as the AccessManager numbers it. */
export const PUBLIC_ROLE = 2n ** 64n - 1n;

/** The names of the roles in the role table. */
export const ROLE_NAMES = Object.keys(ROLES) as RoleName[];

/** A role of the table by its number; undefined if it is none. */
export const roleNameOf = (roleId: bigint): RoleName | undefined => ROLE_NAMES.find((name) => ROLES[name] === roleId);

/** What people call a role: its name in the table, or its number. */
export const nameOfRole = (roleId: bigint): string =>
  roleId === PUBLIC_ROLE ? "public" : (roleNameOf(roleId) ?? `number ${roleId.toString()}`);

/** A delay [s] for people. */
export const showDelay = (delay: bigint): string => (delay === 0n ? "no delay" : showDuration(delay));

/** A delay [s] with its noun, for people. */
export const withDelay = (delay: bigint): string => (delay === 0n ? "no delay" : `a delay of ${showDuration(delay)}`);

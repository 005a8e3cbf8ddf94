import type { Parameters } from "../../../../deploy/config/parameters.ts";
import {
  EXECUTION_DELAYS,
  GUARDIANS,
  GOVERNANCE_DELAY,
  RESTRICTED_FUNCTIONS,
  ROLES,
  grantDelayOf,
} from "../../../../deploy/config/roles.ts";
import type { RestrictedContract, RoleName } from "../../../../deploy/config/roles.ts";
import type { Session } from "../../chain/session.ts";
import { showTime } from "../../../../sdk/src/units/show.ts";
import { RESTRICTED_CONTRACTS } from "../../governance/access.ts";
import type { Access, RoleMember } from "../../governance/access.ts";
import { HOLDER_KEYS } from "../../governance/finalHolders.ts";
import { PUBLIC_ROLE, ROLE_NAMES, roleNameOf } from "../../governance/roleNames.ts";
import { comingDelay, roleIn } from "../../governance/tableDifferences.ts";
import type { Comparison } from "./comparison.ts";

/** The name of a role, or its number. */
const nameOf = (role: bigint): string =>
  role === PUBLIC_ROLE ? "everybody" : (roleNameOf(role) ?? `role ${role.toString()}`);

const showSeconds = (delay: bigint) => `${delay.toString()} s`;
const NO_MEMBER = "no member";
const memberWith = (delay: bigint) => `member with a delay of ${showSeconds(delay)}`;

/**
 * Compares who holds which role, with which delay, and under whose control: everybody whom the parameters name, the
 * deployer, and everybody else who holds one.
 */
export function roleComparisons(access: Access, parameters: Parameters, deployer: string): Comparison[] {
  const held = access.roles.map(({ id }) => id).filter((id) => id !== PUBLIC_ROLE);
  const ids = new Set([...ROLE_NAMES.map((name) => ROLES[name]), ...held]);
  const found: Comparison[] = [];
  for (const id of ids) {
    const { members, admin, guardian, grantDelay, pendingGrantDelay } = roleIn(access, id);
    const role = roleNameOf(id);
    const holder = role === undefined ? undefined : parameters[HOLDER_KEYS[role]];
    const named = holder === undefined ? [deployer] : [holder, deployer];
    for (const account of new Set([...named, ...members.map((member) => member.account)])) {
      const isHolder = account === holder && role !== undefined;
      found.push({
        group: account === deployer && !isHolder ? "deployer" : "roles",
        key: isHolder ? HOLDER_KEYS[role] : `${nameOf(id)} ${account}`,
        expected: isHolder ? memberWith(EXECUTION_DELAYS[role]) : NO_MEMBER,
        actual: describeMember(
          members.find((member) => member.account === account),
          access.time,
        ),
      });
    }
    const grantsWait = role === undefined ? 0n : grantDelayOf(role);
    const vetoes = role === undefined ? "admin" : GUARDIANS[role];
    const properties: [property: string, expected: string, actual: string][] = [
      ["granted by", nameOf(ROLES.admin), nameOf(admin)],
      ["cancelled by", nameOf(ROLES[vetoes]), nameOf(guardian)],
      ["grants wait", showSeconds(grantsWait), showSeconds(comingDelay(grantDelay, pendingGrantDelay))],
    ];
    for (const [property, expected, actual] of properties) {
      found.push({ group: "roles", key: `${nameOf(id)}: ${property}`, expected, actual });
    }
  }
  return found;
}

/** How an account stands to a role, in the words of what is expected. */
function describeMember(member: RoleMember | undefined, time: bigint): string {
  if (member === undefined) return NO_MEMBER;
  const { since, delay, pending } = member;
  const from = since > time ? `from ${showTime(since)} ` : "";
  const then = pending === null ? "" : `, from ${showTime(pending.since)} of ${showSeconds(pending.delay)}`;
  return `${from}${memberWith(delay)}${then}`;
}

/** Compares who may call every function that changes something, and how long a change of that waits. */
export function functionComparisons({ protocol }: Session, access: Access): Comparison[] {
  // What was never given to a role is the administrator's.
  const given = new Map(
    access.roles.flatMap(({ id, functions }) =>
      functions.map(({ target, selector }) => [`${target} ${selector}`, id] as const),
    ),
  );
  const found: Comparison[] = [];
  for (const name of Object.keys(RESTRICTED_FUNCTIONS) as RestrictedContract[]) {
    const contract = protocol[RESTRICTED_CONTRACTS[name]];
    const address = protocol.addresses[RESTRICTED_CONTRACTS[name]];
    const roles = rolesOfFunctions(name);
    const functions = contract.interface.fragments.filter((fragment) => fragment.type === "function");
    for (const { name: fn, selector, stateMutability } of functions as unknown as FunctionShape[]) {
      if (stateMutability !== "nonpayable" && stateMutability !== "payable") continue;
      const expected = nameOf(ROLES[roles.get(fn) ?? "admin"]);
      const actual = nameOf(given.get(`${address} ${selector}`) ?? ROLES.admin);
      found.push({ group: "functions", key: `${name}.${fn}`, expected, actual });
    }
    const target = access.targets.find((one) => one.address === address)!; // read for every contract of the table
    found.push({
      group: "functions",
      key: `${name}: changes of roles wait`,
      expected: showSeconds(GOVERNANCE_DELAY),
      actual: showSeconds(comingDelay(target.adminDelay, target.pendingAdminDelay)),
    });
    found.push({ group: "functions", key: `${name}: closed`, expected: "false", actual: String(target.closed) });
  }
  return found;
}

/** What is asked of a function. */
interface FunctionShape {
  name: string;
  selector: string;
  stateMutability: string;
}

/** The role of each function of a contract in the role table. */
function rolesOfFunctions(name: RestrictedContract): Map<string, RoleName> {
  const byRole = Object.entries(RESTRICTED_FUNCTIONS[name]) as [RoleName, readonly string[]][];
  return new Map(byRole.flatMap(([role, functions]) => functions.map((fn) => [fn, role] as const)));
}

import type { Parameters } from "../../../../deploy/config/parameters.ts";
import {
  EXECUTION_DELAYS,
  GOVERNANCE_DELAY,
  RESTRICTED_FUNCTIONS,
  ROLES,
  WAITING_GRANTS,
} from "../../../../deploy/config/roles.ts";
import type { RestrictedContract, RoleName } from "../../../../deploy/config/roles.ts";
import { timeOf } from "../../chain/session.ts";
import type { Session } from "../../chain/session.ts";
import { showTime } from "../../command/amounts.ts";
import { PUBLIC_ROLE, roleNameOf } from "../../governance/roleNames.ts";
import { PROTOCOL_CONTRACTS, solidityName } from "../recordFormat.ts";
import type { Comparison } from "./comparison.ts";
import type { History, SetDelay } from "./history.ts";

/** The parameter that names who holds a role. */
const HOLDER_KEYS = {
  admin: "administrator",
  governor: "governor",
  guardian: "guardian",
  platform: "platform",
} as const satisfies Record<RoleName, keyof Parameters>;

/** The name of a role, or its number. */
const nameOf = (role: bigint): string =>
  role === PUBLIC_ROLE ? "everybody" : (roleNameOf(role) ?? `role ${role.toString()}`);

const showSeconds = (delay: bigint) => `${delay.toString()} s`;
const NO_MEMBER = "no member";
const memberWith = (delay: bigint) => `member with a delay of ${showSeconds(delay)}`;

/**
 * Compares who holds which role, with which delay, and under whose control: everybody whom the parameters name, and
 * everybody who was ever granted a role.
 */
export async function roleComparisons(
  session: Session,
  parameters: Parameters,
  deployer: string,
  history: History,
): Promise<Comparison[]> {
  const { accessManager } = session.protocol;
  const { now } = session;
  const time = await timeOf(session);
  const ids = new Set([...Object.values(ROLES), ...history.granted.keys(), ...history.grantDelays.keys()]);
  const found: Comparison[] = [];
  for (const id of ids) {
    const role = roleNameOf(id);
    const holder = role === undefined ? undefined : parameters[HOLDER_KEYS[role]];
    const accounts = new Set([...(holder === undefined ? [] : [holder]), deployer, ...(history.granted.get(id) ?? [])]);
    for (const account of accounts) {
      const access = await accessManager.getAccess(id, account, now);
      found.push({
        group: account === deployer && account !== holder ? "deployer" : "roles",
        key: account === holder && role !== undefined ? HOLDER_KEYS[role] : `${nameOf(id)} ${account}`,
        expected: account === holder && role !== undefined ? memberWith(EXECUTION_DELAYS[role]) : NO_MEMBER,
        actual: describeAccess(access, time),
      });
    }
    const [admin, guardian, grantDelay] = await Promise.all([
      accessManager.getRoleAdmin(id, now),
      accessManager.getRoleGuardian(id, now),
      accessManager.getRoleGrantDelay(id, now),
    ]);
    const grantsWait = role !== undefined && WAITING_GRANTS.includes(role) ? GOVERNANCE_DELAY : 0n;
    const properties: [property: string, expected: string, actual: string][] = [
      ["granted by", nameOf(ROLES.admin), nameOf(admin)],
      ["cancelled by", nameOf(role === "governor" ? ROLES.guardian : ROLES.admin), nameOf(guardian)],
      ["grants wait", showSeconds(grantsWait), showSeconds(comingDelay(grantDelay, history.grantDelays.get(id), time))],
    ];
    for (const [property, expected, actual] of properties) {
      found.push({ group: "roles", key: `${nameOf(id)}: ${property}`, expected, actual });
    }
  }
  return found;
}

/** How an account stands to a role, in the words of what is expected. */
function describeAccess(
  {
    since,
    currentDelay,
    pendingDelay,
    effect,
  }: { since: bigint; currentDelay: bigint; pendingDelay: bigint; effect: bigint },
  time: bigint,
): string {
  if (since === 0n) return NO_MEMBER;
  const from = since > time ? `from ${showTime(since)} ` : "";
  const then = effect === 0n ? "" : `, from ${showTime(effect)} of ${showSeconds(pendingDelay)}`;
  return `${from}${memberWith(currentDelay)}${then}`;
}

/**
 * The delay that holds, or will: the AccessManager lets a longer delay hold only after five days, and tells of it until
 * then by an event alone.
 */
export const comingDelay = (now: bigint, set: SetDelay | undefined, time: bigint): bigint =>
  set !== undefined && set.since > time ? set.delay : now;

/** Compares who may call every function that changes something, and how long a change of that waits. */
export async function functionComparisons(session: Session, history: History): Promise<Comparison[]> {
  const { protocol, now } = session;
  const time = await timeOf(session);
  const found: Comparison[] = [];
  for (const contract of PROTOCOL_CONTRACTS) {
    const name = solidityName(contract);
    if (!isRestricted(name)) continue;
    const address = protocol.addresses[contract];
    const roles = rolesOfFunctions(name);
    const fragments = protocol[contract].interface.fragments.filter((fragment) => fragment.type === "function");
    const changing = fragments as unknown as { name: string; selector: string; stateMutability: string }[];
    const { accessManager } = protocol;
    const [adminDelay, isClosed, ...functions] = await Promise.all([
      accessManager.getTargetAdminDelay(address, now),
      accessManager.isTargetClosed(address, now),
      ...changing
        .filter(({ stateMutability }) => stateMutability === "nonpayable" || stateMutability === "payable")
        .map(async ({ name: fn, selector }): Promise<Comparison> => {
          const role = await accessManager.getTargetFunctionRole(address, selector, now);
          const expected = nameOf(ROLES[roles.get(fn) ?? "admin"]);
          return { group: "functions", key: `${name}.${fn}`, expected, actual: nameOf(role) };
        }),
    ]);
    found.push(...functions, {
      group: "functions",
      key: `${name}: changes of roles wait`,
      expected: showSeconds(GOVERNANCE_DELAY),
      actual: showSeconds(comingDelay(adminDelay, history.adminDelays.get(address), time)),
    });
    found.push({ group: "functions", key: `${name}: closed`, expected: "false", actual: String(isClosed) });
  }
  return found;
}

const isRestricted = (name: string): name is RestrictedContract => name in RESTRICTED_FUNCTIONS;

/** The role of each function of a contract in the role table. */
function rolesOfFunctions(name: RestrictedContract): Map<string, RoleName> {
  const byRole = Object.entries(RESTRICTED_FUNCTIONS[name]) as [RoleName, readonly string[]][];
  return new Map(byRole.flatMap(([role, functions]) => functions.map((fn) => [fn, role] as const)));
}

import { EXECUTION_DELAYS, GOVERNANCE_DELAY, ROLES } from "../../../deploy/config/roles.ts";
import type { RoleName } from "../../../deploy/config/roles.ts";
import type { Session } from "../chain/session.ts";
import { showDuration } from "../command/amounts.ts";
import { parseCall } from "./parseCall.ts";

/** The role that everybody has, as the AccessManager numbers it. */
const PUBLIC_ROLE = 2n ** 64n - 1n;

/**
 * What a scheduled call takes away of the delay or the veto that protect everybody from governance, one sentence each; none
 * for a call that leaves both as they are. The AccessManager lets its administrator do all of this after one delay.
 */
export function warningsOf({ protocol }: Pick<Session, "protocol">, target: string, data: string): string[] {
  const { accessManager, addresses } = protocol;
  if (target !== addresses.accessManager) return [];
  const parsed = parseCall(accessManager.interface, data);
  return parsed === null ? [] : warningsOfCall(parsed.name, parsed.args.toArray());

  function warningsOfCall(name: string, values: unknown[]): string[] {
    switch (name) {
      case "grantRole": {
        const [roleId, account, delay] = values as [bigint, string, bigint];
        return actsAtOnce(roleId) || delay >= GOVERNANCE_DELAY
          ? []
          : [
              `It gives ${account} the ${nameOfRole(roleId)} role with ${delayOf(delay)}, so that it acts without notice.`,
            ];
      }
      case "setGrantDelay": {
        const [roleId, delay] = values as [bigint, bigint];
        return delay >= GOVERNANCE_DELAY
          ? []
          : [`It lets whoever is granted the ${nameOfRole(roleId)} role act after ${delayOf(delay)}.`];
      }
      case "setTargetAdminDelay": {
        const [contract, delay] = values as [string, bigint];
        return delay >= GOVERNANCE_DELAY
          ? []
          : [`It lets the administrator change who may call ${contract} after ${delayOf(delay)}.`];
      }
      case "setTargetFunctionRole": {
        const [contract, , roleId] = values as [string, string[], bigint];
        return hasNotice(roleId)
          ? []
          : [
              `It lets the ${nameOfRole(roleId)} role call functions of ${contract}, and that role acts without notice.`,
            ];
      }
      case "setRoleAdmin": {
        const [roleId, admin] = values as [bigint, bigint];
        return admin === ROLES.admin
          ? []
          : [`It lets the ${nameOfRole(admin)} role grant the ${nameOfRole(roleId)} role, with any delay.`];
      }
      case "setRoleGuardian": {
        const [roleId, guardian] = values as [bigint, bigint];
        return guardian === ROLES.guardian
          ? []
          : [
              `It takes the guardian's veto over the ${nameOfRole(roleId)} role and gives it to ${nameOfRole(guardian)}.`,
            ];
      }
      case "updateAuthority": {
        const [contract, authority] = values as [string, string];
        return [`It hands ${contract} over to the authority ${authority}: all delays and roles of this one end there.`];
      }
      case "multicall": {
        const [calls] = values as [string[]];
        return calls.flatMap((call) => warningsOf({ protocol }, target, call));
      }
      default:
        return [];
    }
  }
}

/** Roles of the table whose members act at once by design: they only stop what comes in, or settle. */
const actsAtOnce = (roleId: bigint) => {
  const name = roleNameOf(roleId);
  return name !== undefined && EXECUTION_DELAYS[name] === 0n;
};

/** Roles of the table whose members wait. */
const hasNotice = (roleId: bigint) => {
  const name = roleNameOf(roleId);
  return name !== undefined && EXECUTION_DELAYS[name] >= GOVERNANCE_DELAY;
};

const roleNameOf = (roleId: bigint) => (Object.keys(ROLES) as RoleName[]).find((name) => ROLES[name] === roleId);

const nameOfRole = (roleId: bigint) =>
  roleId === PUBLIC_ROLE ? "public" : (roleNameOf(roleId) ?? `number ${roleId.toString()}`);

const delayOf = (delay: bigint) => (delay === 0n ? "no delay" : `a delay of only ${showDuration(delay)}`);

import { EXECUTION_DELAYS, GOVERNANCE_DELAY, ROLES } from "../../../deploy/config/roles.ts";
import type { Session } from "../chain/session.ts";
import { showDuration } from "../../../sdk/src/units/show.ts";
import { parseCall } from "./parseCall.ts";
import { nameOfRole, roleNameOf } from "./roleNames.ts";

/**
 * What a scheduled call takes away of the delay or the veto that protect everybody from governance, and whom it makes an
 * administrator, one sentence each; none for a call that leaves all of that as it is. The AccessManager lets its
 * administrator do all of this after one delay.
 */
export function warningsOf({ protocol }: Pick<Session, "protocol">, target: string, data: string): string[] {
  const { accessManager, addresses } = protocol;
  if (target !== addresses.accessManager) return [];
  const parsed = parseCall(accessManager.interface, data);
  return parsed === null ? [] : warningsOfCall(parsed.name, parsed.args.toArray());

  function warningsOfCall(fn: string, values: unknown[]): string[] {
    switch (fn) {
      case "grantRole":
        return warningsOfGrant(...(values as [bigint, string, bigint]));
      case "revokeRole": {
        const [roleId, account] = values as [bigint, string];
        if (roleId === ROLES.admin) {
          return [`It takes the admin role from ${account}, who can then change no role and no delay any more.`];
        }
        if (roleId !== ROLES.guardian) return [];
        return [`It takes the guardian role from ${account}, who could pause and cancel what the governor schedules.`];
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
      case "setTargetClosed": {
        const [contract, closed] = values as [string, boolean];
        return closed ? [`It closes ${contract}: no role can call it any more, not even to pause.`] : [];
      }
      case "setRoleAdmin": {
        const [roleId, admin] = values as [bigint, bigint];
        return admin === ROLES.admin
          ? [`It makes the admin role the administrator of the ${nameOfRole(roleId)} role, as the table says.`]
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

function warningsOfGrant(roleId: bigint, account: string, delay: bigint): string[] {
  const isAdmin = roleId === ROLES.admin;
  if (!actsAtOnce(roleId) && delay < GOVERNANCE_DELAY) {
    const given = `It gives ${account} the ${nameOfRole(roleId)} role with ${delayOf(delay)}, so that it acts without notice`;
    return [isAdmin ? `${given}, and administers everything.` : `${given}.`];
  }
  return isAdmin ? [`It makes ${account} an administrator, who can change every role and delay.`] : [];
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

const delayOf = (delay: bigint) => (delay === 0n ? "no delay" : `a delay of only ${showDuration(delay)}`);

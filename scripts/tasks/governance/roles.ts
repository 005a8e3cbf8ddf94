import { jsonTime } from "../../lib/command/amounts.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import { openSession } from "../../lib/chain/session.ts";
import type { Session } from "../../lib/chain/session.ts";
import type { Output } from "../../lib/command/output.ts";
import { pairsOf, tableOf } from "../../lib/command/table.ts";
import { readAccess } from "../../lib/governance/access.ts";
import type { Access, RoleMember, RoleState } from "../../lib/governance/access.ts";
import type { DelayChange } from "../../lib/governance/accessHistory.ts";
import { namedFunction } from "../../lib/governance/contractNames.ts";
import { nameOfRole } from "../../lib/governance/roleNames.ts";
import { describeDelay, memberDifference, tableDifferences } from "../../lib/governance/tableDifferences.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments {
  json: boolean;
}

/** `fomo roles`: who holds which role with which delay, what it may call, and what differs from the role table. */
export default runCommand("roles", async (_args: Arguments, context) => {
  const session = await openSession(context);
  const { out } = context;
  const access = await out.during("Reading the roles", readAccess(session));
  const differences = tableDifferences(session, access);

  out.say("Who holds which role:");
  out.say(
    tableOf(
      ["role", "holder", "since", "delay", ""],
      access.roles.flatMap((role) => memberRows(out, role)),
    ),
  );
  for (const role of access.roles) {
    out.say(`\nThe ${nameOfRole(role.id)} role:`);
    out.say(pairsOf(describeRole(session, role)));
  }
  out.say("\nHow long a change of who may call a contract is announced:");
  for (const { address, adminDelay, pendingAdminDelay, closed } of access.targets) {
    const delay = describeDelay(adminDelay, pendingAdminDelay);
    out.say(`  ${address}: ${delay}${closed ? "; it is closed, no role can call it" : ""}`);
  }
  out.say(differences.length === 0 ? "\nAll of it is as the role table says." : "\nWhat differs from the role table:");
  for (const difference of differences) out.say(`DIFFERS: ${difference}`);
  return jsonAccess(session, access, differences);
});

/** One row for each holder; one that says so if there is none. */
function memberRows(out: Output, role: RoleState): string[][] {
  const name = nameOfRole(role.id);
  if (role.members.length === 0) return [[name, "nobody", "", "", ""]];
  return role.members.map((member) => [
    name,
    out.inFull(member.account),
    out.inFull(member.isMember ? showTime(member.since) : `only from ${showTime(member.since)}`),
    out.inFull(describeDelay(member.delay, member.pending)),
    memberDifference(role.id, member) ?? "",
  ]);
}

function describeRole(session: Session, role: RoleState): Record<string, string> {
  const functions = role.functions.map(({ target, selector }) => namedFunction(session, target, selector));
  return {
    "is granted by": `the ${nameOfRole(role.admin)} role; a grant holds after ${describeDelay(role.grantDelay, role.pendingGrantDelay)}`,
    "is vetoed by": `the ${nameOfRole(role.guardian)} role`,
    "may call": functions.length === 0 ? "no function of the protocol's contracts" : functions.join(", "),
  };
}

/** All of it in a JSON document. */
function jsonAccess(session: Session, access: Access, differences: string[]) {
  return {
    deployer: access.deployer,
    roles: access.roles.map((role) => ({
      roleId: role.id.toString(),
      role: nameOfRole(role.id),
      members: role.members.map(jsonMember),
      admin: nameOfRole(role.admin),
      guardian: nameOfRole(role.guardian),
      grantDelaySeconds: Number(role.grantDelay),
      pendingGrantDelay: jsonPending(role.pendingGrantDelay),
      functions: role.functions.map(({ target, selector }) => ({
        target,
        selector,
        function: namedFunction(session, target, selector),
      })),
    })),
    targets: access.targets.map(({ address, adminDelay, pendingAdminDelay, closed }) => ({
      target: address,
      adminDelaySeconds: Number(adminDelay),
      pendingAdminDelay: jsonPending(pendingAdminDelay),
      closed,
    })),
    differences,
  };
}

const jsonMember = ({ account, since, isMember, delay, pending }: RoleMember) => ({
  account,
  ...jsonTime("since", since),
  isMember,
  delaySeconds: Number(delay),
  pendingDelay: jsonPending(pending),
});

const jsonPending = (pending: DelayChange | null) =>
  pending === null ? null : { delaySeconds: Number(pending.delay), ...jsonTime("since", pending.since) };

import { ROLES } from "../../../deploy/config/roles.ts";
import { describeSeat, seatOf } from "../../../sdk/src/names/seats.ts";
import type { Session } from "../chain/session.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import type { Access, RoleMember } from "./access.ts";
import type { FinalHolders } from "./finalHolders.ts";
import { formerMembers } from "./handover.ts";
import { ROLE_NAMES, nameOfRole } from "./roleNames.ts";
import { describeDelay, memberDifference, roleIn } from "./tableDifferences.ts";

/** One role beside its final holder, for people and machines. */
export interface HeldRole {
  role: string;
  holder: string;
  /** How it holds the role; null if it does not. */
  member: RoleMember | null;
  /** Whether it holds the role alone, now, with the delay of the role table. */
  isFinal: boolean;
}

/** How every role stands to its final holder. */
export function heldRoles(access: Access, finals: FinalHolders): HeldRole[] {
  return ROLE_NAMES.map((role) => {
    const { members } = roleIn(access, ROLES[role]);
    const member = members.find(({ account }) => account === finals[role]);
    const holds = member?.isMember === true && member.pending === null;
    return {
      role,
      holder: finals[role],
      member: member ?? null,
      isFinal: holds && members.length === 1 && memberDifference(ROLES[role], member) === undefined,
    };
  });
}

/**
 * What is missing until every role has exactly its final holder with its delay, and neither the deployer nor any former
 * holder has anything left, one sentence each; nothing if that is so.
 */
export async function handoverRemains(session: Session, access: Access, finals: FinalHolders): Promise<string[]> {
  const found: string[] = [];
  for (const role of ROLE_NAMES) {
    const member = roleIn(access, ROLES[role]).members.find(({ account }) => account === finals[role]);
    if (member === undefined) {
      found.push(`${finals[role]} does not hold the ${role} role.`);
      continue;
    }
    if (!member.isMember) found.push(`${finals[role]} holds the ${role} role only from ${showTime(member.since)}.`);
    const difference = memberDifference(ROLES[role], member);
    if (difference !== undefined || member.pending !== null) {
      const why = difference === undefined ? "" : `: ${difference}`;
      found.push(`${finals[role]} holds the ${role} role with ${describeDelay(member.delay, member.pending)}${why}.`);
    }
  }
  for (const { roleId, account } of formerMembers(access, finals)) {
    found.push(`${account} still holds the ${nameOfRole(roleId)} role.`);
  }
  for (const seat of await protocolSeats(session)) {
    if ((await session.protocol.registry.holderOf(seat)) === access.deployer) {
      found.push(
        `The deployer ${access.deployer} holds ${describeSeat(BigInt(seat))}: hand it over with \`fomo seat\`.`,
      );
    }
  }
  return found;
}

/** The seats that belong to no model: what is paid to them is the protocol's, or a provider's. */
async function protocolSeats({ protocol: { registry } }: Session): Promise<string[]> {
  const tierCount = await registry.tierCount();
  const tiers = Array.from({ length: Number(tierCount) }, (_, index) => BigInt(index + 1));
  const providers = await Promise.all(tiers.map(async (tierId) => await registry.providerSeatOf(tierId)));
  return [seatOf("treasury", 0n), seatOf("buyback-flock", 0n), ...providers];
}

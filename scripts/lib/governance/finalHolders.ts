import { resolve } from "node:path";

import { ZeroAddress } from "ethers";

import { readParameters } from "../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../deploy/config/parameters.ts";
import { ROLES } from "../../../deploy/config/roles.ts";
import type { RoleName } from "../../../deploy/config/roles.ts";
import { isLocal } from "../chain/identity.ts";
import { addressOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";
import type { Access } from "./access.ts";
import { contractAt } from "./contractNames.ts";
import { ROLE_NAMES, nameOfRole } from "./roleNames.ts";
import { roleIn } from "./tableDifferences.ts";
import { requireSameChain } from "./unchanged.ts";

/** Who is to hold each role in the end, alone. */
export type FinalHolders = Record<RoleName, string>;

/** What parameter files and options call the holder of each role. */
export const HOLDER_KEYS = {
  admin: "administrator",
  governor: "governor",
  guardian: "guardian",
  platform: "platform",
} as const satisfies Record<RoleName, keyof Parameters>;

/** Options that name final holders. */
export type HolderArguments = Record<(typeof HOLDER_KEYS)[RoleName] | "parameters", string | undefined>;

/** Final holders as they were named: in a parameter file, or some of them one by one. */
export type WantedHolders = { kind: "file"; parameters: Parameters } | { kind: "named"; named: HolderArguments };

/** Reads who is meant, and the file that says so. */
export function parseHolders(args: HolderArguments): WantedHolders {
  const isNamed = ROLE_NAMES.some((role) => args[HOLDER_KEYS[role]] !== undefined);
  if (isNamed === (args.parameters !== undefined)) {
    throw new CommandError(
      "Say who is to hold the roles: either --parameters with a file, or some of --administrator, --governor, --guardian and --platform.",
    );
  }
  return args.parameters === undefined
    ? { kind: "named", named: args }
    : { kind: "file", parameters: readParameters(resolve(args.parameters)) };
}

/**
 * The final holder of each role; who is not named one by one stays.
 * @throws CommandError if somebody is named with whom the roles would protect nobody, or nobody is where several hold a role.
 */
export async function finalHolders(session: Session, wanted: WantedHolders, access: Access): Promise<FinalHolders> {
  if (wanted.kind === "file") requireSameChain(session, wanted.parameters);
  requireAdministered(access);
  const finals: Partial<FinalHolders> = {};
  for (const role of ROLE_NAMES) {
    const key = HOLDER_KEYS[role];
    if (wanted.kind === "file") {
      finals[role] = wanted.parameters[key];
      continue;
    }
    const typed = wanted.named[key];
    finals[role] = typed === undefined ? presentHolder(access, role) : await addressOf(session, `--${key}`, typed);
  }
  requireSensible(session, access, finals as FinalHolders);
  return finals as FinalHolders;
}

/** Who holds a role alone. */
function presentHolder(access: Access, role: RoleName): string {
  const [member, ...others] = roleIn(access, ROLES[role]).members;
  if (member !== undefined && others.length === 0) return member.account;
  const count = member === undefined ? "nobody holds" : `${(others.length + 1).toString()} accounts hold`;
  throw new CommandError(`Now ${count} the ${role} role: name its final holder with --${HOLDER_KEYS[role]}.`);
}

/**
 * Refuses a hand-over of roles that others than the administrator grant: they could take everything back.
 * @throws CommandError naming the role.
 */
function requireAdministered(access: Access): void {
  for (const role of ROLE_NAMES) {
    const { admin } = roleIn(access, ROLES[role]);
    if (admin === ROLES.admin) continue;
    throw new CommandError(
      `The ${role} role is granted and revoked by the ${nameOfRole(admin)} role: let the administrator take that back first, with setRoleAdmin of the AccessManager.`,
    );
  }
}

/** Refuses holders with whom a role could not act, or protects nobody from another. */
function requireSensible(session: Session, access: Access, finals: FinalHolders): void {
  for (const role of ROLE_NAMES) {
    const key = HOLDER_KEYS[role];
    const holder = finals[role];
    const contract = contractAt(session, holder);
    if (holder === ZeroAddress)
      throw new CommandError(`\`${key}\` is the zero address, which can never act: name another.`);
    if (holder === access.deployer) {
      throw new CommandError(`\`${key}\` is the deployer ${holder}, which is to have nothing left: name another.`);
    }
    if (contract !== undefined) {
      throw new CommandError(
        `\`${key}\` is the protocol's own contract ${contract}, which can never act: name another.`,
      );
    }
  }
  const { admin, governor, guardian, platform } = finals;
  if (guardian === governor) {
    throw new CommandError(
      `\`guardian\` and \`governor\` are both ${guardian}, so that nobody else could cancel what it schedules: name another for one of them.`,
    );
  }
  if ([admin, governor, guardian].includes(platform)) {
    throw new CommandError(
      `\`platform\` is ${platform}, which is to govern, too, although the platform's key is in use all day: name another for one of them.`,
    );
  }
}

/** What is unwise about final holders and yet possible, one sentence each. */
export async function holderWarnings({ chainId, connection }: Session, { admin }: FinalHolders): Promise<string[]> {
  if (isLocal(chainId) || (await connection.ethers.provider.getCode(admin)) !== "0x") return [];
  return [
    `The administrator ${admin} is no contract on this chain, so that one key can change every role after 48 hours: name a multisig.`,
  ];
}

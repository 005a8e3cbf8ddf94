import { RESTRICTED_FUNCTIONS } from "../../../deploy/config/roles.ts";
import type { RestrictedContract } from "../../../deploy/config/roles.ts";
import type { ProtocolAddresses } from "../../../deploy/config/deployed.ts";
import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { accessHistory } from "./accessHistory.ts";
import type { AccessHistory, DelayChange, GivenFunction } from "./accessHistory.ts";
import { roleNameOf } from "./roleNames.ts";

/** Under which name the commands know each contract with restricted functions. */
export const RESTRICTED_CONTRACTS: Record<RestrictedContract, keyof ProtocolAddresses> = {
  ModelRegistry: "registry",
  RealModelOffering: "offering",
  ModelStaking: "staking",
  InferenceMeter: "meter",
  Buyback: "buyback",
  EmissionDistributor: "emissions",
};

/** Who holds a role. */
export interface RoleMember {
  account: string;
  /** From when on [s]; may be in the future. */
  since: bigint;
  /** Whether it can act now. */
  isMember: boolean;
  /** How long what it does must be announced [s]. */
  delay: bigint;
  /** Another delay that will hold; null if there is none. */
  pending: DelayChange | null;
}

/** A role as the AccessManager has it. */
export interface RoleState {
  id: bigint;
  members: RoleMember[];
  /** The role whose members grant and revoke it. */
  admin: bigint;
  /** The role whose members can cancel what it has scheduled. */
  guardian: bigint;
  /** How long a grant waits before it holds [s]. */
  grantDelay: bigint;
  pendingGrantDelay: DelayChange | null;
  functions: GivenFunction[];
}

/** A contract whose functions roles may call. */
export interface TargetState {
  address: string;
  /** How long a change of its roles must be announced at least [s]. */
  adminDelay: bigint;
  pendingAdminDelay: DelayChange | null;
  /** Whether no role can call it. */
  closed: boolean;
}

/** Who may do what: everything that the AccessManager decides. */
export interface Access {
  deployer: string;
  /** When this was read, by the chain's clock [s]. */
  time: bigint;
  roles: RoleState[];
  targets: TargetState[];
  /** Everybody who has ever been granted a role of the table. */
  holders: string[];
}

/** Reads who may do what. Events say about whom and what to ask; what holds is what the views answer. */
export async function readAccess(session: Session): Promise<Access> {
  const history = await accessHistory(session);
  const time = await timeOf(session);
  const { accessManager } = session.protocol;
  const functions = await Promise.all(
    restrictedFunctions(session, history).map(async ({ target, selector }) => ({
      target,
      selector,
      roleId: await accessManager.getTargetFunctionRole(target, selector, session.now),
    })),
  );
  const roleIds = [...new Set([...history.roleIds, ...functions.map(({ roleId }) => roleId)])];
  const roles = await Promise.all(
    roleIds.map(async (id): Promise<RoleState> => {
      const accounts = history.granted.filter(({ roleId }) => roleId === id).map(({ account }) => account);
      const [admin, guardian, grantDelay, members] = await Promise.all([
        accessManager.getRoleAdmin(id, session.now),
        accessManager.getRoleGuardian(id, session.now),
        accessManager.getRoleGrantDelay(id, session.now),
        Promise.all(accounts.map((account) => memberOf(session, id, account))),
      ]);
      return {
        id,
        members: members.filter(({ since }) => since !== 0n),
        admin,
        guardian,
        grantDelay,
        pendingGrantDelay: pendingAt(time, history.grantDelays.get(id)),
        functions: functions.filter(({ roleId }) => roleId === id),
      };
    }),
  );
  const addresses = [...new Set([...functions.map(({ target }) => target), ...history.targetDelays.keys()])];
  const targets = await Promise.all(
    addresses.map(async (address): Promise<TargetState> => {
      const [adminDelay, closed] = await Promise.all([
        accessManager.getTargetAdminDelay(address, session.now),
        accessManager.isTargetClosed(address, session.now),
      ]);
      return { address, adminDelay, pendingAdminDelay: pendingAt(time, history.targetDelays.get(address)), closed };
    }),
  );
  const inTable = history.granted.filter(({ roleId }) => roleNameOf(roleId) !== undefined);
  const holders = [...new Set(inTable.map(({ account }) => account))];
  return { deployer: history.deployer, time, roles, targets, holders };
}

/** How an account stands to a role; `since` is 0 if it does not hold it. */
export async function memberOf(session: Session, roleId: bigint, account: string): Promise<RoleMember> {
  const { accessManager } = session.protocol;
  const [[isMember], [since, delay, pendingDelay, effect]] = await Promise.all([
    accessManager.hasRole(roleId, account, session.now),
    accessManager.getAccess(roleId, account, session.now),
  ]);
  const pending = effect === 0n ? null : { delay: pendingDelay, since: effect };
  return { account, since, isMember, delay, pending };
}

/** Who holds a role and can act now. */
export async function holdersOf(session: Session, roleId: bigint): Promise<string[]> {
  const { granted } = await accessHistory(session);
  const members = await Promise.all(
    granted.filter((grant) => grant.roleId === roleId).map(({ account }) => memberOf(session, roleId, account)),
  );
  return members.filter(({ isMember }) => isMember).map(({ account }) => account);
}

/** Who holds a role alone; undefined if several do, or nobody. */
export async function soleHolderOf(session: Session, roleId: bigint): Promise<string | undefined> {
  const holders = await holdersOf(session, roleId);
  return holders.length === 1 ? holders[0] : undefined;
}

/** The functions of the role table, and all others that were ever given to a role. */
function restrictedFunctions({ protocol }: Session, history: AccessHistory): GivenFunction[] {
  const functions = new Map<string, GivenFunction>();
  const add = (given: GivenFunction) => functions.set(`${given.target} ${given.selector}`, given);
  for (const [contract, byRole] of Object.entries(RESTRICTED_FUNCTIONS)) {
    const name = RESTRICTED_CONTRACTS[contract as RestrictedContract];
    for (const fn of Object.values(byRole as Record<string, readonly string[]>).flat()) {
      add({ target: protocol.addresses[name], selector: protocol[name].interface.getFunction(fn as never).selector }); // the role tests check that it exists
    }
  }
  history.functions.forEach(add);
  return [...functions.values()];
}

/** The change of a delay that does not hold yet; null if there is none. */
const pendingAt = (time: bigint, change: DelayChange | undefined): DelayChange | null =>
  change !== undefined && change.since > time ? change : null;

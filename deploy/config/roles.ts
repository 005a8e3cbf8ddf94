/**
 * The role table: who may call which restricted function, and with which delay. The deployment applies it; the role tests
 * check every row of it, and that no restricted function of a contract is missing here (the AccessManager would leave
 * such a function to the administrator).
 */

/** Role ids in the AccessManager. `admin` is OpenZeppelin's own: it administers the AccessManager. */
export const ROLES = {
  admin: 0n,
  governor: 1n,
  guardian: 2n,
  platform: 3n,
} as const;

/** What the deployment and the tests call a role; the AccessManager knows it by its id. */
export type RoleName = keyof typeof ROLES;

/** Delay between scheduling and execution of what governance does [s]. */
export const GOVERNANCE_DELAY = 48n * 60n * 60n;

/** Execution delay of each role's member [s]. The guardian only stops what comes in, and does so at once. */
export const EXECUTION_DELAYS: Record<RoleName, bigint> = {
  admin: GOVERNANCE_DELAY,
  governor: GOVERNANCE_DELAY,
  guardian: 0n,
  platform: 0n,
};

/** Roles whose grants wait as long as governance does; the AccessManager delays the administrator's by itself. */
export const WAITING_GRANTS: readonly RoleName[] = ["governor", "guardian", "platform"];

/** How long a grant of a role waits [s]. */
export const grantDelayOf = (role: RoleName): bigint => (WAITING_GRANTS.includes(role) ? GOVERNANCE_DELAY : 0n);

/** Which role may cancel what another one has scheduled: the AccessManager's administrator, unless something else is set. */
export const GUARDIANS: Record<RoleName, RoleName> = {
  admin: "admin",
  governor: "guardian",
  guardian: "admin",
  platform: "admin",
};

/** Restricted functions by contract and role. */
export const RESTRICTED_FUNCTIONS = {
  ModelRegistry: {
    governor: ["addTier", "changeTier", "nameProvider", "nameBuybackHolder"],
    platform: ["setApiId"],
  },
  RealModelOffering: {
    governor: ["setOfferingSettings"],
    guardian: ["pauseLaunches", "unpauseLaunches", "pauseBuys", "unpauseBuys"],
  },
  ModelStaking: {
    governor: ["setDiscountSettings"],
  },
  InferenceMeter: {
    guardian: ["pauseDeposits", "unpauseDeposits"],
    platform: ["depositCredit", "settle", "settleCard"],
  },
  Buyback: {
    governor: ["setRoute", "setBuybackSettings"],
    guardian: ["pauseBuybacks", "unpauseBuybacks"],
  },
  EmissionDistributor: {
    governor: ["setEmissionSettings", "setMinimumStake"],
  },
} as const satisfies Record<string, Partial<Record<Exclude<RoleName, "admin">, readonly string[]>>>;

/** A contract with functions that only a role may call. */
export type RestrictedContract = keyof typeof RESTRICTED_FUNCTIONS;

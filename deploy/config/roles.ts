/**
 * The role table: who may call which restricted function, and with which delay. The deployment applies it and the role
 * tests check every row of it; a restricted function that is missing here fails both.
 */

/** Role ids in the AccessManager. `admin` is OpenZeppelin's own: it administers roles and nothing else. */
export const ROLES = {
  admin: 0n,
  governor: 1n,
  guardian: 2n,
} as const;

export type RoleName = keyof typeof ROLES;

/** Delay between scheduling and execution of what governance does [s]. */
export const GOVERNANCE_DELAY = 48n * 60n * 60n;

/** Execution delay of each role's member [s]. The guardian only stops what comes in, at once. */
export const EXECUTION_DELAYS: Record<RoleName, bigint> = {
  admin: GOVERNANCE_DELAY,
  governor: GOVERNANCE_DELAY,
  guardian: 0n,
};

/** Restricted functions by contract and role. */
export const RESTRICTED_FUNCTIONS = {
  ModelRegistry: {
    governor: ["addTier", "changeTier", "nameProvider"],
  },
  RealModelOffering: {
    governor: ["setOfferingSettings"],
    guardian: ["pauseLaunches", "unpauseLaunches", "pauseBuys", "unpauseBuys"],
  },
} as const satisfies Record<string, Partial<Record<Exclude<RoleName, "admin">, readonly string[]>>>;

export type RestrictedContract = keyof typeof RESTRICTED_FUNCTIONS;

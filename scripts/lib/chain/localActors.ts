/** Who the first accounts of a local chain are, by their index; the roles are those of deploy/parameters/local.json5. */
export const LOCAL_ACTORS = [
  "deployer",
  "administrator",
  "guardian",
  "treasury",
  "provider",
  "alice",
  "bob",
  "carol",
  "dave",
  "keeper",
  "stranger",
] as const;

/**
 * Actors who are somebody else as well. The platform's account is Alice's: it submits, whoever the issuer is. The
 * governor's is the administrator's.
 */
export const LOCAL_ALIASES: Partial<Record<string, (typeof LOCAL_ACTORS)[number]>> = {
  platform: "alice",
  governor: "administrator",
};

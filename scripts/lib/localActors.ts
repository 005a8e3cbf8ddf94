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

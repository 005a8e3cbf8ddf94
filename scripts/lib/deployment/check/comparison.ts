/** What is compared, in the order in which it is shown. */
export const GROUPS = [
  "code",
  "immutables",
  "wiring",
  "settings",
  "first tier",
  "seats",
  "roles",
  "functions",
  "deployer",
] as const;
/** A kind of things that are compared. */
export type Group = (typeof GROUPS)[number];

/** What nobody can change after the deployment: a difference means that something else was deployed. */
const FIXED: ReadonlySet<Group> = new Set(["code", "immutables", "wiring", "deployer"]);

/** Something that was read back, beside what it must be; both written alike, as a parameter file writes it. */
export interface Comparison {
  group: Group;
  /** What it is; a parameter by its key. */
  key: string;
  expected: string;
  actual: string;
}

/** Whether the chain has what was expected. */
export const agrees = ({ expected, actual }: Comparison): boolean => expected === actual;

/** Whether a difference cannot have come about by governance or by the holder of a seat. */
export const isFault = (comparison: Comparison): boolean => FIXED.has(comparison.group) && !agrees(comparison);

/** What was compared and what was not. */
export interface Check {
  comparisons: Comparison[];
  /** Why the rest was not compared; undefined if everything was. */
  cutShort: string | undefined;
}

/** What differs. */
export const differencesIn = ({ comparisons }: Check): Comparison[] => comparisons.filter((one) => !agrees(one));

/** Whether everything was compared and agrees. */
export const isClean = (check: Check): boolean => check.cutShort === undefined && differencesIn(check).length === 0;

import type { Parameters } from "../../../../deploy/config/parameters.ts";
import type { Change } from "../../governance/changes.ts";
import type { Comparison } from "./comparison.ts";

/** Parameters that are no settings: they are compared as immutables, roles, seats or terms of the first tier. */
const OTHERS = [
  "chainId",
  "flock",
  "usdc",
  "dexFactory",
  "administrator",
  "governor",
  "guardian",
  "platform",
  "treasury",
  "flockBurns",
  "pairFeeBps",
  "firstTier",
] as const satisfies (keyof Parameters)[];

/** The parameters that governance can change by a proposal of settings. */
export type SettingKey = Exclude<keyof Parameters, (typeof OTHERS)[number]>;

const isSetting = (key: string): key is SettingKey => !(OTHERS as readonly string[]).includes(key);

/** The keys of all settings in a parameter file. */
export const settingKeys = (parameters: Parameters): SettingKey[] => Object.keys(parameters).filter(isSetting);

/**
 * Compares every setting with the parameters.
 * @param changes What a proposal of these parameters would change.
 */
export function settingComparisons(parameters: Parameters, changes: readonly Change[]): Comparison[] {
  const changed = new Map(changes.flatMap(({ values }) => values.map((value) => [value.key, value] as const)));
  return settingKeys(parameters).map((key) => {
    const value = parameters[key];
    const agreed = typeof value === "object" ? JSON.stringify(value) : String(value);
    const { from, to } = changed.get(key) ?? { from: agreed, to: agreed };
    return { group: "settings", key, expected: to, actual: from ?? "nothing" };
  });
}

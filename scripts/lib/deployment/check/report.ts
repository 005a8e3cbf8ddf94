import type { Output } from "../../command/output.ts";
import { pairsOf, tableOf } from "../../command/table.ts";
import { GROUPS, agrees, differencesIn, isClean, isFault } from "./comparison.ts";
import type { Check, Group } from "./comparison.ts";

/** How many things of each kind were compared, and how many of them differ. */
export function countsIn({ comparisons }: Check): { group: Group; compared: number; differing: number }[] {
  return GROUPS.map((group) => {
    const all = comparisons.filter((one) => one.group === group);
    return { group, compared: all.length, differing: all.filter((one) => !agrees(one)).length };
  }).filter(({ compared }) => compared !== 0);
}

/** Says what was compared and what differs. */
export function describeCheck(out: Output, check: Check): void {
  const counts = countsIn(check).map(({ group, compared, differing }) => [
    group,
    differing === 0 ? `${compared.toString()} agree` : `${differing.toString()} of ${compared.toString()} differ`,
  ]);
  out.say(pairsOf(Object.fromEntries(counts) as Record<string, string>));
  const differences = differencesIn(check);
  const faults = differences.filter(isFault);
  const changed = differences.filter((one) => !isFault(one));
  const shown = (rows: typeof differences) =>
    tableOf(
      ["", "what", "expected", "on the chain"],
      rows.map(({ group, key, expected, actual }) => [group, key, expected, actual]),
    );
  if (faults.length !== 0) {
    out.say("\nFAULT: this is not what the parameters deploy, and nobody can have changed it since:");
    out.say(shown(faults));
  }
  if (changed.length !== 0) {
    out.say("\nThis differs from the parameters; governance, the administrator or a holder may have changed it since:");
    out.say(shown(changed));
  }
  if (check.cutShort !== undefined) out.say(`\nThe check was cut short: ${check.cutShort}.`);
  if (isClean(check)) out.say(`\nAll ${check.comparisons.length.toString()} are as the parameters say.`);
}

/** A check as a JSON document tells it. */
export function jsonCheck(check: Check) {
  return {
    agrees: isClean(check),
    counts: countsIn(check),
    differences: differencesIn(check).map((one) => ({ ...one, fault: isFault(one) })),
    cutShort: check.cutShort ?? null,
  };
}

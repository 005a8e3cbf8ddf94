import type { DueWork } from "../../../sdk/src/actions/due.ts";

/**
 * The works in the order of their kinds, and those of one kind from another place on for each account: two keepers that find
 * the same at the same moment begin at different models, and seldom pay for what the other one does. Lots of FLOCK keep
 * their order, of which only the first is bought.
 * @param works In the order of `dueWork`.
 */
export function orderFor(account: string, works: readonly DueWork[]): DueWork[] {
  const ordered: DueWork[] = [];
  for (let first = 0; first < works.length;) {
    const { kind } = works[first]!; // there is one
    const group = works.slice(first).filter((work) => work.kind === kind);
    const start = kind === "buyFlock" ? 0 : Number(BigInt(account) % BigInt(group.length));
    ordered.push(...group.slice(start), ...group.slice(0, start));
    first += group.length;
  }
  return ordered;
}

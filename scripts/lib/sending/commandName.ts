import { hash } from "node:crypto";

/** Options that change how a command tells or sends, and not what it does. */
const MANNERS = new Set(["json", "yes", "dryRun", "priorityFeeGwei", "maxGas"]);

/**
 * What a command was asked for: a second run that has the same name is meant to do the same. Of what it was asked for only a
 * hash is told, because a password may be among it, and the name stands in the journal.
 */
export function nameOfCommand(name: string, args: object): string {
  const asked = Object.entries(args).filter(([option, value]) => !MANNERS.has(option) && value !== undefined);
  return `${name} ${hash("sha256", JSON.stringify(asked))}`;
}

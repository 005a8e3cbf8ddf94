import { parseWhole } from "./amounts.ts";
import { CommandError } from "./commandError.ts";
import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";

const DEFAULT_MINUTES = "20";
const MOST_MINUTES = 1_440n;

/** Reads `--max-minutes` or `--deadline`, before anything is connected. */
export function parseDeadline(args: { maxMinutes: string | undefined; deadline?: string | undefined }) {
  if (args.maxMinutes !== undefined && args.deadline !== undefined) {
    throw new CommandError("Name either --max-minutes or --deadline, not both.");
  }
  const fixed = args.deadline === undefined ? undefined : parseWhole("--deadline", args.deadline, 1n, 2n ** 40n);
  const minutes = parseWhole("--max-minutes", args.maxMinutes ?? DEFAULT_MINUTES, 1n, MOST_MINUTES);
  /** Last moment of execution [s], by the chain's clock. */
  return async (session: Session): Promise<bigint> => fixed ?? (await timeOf(session)) + minutes * 60n;
}

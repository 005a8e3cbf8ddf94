import { parseWhole } from "./amounts.ts";
import { CommandError } from "./commandError.ts";

const DEFAULT_MINUTES = "20";
const MAX_MINUTES = 1_440n;
/** Far beyond every date of the protocol [s]. */
const MAX_TIME = 2n ** 40n;

/** Until when a transaction may be executed: a fixed moment [s], or so many seconds after it is sent. */
export type Deadline = { kind: "fixed"; at: bigint } | { kind: "within"; seconds: bigint };

/** Reads `--max-minutes` or `--deadline`. */
export function parseDeadline(args: { maxMinutes: string | undefined; deadline?: string | undefined }): Deadline {
  const { maxMinutes, deadline } = args;
  if (maxMinutes !== undefined && deadline !== undefined) {
    throw new CommandError("Name either --max-minutes or --deadline, not both.");
  }
  if (deadline !== undefined) return { kind: "fixed", at: parseWhole("--deadline", deadline, 1n, MAX_TIME) };
  const minutes = parseWhole("--max-minutes", maxMinutes ?? DEFAULT_MINUTES, 1n, MAX_MINUTES);
  return { kind: "within", seconds: minutes * 60n };
}

/** The last moment of execution, if it is `now` by the chain's clock [s]. */
export const deadlineAt = (deadline: Deadline, now: bigint): bigint =>
  deadline.kind === "fixed" ? deadline.at : now + deadline.seconds;

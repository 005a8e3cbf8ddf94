import { dayOf, EPOCH_DURATION, epochAt } from "../../../sdk/src/emissions/epochs.ts";
import { typedText } from "../../../sdk/src/text/plainText.ts";
import { CommandError } from "../command/commandError.ts";

/** Days (UTC), both of them included. */
export interface Days {
  from: string;
  to: string;
}

/** How many days a report covers at most. */
const MAX_DAYS = 366n;

/** How many it covers if nobody says it: with today. */
const USUAL_DAYS = 7n;

/**
 * The days that options name: up to today, and a week of them, if they name none.
 * @param now [s]
 * @throws CommandError if one is no day, or they are in the wrong order or too many.
 */
export function parseDays(from: string | undefined, to: string | undefined, now: bigint): Days {
  const last = to === undefined ? epochAt(now) : epochOf("--to-day", to);
  const first = from === undefined ? last - (USUAL_DAYS - 1n) : epochOf("--from-day", from);
  if (first > last) throw new CommandError(`--from-day is after --to-day: name ${dayOf(last)} or a day before it.`);
  if (last - first >= MAX_DAYS) {
    throw new CommandError(`These are ${(last - first + 1n).toString()} days: name ${MAX_DAYS.toString()} at most.`);
  }
  return { from: dayOf(first), to: dayOf(last) };
}

/** The first moment of the first day, and the first one after the last [s]. */
export const momentsOf = ({ from, to }: Days): { since: bigint; until: bigint } => ({
  since: epochOf("--from-day", from) * EPOCH_DURATION,
  until: (epochOf("--to-day", to) + 1n) * EPOCH_DURATION,
});

function epochOf(option: string, typed: string): bigint {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(`${typed}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(typed)) return epochAt(BigInt(time / 1_000));
  throw new CommandError(`${option} is "${typedText(typed)}": write a day such as 2027-01-31.`);
}

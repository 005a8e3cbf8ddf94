import { PAUSABLE } from "../../../sdk/src/actions/governance.ts";
import { jsonTime } from "../command/amounts.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import type { Session } from "../chain/session.ts";

/** Until when each is paused [s]; 0 if it is not. */
export type Pauses = Record<(typeof PAUSABLE)[number], bigint>;

/** Reads every pause, as of now. */
export async function pausesOf({ protocol: { offering, meter, buyback }, now }: Session): Promise<Pauses> {
  const [launches, buys, deposits, buybacks] = await Promise.all([
    offering.launchesPausedUntil(now),
    offering.buysPausedUntil(now),
    meter.depositsPausedUntil(now),
    buyback.buybacksPausedUntil(now),
  ]);
  return { launches, buys, deposits, buybacks };
}

/** Pauses for people. */
export const describePauses = (pauses: Pauses): Record<string, string> =>
  Object.fromEntries(
    PAUSABLE.map((what) => [
      what,
      pauses[what] === 0n ? "open" : `paused until ${showTime(pauses[what])} at the latest`,
    ]),
  );

/** Pauses in a JSON document: moments, or null. */
export function jsonPauses(pauses: Pauses) {
  const until = <What extends keyof Pauses>(what: What) => jsonTime(what, pauses[what] === 0n ? null : pauses[what]);
  return { ...until("launches"), ...until("buys"), ...until("deposits"), ...until("buybacks") };
}

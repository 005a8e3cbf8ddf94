import { setTimeout as sleep } from "node:timers/promises";

import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { jsonTime, showTime } from "../command/amounts.ts";
import type { Acceptance } from "./lots.ts";
import { buybackRound } from "./round.ts";
import type { Round } from "./round.ts";

/** The shortest nap, so that a lot which somebody else keeps from us does not keep us busy [s]. */
const SHORTEST_NAP = 5n;
/** The longest nap between two rounds [s]: new revenue comes without notice. */
const LONGEST_NAP = 60n;

/** Rounds until Ctrl-C, or one. */
export async function watchBuybacks(session: Session, signer: Signer, acceptance: Acceptance, once: boolean) {
  const { out } = session;
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  out.say(`Buying back on ${session.networkName} as ${signer.address}${once ? ", one round" : "; Ctrl-C stops it"}.`);
  const done: Pick<Round, "poked" | "bought"> = { poked: [], bought: [] };
  try {
    for (;;) {
      const round = await buybackRound(session, signer, acceptance);
      done.poked.push(...round.poked);
      done.bought.push(...round.bought);
      const { nextAt } = round;
      const isNews = once || round.poked.length + round.bought.length !== 0;
      if (isNews) out.say(nextAt === undefined ? "Nothing is on its way." : `Next: ${showTime(nextAt)}.`);
      if (!once) await nap(nextAt === undefined ? LONGEST_NAP : nextAt - (await timeOf(session)), stopping.signal);
      if (once || stopping.signal.aborted) {
        return { ...done, waiting: round.waiting, ...jsonTime("nextAt", nextAt ?? null) };
      }
    }
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** Sleeps for some seconds, or until the signal. */
async function nap(seconds: bigint, signal: AbortSignal): Promise<void> {
  const bounded = seconds < SHORTEST_NAP ? SHORTEST_NAP : seconds > LONGEST_NAP ? LONGEST_NAP : seconds;
  try {
    await sleep(Number(bounded) * 1000, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

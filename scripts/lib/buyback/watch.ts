import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { jsonTime } from "../command/amounts.ts";
import { tellEvent } from "../command/events.ts";
import type { Untimed } from "../command/events.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import type { BuybackEvent } from "../documents/buyback.ts";
import { watch } from "../keeper/loop.ts";
import type { Acceptance } from "./acceptance.ts";
import { buybackRound } from "./round.ts";

/** The shortest nap, so that a lot which somebody else keeps from us does not keep us busy [s]. */
const SHORTEST_NAP = 5n;
/** The longest nap between two rounds [s]: new revenue comes without notice. */
const LONGEST_NAP = 60n;

/** What a watch counts, to be told at its end. */
interface Tally {
  poked: number;
  bought: number;
  failed: number;
}

/** One round of everything that is due. */
export async function buybackOnce(session: Session, signer: Signer, acceptance: Acceptance) {
  const { out } = session;
  out.say(`Buying back on ${session.networkName} as ${signer.address}, one round.`);
  const { nextAt, ...round } = await buybackRound(session, signer, acceptance);
  out.say(nextAt === undefined ? "Nothing is on its way." : `Next: ${showTime(nextAt)}.`);
  return { ...round, ...jsonTime("nextAt", nextAt ?? null) };
}

/** Rounds until Ctrl-C. For machines each event is a line of its own. */
export async function watchBuybacks(session: Session, signer: Signer, acceptance: Acceptance): Promise<void> {
  const tally: Tally = { poked: 0, bought: 0, failed: 0 };
  const tell = teller(session, tally);
  tell(
    { event: "started", signer: signer.address },
    `Buying back on ${session.networkName} as ${signer.address}; Ctrl-C stops it.`,
  );
  await watch(session, signer, {
    round: async () => napOf(await round(session, signer, acceptance, tell)),
    failed: (reason, againIn) => {
      tell(
        { event: "failed", reason, againInSeconds: Number(againIn) },
        `${reason} Trying again in ${againIn.toString()} seconds.`,
      );
    },
  });
  const { poked, bought, failed } = tally;
  tell(
    { event: "stopped", ...tally },
    `Stopped after ${poked.toString()} observations, ${bought.toString()} lots and ${failed.toString()} failures.`,
  );
}

type Tell = (event: Untimed<BuybackEvent>, sentence: string) => void;

/** Tells events, and counts them. */
const teller =
  ({ out }: Session, tally: Tally): Tell =>
  (event, sentence) => {
    if (event.event === "poked" || event.event === "bought" || event.event === "failed") tally[event.event]++;
    tellEvent(out, event, sentence);
  };

/** One round, told. Returns how long to sleep then [s]. */
async function round(session: Session, signer: Signer, acceptance: Acceptance, tell: Tell): Promise<bigint> {
  const { waiting, nextAt } = await buybackRound(session, signer, acceptance, {
    poked: (observed) => {
      tell(
        { event: "poked", observed },
        `Observed ${observed === "route" ? "the route" : `the pool of model ${observed.toString()}`}.`,
      );
    },
    bought: (lot) => {
      tell({ event: "bought", lot }, `Bought a lot: ${lot.sent.what}.`);
    },
  });
  const next = nextAt === undefined ? "Nothing is on its way." : `Next: ${showTime(nextAt)}.`;
  tell({ event: "waiting", waiting, ...jsonTime("nextAt", nextAt ?? null) }, next);
  return nextAt === undefined ? LONGEST_NAP : nextAt - (await timeOf(session));
}

/** How long to sleep if there is something to do again in so many seconds [s]. */
const napOf = (seconds: bigint): bigint =>
  seconds < SHORTEST_NAP ? SHORTEST_NAP : seconds > LONGEST_NAP ? LONGEST_NAP : seconds;

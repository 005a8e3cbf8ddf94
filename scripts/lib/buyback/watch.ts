import { setTimeout as sleep } from "node:timers/promises";

import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { jsonTime } from "../command/amounts.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import { FomoError } from "../../../sdk/src/errors/fomoError.ts";
import { CommandError } from "../command/commandError.ts";
import { quoted } from "../../../sdk/src/text/plainText.ts";
import { asRevert } from "../command/revert.ts";
import type { BuybackEvent } from "../documents/buyback.ts";
import { nodeFailureOf, sentenceOf } from "../rpc/failures.ts";
import { findOutOwn } from "../sending/earlierRuns.ts";
import type { Acceptance } from "./lots.ts";
import { buybackRound } from "./round.ts";

/** The shortest nap, so that a lot which somebody else keeps from us does not keep us busy [s]. */
const SHORTEST_NAP = 5n;
/** The longest nap between two rounds [s]: new revenue comes without notice. */
const LONGEST_NAP = 60n;
/** The longest nap after failures [s]: each one doubles it. */
const LONGEST_REST = 300n;

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

/**
 * Rounds until Ctrl-C. What fails is logged, and tried again after a rest that grows; only a chain on which the protocol is
 * no more ends it. For machines each event is a line of its own.
 */
export async function watchBuybacks(session: Session, signer: Signer, acceptance: Acceptance): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stop = () => {
    stopping.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const tally: Tally = { poked: 0, bought: 0, failed: 0 };
  const tell = teller(session, tally);
  tell(
    { event: "started", signer: signer.address },
    `Buying back on ${session.networkName} as ${signer.address}; Ctrl-C stops it.`,
  );
  try {
    for (let failures = 0; !signal.aborted;) {
      try {
        await findOutOwn(session, signer);
        await nap(await round(session, signer, acceptance, tell), signal);
        failures = 0;
      } catch (error) {
        const reason = passingReason(session, error);
        if (reason === undefined) throw error;
        const rest = SHORTEST_NAP << BigInt(Math.min(failures++, 10));
        const pause = rest < LONGEST_REST ? rest : LONGEST_REST;
        tell(
          { event: "failed", reason, againInSeconds: Number(pause) },
          `${reason} Trying again in ${pause.toString()} seconds.`,
        );
        await nap(pause, signal, LONGEST_REST);
        await requireProtocol(session);
      }
    }
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
  const { poked, bought, failed } = tally;
  tell(
    { event: "stopped", ...tally },
    `Stopped after ${poked.toString()} observations, ${bought.toString()} lots and ${failed.toString()} failures.`,
  );
}

type Tell = (event: Event, sentence: string) => void;
type Event = BuybackEvent extends infer One ? (One extends unknown ? Omit<One, "at" | "atUnix"> : never) : never;

/** Tells events to people or to machines, and counts them. */
function teller({ out }: Session, tally: Tally): Tell {
  return (event, sentence) => {
    if (event.event === "poked" || event.event === "bought" || event.event === "failed") tally[event.event]++;
    const now = BigInt(Math.floor(Date.now() / 1_000));
    if (out.json) out.line({ ...event, ...jsonTime("at", now) });
    else out.say(`${new Date().toISOString()} ${sentence}`);
  };
}

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

/** Why something failed that may go well another time; undefined for a defect of ours. */
function passingReason({ networkName, usdcDecimals }: Session, error: unknown): string | undefined {
  if (error instanceof FomoError) return error.message;
  const revert = asRevert(error, usdcDecimals);
  if (revert !== undefined) return revert.message;
  const failure = nodeFailureOf(error);
  return failure === undefined ? undefined : quoted(sentenceOf(failure, networkName, false));
}

/** Ends a watch whose chain answers and has no protocol any more, such as a local one that was started anew. */
async function requireProtocol({ connection, protocol, networkName }: Session): Promise<void> {
  const { offering } = protocol.addresses;
  const code = await connection.ethers.provider.getCode(offering).catch(() => undefined);
  if (code === "0x") {
    throw new CommandError(
      `The chain of ${networkName} has no contract at ${offering} any more: it was started anew, so there is nothing to watch.`,
    );
  }
}

/** Sleeps for some seconds, or until the signal. */
async function nap(seconds: bigint, signal: AbortSignal, longest = LONGEST_NAP): Promise<void> {
  const bounded = seconds < SHORTEST_NAP ? SHORTEST_NAP : seconds > longest ? longest : seconds;
  try {
    await sleep(Number(bounded) * 1000, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

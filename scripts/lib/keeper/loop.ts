import { setTimeout as sleep } from "node:timers/promises";

import { FomoError } from "../../../sdk/src/errors/fomoError.ts";
import { quoted } from "../../../sdk/src/text/plainText.ts";
import type { Session, Signer } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";
import { asRevert } from "../command/revert.ts";
import { nodeFailureOf, sentenceOf } from "../rpc/failures.ts";
import { findOutOwn } from "../sending/earlierRuns.ts";

/** The rest after a first failure [s]; each further one doubles it. */
const SHORTEST_REST = 5n;
/** The longest rest after failures [s]. */
const LONGEST_REST = 300n;

/** What is done again and again. */
export interface Rounds {
  /**
   * Does one round.
   * @param signal Ends it before its next step.
   * @returns How long to sleep then [s].
   */
  round: (signal: AbortSignal) => Promise<bigint>;
  /** Hears why a round has failed, and when there will be another one [s]. */
  failed: (reason: string, againIn: bigint) => void;
}

/**
 * Rounds until Ctrl-C. What fails is told, and tried again after a rest that grows; only a chain on which the protocol is no
 * more ends it. Before each round it is found out what became of transactions whose answer was lost.
 */
export async function watch(session: Session, signer: Signer, { round, failed }: Rounds): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stop = () => {
    stopping.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    for (let failures = 0; !signal.aborted;) {
      try {
        await findOutOwn(session, signer);
        await nap(await round(signal), signal);
        failures = 0;
      } catch (error) {
        const reason = passingReason(session, error);
        if (reason === undefined) throw error;
        const doubled = SHORTEST_REST << BigInt(Math.min(failures++, 10));
        const rest = doubled < LONGEST_REST ? doubled : LONGEST_REST;
        failed(reason, rest);
        await nap(rest, signal);
        await requireProtocol(session);
      }
    }
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** Why something failed that may go well another time; undefined for a defect of ours. */
export function passingReason({ networkName, usdcDecimals }: Session, error: unknown): string | undefined {
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
async function nap(seconds: bigint, signal: AbortSignal): Promise<void> {
  try {
    await sleep(Number(seconds) * 1000, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

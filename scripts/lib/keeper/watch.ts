import { jsonPlanned } from "../sending/planned.ts";
import { tellEvent } from "../command/events.ts";
import type { Untimed } from "../command/events.ts";
import type { KeeperEvent } from "../documents/keeper.ts";
import { Health, show } from "./health.ts";
import { watch } from "./loop.ts";
import { Metrics } from "./metrics.ts";
import { describeDone, describeFound, jsonDone, jsonFound } from "./report.ts";
import { keeperRound } from "./round.ts";
import type { Keeper, Round } from "./round.ts";

/** Works are told and forgotten after so many: what is sent is written down, and the file must not grow for ever. */
const TOLD_AFTER = 100;

/** One round of everything that is due; a dry run shows what it would send. */
export async function keepOnce(keeper: Keeper) {
  const { out, sending, networkName } = keeper.session;
  out.say(`Keeping on ${networkName} as ${keeper.signer.address}, one round.`);
  const round = await keeperRound(keeper, (done) => {
    out.say(describeDone(done));
  });
  for (const sentence of describeFound(keeper, round)) out.say(sentence);
  const found = jsonFound(keeper, round);
  if (!sending.options.dryRun) return { dryRun: false as const, ...found, done: round.done.map(jsonDone) };
  out.say("This was a dry run: nothing was sent.");
  return { dryRun: true as const, ...found, transactions: sending.planned.map(jsonPlanned) };
}

/** How a keeper goes on. */
export interface Manner {
  /** From the end of a round to the next one [s]. */
  interval: bigint;
  /** Where it shows metrics and health; undefined if it does not. */
  metricsPort: number | undefined;
}

/** Rounds until Ctrl-C. */
export async function keepOn(keeper: Keeper, { interval, metricsPort }: Manner): Promise<void> {
  const { session, signer } = keeper;
  const tell = (event: Untimed<KeeperEvent>, sentence: string) => {
    tellEvent(session.out, event, sentence);
  };
  const metrics = new Metrics();
  const health = new Health(Number(interval));
  const shown =
    metricsPort === undefined
      ? undefined
      : await show(metricsPort, { metrics: () => metrics.text(keeper), illness: () => health.illness() });
  try {
    const where = shown === undefined ? "" : `, with metrics and health on ${shown.url}`;
    tell(
      { event: "started", signer: signer.address, metricsUrl: shown?.url ?? null },
      `Keeping on ${session.networkName} as ${signer.address}${where}; Ctrl-C stops it.`,
    );
    let told = "";
    await watch(session, signer, {
      round: async (signal) => {
        const round = await roundOf(signal);
        const found = jsonFound(keeper, round);
        // What is as it was is not told again: a log of a day should be readable.
        const now = JSON.stringify([found.models, found.unreadable, found.spent, found.waiting.map(withoutPrice)]);
        if (now !== told) tell({ event: "waiting", ...found }, describeFound(keeper, round).join(" "));
        told = now;
        return interval;
      },
      failed: (reason, againIn) => {
        metrics.failed();
        health.failed(reason);
        tell(
          { event: "failed", reason, againInSeconds: Number(againIn) },
          `${reason} Trying again in ${againIn.toString()} seconds.`,
        );
      },
    });
  } finally {
    shown?.close();
  }
  const { rounds, failed, executed, raced, inVain } = metrics.tally;
  tell(
    { event: "stopped", ...metrics.tally },
    `Stopped after ${rounds.toString()} rounds and ${failed.toString()} failures: ${executed.toString()} works done, ${(raced + inVain).toString()} by somebody else.`,
  );

  async function roundOf(signal: AbortSignal): Promise<Round> {
    let count = 0;
    const round = await keeperRound(
      keeper,
      (done) => {
        metrics.did(done);
        tell({ event: "done", done: jsonDone(done) }, describeDone(done));
        if (++count % TOLD_AFTER === 0) session.sending.forgetTold();
      },
      signal,
    );
    metrics.rounded(round, await session.connection.ethers.provider.getBalance(signer.address));
    health.succeeded();
    return round;
  }
}

const withoutPrice = ({ kind, modelId, reason }: { kind: string; modelId: number | null; reason: string }) => [
  ...[kind, modelId, reason],
];

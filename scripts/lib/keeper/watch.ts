import { jsonPlanned } from "../sending/planned.ts";
import { tellEvent } from "../command/events.ts";
import type { Untimed } from "../command/events.ts";
import type { KeeperEvent } from "../documents/keeper.ts";
import { describeReduced } from "../settlement/report.ts";
import { Health, show } from "./health.ts";
import { watch } from "./loop.ts";
import { Metrics } from "./metrics.ts";
import { describeDone, describeFound, jsonDone, jsonFound, jsonSettlement } from "./report.ts";
import { keeperRound } from "./round.ts";
import type { Keeper, Round } from "./round.ts";
import { Settler, settleStore } from "./settling.ts";
import type { Settling } from "./settling.ts";

/** Works are told and forgotten after so many: what is sent is written down, and the file must not grow for ever. */
const TOLD_AFTER = 100;

/**
 * One round of everything that is due; a dry run shows what it would send.
 * @param settling What it settles after it; undefined if it is not the platform's.
 */
export async function keepOnce(keeper: Keeper, settling: Settling | undefined) {
  const { out, sending, networkName, usdcDecimals } = keeper.session;
  out.say(`Keeping on ${networkName} as ${keeper.signer.address}, one round.`);
  const round = await keeperRound(keeper, (done) => {
    out.say(describeDone(done));
  });
  for (const sentence of describeFound(keeper, round)) out.say(sentence);
  const outcome = settling === undefined ? undefined : await settleStore(keeper, settling);
  if (outcome !== undefined) for (const sentence of describeReduced(outcome, usdcDecimals)) out.say(sentence);
  const found = jsonFound(keeper, round);
  if (!sending.options.dryRun) {
    const settlement = outcome === undefined ? null : jsonSettlement(outcome, usdcDecimals);
    return { dryRun: false as const, ...found, done: round.done.map(jsonDone), settlement };
  }
  out.say("This was a dry run: nothing was sent.");
  return { dryRun: true as const, ...found, transactions: sending.planned.map(jsonPlanned) };
}

/** How a keeper goes on. */
export interface Manner {
  /** From the end of a round to the next one [s]. */
  interval: bigint;
  /** Where it shows metrics and health; undefined if it does not. */
  metricsPort: number | undefined;
  /** What it settles, and how often; undefined if it is not the platform's. */
  settling: Settling | undefined;
}

/** Rounds until Ctrl-C. */
export async function keepOn(keeper: Keeper, { interval, metricsPort, settling }: Manner): Promise<void> {
  const { session, signer } = keeper;
  const tell = (event: Untimed<KeeperEvent>, sentence: string) => {
    tellEvent(session.out, event, sentence);
  };
  const metrics = new Metrics();
  const health = new Health(Number(interval));
  const settler = settling === undefined ? undefined : new Settler(settling);
  const settlements = settling === undefined ? undefined : new Health(Number(settling.every), "settlement");
  const illness = () => health.illness() ?? settlements?.illness();
  const shown =
    metricsPort === undefined ? undefined : await show(metricsPort, { metrics: () => metrics.text(keeper), illness });
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
        if (!signal.aborted) await settle();
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

  async function settle(): Promise<void> {
    const settlement = await settler?.settleIfDue(keeper);
    if (settlement === undefined) return;
    if ("failure" in settlement) {
      const { failure: reason, againIn } = settlement;
      metrics.settled(undefined);
      settlements?.failed(reason);
      tell(
        { event: "unsettled", reason, againInSeconds: Number(againIn) },
        `${reason} Settling again in ${againIn.toString()} seconds.`,
      );
      return;
    }
    const { outcome } = settlement;
    metrics.settled(outcome.collected);
    settlements?.succeeded();
    const sentences = describeReduced(outcome, session.usdcDecimals).join(" ");
    tell(
      { event: "settled", ...jsonSettlement(outcome, session.usdcDecimals) },
      `Collected ${outcome.collected.toString()} vouchers. ${sentences}`,
    );
  }

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

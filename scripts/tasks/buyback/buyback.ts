import { setTimeout as sleep } from "node:timers/promises";

import { BPS, jsonTime, parseWhole, showTime } from "../../lib/command/amounts.ts";
import { buybackRound } from "../../lib/buyback/round.ts";
import { buyLot, describeWait, jsonLot, nextLot, stepName } from "../../lib/buyback/lots.ts";
import type { Acceptance, NextLot, Step } from "../../lib/buyback/lots.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { openSession, signerOf, timeOf } from "../../lib/chain/session.ts";
import type { Session, Signer } from "../../lib/chain/session.ts";
import { parseModelId } from "../../lib/command/modelId.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  flock: boolean;
  model: string | undefined;
  step: string | undefined;
  watch: boolean;
  once: boolean;
  slippageBps: string | undefined;
  maxMinutes: string | undefined;
}

const DEFAULT_SLIPPAGE_BPS = "50";
const DEFAULT_MINUTES = "5";
/** The shortest nap, so that a lot which somebody else keeps from us does not keep us busy [s]. */
const SHORTEST_NAP = 5n;
/** The longest nap between two rounds [s]: new revenue comes without notice. */
const LONGEST_NAP = 60n;

/** `fomo buyback`: one lot of one step, or every lot and poke that is due until Ctrl-C. */
export default runCommand<Arguments>(async (args, context) => {
  if ([args.flock, args.model !== undefined, args.watch].filter(Boolean).length !== 1) {
    throw new CommandError("Say one thing: --flock to buy and burn FLOCK, --model for a model's steps, or --watch.");
  }
  if (args.once && !args.watch) throw new CommandError("--once ends --watch after one round: add --watch.");
  if (args.step !== undefined && (args.model === undefined || (args.step !== "flock" && args.step !== "mt"))) {
    throw new CommandError("--step narrows --model to one of its steps: name flock or mt with --model.");
  }
  const modelId = args.model === undefined ? 0n : parseModelId(args.model);
  const acceptance = {
    slippageBps: parseWhole("--slippage-bps", args.slippageBps ?? DEFAULT_SLIPPAGE_BPS, 0n, BPS),
    patience: parseWhole("--max-minutes", args.maxMinutes ?? DEFAULT_MINUTES, 1n, 1_440n) * 60n,
  };
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  if (args.watch) return await watch(session, signer, acceptance, args.once);
  if (modelId !== 0n) await offeringOf(session, modelId); // refuses a model that does not exist

  const kinds = args.flock ? (["flock"] as const) : (["flock", "mt"] as const).filter((kind) => args.step !== (kind === "mt" ? "flock" : "mt")); // prettier-ignore
  return await oneLotEach(session, signer, acceptance, kinds.map((kind) => ({ kind, modelId }))); // prettier-ignore
});

/** One lot of each step that has something to buy now; refused if none has. */
async function oneLotEach(session: Session, signer: Signer, acceptance: Acceptance, steps: Step[]) {
  const { out, usdcDecimals } = session.context;
  const bought: object[] = [];
  const waiting: NextLot[] = [];
  for (const step of steps) {
    const lot = await nextLot(session, step);
    if (lot.wait === "none") bought.push(await buyLot(session, signer, lot, acceptance));
    else waiting.push(lot);
  }
  const time = await timeOf(session);
  const reasons = waiting.map((lot) => `${stepName(lot)}: ${describeWait(lot, time)}`);
  if (bought.length === 0) throw new CommandError(`Nothing can be bought now: ${reasons.join("; ")}.`);
  for (const reason of reasons) out.say(`Not now, ${reason}.`);
  const next = await Promise.all(steps.map((step) => nextLot(session, step)));
  for (const lot of next.filter(({ credit }) => credit !== 0n)) {
    if (lot.nextAt !== 0n) out.say(`The next whole lot of ${stepName(lot)} can be bought on ${showTime(lot.nextAt)}.`);
  }
  return { bought, next: next.map((lot) => jsonLot(lot, usdcDecimals)) };
}

/** Rounds until Ctrl-C, or one. */
async function watch(session: Session, signer: Signer, acceptance: Acceptance, once: boolean) {
  const { out } = session.context;
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  out.say(`Buying back on ${session.networkName} as ${signer.address}${once ? ", one round" : "; Ctrl-C stops it"}.`);
  const done: { poked: unknown[]; bought: object[] } = { poked: [], bought: [] };
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
        return { ...done, waiting: round.waiting, nextAt: nextAt === undefined ? null : jsonTime(nextAt) };
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

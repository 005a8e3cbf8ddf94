import { parseAcceptance } from "../../lib/buyback/acceptance.ts";
import type { Acceptance } from "../../lib/buyback/acceptance.ts";
import { buyLot, describeWait, jsonLot, nextLot, stepName } from "../../lib/buyback/lots.ts";
import type { NextLot, Step } from "../../lib/buyback/lots.ts";
import { buybackOnce, watchBuybacks } from "../../lib/buyback/watch.ts";
import { openSession, signerOf, timeOf } from "../../lib/chain/session.ts";
import type { Session, Signer } from "../../lib/chain/session.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import type { BoughtLot } from "../../lib/documents/buyback.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { runCommand } from "../runCommand.ts";

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

/** `fomo buyback`: one lot of one step, or every lot and poke that is due until Ctrl-C. */
export default runCommand("buyback", async (args: Arguments, context) => {
  const steps = parseSteps(args);
  const acceptance = parseAcceptance(args);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  if (args.watch && (args.once || context.sending.options.dryRun))
    return await buybackOnce(session, signer, acceptance);
  if (args.watch) {
    await watchBuybacks(session, signer, acceptance);
    return undefined;
  }
  for (const { modelId } of steps) {
    if (modelId !== 0n) await offeringOf(session, modelId); // refuses a model that does not exist
  }
  return await oneLotEach(session, signer, acceptance, steps);
});

/** Reads which steps are meant; none with --watch, which does all that are due. */
function parseSteps({ flock, model, step, watch, once }: Arguments): Step[] {
  if ([flock, model !== undefined, watch].filter(Boolean).length !== 1) {
    throw new CommandError("Say one thing: --flock to buy and burn FLOCK, --model for a model's steps, or --watch.");
  }
  if (once && !watch) throw new CommandError("--once ends --watch after one round: add --watch.");
  if (step !== undefined && (model === undefined || (step !== "flock" && step !== "mt"))) {
    throw new CommandError("--step narrows --model to one of its steps: name flock or mt with --model.");
  }
  if (watch) return [];
  if (flock) return [{ kind: "flock", modelId: 0n }];
  const modelId = parseModelId(model);
  const kinds = (["flock", "mt"] as const).filter((kind) => step === undefined || step === kind);
  return kinds.map((kind) => ({ kind, modelId }));
}

/** One lot of each step that has something to buy now; refused if none has. */
async function oneLotEach(session: Session, signer: Signer, acceptance: Acceptance, steps: Step[]) {
  const { out, usdcDecimals } = session;
  const bought: BoughtLot[] = [];
  const waiting: NextLot[] = [];
  for (const step of steps) {
    const lot = await nextLot(session, step);
    if (lot.wait !== "none") waiting.push(lot);
    else {
      const one = await buyLot(session, signer, lot, acceptance);
      if (one !== undefined) bought.push(one);
    }
  }
  const time = await timeOf(session);
  const reasons = waiting.map((lot) => `${stepName(lot)}: ${describeWait(lot, time)}`);
  if (waiting.length === steps.length) throw new CommandError(`Nothing can be bought now: ${reasons.join("; ")}.`);
  for (const reason of reasons) out.say(`Not now, ${reason}.`);
  const next = await Promise.all(steps.map((step) => nextLot(session, step)));
  for (const lot of next.filter(({ credit }) => credit !== 0n)) {
    if (lot.nextAt !== 0n) out.say(`The next whole lot of ${stepName(lot)} can be bought on ${showTime(lot.nextAt)}.`);
  }
  return { bought, next: next.map((lot) => jsonLot(lot, usdcDecimals)) };
}

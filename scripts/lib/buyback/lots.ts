import { buyFlock, buyMt } from "../../../sdk/src/actions/buyback.ts";
import { jsonFlock, jsonMt, jsonTime, jsonUsdc } from "../command/amounts.ts";
import { showFlock, showMt, showTime, showUsdc } from "../../../sdk/src/units/show.ts";
import { leastOutOf, lotOf } from "../../../sdk/src/buyback/lot.ts";
import type { Lot } from "../../../sdk/src/buyback/lot.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { WAIT_WORDS } from "../../../sdk/src/names/enums.ts";
import { timeOf } from "../chain/session.ts";
import type { Acceptance } from "./acceptance.ts";
import type { Session, Signer } from "../chain/session.ts";
import { sendRepeatable } from "../chain/transactions.ts";
import type { BoughtLot, WaitingLot } from "../documents/buyback.ts";

/** One step of the buyback. */
export interface Step {
  /** `flock` turns USDC into FLOCK, `mt` a model's FLOCK into MT. */
  kind: "flock" | "mt";
  /** 0 for the FLOCK that is burned. */
  modelId: bigint;
}

/** What a step could buy now. */
export type NextLot = Step & Pick<Lot, "wait" | "credit" | "amountIn" | "amountOut" | "nextAt">;

/** What a step could buy now. */
export async function nextLot({ protocol: { buyback }, now }: Session, step: Step): Promise<NextLot> {
  const view = step.kind === "flock" ? buyback.nextFlockLot : buyback.nextMtLot;
  const { wait, credit, amountIn, amountOut, nextAt } = lotOf(await view(step.modelId, now));
  return { ...step, wait, credit, amountIn, amountOut, nextAt };
}

/** Buys one lot; undefined in a dry run. The prose says what it brought. */
export async function buyLot(
  session: Session,
  signer: Signer,
  lot: NextLot,
  { slippageBps, patience }: Acceptance,
): Promise<BoughtLot | undefined> {
  const amountOutMin = leastOutOf(lot, slippageBps);
  const terms = { modelId: lot.modelId, amountOutMin, deadline: (await timeOf(session)) + patience };
  const { out, usdcDecimals, deployment } = session;
  if (lot.kind === "flock") {
    const done = await sendRepeatable(session, signer, buyFlock(deployment, terms));
    if (done === undefined) return undefined;
    const { sent, receipt } = done;
    const { usdcIn, flockOut } = eventOf(session.deployment, receipt, "buyback", "FlockBought").args;
    out.say(
      `${showUsdc(usdcIn, usdcDecimals)} bought ${showFlock(flockOut)}${lot.modelId === 0n ? ", which are burned" : ""}.`,
    );
    const spent = jsonUsdc("spent", usdcIn, usdcDecimals);
    return { step: "flock", modelId: idOrNull(lot), ...spent, ...jsonFlock("bought", flockOut), sent };
  }
  const done = await sendRepeatable(session, signer, buyMt(deployment, terms));
  if (done === undefined) return undefined;
  const { sent, receipt } = done;
  const { flockIn, mtOut } = eventOf(session.deployment, receipt, "buyback", "MtBurned").args;
  out.say(`${showFlock(flockIn)} bought ${showMt(mtOut)}, which are burned.`);
  return { step: "mt", modelId: idOrNull(lot), ...jsonFlock("spent", flockIn), ...jsonMt("burned", mtOut), sent };
}

/** A step in words. */
export const stepName = ({ kind, modelId }: Step) =>
  kind === "flock" ? `FLOCK ${purposeOf(modelId)}` : `MT of model ${modelId.toString()}`;

/** Why a step waits, and until when, in words, as of `time` [s]. */
export function describeWait({ wait, nextAt }: NextLot, time: bigint): string {
  if (nextAt === 0n) return WAIT_WORDS[wait];
  return `${WAIT_WORDS[wait]}; ${nextAt <= time ? "it is due now: `fomo poke`" : `come again on ${showTime(nextAt)}`}`;
}

/** What a step could buy, in a JSON document. */
export function jsonLot(lot: NextLot, decimals: number): WaitingLot {
  const modelId = idOrNull(lot);
  const wait = lot.wait === "none" ? null : lot.wait;
  const nextAt = jsonTime("nextAt", lot.nextAt === 0n ? null : lot.nextAt);
  return lot.kind === "flock"
    ? { step: "flock", modelId, wait, ...jsonUsdc("waiting", lot.credit, decimals), ...nextAt }
    : { step: "mt", modelId, wait, ...jsonFlock("waiting", lot.credit), ...nextAt };
}

/** The model of a step in a JSON document; null for the FLOCK that is burned. */
const idOrNull = ({ modelId }: Step) => (modelId === 0n ? null : Number(modelId));

const purposeOf = (modelId: bigint) => (modelId === 0n ? "for burning" : `for model ${modelId.toString()}`);

import { asRevert } from "../command/revert.ts";
import { isWholeLot } from "../../../sdk/src/buyback/lot.ts";
import { buyLot, jsonLot, nextLot } from "./lots.ts";
import type { NextLot, Step } from "./lots.ts";
import type { Acceptance } from "./acceptance.ts";
import { graduatedModels, modelObserved, poke, routeObserved } from "./observations.ts";
import type { Observed } from "./observations.ts";
import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import type { BoughtLot, WaitingLot } from "../documents/buyback.ts";

/** What one round did, and when there will be something to do again. */
export interface Round {
  poked: (number | "route")[];
  bought: BoughtLot[];
  /** What still waits, and why. */
  waiting: WaitingLot[];
  /** The earliest moment at which something is due [s]; undefined if nothing is on its way. */
  nextAt: bigint | undefined;
}

/** Who hears of what a round does at once: the round may fail after it. */
export interface Listener {
  poked(observed: number | "route"): void;
  bought(lot: BoughtLot): void;
}

/** Every poke and every whole lot that is due, once each. */
export async function buybackRound(
  session: Session,
  signer: Signer,
  acceptance: Acceptance,
  listener?: Listener,
): Promise<Round> {
  const models = await graduatedModels(session);
  const poked: Round["poked"] = [];
  for (const { modelId, due } of await allObserved(session, models)) {
    if (!due) continue;
    await unlessRefused(session, async () => {
      const sent = await poke(session, signer, modelId);
      if (sent === undefined) return;
      const observed = modelId === 0n ? "route" : Number(modelId);
      poked.push(observed);
      listener?.poked(observed);
    });
  }
  const bought: BoughtLot[] = [];
  for (const step of stepsOf(models)) {
    const lot = await nextLot(session, step);
    if (!isWholeLot(lot, await timeOf(session))) continue;
    await unlessRefused(session, async () => {
      const lotBought = await buyLot(session, signer, lot, acceptance);
      if (lotBought === undefined) return;
      bought.push(lotBought);
      listener?.bought(lotBought);
    });
  }
  const lots = await Promise.all(stepsOf(models).map((step) => nextLot(session, step)));
  const waiting = lots.filter(({ credit }) => credit !== 0n);
  return {
    poked,
    bought,
    waiting: waiting.map((lot) => jsonLot(lot, session.usdcDecimals)),
    nextAt: earliest(waiting, await allObserved(session, models)),
  };
}

/** The steps of the protocol: the FLOCK that is burned, then for every model its FLOCK and its MT. */
export const stepsOf = (models: bigint[]): Step[] => [
  { kind: "flock", modelId: 0n },
  ...models.flatMap((modelId): Step[] => [
    { kind: "flock", modelId },
    { kind: "mt", modelId },
  ]),
];

/** The earliest moment at which a lot or a poke is due. */
export function earliest(lots: Pick<NextLot, "nextAt">[], observed: Pick<Observed, "dueAt">[]): bigint | undefined {
  const moments = [
    ...lots.map(({ nextAt }) => nextAt).filter((at) => at !== 0n),
    ...observed.map(({ dueAt }) => dueAt),
  ];
  return moments.length === 0 ? undefined : moments.reduce((a, b) => (a < b ? a : b));
}

async function allObserved(session: Session, models: bigint[]): Promise<Observed[]> {
  const route = await routeObserved(session);
  const pools = await Promise.all(models.map((modelId) => modelObserved(session, modelId)));
  return route === undefined ? pools : [route, ...pools];
}

/** A keeper is not alone: what somebody else has just done is refused, and no reason to stop. */
async function unlessRefused(session: Session, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const refusal = asRevert(error, session.usdcDecimals);
    if (refusal === undefined) throw error;
    session.out.say(`Skipped: ${refusal.message}`);
  }
}

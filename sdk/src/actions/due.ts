import { isWholeLot, leastOutOf, lotOf } from "../buyback/lot.ts";
import { bigintsIn } from "../codec/told.ts";
import type { Told } from "../codec/told.ts";
import type { Deployment } from "../deployments/deployment.ts";
import type { DueView } from "../reads/lens.ts";
import type { Action } from "./action.ts";
import { buyFlock, buyMt, pokeModel, pokeRoute } from "./buyback.ts";
import type { LotTerms } from "./buyback.ts";
import { roll } from "./emissions.ts";
import { fail, graduate } from "./offering.ts";

/** A lot as the buyback tells it. */
type Lot = DueView["flockLot"];

/** What a step of the buyback could buy now; 0 for the FLOCK that is burned. */
interface NextLot {
  modelId: bigint;
  lot: Lot;
}

/** What a keeper asks of the lots that it buys. */
export interface KeeperTerms {
  /** The time of the chain [s]. */
  time: bigint;
  /** How far a lot may fall behind what the chain told [bps]. */
  slippageBps: bigint;
  /** How long a transaction may wait [s]. */
  patience: bigint;
}

/**
 * Everything that is due, as actions that anybody can take: graduations, failures, epochs to be closed, observations and
 * lots. They are in an order in which one helps the next; each can fail if somebody else has been faster. All purchases
 * of FLOCK pass through the route's pairs, which bear one lot at a time: of them it is the one with the most credit.
 * @param told What the lens tells: `dueOf`.
 */
export function dueActions(deployment: Deployment, told: Told<DueView>, terms: KeeperTerms): Action[] {
  const due = bigintsIn<DueView>(told);
  const { models } = due;
  const idsWith = (what: "graduate" | "fail" | "roll" | "poke") =>
    models.filter((model) => model[what]).map(({ modelId }) => modelId);
  const flockLots = [
    { modelId: 0n, lot: due.flockLot },
    ...models.map(({ modelId, flockLot: lot }) => ({ modelId, lot })),
  ];
  const mtLots = models.map(({ modelId, mtLot: lot }) => ({ modelId, lot }));
  const largest = flockLots
    .filter(isWhole)
    .reduce<NextLot | undefined>(
      (most, one) => (most === undefined || one.lot.credit > most.lot.credit ? one : most),
      undefined,
    );
  return [
    ...idsWith("graduate").map((modelId) => graduate(deployment, modelId)),
    ...idsWith("fail").map((modelId) => fail(deployment, modelId)),
    ...idsWith("roll").map((modelId) => roll(deployment, modelId)),
    ...(due.pokeRoute ? [pokeRoute(deployment)] : []),
    ...idsWith("poke").map((modelId) => pokeModel(deployment, modelId)),
    ...(largest === undefined ? [] : [buyFlock(deployment, termsOf(largest))]),
    ...mtLots.filter(isWhole).map((next) => buyMt(deployment, termsOf(next))),
  ];

  function isWhole({ lot }: NextLot): boolean {
    return isWholeLot(lotOf(lot), terms.time);
  }

  function termsOf({ modelId, lot }: NextLot): LotTerms {
    const amountOutMin = leastOutOf(lot, terms.slippageBps);
    return { modelId, amountOutMin, deadline: terms.time + terms.patience };
  }
}

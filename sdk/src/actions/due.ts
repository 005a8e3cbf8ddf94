import type { Deployment } from "../deployments/deployment.ts";
import { WAITS, nameOf } from "../names/enums.ts";
import type { DueView } from "../reads/lens.ts";
import { BPS } from "../units/numbers.ts";
import type { Action } from "./action.ts";
import { buyFlock, buyMt, pokeModel, pokeRoute } from "./buyback.ts";
import { roll } from "./emissions.ts";
import { fail, graduate } from "./offering.ts";

/** A lot as the buyback tells it. */
type Lot = DueView["flockLot"];

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
 * lots. They are in an order in which one helps the next; each can fail if somebody else has been faster.
 */
export function dueActions(deployment: Deployment, due: DueView, terms: KeeperTerms): Action[] {
  const models = due.models.map((one) => ({ ...one, id: one.modelId }));
  return [
    ...models.filter((one) => one.graduate).map(({ id }) => graduate(deployment, id)),
    ...models.filter((one) => one.fail).map(({ id }) => fail(deployment, id)),
    ...models.filter((one) => one.roll).map(({ id }) => roll(deployment, id)),
    ...(due.pokeRoute ? [pokeRoute(deployment)] : []),
    ...models.filter((one) => one.poke).map(({ id }) => pokeModel(deployment, id)),
    ...lot(buyFlock, 0n, due.flockLot),
    ...models.flatMap(({ id, flockLot }) => lot(buyFlock, id, flockLot)),
    ...models.flatMap(({ id, mtLot }) => lot(buyMt, id, mtLot)),
  ];

  function lot(buy: typeof buyFlock, modelId: bigint, found: Lot): Action[] {
    if (!isWholeLot(found, terms.time)) return [];
    const amountOutMin = (found.amountOut * (BPS - terms.slippageBps)) / BPS;
    return [buy(deployment, { modelId, amountOutMin, deadline: terms.time + terms.patience })];
  }
}

/**
 * Whether a lot is worth its gas: a whole one, or all that waits. A part of a lot can be bought at any time.
 * @param time The time of the chain [s].
 */
export const isWholeLot = ({ wait, amountIn, credit, nextAt }: Lot, time: bigint): boolean =>
  nameOf(WAITS, wait) === "none" && amountIn !== 0n && (amountIn === credit || nextAt <= time);

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

/** The kinds of work that anybody can do, in an order in which one helps the next. */
export const DUE_KINDS = ["graduate", "fail", "roll", "pokeRoute", "pokeModel", "buyFlock", "buyMt"] as const;

/** A kind of work that anybody can do. */
export type DueKind = (typeof DUE_KINDS)[number];

/** Something that is due, and the action that does it. */
export interface DueWork {
  kind: DueKind;
  /** The model; 0 for the route, and for the FLOCK that is burned. */
  modelId: bigint;
  /**
   * What a lot spends [USDC units for `buyFlock`, FLOCK wei for `buyMt`]; for an observation what waits to pass through
   * what is observed [USDC units for the route, FLOCK wei for a model's pool]; otherwise 0.
   */
  amount: bigint;
  action: Action;
}

/**
 * Everything that is due, with the actions that do it: graduations, failures, epochs to be closed, observations and lots.
 * They are in the order of `DUE_KINDS`; each can fail if somebody else has been faster. All purchases of FLOCK pass through
 * the route's pairs, which bear one lot at a time: the one with the most credit stands before the others.
 * @param told What the lens tells: `dueOf`.
 */
export function dueWork(deployment: Deployment, told: Told<DueView>, terms: KeeperTerms): DueWork[] {
  const due = bigintsIn<DueView>(told);
  const { models } = due;
  const work = (kind: DueKind, modelId: bigint, amount: bigint, action: Action): DueWork => ({
    ...{ kind, modelId, amount, action },
  });
  const flagged = (what: "graduate" | "fail" | "roll", act: (deployment: Deployment, modelId: bigint) => Action) =>
    models
      .filter((model) => model[what])
      .map(({ modelId }) => work(what, modelId, 0n, named(act(deployment, modelId), modelId)));
  const flockLots: NextLot[] = [
    { modelId: 0n, lot: due.flockLot },
    ...models.map(({ modelId, flockLot: lot }) => ({ modelId, lot })),
  ];
  const mtLots: NextLot[] = models.map(({ modelId, mtLot: lot }) => ({ modelId, lot }));
  const creditOfRoute = flockLots.reduce((sum, { lot }) => sum + lot.credit, 0n);
  return [
    ...flagged("graduate", graduate),
    ...flagged("fail", fail),
    ...flagged("roll", roll),
    ...(due.pokeRoute ? [work("pokeRoute", 0n, creditOfRoute, pokeRoute(deployment))] : []),
    ...models
      .filter(({ poke }) => poke)
      .map(({ modelId, mtLot }) => work("pokeModel", modelId, mtLot.credit, pokeModel(deployment, modelId))),
    ...flockLots
      .filter(isWhole)
      .sort((a, b) => (a.lot.credit === b.lot.credit ? 0 : a.lot.credit > b.lot.credit ? -1 : 1))
      .map((next) => work("buyFlock", next.modelId, next.lot.amountIn, buyFlock(deployment, termsOf(next)))),
    ...mtLots
      .filter(isWhole)
      .map((next) => work("buyMt", next.modelId, next.lot.amountIn, buyMt(deployment, termsOf(next)))),
  ];

  function isWhole({ lot }: NextLot): boolean {
    return isWholeLot(lotOf(lot), terms.time);
  }

  function termsOf({ modelId, lot }: NextLot): LotTerms {
    const amountOutMin = leastOutOf(lot, terms.slippageBps);
    return { modelId, amountOutMin, deadline: terms.time + terms.patience };
  }
}

/** An action that says of which model it is, where many models are kept at once. */
const named = (action: Action, modelId: bigint): Action => ({
  ...action,
  what: `${action.what.replace(/ model \d+$/, "")} model ${modelId.toString()}`,
});

/**
 * The actions of `dueWork` that can be taken one after the other: of the purchases of FLOCK only the first.
 * @param told What the lens tells: `dueOf`.
 */
export function dueActions(deployment: Deployment, told: Told<DueView>, terms: KeeperTerms): Action[] {
  const works = dueWork(deployment, told, terms);
  const first = works.find(({ kind }) => kind === "buyFlock");
  return works.filter((one) => one.kind !== "buyFlock" || one === first).map(({ action }) => action);
}

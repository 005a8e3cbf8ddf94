import { buybackAbi } from "../abi/buyback.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { actsOn } from "./action.ts";
import type { Action } from "./action.ts";

const act = /* @__PURE__ */ actsOn("buyback", buybackAbi);

/** What the caller of a lot asks for on top of the protocol's own bounds. */
export interface LotTerms {
  /** 0 for the FLOCK that is burned. */
  modelId: bigint;
  /** The least that the lot must buy [wei]. */
  amountOutMin: bigint;
  /** The last moment at which it is wanted [s]. */
  deadline: bigint;
}

/** Turns waiting USDC into FLOCK: to be burned, or for buying a model's MT. Anybody can. */
export const buyFlock = (deployment: Deployment, { modelId, amountOutMin, deadline }: LotTerms): Action => {
  const purpose = modelId === 0n ? "for burning" : `for model ${modelId.toString()}`;
  return act(deployment, `Buy FLOCK ${purpose}`, "buyFlock", [modelId, amountOutMin, deadline]);
};

/** Turns waiting FLOCK of a model into its MT and burns them. Anybody can. */
export const buyMt = (deployment: Deployment, { modelId, amountOutMin, deadline }: LotTerms): Action =>
  act(deployment, `Buy MT of model ${modelId.toString()}`, "buyMt", [modelId, amountOutMin, deadline]);

/** Notes the prices of the route from USDC to FLOCK, which a lot needs. Anybody can. */
export const pokeRoute = (deployment: Deployment): Action => act(deployment, "Poke the route", "pokeRoute", []);

/** Notes the price of a model's pool, which a lot needs. Anybody can. */
export const pokeModel = (deployment: Deployment, modelId: bigint): Action =>
  act(deployment, `Poke the pool of model ${modelId.toString()}`, "pokeModel", [modelId]);

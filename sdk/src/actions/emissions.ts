import { emissionsAbi } from "../abi/emissions.ts";
import { addressOf } from "../codec/address.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { actsOn, paymentOf } from "./action.ts";
import type { Action, PaidAction } from "./action.ts";

const act = /* @__PURE__ */ actsOn("emissions", emissionsAbi);

/** Sends a user its rewards of a list of models, whoever pays for the transaction. */
export const collectRewards = (deployment: Deployment, user: string, modelIds: readonly bigint[]): Action =>
  act(deployment, "Collect", "claim", [addressOf(user, "The user"), modelIds]);

/** Takes the issuer's bonus of a model, as the holder of the issuer's seat. */
export const collectIssuerBonus = (deployment: Deployment, modelId: bigint, to: string): Action =>
  act(deployment, "Collect the bonus", "claimIssuerBonus", [modelId, addressOf(to, "The receiver")]);

/** Adds FLOCK of the sender to the budget of emissions [FLOCK wei]. Nobody can take it back. */
export const fund = (deployment: Deployment, amount: bigint): PaidAction => ({
  ...act(deployment, "Fund", "fund", [amount]),
  payment: paymentOf(deployment, "FLOCK", "emissions", amount),
});

/** Closes an ended epoch of a model, so that its users can collect. Anybody can. */
export const roll = (deployment: Deployment, modelId: bigint): Action =>
  act(deployment, `Roll model ${modelId.toString()}`, "roll", [modelId]);

/** Ends the reserves of a model that nobody earned in time. Anybody can. */
export const sweep = (deployment: Deployment, modelId: bigint): Action => act(deployment, "Sweep", "sweep", [modelId]);

import { offeringAbi } from "../abi/offering.ts";
import { addressOf } from "../codec/address.ts";
import { encodeCall } from "../codec/codec.ts";
import type { Deployment } from "../deployments/deployment.ts";
import type { LaunchPlan } from "../raise/launch.ts";
import { OPENING_MODES } from "../names/enums.ts";
import { actsOn, paymentOf } from "./action.ts";
import type { Action, PaidAction } from "./action.ts";

/** What every purchase says. */
export interface PurchaseTerms {
  modelId: bigint;
  /** Who gets the position. */
  recipient: string;
  /** The last moment at which the purchase is wanted [s]. */
  deadline: bigint;
  /**
   * The token that the launch has announced (`RaiseView.token`). It names one launch; the purchase is refused if the
   * number has come to stand for another one.
   */
  token: string;
}

const act = /* @__PURE__ */ actsOn("offering", offeringAbi);

/** A purchase only of the launch whose token was announced. */
function purchase(deployment: Deployment, { modelId, token }: PurchaseTerms, max: bigint, bought: Action): PaidAction {
  const expected = encodeCall(offeringAbi, "expectToken", [modelId, addressOf(token, "The token")]);
  return { ...bought, steps: [expected, ...bought.steps], payment: paymentOf(deployment, "FLOCK", "offering", max) };
}

/**
 * Buys MT for an exact payment. What is left of the sale may be less: then the rest of the payment is not taken, and the
 * minimum holds in proportion.
 * @param terms.flockIn What to pay, with the fee [FLOCK wei].
 * @param terms.mtOutMin The least that it must yield [MT wei]; `purchaseLimit` works one out.
 */
export function buyExactIn(
  deployment: Deployment,
  terms: PurchaseTerms & { flockIn: bigint; mtOutMin: bigint },
): PaidAction {
  const { modelId, flockIn, mtOutMin, recipient, deadline } = terms;
  const to = addressOf(recipient, "The recipient");
  const bought = act(deployment, "Buy", "buyExactIn", [modelId, flockIn, mtOutMin, to, deadline]);
  return purchase(deployment, terms, flockIn, bought);
}

/**
 * Buys an exact amount of MT. What is left of the sale may be less: then the rest is bought, and the maximum holds in
 * proportion.
 * @param terms.mtOut What to get [MT wei].
 * @param terms.flockInMax The most that it may cost, with the fee [FLOCK wei].
 */
export function buyExactOut(
  deployment: Deployment,
  terms: PurchaseTerms & { mtOut: bigint; flockInMax: bigint },
): PaidAction {
  const { modelId, mtOut, flockInMax, recipient, deadline } = terms;
  const to = addressOf(recipient, "The recipient");
  const bought = act(deployment, "Buy", "buyExactOut", [modelId, mtOut, flockInMax, to, deadline]);
  return purchase(deployment, terms, flockInMax, bought);
}

/**
 * Launches a model offering.
 * @param terms.max What the launch may take: its fee and the bundle [FLOCK wei]; `previewLaunch` says what is due.
 * @param terms.deadline The last moment at which the launch is wanted [s].
 */
export function launch(
  deployment: Deployment,
  plan: LaunchPlan,
  { max, deadline }: { max: bigint; deadline: bigint },
): PaidAction {
  const { launchFeeMax, bundleFlock, bundleMtMin } = plan;
  const launched = act(deployment, "Launch", "launch", [
    {
      identity: { name: plan.name, symbol: plan.symbol, metadataHash: plan.metadataHash },
      metadataUri: plan.metadataUri,
      usage: { tierId: plan.tierId, minimumPrice: plan.minimumPrice },
      minimumRaise: plan.minimumRaise,
      target: plan.target,
      startPriceWad: plan.startPriceWad,
      saleDuration: plan.saleDuration,
      openingMode: OPENING_MODES.indexOf(plan.openingMode),
    },
    { launchFeeMax, bundleFlock, bundleMtMin, deadline },
  ]);
  return { ...launched, payment: paymentOf(deployment, "FLOCK", "offering", max) };
}

/** Turns a raise that has succeeded into a token, a pool and vesting shares; anybody can. */
export const graduate = (deployment: Deployment, modelId: bigint): Action =>
  act(deployment, "Graduate", "graduate", [modelId]);

/** Records that a raise has failed, so that everybody is refunded; anybody can. */
export const fail = (deployment: Deployment, modelId: bigint): Action => act(deployment, "Fail", "fail", [modelId]);

/** Sends the tokens of a position to its owner after graduation, whoever pays for the transaction. */
export const claimPosition = (deployment: Deployment, modelId: bigint, account: string): Action =>
  act(deployment, "Claim", "claim", [modelId, addressOf(account, "The account")]);

/** Sends what a position has brought into a failed raise back to its owner, whoever pays for the transaction. */
export const refund = (deployment: Deployment, modelId: bigint, account: string): Action =>
  act(deployment, "Refund", "refund", [modelId, addressOf(account, "The account")]);

/** Sends what the issuer's bundle has brought into a failed raise back to the issuer. */
export const refundBundle = (deployment: Deployment, modelId: bigint): Action =>
  act(deployment, "Refund the bundle", "refundBundle", [modelId]);

/** Takes the creator fees of a model, as the holder of the issuer's seat. */
export const claimCreatorFee = (deployment: Deployment, modelId: bigint, to: string): Action =>
  act(deployment, "Claim creator fees", "claimCreatorFee", [modelId, addressOf(to, "The receiver")]);

/** Takes the protocol fees of a model, as the holder of the treasury's seat. */
export const claimProtocolFee = (deployment: Deployment, modelId: bigint, to: string): Action =>
  act(deployment, "Claim protocol fees", "claimProtocolFee", [modelId, addressOf(to, "The receiver")]);

/** Takes the launch fees, as the holder of the treasury's seat. */
export const claimLaunchFees = (deployment: Deployment, to: string): Action =>
  act(deployment, "Claim launch fees", "claimLaunchFees", [addressOf(to, "The receiver")]);

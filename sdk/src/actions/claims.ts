import { bigintsIn } from "../codec/told.ts";
import type { Told } from "../codec/told.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { SHARES } from "../names/enums.ts";
import { seatOf } from "../names/seats.ts";
import type { AccountView, RaiseView } from "../reads/lens.ts";
import { withdrawalTimes } from "../usage/withdrawal.ts";
import type { Action } from "./action.ts";
import { collectIssuerBonus, collectRewards } from "./emissions.ts";
import { claimCreatorFee, claimPosition, refund, refundBundle } from "./offering.ts";
import { withdrawPrepaid } from "./prepaid.ts";
import { claimCredit, releaseShare } from "./seats.ts";
import { withdrawStake } from "./staking.ts";

/** What is known of an account that claims. */
export interface Claimant {
  account: string;
  /** What the lens tells of it: `accountOf`. */
  view: Told<AccountView>;
  /** The time of the chain [s]. */
  time: bigint;
  /** The raises of the models whose issuer's seat it holds, by model: `raiseOf`. Without them, fees and vesting are left out. */
  raises?: ReadonlyMap<bigint, Told<RaiseView>>;
  /** USDC credited to the issuer's seats of those models, by model: `readOf(deployment, "waterfall", "creditOf", [seat])`. */
  credits?: ReadonlyMap<bigint, bigint>;
}

/**
 * Everything that an account can take now, as actions of the account: positions, refunds, rewards, stakes that have left,
 * withdrawals that have matured; and as an issuer fees, bonus, vested tokens and credit.
 */
export function claimsOf(deployment: Deployment, claimant: Claimant): Action[] {
  const { account, time } = claimant;
  const view = bigintsIn<AccountView>(claimant.view);
  const rewarded = view.models.filter(({ reward }) => reward.flock + reward.mt !== 0n).map(({ modelId }) => modelId);
  return [
    ...view.models.flatMap((own) => ofModel(deployment, account, own, time)),
    ...(rewarded.length === 0 ? [] : [collectRewards(deployment, account, rewarded)]),
    ...view.models.filter(({ isIssuer }) => isIssuer).flatMap((own) => ofIssuer(deployment, claimant, own)),
    ...(isMature(view, time) ? [withdrawPrepaid(deployment, account)] : []),
  ];
}

type InModel = AccountView["models"][number];

function ofModel(deployment: Deployment, account: string, own: InModel, time: bigint): Action[] {
  const { modelId, claimable, refundable, stake } = own;
  const hasLeft = stake.exiting !== 0n && stake.withdrawableAt <= time;
  return [
    ...(claimable === 0n ? [] : [claimPosition(deployment, modelId, account)]),
    ...(refundable === 0n ? [] : [refund(deployment, modelId, account)]),
    ...(hasLeft ? [withdrawStake(deployment, modelId)] : []),
  ];
}

function ofIssuer(deployment: Deployment, { account, raises, credits }: Claimant, own: InModel): Action[] {
  const { modelId, issuerBonus, bundleRefundable } = own;
  const told = raises?.get(modelId);
  const raise = told === undefined ? undefined : bigintsIn<RaiseView>(told);
  const credit = credits?.get(modelId) ?? 0n;
  const vested = raise?.pool.shares[SHARES.indexOf("issuerMt")]?.releasable ?? 0n;
  return [
    ...(bundleRefundable === 0n ? [] : [refundBundle(deployment, modelId)]),
    ...(issuerBonus === 0n ? [] : [collectIssuerBonus(deployment, modelId, account)]),
    ...((raise?.creatorFee ?? 0n) === 0n ? [] : [claimCreatorFee(deployment, modelId, account)]),
    ...(vested === 0n ? [] : [releaseShare(deployment, modelId, "issuerMt")]),
    ...(credit === 0n ? [] : [claimCredit(deployment, seatOf("issuer", modelId), credit, account)]),
  ];
}

/** Whether a withdrawal can be executed now. */
function isMature({ prepaid: { requested, requestedAt } }: AccountView, time: bigint): boolean {
  const { maturesAt, lapsesAt } = withdrawalTimes(requestedAt);
  return requested !== 0n && time >= maturesAt && time < lapsesAt;
}

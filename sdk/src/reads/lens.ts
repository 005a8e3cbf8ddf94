import { lensAbi } from "../abi/lens.ts";
import { addressOf } from "../codec/address.ts";
import type { Deployment } from "../deployments/deployment.ts";
import type { Voucher } from "../signing/voucher.ts";
import type { Read, ReadArguments, ReadName, ReadResult } from "./read.ts";

/** A raise as the lens tells it: amounts in wei, prices and rates in WAD, times in seconds of Unix time. */
export type RaiseView = ReadResult<"lens", "raiseOf">;

/** One account over many models as the lens tells it. */
export type AccountView = ReadResult<"lens", "accountOf">;

/** A series of vouchers: one user, key and model. */
export interface SeriesId {
  user: string;
  /** Who signs: the user itself, or a key that it authorised. */
  key: string;
  modelId: bigint;
}

/** A series of vouchers as the lens tells it: amounts in USDC units, the discount in WAD, times in seconds of Unix time. */
export type SeriesView = ReadResult<"lens", "seriesOf">[number];

/** What keepers can do now as the lens tells it. */
export type DueView = ReadResult<"lens", "dueOf">;

const ask = <Name extends ReadName<"lens">>(
  { addresses }: Deployment,
  functionName: Name,
  args: ReadArguments<"lens", Name>,
): Read<"lens", Name> => ({ address: addresses.lens, abi: lensAbi, functionName, args });

/** Everything about the raise of a model, and what graduation has made of it, in one call. */
export const raiseOf = (deployment: Deployment, modelId: bigint) => ask(deployment, "raiseOf", [modelId]);

/** What a purchase for an exact payment would take and give now [FLOCK wei, MT wei]. */
export const quotedExactIn = (deployment: Deployment, modelId: bigint, flockIn: bigint) =>
  ask(deployment, "quoteExactIn", [modelId, flockIn]);

/** What a purchase of an exact amount would take and give now [FLOCK wei, MT wei]. */
export const quotedExactOut = (deployment: Deployment, modelId: bigint, mtOut: bigint) =>
  ask(deployment, "quoteExactOut", [modelId, mtOut]);

/**
 * Everything of one account over a list of models: balances, positions, stakes, discounts, prepaid USDC and rewards, in
 * one call.
 * @throws FomoError `badAddress`
 */
export const accountOf = (deployment: Deployment, account: string, modelIds: readonly bigint[]) =>
  ask(deployment, "accountOf", [addressOf(account, "The account"), modelIds]);

/**
 * What was collected of series of vouchers and for how much each is good, in their order, in one call.
 * @throws FomoError `badAddress`
 */
export const seriesOf = (deployment: Deployment, ids: readonly SeriesId[]) =>
  ask(deployment, "seriesOf", [
    ids.map(({ user, key, modelId }) => ({
      user: addressOf(user, "The user"),
      key: addressOf(key, "The key"),
      modelId,
    })),
  ]);

/**
 * What settling vouchers of one model would collect now, in their order and each as if it were the only one, in one call:
 * a list of reasons (`nameOf(SKIPS, reason)`) and a list of sums. A node limits the gas of a call: ask about 300 at most.
 */
export const previewedVouchers = (
  deployment: Deployment,
  modelId: bigint,
  vouchers: readonly Omit<Voucher, "modelId">[],
) =>
  ask(deployment, "previewVouchers", [
    modelId,
    vouchers.map(({ user, key, units, list, paid, r, vs }) => ({ user, key, units, list, paid, r, vs })),
  ]);

/** Everything that keepers can do now for the protocol and for a list of models, in one call. */
export const dueOf = (deployment: Deployment, modelIds: readonly bigint[]) => ask(deployment, "dueOf", [modelIds]);

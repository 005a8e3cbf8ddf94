import { z } from "zod";

import { OPENING_MODES } from "../../../sdk/src/names/enums.ts";
import {
  address,
  bytes32,
  flock,
  flockOrNull,
  modelId,
  mt,
  orNull,
  price,
  priceOrNull,
  rate,
  time,
  timeOrNull,
  sentOrPlanned,
  transactions,
} from "./vocabulary.ts";

/** At which prices a pool opens or would open; null if nobody can say any more. */
export const opening = {
  openingMode: z.enum(OPENING_MODES),
  ...priceOrNull("openingPrice"),
  ...priceOrNull("openingPriceNow"),
  ...priceOrNull("openingPriceAtMinimum"),
  ...priceOrNull("openingPriceAtTarget"),
};

/** Where all MT and all FLOCK of a raise go that ends at one sum. */
const outcome = z.strictObject({
  ...flock("raised"),
  ...mt("claimable"),
  ...mt("bundle"),
  ...mt("issuer"),
  ...mt("pool"),
  ...mt("treasury"),
  ...mt("incentiveReserve"),
  ...mt("burned"),
  ...flock("pool"),
  ...flock("stakingFund"),
  ...flock("protocol"),
  ...flock("creatorFees"),
  ...flock("protocolFees"),
  ...flock("launchFee"),
});

/** Ids of the other live models with the same symbol, among those that were compared. */
export const sameSymbolModels = z.array(modelId);

/** What a purchase takes and gives. */
const fill = { ...flock("paid"), ...flock("fee"), ...flock("net"), ...mt("received") };

/** `fomo launch`; a dry run has no model yet, and so no token and no times. */
export const launch = z.strictObject({
  dryRun: z.boolean(),
  modelId: orNull(modelId),
  token: orNull(address),
  ...timeOrNull("startsAt"),
  ...timeOrNull("endsAt"),
  issuer: address,
  name: z.string(),
  symbol: z.string(),
  sameSymbolModels,
  ...flock("target"),
  ...flock("minimumRaise"),
  ...price("startPrice"),
  ...opening,
  metadataUri: z.string(),
  metadataHash: bytes32,
  ...flock("virtual"),
  ...mt("virtual"),
  curve: z.array(
    z.strictObject({
      ...flock("raised"),
      ...mt("sold"),
      ...price("price"),
      ...price("averagePrice"),
      ...price("buyerPrice"),
      ...priceOrNull("openingPrice"),
      ...flockOrNull("aboveOpeningFrom"),
    }),
  ),
  ...flock("launchFee"),
  ...flock("bundle"),
  ...mt("bundle"),
  ...mt("bundleCap"),
  ...flock("due"),
  outcomes: z.array(outcome),
  transactions: sentOrPlanned,
});

/** `fomo quote` */
export const quote = z.strictObject({
  modelId,
  symbol: z.string(),
  sameSymbolModels,
  ...fill,
  ...rate("feeRate"),
  clamped: z.boolean(),
  ...price("averagePrice"),
  ...price("price"),
  ...price("priceAfter"),
  ...price("lastPrice"),
  ...opening,
  ...flock("raised"),
  ...flock("target"),
});

/** `fomo buy` */
export const buy = z.strictObject({
  modelId,
  payer: address,
  recipient: address,
  token: address,
  ...fill,
  ...mt("position"),
  ...flock("raised"),
  ...flock("target"),
  transactions,
});

/** `fomo graduate` */
export const graduate = z.strictObject({
  modelId,
  token: address,
  pair: address,
  ...flock("pool"),
  ...mt("pool"),
  ...price("openingPrice"),
  ...time("unlocksAt"),
  ...mt("claimable"),
  ...mt("issuer"),
  ...mt("treasury"),
  ...mt("incentiveReserve"),
  ...mt("burned"),
  ...flock("protocol"),
  ...flock("stakingFund"),
  transactions,
});

/** `fomo fail` */
export const fail = z.strictObject({ modelId, ...flock("raised"), transactions });

/** `fomo claim` */
export const claim = z.strictObject({ modelId, account: address, token: address, ...mt("claimed"), transactions });

/** `fomo refund` */
export const refund = z.strictObject({ modelId, account: address, ...flock("refunded"), transactions });

/** `fomo fees`: what waits, of a model if one was named; with `--claim` what was claimed. */
export const fees = z.union([
  z.strictObject({
    modelId: orNull(modelId),
    issuer: orNull(address),
    treasury: address,
    ...flockOrNull("creatorFees"),
    ...flockOrNull("protocolFees"),
    ...flock("launchFees"),
  }),
  z.strictObject({
    kind: z.enum(["creator", "protocol", "launch"]),
    modelId: orNull(modelId),
    to: address,
    ...flock("claimed"),
    transactions,
  }),
]);

import { z } from "zod";

import { OUTCOMES, SHARES } from "../../../sdk/src/names/enums.ts";
import { addresses } from "./chain.ts";
import { pausedUntil } from "./governance.ts";
import { opening, sameSymbolModels } from "./offering.ts";
import { stakeParts } from "./staking.ts";
import { prepaid } from "./usage.ts";
import {
  address,
  amount,
  bps,
  bytes32,
  count,
  flock,
  modelId,
  mt,
  orNull,
  price,
  priceOrNull,
  rate,
  seconds,
  time,
  timeOrNull,
  usdc,
  usdcPerMillionUnits,
  wholeText,
} from "./vocabulary.ts";

/** Where a raise stands. */
const phase = z.enum(["on sale", "to be graduated", "to be refunded", "graduated", "failed"]);

/** The protocol: what no single model or account owns. */
export const protocolStatus = z.strictObject({
  network: z.string(),
  chainId: count,
  addresses,
  treasury: address,
  settings: z.strictObject({
    ...flock("launchFee"),
    creatorFeeBps: bps,
    protocolFeeBps: bps,
    antiSnipeStartBps: bps,
    antiSnipeWindowSeconds: seconds,
    bundleCapBps: bps,
  }),
  liveSettings: z.strictObject({
    discountCapBps: bps,
    discountMultiplier: count,
    bucketBps: bps,
    bandBps: bps,
    ...flock("modelMinReserve"),
    routeRefillSeconds: seconds,
    modelRefillSeconds: seconds,
    // Smallest units of whatever token goes into the pair, as in a parameter file.
    route: z.array(z.strictObject({ pair: address, minReserveWei: wholeText })),
    ...mt("minimumStake"),
  }),
  pausedUntil,
  tiers: z.array(
    z.strictObject({
      tierId: count,
      open: z.boolean(),
      ...usdcPerMillionUnits("computeCost"),
      ...usdcPerMillionUnits("priceFloor"),
      ...flock("minMinimumRaise"),
      ...flock("maxTarget"),
      guaranteesHash: bytes32,
    }),
  ),
  waiting: z.strictObject({
    ...flock("budget"),
    ...flock("dailyRate"),
    ...rate("capFlockPerUsdc"),
    ...usdc("treasuryCredit"),
    ...usdc("buyback"),
  }),
  models: z.array(
    z.strictObject({
      modelId,
      symbol: z.string(),
      name: z.string(),
      phase,
      ...flock("raised"),
      ...flock("target"),
      ...time("endsAt"),
      apiId: z.string(),
    }),
  ),
});

/** What vests: MT or FLOCK. */
const share = z.union([
  z.strictObject({ share: z.enum(SHARES), ...mt("total"), ...mt("released"), ...mt("releasable") }),
  z.strictObject({ share: z.enum(SHARES), ...flock("total"), ...flock("released"), ...flock("releasable") }),
]);

/** What graduation has made of a model. */
const graduation = z.strictObject({
  ...time("graduatedAt"),
  pair: address,
  ...flock("pool"),
  ...mt("pool"),
  ...price("price"),
  ...price("openingPrice"),
  ...amount("locked", "Liquidity"),
  ...time("unlocksAt"),
  ...mt("unvested"),
  shares: z.array(share),
});

/** How a graduated model is used. */
const live = z.strictObject({
  apiId: z.string(),
  ...timeOrNull("liveAt"),
  ...mt("staked"),
  ...mt("circulating"),
  ...usdc("issuerCredit"),
  ...flock("issuerBonus"),
  ...usdc("buyback"),
  ...flock("buyback"),
  ...flock("carriedEmission"),
  ...flock("releasedFund"),
  ...mt("releasedReserve"),
  openEpoch: orNull(count),
  openScore: wholeText,
  ...usdc("openWeight"),
  ...usdc("openNet"),
  ...rate("openCapFlockPerUsdc"),
  ...price("openPrice"),
  ...flock("cut"),
  ...mt("cut"),
});

/** One model. */
export const modelStatus = z.strictObject({
  modelId,
  name: z.string(),
  symbol: z.string(),
  sameSymbolModels,
  phase,
  outcome: z.enum(OUTCOMES),
  issuer: address,
  token: address,
  ...flock("raised"),
  ...flock("gross"),
  ...flock("target"),
  ...flock("minimumRaise"),
  ...mt("sold"),
  ...flock("virtual"),
  ...mt("virtual"),
  ...price("price"),
  ...rate("feeRate"),
  ...time("startsAt"),
  ...time("endsAt"),
  ...time("failableAt"),
  ...opening,
  ...mt("bundle"),
  ...flock("bundleNet"),
  tierId: count,
  ...usdcPerMillionUnits("minimumPrice"),
  ...usdcPerMillionUnits("computeCost"),
  ...flock("unclaimedCreatorFees"),
  ...flock("unclaimedProtocolFees"),
  metadataHash: bytes32,
  graduation: orNull(graduation),
  live: orNull(live),
});

/** One account, in one model or in all. */
export const accountStatus = z.strictObject({
  account: address,
  isTreasury: z.boolean(),
  ...amount("balance", "Ether"),
  ...flock("balance"),
  ...usdc("balance"),
  ...flock("allowance"),
  prepaid: z.strictObject(prepaid),
  positions: z.array(
    z.strictObject({
      modelId,
      symbol: z.string(),
      phase,
      isIssuer: z.boolean(),
      ...mt("position"),
      ...flock("net"),
      ...priceOrNull("netPrice"),
      ...priceOrNull("openingPrice"),
      ...mt("balance"),
      ...stakeParts,
      ...flock("claimable"),
      ...mt("claimable"),
      ...flock("issuerBonus"),
    }),
  ),
});

/** The protocol. */
export type ProtocolStatus = z.infer<typeof protocolStatus>;
/** One model. */
export type ModelStatus = z.infer<typeof modelStatus>;
/** What graduation has made of it. */
export type GraduationStatus = z.infer<typeof graduation>;
/** How it is used. */
export type LiveStatus = z.infer<typeof live>;
/** One account. */
export type AccountStatus = z.infer<typeof accountStatus>;

/** `fomo status`: the protocol, with `--model` one model, with `--account` one account. */
export const status = z.union([protocolStatus, modelStatus, accountStatus]);

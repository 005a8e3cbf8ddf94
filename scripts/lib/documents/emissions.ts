import { z } from "zod";

import {
  address,
  bps,
  count,
  day,
  flock,
  flockOrNull,
  modelId,
  mt,
  mtOrNull,
  orNull,
  rate,
  transactions,
  usdc,
  usdcOrNull,
  wholeText,
} from "./vocabulary.ts";

/** The caps of rewards, as set. */
const caps = { ...rate("maxFlockPerUsdc"), maxRewardBps: bps };

/** Whether washing one's own usage pays at a price of FLOCK, and for whom. */
const washTrading = z.strictObject({
  ...rate("flockPriceUsd"),
  ...rate("capFlockPerUsdc"),
  ...rate("canEarnUsd"),
  circles: z.array(
    z.strictObject({
      name: z.enum(["outsiders", "insiders"]),
      ...rate("losesUsd"),
      ...rate("largestSafeCapFlockPerUsdc"),
      excluded: z.boolean(),
    }),
  ),
});

/** Whether washing pays. */
export type WashTrading = z.infer<typeof washTrading>;

/** `fomo emissions`; `next` is what governance has announced, `washTrading` is there with `--flock-price`. */
export const emissions = z.strictObject({
  epoch: count,
  day,
  open: z.boolean(),
  ...flock("unreserved"),
  ...flock("dailyRate"),
  ...rate("capFlockPerUsdc"),
  ...caps,
  next: orNull(z.strictObject({ ...flock("dailyRate"), ...caps, fromEpoch: count })),
  ...flock("emission"),
  totalScore: wholeText,
  models: z.array(
    z.strictObject({
      modelId,
      score: wholeText,
      ...rate("ageFactor"),
      ...flock("share"),
      ...flock("issuerBonus"),
      ...flock("allowance"),
      ...usdc("weight"),
      ...usdc("net"),
      state: z.enum(["open", "to be rolled", "filled", "nobody eligible"]),
      ...flock("pool"),
      ...mt("pool"),
    }),
  ),
  washTrading: orNull(washTrading),
});

/** `fomo fund` */
export const fund = z.strictObject({ from: address, ...flock("added"), ...flock("unreserved"), transactions });

/** `fomo rewards`; of an epoch that is not rolled yet, what closing it comes to is null. */
export const rewards = z.strictObject({
  account: address,
  models: z.array(
    z.strictObject({
      modelId,
      ...flock("claimable"),
      ...mt("claimable"),
      ...flock("issuerBonus"),
      ...usdc("openWeight"),
    }),
  ),
  history: z.array(
    z.strictObject({
      modelId,
      epoch: count,
      day,
      ...usdc("ownWeight"),
      ...usdc("ownNet"),
      rolled: z.boolean(),
      ...usdcOrNull("totalWeight"),
      ...flockOrNull("share"),
      ...flockOrNull("poolEmission"),
      ...flockOrNull("poolFund"),
      ...mtOrNull("pool"),
      ...flockOrNull("carried"),
      ...flockOrNull("reward"),
      ...mtOrNull("reward"),
      isCut: orNull(z.boolean()),
    }),
  ),
  claims: z.array(z.strictObject({ modelId, ...flock("paid"), ...mt("paid") })),
});

/** `fomo collect`: a user's rewards, or with `--issuer` the issuer's bonus of a model. */
export const collect = z.union([
  z.strictObject({
    account: address,
    ...flock("collected"),
    models: z.array(z.strictObject({ modelId, ...flock("collected"), ...mt("collected") })),
    transactions,
  }),
  z.strictObject({ modelId, to: address, ...flock("collected"), transactions }),
]);

/** `fomo roll` */
export const roll = z.strictObject({
  rolled: z.array(
    z.strictObject({
      modelId,
      epoch: count,
      ...flock("share"),
      ...flock("issuerBonus"),
      ...flock("poolEmission"),
      ...flock("poolFund"),
      ...mt("pool"),
      ...flock("carried"),
    }),
  ),
  transactions,
});

/** `fomo sweep` */
export const sweep = z.strictObject({
  modelId,
  ...flock("burned"),
  ...mt("burned"),
  ...flock("returned"),
  transactions,
});

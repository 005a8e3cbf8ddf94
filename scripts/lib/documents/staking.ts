import { z } from "zod";

import { address, bps, count, modelId, mt, mtOrNull, rate, timeOrNull, transactions } from "./vocabulary.ts";

/** A user's stake in one model: what counts, what warms up, what is on its way out. */
export const stakeParts = {
  ...mt("stake"),
  ...mt("warming"),
  ...timeOrNull("warmAt"),
  ...mt("exiting"),
  ...timeOrNull("withdrawableAt"),
  ...rate("discount"),
};

/** `fomo stake` */
export const stake = z.strictObject({
  modelId,
  user: address,
  ...mt("staked"),
  ...mt("claimed"),
  ...stakeParts,
  transactions,
});

/** `fomo unstake`; of the first three amounts the one that was done is not null. */
export const unstake = z.strictObject({
  modelId,
  user: address,
  ...mtOrNull("askedBack"),
  ...mtOrNull("putBack"),
  ...mtOrNull("withdrawn"),
  ...stakeParts,
  transactions,
});

/** `fomo discount` */
export const discount = z.strictObject({
  modelId,
  user: address,
  ...stakeParts,
  ...mt("circulating"),
  ...mt("stakeForLargest"),
  capBps: bps,
  multiplier: count,
});

import { z } from "zod";

import { WAITS } from "../decode/names.ts";
import { flock, modelId, mt, orNull, time, timeOrNull, transaction, transactions, usdc } from "./vocabulary.ts";

/** A step of the buyback; no model stands for the FLOCK that is burned. */
const step = { modelId: orNull(modelId) };

/** A lot that was bought: FLOCK for USDC, or a model's MT for its FLOCK. */
const boughtLot = z.discriminatedUnion("step", [
  z.strictObject({ ...step, step: z.literal("flock"), ...usdc("spent"), ...flock("bought"), sent: transaction }),
  z.strictObject({ ...step, step: z.literal("mt"), ...flock("spent"), ...mt("burned"), sent: transaction }),
]);

const wait = { wait: orNull(z.enum(WAITS).exclude(["none"])), ...timeOrNull("nextAt") };

/** What a step could buy, and why not now. */
const nextLot = z.discriminatedUnion("step", [
  z.strictObject({ ...step, step: z.literal("flock"), ...wait, ...usdc("waiting") }),
  z.strictObject({ ...step, step: z.literal("mt"), ...wait, ...flock("waiting") }),
]);

/** What was observed: the route or a model's pool. */
const observed = z.union([z.literal("route"), modelId]);

/** `fomo buyback`: one lot of each step that has one; with `--watch` everything that was done. */
export const buyback = z.union([
  z.strictObject({ bought: z.array(boughtLot), next: z.array(nextLot) }),
  z.strictObject({
    poked: z.array(observed),
    bought: z.array(boughtLot),
    waiting: z.array(nextLot),
    ...timeOrNull("nextAt"),
  }),
]);

/** A lot that was bought. */
export type BoughtLot = z.infer<typeof boughtLot>;

/** What a step could buy. */
export type WaitingLot = z.infer<typeof nextLot>;

/** `fomo poke` */
export const poke = z.strictObject({
  poked: z.array(observed),
  notDue: z.array(z.strictObject({ ...step, ...time("nextAt") })),
  transactions,
});

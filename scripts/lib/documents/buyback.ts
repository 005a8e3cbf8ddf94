import { z } from "zod";

import { WAITS } from "../../../sdk/src/names/enums.ts";
import {
  address,
  count,
  flock,
  modelId,
  mt,
  orNull,
  seconds,
  time,
  timeOrNull,
  transaction,
  transactions,
  usdc,
} from "./vocabulary.ts";

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

/** `fomo buyback`: one lot of each step that has one; with `--watch --once` everything that was done. */
export const buyback = z.union([
  z.strictObject({ bought: z.array(boughtLot), next: z.array(nextLot) }),
  z.strictObject({
    poked: z.array(observed),
    bought: z.array(boughtLot),
    waiting: z.array(nextLot),
    ...timeOrNull("nextAt"),
  }),
]);

/** `fomo buyback --watch`: one of these a line, as they happen. */
export const buybackEvent = z.discriminatedUnion("event", [
  z.strictObject({ event: z.literal("started"), ...time("at"), signer: address }),
  z.strictObject({ event: z.literal("poked"), ...time("at"), observed }),
  z.strictObject({ event: z.literal("bought"), ...time("at"), lot: boughtLot }),
  z.strictObject({ event: z.literal("waiting"), ...time("at"), waiting: z.array(nextLot), ...timeOrNull("nextAt") }),
  z.strictObject({ event: z.literal("failed"), ...time("at"), reason: z.string(), againInSeconds: seconds }),
  z.strictObject({ event: z.literal("stopped"), ...time("at"), poked: count, bought: count, failed: count }),
]);

/** One event of a watch. */
export type BuybackEvent = z.infer<typeof buybackEvent>;

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

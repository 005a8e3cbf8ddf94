import { z } from "zod";

import { DUE_KINDS } from "../../../sdk/src/actions/due.ts";
import { REASONS } from "../keeper/plan.ts";
import { reduced } from "./usage.ts";
import {
  address,
  amount,
  amountOrNull,
  bytes32,
  count,
  day,
  decimalText,
  modelId,
  orNull,
  plannedTransactions,
  seconds,
  time,
  transaction,
  transactions,
} from "./vocabulary.ts";

/** A work; no model stands for the route, and for the FLOCK that is burned. */
const work = { kind: z.enum(DUE_KINDS), modelId: orNull(modelId) };
const usd = decimalText.describe("[USD]");

/** What became of a work: done, or done by somebody else before or after our transaction was sent. */
const workDone = z.discriminatedUnion("outcome", [
  z.strictObject({ ...work, outcome: z.literal("executed"), sent: transaction }),
  z.strictObject({ ...work, outcome: z.literal("raced"), reason: z.string() }),
  z.strictObject({ ...work, outcome: z.literal("inVain"), reason: z.string(), transactionHash: bytes32 }),
]);

/** What is due and was not done: why, what it is worth, and what it takes. */
const workWaiting = z.strictObject({
  ...work,
  reason: z.enum(REASONS),
  worthUsd: orNull(usd),
  ...amountOrNull("cost", "Ether"),
  refusal: orNull(z.string()),
});

/** What was spent on the chain's day, with what is set aside for transactions on their way, and what may be. */
const spentToday = z.strictObject({
  day,
  gas: count,
  ...amount("spent", "Ether"),
  usd: orNull(usd),
  maxGas: orNull(count),
  maxUsd: orNull(usd),
});

const found = {
  signer: address,
  models: count,
  unreadable: z.array(modelId),
  waiting: z.array(workWaiting),
  spent: spentToday,
};

/** What was collected from a gateway's store. */
const collected = { collected: count, reduced, transactions };

/** `fomo keeper --once`, and with `--dry-run` what it would do. */
export const keeper = z.union([
  z.strictObject({
    ...{ dryRun: z.literal(false), ...found, done: z.array(workDone) },
    settlement: orNull(z.strictObject(collected)).describe("With `--store`."),
  }),
  z.strictObject({ dryRun: z.literal(true), ...found, transactions: plannedTransactions }),
]);

/** `fomo keeper`: one of these a line, as they happen; `waiting` only if something of it has changed. */
export const keeperEvent = z.discriminatedUnion("event", [
  z.strictObject({ event: z.literal("started"), ...time("at"), signer: address, metricsUrl: orNull(z.url()) }),
  z.strictObject({ event: z.literal("done"), ...time("at"), done: workDone }),
  z.strictObject({ event: z.literal("waiting"), ...time("at"), ...found }),
  z.strictObject({ event: z.literal("settled"), ...time("at"), ...collected }),
  z.strictObject({ event: z.literal("unsettled"), ...time("at"), reason: z.string(), againInSeconds: seconds }),
  z.strictObject({ event: z.literal("failed"), ...time("at"), reason: z.string(), againInSeconds: seconds }),
  z.strictObject({
    ...{ event: z.literal("stopped"), ...time("at"), rounds: count, failed: count },
    ...{ executed: count, raced: count, inVain: count },
  }),
]);

/** One event of a keeper. */
export type KeeperEvent = z.infer<typeof keeperEvent>;

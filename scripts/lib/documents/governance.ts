import { z } from "zod";

import { address, bytes, bytes32, orNull, time, timeOrNull, transactions } from "./vocabulary.ts";

/** A change of governance, with the call of the AccessManager that schedules it; its operation is null if it was not sent. */
const change = z.strictObject({
  title: z.string(),
  target: address,
  data: bytes,
  values: z.array(z.strictObject({ key: z.string(), from: orNull(z.string()), to: z.string() })),
  schedule: z.strictObject({ to: address, data: bytes }),
  operation: orNull(bytes32),
  ...timeOrNull("executableAt"),
});

/** A change that was proposed or would be. */
export type ProposedChange = z.infer<typeof change>;

/** `fomo propose`; values are written as in a parameter file. */
export const propose = z.strictObject({
  dryRun: z.boolean(),
  proposed: z.array(change),
  unchanged: z.array(z.string()),
  transactions,
});

const operation = z.strictObject({
  operation: bytes32,
  call: z.string(),
  warnings: z.array(z.string()),
  caller: address,
  target: address,
  data: bytes,
  ...time("executableAt"),
  ...time("lapsesAt"),
});

/** `fomo operations` */
export const operations = z.strictObject({
  executed: z.array(operation),
  cancelled: z.array(operation),
  waiting: z.array(operation),
  transactions,
});

/** Until when each is paused; null if it is not. */
export const pausedUntil = z.strictObject({
  ...timeOrNull("launches"),
  ...timeOrNull("buys"),
  ...timeOrNull("deposits"),
  ...timeOrNull("buybacks"),
});

/** `fomo pause` */
export const pause = z.strictObject({ pausedUntil, transactions });

import { z } from "zod";

import {
  address,
  bytes,
  bytes32,
  orNull,
  seconds,
  sentOrPlanned,
  time,
  timeOrNull,
  transactions,
  wholeText,
} from "./vocabulary.ts";

/** A value that a call replaces, written as in a parameter file, or in words. */
const changedValue = z.strictObject({ key: z.string(), from: orNull(z.string()), to: z.string() });

/** A change of governance, with the call of the AccessManager that schedules it; its operation is null if it was not sent. */
const change = z.strictObject({
  title: z.string(),
  target: address,
  data: bytes,
  values: z.array(changedValue),
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
  transactions: sentOrPlanned,
});

const operation = z.strictObject({
  operation: bytes32,
  call: z.string(),
  changes: z.array(z.strictObject({ title: z.string(), values: z.array(changedValue) })),
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

/** A delay that will hold instead, and from when. */
const pendingDelay = orNull(z.strictObject({ delaySeconds: seconds, ...time("since") }));

/** A role; its members' delay is that of what they do, the delay of grants that of new members. */
const role = z.strictObject({
  roleId: wholeText,
  role: z.string(),
  members: z.array(
    z.strictObject({ account: address, ...time("since"), isMember: z.boolean(), delaySeconds: seconds, pendingDelay }),
  ),
  admin: z.string(),
  guardian: z.string(),
  grantDelaySeconds: seconds,
  pendingGrantDelay: pendingDelay,
  functions: z.array(
    z.strictObject({ target: address, selector: z.string().regex(/^0x[0-9a-f]{8}$/), function: z.string() }),
  ),
});

/** `fomo roles`; the differences are sentences. */
export const roles = z.strictObject({
  deployer: address,
  roles: z.array(role),
  targets: z.array(
    z.strictObject({
      target: address,
      adminDelaySeconds: seconds,
      pendingAdminDelay: pendingDelay,
      closed: z.boolean(),
    }),
  ),
  differences: z.array(z.string()),
});

/** `fomo handover-roles`; the steps are those that are left, and what remains and the warnings are sentences. */
export const handoverRoles = z.strictObject({
  dryRun: z.boolean(),
  finished: z.boolean(),
  deployer: address,
  roles: z.array(
    z.strictObject({ role: z.string(), holder: address, delaySeconds: orNull(seconds), isFinal: z.boolean() }),
  ),
  steps: z.array(
    z.strictObject({
      title: z.string(),
      target: address,
      data: bytes,
      state: z.enum(["send", "schedule", "execute", "wait"]),
      ...timeOrNull("possibleFrom"),
    }),
  ),
  remains: z.array(z.string()),
  warnings: z.array(z.string()),
  transactions: sentOrPlanned,
});

import { z } from "zod";

import { buyback, poke } from "./buyback.ts";
import { bench, check, demo, deploy, node, verify, warp } from "./chain.ts";
import { collect, emissions, fund, rewards, roll, sweep } from "./emissions.ts";
import { handoverRoles, operations, pause, propose, roles } from "./governance.ts";
import { keeper } from "./keeper.ts";
import { status } from "./lens.ts";
import { buy, claim, fail, fees, graduate, launch, quote, refund } from "./offering.ts";
import { endpoint, seat } from "./registry.ts";
import { credits } from "./revenue.ts";
import { discount, stake, unstake } from "./staking.ts";
import { authorize, deposit, receipts, settle, usageReport, voucher, withdraw } from "./usage.ts";
import { release } from "./vesting.ts";
import { address, bytes, bytes32, count, orNull, plannedTransactions, transactions } from "./vocabulary.ts";

/**
 * The document that each command prints with `--json`. Its objects are strict: a key that is not here is a mistake. The
 * commands import types alone, so that none of this is loaded when one runs.
 */
export const DOCUMENTS = {
  ...{ node, warp, deploy, check, verify, demo, bench },
  ...{ launch, quote, buy, graduate, fail, claim, refund, release, fees },
  ...{ stake, unstake, discount },
  ...{ deposit, withdraw, authorize, voucher, settle, usage: usageReport, receipts },
  ...{ endpoint, credits, seat, poke, buyback, keeper },
  ...{ fund, emissions, rewards, collect, roll, sweep },
  ...{ propose, operations, pause, roles, "handover-roles": handoverRoles },
  status,
};

/** The name of a command, `launch` of `fomo launch`. */
export type CommandName = keyof typeof DOCUMENTS;

/** What a command returns. */
export type DocumentOf<Name extends CommandName> = z.infer<(typeof DOCUMENTS)[Name]>;

/**
 * What any command prints with `--json` if it refuses: the one sentence, and the contract's error if that is the cause; what
 * it had sent until then, and of which nobody knows whether it was executed.
 */
export const refusal = z.strictObject({
  error: z.strictObject({
    message: z.string().min(1),
    name: z.union([z.string(), z.null()]),
    values: z.union([z.record(z.string(), z.string()).meta({ title: "text by name" }), z.null()]),
  }),
  transactions,
  unclear: z.array(z.strictObject({ what: z.string(), transactionHash: orNull(bytes32), nonce: count })),
});

/** What a command that sends prints with `--dry-run --json`, unless it has a document of its own for it. */
export const rehearsed = z.strictObject({ dryRun: z.literal(true), transactions: plannedTransactions });

/** What a command prints with `--json` if an earlier run of the same, which was interrupted, has done its work. */
export const done = z.strictObject({ doneBefore: z.literal(true), transactions });

/**
 * What a command prints with `--safe-file --json`: the calls that it has written into the file, and whose Safe makes them;
 * without a call there is no file.
 */
export const written = z.strictObject({
  safeFile: orNull(z.string()),
  safe: orNull(address),
  calls: z.array(z.strictObject({ what: z.string(), to: address, data: bytes })),
  transactions,
});

/** What is written for a Safe. */
export type Written = z.infer<typeof written>;
/** What a refusal is. */
export type Refusal = z.infer<typeof refusal>;
/** What a dry run is. */
export type Rehearsed = z.infer<typeof rehearsed>;
/** What a command is that was done before. */
export type Done = z.infer<typeof done>;

import type { ContractTransactionReceipt } from "ethers";

import type { Action, Call } from "../../../sdk/src/actions/action.ts";
import { callOf } from "../../../sdk/src/actions/action.ts";
import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { estimate, plan, send } from "../chain/transactions.ts";
import type { Sent } from "../chain/transactions.ts";
import { asRevert } from "../command/revert.ts";
import { gasLimitOf, largestEstimate } from "./gasLimit.ts";

/** Rows of the first batch; later ones follow from what it took. */
const FIRST_SIZE = 100;
/** Rows of a batch at most: more save no gas worth mentioning. */
const MAX_SIZE = 400;

/** How rows are sent. */
export interface Batching<Row> {
  /** The most that one transaction may take [gas]. */
  maxGas: bigint;
  /** Whether the first batch can be estimated, or only after what a dry run does not send. */
  mayEstimate?: boolean;
  action: (batch: Row[]) => Action;
  /** Ids of rows that nothing on the chain tells apart. */
  idsOf: (batch: Row[]) => string[];
}

/** What became of rows. */
export type BatchStep<Row> =
  | { kind: "sent"; batch: Row[]; ids: string[]; sent: Sent; receipt: ContractTransactionReceipt }
  /** One row alone takes more than the limit. */
  | { kind: "tooMuchGas"; row: Row; gas: bigint };

/**
 * Sends rows in their order, as many in each transaction as its estimate allows: a row may take several times of what the
 * one before it does. A dry run tells the transactions and sends none.
 */
export async function* sendInBatches<Row>(
  session: Session,
  signer: Signer,
  rows: Row[],
  batching: Batching<Row>,
): AsyncGenerator<BatchStep<Row>> {
  const { maxGas, idsOf, mayEstimate = true } = batching;
  let size = FIRST_SIZE;
  for (let from = 0; from < rows.length;) {
    const batch = rows.slice(from, from + size);
    const action = batching.action(batch);
    const call = callOf(action);
    if (!mayEstimate) {
      await plan(session, action.what, call, null);
      from += batch.length;
      continue;
    }
    const time = await timeOf(session);
    const most = largestEstimate(maxGas, time);
    const gas = await estimateOf(session, signer, call, batch.length);
    if (gas === undefined || gas > most) {
      if (batch.length === 1) {
        yield { kind: "tooMuchGas", row: batch[0]!, gas: gas ?? maxGas }; // there is one
        from++;
      } else {
        size = gas === undefined ? Math.ceil(batch.length / 2) : fitting(batch.length, gas, most);
      }
      continue;
    }
    from += batch.length;
    if (session.sending.options.dryRun) {
      await plan(session, action.what, call, gasLimitOf(gas, time));
      continue;
    }
    const ids = idsOf(batch);
    const traits = { repeatable: true, ids, gas };
    const { sent, receipt } = await send(session, signer, action, traits);
    yield { kind: "sent", batch, ids, sent, receipt };
    size = Math.min(MAX_SIZE, Math.max(1, fitting(batch.length, gas, most)));
  }
}

/** How many rows like these fit; fewer than there are if they do not. */
function fitting(count: number, gas: bigint, most: bigint): number {
  const size = Number((BigInt(count) * most * 9n) / (gas * 10n));
  return Math.max(1, gas > most ? Math.min(size, count - 1) : size);
}

/** The gas of a batch; undefined if the node does not run so much at once, which it says in many ways. */
async function estimateOf(session: Session, signer: Signer, call: Call, count: number): Promise<bigint | undefined> {
  try {
    return await estimate(session, signer, call);
  } catch (error) {
    const isRefused = asRevert(error, session.usdcDecimals) !== undefined;
    if (isRefused || count === 1 || !isAboutSize(error)) throw error;
    return undefined;
  }
}

/** Whether a node says that a call is too large, or takes too much. */
const isAboutSize = (error: unknown): boolean =>
  error instanceof Error && /gas|too large|exceeds|size|limit|timeout|timed out/i.test(error.message);

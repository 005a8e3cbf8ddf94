import type { ContractTransactionReceipt } from "ethers";

import { settle } from "../../../sdk/src/actions/usage.ts";
import { eventsOf } from "../../../sdk/src/events/decode.ts";
import { SKIPS, SKIP_WORDS, nameOf } from "../../../sdk/src/names/enums.ts";
import type { Voucher } from "../../../sdk/src/signing/voucher.ts";
import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import type { Session, Signer } from "../chain/session.ts";
import type { Sent } from "../chain/transactions.ts";
import { sendInBatches } from "../sending/batches.ts";
import type { Placed } from "./rows.ts";

/** Why the meter has skipped or would skip a row. */
export type Skip = Exclude<(typeof SKIPS)[number], "none">;

/** What one settlement did. */
export interface Settled {
  modelId: number;
  byCard: boolean;
  units: bigint;
  list: bigint;
  paid: bigint;
  net: bigint;
}

/** What became of a voucher in a transaction. */
export interface CollectedVoucher {
  modelId: number;
  user: string;
  key: string;
  /** What was collected of it; null if it was skipped. */
  collected: UsageRow | null;
  /** Why it was skipped; null if it was not. */
  skipped: Skip | null;
}

/** What became of some vouchers. */
export type Collection =
  | { kind: "sent"; batch: Placed<Voucher>[]; sent: Sent; settled: Settled[]; vouchers: CollectedVoucher[] }
  /** One alone takes more gas than a transaction may. */
  | { kind: "tooMuchGas"; row: Placed<Voucher>; gas: bigint };

/** Collects vouchers of one model in their order, as many in each transaction as fit into it. */
export async function* collect(
  session: Session,
  signer: Signer,
  modelId: bigint,
  rows: Placed<Voucher>[],
  maxGas: bigint,
): AsyncGenerator<Collection> {
  const batches = sendInBatches(session, signer, rows, {
    maxGas,
    action: (batch) => ({
      ...settle(
        session.deployment,
        modelId,
        batch.map(({ value }) => value),
      ),
      what: `Settle ${batch.length.toString()} of model ${modelId.toString()}`,
    }),
    idsOf: () => [],
  });
  for await (const step of batches) {
    if (step.kind === "tooMuchGas") yield step;
    else {
      const { batch, sent, receipt } = step;
      yield {
        kind: "sent",
        batch,
        sent,
        settled: settledIn(session, receipt),
        vouchers: collectedIn(session, receipt),
      };
    }
  }
}

/** What a transaction has collected and skipped, voucher by voucher. */
export function collectedIn(session: Session, receipt: ContractTransactionReceipt): CollectedVoucher[] {
  return [
    ...eventsOf(session.deployment, receipt, "meter", "VoucherCollected").map(
      ({ args: { modelId, user, key, collected } }) => ({
        ...{ modelId: Number(modelId), user, key, collected, skipped: null },
      }),
    ),
    ...eventsOf(session.deployment, receipt, "meter", "VoucherSkipped").map(
      ({ args: { modelId, user, key, reason } }) => ({
        ...{ modelId: Number(modelId), user, key, collected: null, skipped: skipOf(reason) },
      }),
    ),
  ];
}

/** What a transaction has settled, model by model. */
export const settledIn = (session: Session, receipt: ContractTransactionReceipt): Settled[] =>
  eventsOf(session.deployment, receipt, "meter", "UsageSettled").map(
    ({ args: { modelId, byCard, units, list, paid, net } }) => ({
      ...{ modelId: Number(modelId), byCard, units, list, paid, net },
    }),
  );

/** The reason of an event that says why a row was skipped. */
export function skipOf(value: bigint): Skip {
  const skip = nameOf(SKIPS, value);
  if (skip === "none") throw new Error("The meter says that it has skipped a row, and why: for no reason");
  return skip;
}

/** A reason, for programs and for people. */
export const why = (skip: Skip) => ({ skipped: skip, reason: SKIP_WORDS[skip] });

/** The same of a row that is too large for a transaction. */
export const tooMuchGas = (gas: bigint, maxGas: bigint) => ({
  skipped: "tooMuchGas" as const,
  reason: `it would take ${gas.toString()} gas by itself, above the limit of ${maxGas.toString()}`,
});

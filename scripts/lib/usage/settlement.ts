import { settleCard } from "../../../sdk/src/actions/usage.ts";
import { eventsOf } from "../../../sdk/src/events/decode.ts";
import { approveIfShort } from "../chain/payments.ts";
import type { Session, Signer } from "../chain/session.ts";
import type { Sent } from "../chain/transactions.ts";
import { jsonUsdc } from "../command/amounts.ts";
import { sendInBatches } from "../sending/batches.ts";
import type { CardRow } from "./cardFile.ts";
import { collect, settledIn, skipOf, tooMuchGas, why } from "./collecting.ts";
import type { Settled } from "./collecting.ts";
import { settleIds, settledIds } from "./cardLedger.ts";
import { byModel } from "./rows.ts";
import type { Placed, RowsRead, SkippedRow } from "./rows.ts";
import type { Voucher } from "../../../sdk/src/signing/voucher.ts";
import { previewVouchers } from "./voucherCheck.ts";

/** What a run of `settle` did. */
export interface Outcome {
  collected: number;
  settled: Settled[];
  skipped: SkippedRow[];
  transactions: Sent[];
}

/** Settles vouchers, one model after another. What the meter would skip now is not sent. */
export async function settleVouchers(
  session: Session,
  signer: Signer,
  { rows, skipped }: RowsRead<Voucher>,
  maxGas: bigint,
): Promise<Outcome> {
  const outcome: Outcome = { collected: 0, settled: [], skipped: [...skipped], transactions: [] };
  const good: Placed<Voucher>[] = [];
  for (const { row, value, skip } of await previewVouchers(session, rows)) {
    if (skip === "none") good.push({ row, value });
    else outcome.skipped.push({ ...labelsOfVoucher({ row, value }), ...why(skip) });
  }
  for (const [modelId, group] of byModel(good)) {
    for await (const step of collect(session, signer, modelId, group, maxGas)) {
      if (step.kind === "tooMuchGas") {
        outcome.skipped.push({ ...labelsOfVoucher(step.row), ...tooMuchGas(step.gas, maxGas) });
        continue;
      }
      outcome.transactions.push(step.sent);
      outcome.settled.push(...step.settled);
      for (const { user, key, skipped: skip } of step.vouchers) {
        if (skip === null) ++outcome.collected;
        else {
          // One row of a series is sent, so the names tell which.
          const placed = step.batch.find(({ value }) => value.user === user && value.key === key)!; // it was sent
          outcome.skipped.push({ ...labelsOfVoucher(placed), ...why(skip) });
        }
      }
    }
  }
  return outcome;
}

/** Settles usage that was paid by card, with the signer's USDC. A row that was settled before is not settled again. */
export async function settleCards(
  session: Session,
  signer: Signer,
  { rows, skipped }: RowsRead<CardRow>,
  maxGas: bigint,
): Promise<Outcome> {
  const outcome: Outcome = { collected: 0, settled: [], skipped: [...skipped], transactions: [] };
  const before = await settledIds(session);
  const open = rows.filter(({ value }) => !before.has(value.id));
  for (const placed of rows.filter(({ value }) => before.has(value.id))) {
    const reason = `the transaction ${before.get(placed.value.id)!} has settled it`; // filtered
    outcome.skipped.push({ ...labelsOf(placed), skipped: "settledBefore", reason });
  }
  if (open.length === 0) return outcome;
  const settleRows = (some: typeof open) =>
    settleCard(
      session.deployment,
      some.map(({ value }) => value),
    );
  const { transactions, isAllowed } = await approveIfShort(session, signer, settleRows(open).payment);
  outcome.transactions.push(...transactions);
  const batches = sendInBatches(session, signer, open, {
    maxGas,
    mayEstimate: isAllowed,
    action: (batch) => ({ ...settleRows(batch), what: `Settle ${batch.length.toString()} by card` }),
    idsOf: (batch) => batch.map(({ value }) => value.id),
  });
  for await (const step of batches) {
    if (step.kind === "tooMuchGas") {
      outcome.skipped.push({ ...labelsOf(step.row), ...tooMuchGas(step.gas, maxGas) });
      continue;
    }
    const { batch, sent, receipt, ids } = step;
    await settleIds(session, ids, receipt);
    outcome.transactions.push(sent);
    const settled = settledIn(session, receipt);
    outcome.collected += settled.length;
    outcome.settled.push(...settled);
    for (const { args } of eventsOf(session.deployment, receipt, "meter", "CardRowSkipped")) {
      const { row, reason } = args;
      outcome.skipped.push({ ...labelsOf(batch[Number(row)]!), ...why(skipOf(reason)) }); // it counts what was sent
    }
  }
  return outcome;
}

/** A settlement in a JSON document. */
export function jsonSettled({ modelId, byCard, units, list, paid, net }: Settled, decimals: number) {
  return {
    modelId,
    byCard,
    units: units.toString(),
    ...jsonUsdc("list", list, decimals),
    ...jsonUsdc("paid", paid, decimals),
    ...jsonUsdc("net", net, decimals),
  };
}

const labelsOfVoucher = ({ row, value }: Placed<Voucher>) => ({
  ...{ file: "vouchers" as const, row, modelId: Number(value.modelId), user: value.user, key: value.key, id: null },
});

const labelsOf = ({ row, value }: Placed<CardRow>) => ({
  ...{ file: "cards" as const, row, modelId: Number(value.modelId), user: null, key: null, id: value.id },
});

import { jsonUsdc } from "../command/amounts.ts";
import { eventsOf } from "../chain/events.ts";
import { SKIPS, SKIP_WORDS, nameOf } from "../decode/names.ts";
import { inUsdc, sendPaid } from "../chain/payments.ts";
import type { Session, Signer } from "../chain/session.ts";
import { send } from "../chain/transactions.ts";
import type { Sent } from "../chain/transactions.ts";
import { previewVouchers } from "./voucherCheck.ts";
import type { CardRow } from "./cardFile.ts";
import type { Voucher } from "./voucher.ts";

/** Rows of one transaction: a hundred stay far below every chain's gas limit. */
export const BATCH = 100;

/** What one settlement did. */
export interface Settled {
  modelId: number;
  byCard: boolean;
  units: bigint;
  list: bigint;
  paid: bigint;
  net: bigint;
}

/** Why a row is skipped. */
type Skip = (typeof SKIPS)[number];

/** A row that was skipped. */
export interface SkippedRow {
  modelId: number;
  /** Where it stands in its file, from 1. */
  row: number;
  /** The voucher's user; null for a card row. */
  user: string | null;
  key: string | null;
  skipped: Skip;
  reason: string;
}

/** What a run of `settle` did. */
export interface Outcome {
  collected: number;
  settled: Settled[];
  skipped: SkippedRow[];
  transactions: Sent[];
}

/** Rows in batches, in their order. */
export function inBatches<Row>(rows: Row[], size = BATCH): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

/** Vouchers by model, in the order in which the models appear. */
export function byModel<Row extends { modelId: bigint }>(vouchers: Row[]): [bigint, Row[]][] {
  const groups = new Map<bigint, Row[]>();
  for (const voucher of vouchers) groups.set(voucher.modelId, [...(groups.get(voucher.modelId) ?? []), voucher]);
  return [...groups];
}

/** Settles vouchers, one model and batch after another. What the meter would skip now is not sent. */
export async function settleVouchers(session: Session, signer: Signer, vouchers: Voucher[]): Promise<Outcome> {
  const { meter } = session.protocol;
  const { settle } = meter.connect(signer);
  const outcome = emptyOutcome();
  const good = [];
  for (const [index, { voucher, skip }] of (await previewVouchers(session, vouchers)).entries()) {
    const placed = { ...voucher, row: index + 1 };
    if (skip === "none") good.push(placed);
    else outcome.skipped.push(skippedOf(placed, skip));
  }
  for (const [modelId, group] of byModel(good)) {
    for (const batch of inBatches(group)) {
      const what = `Settle ${batch.length.toString()} of model ${modelId.toString()}`;
      const { sent, receipt } = await send(session, signer, what, settle, modelId, batch);
      outcome.transactions.push(sent);
      outcome.collected += eventsOf(meter, receipt, "VoucherCollected").length;
      outcome.settled.push(...eventsOf(meter, receipt, "UsageSettled").map(settledOf));
      for (const { user, key, reason } of eventsOf(meter, receipt, "VoucherSkipped")) {
        const placed = batch.find((voucher) => voucher.user === user && voucher.key === key)!; // it was sent
        outcome.skipped.push(skippedOf(placed, nameOf(SKIPS, reason)));
      }
    }
  }
  return outcome;
}

/** Settles usage that was paid by card, with the signer's USDC. */
export async function settleCards(session: Session, signer: Signer, cards: CardRow[]): Promise<Outcome> {
  const { meter, addresses } = session.protocol;
  const { settleCard } = meter.connect(signer);
  const outcome = emptyOutcome();
  for (const [batchIndex, batch] of inBatches(cards).entries()) {
    const max = batch.reduce((sum, { paid }) => sum + paid, 0n);
    const payment = inUsdc(session, { spender: addresses.meter, spenderName: "meter", max });
    const what = `Settle ${batch.length.toString()} by card`;
    const way = { payment, permit: undefined };
    const { transactions, receipt } = await sendPaid(session, signer, what, way, settleCard, batch);
    outcome.transactions.push(...transactions);
    const settled = eventsOf(meter, receipt, "UsageSettled").map(settledOf);
    outcome.collected += settled.length;
    outcome.settled.push(...settled);
    for (const event of eventsOf(meter, receipt, "CardRowSkipped")) {
      const row = batchIndex * BATCH + Number(event.row) + 1;
      outcome.skipped.push({
        modelId: Number(event.modelId),
        row,
        user: null,
        key: null,
        ...skipOf(nameOf(SKIPS, event.reason)),
      });
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

function settledOf(event: Omit<Settled, "modelId"> & { modelId: bigint }): Settled {
  const { modelId, byCard, units, list, paid, net } = event;
  return { modelId: Number(modelId), byCard, units, list, paid, net };
}

const skippedOf = ({ modelId, row, user, key }: Voucher & { row: number }, skip: Skip): SkippedRow => ({
  modelId: Number(modelId),
  row,
  user,
  key,
  ...skipOf(skip),
});

const skipOf = (skip: Skip) => ({ skipped: skip, reason: SKIP_WORDS[skip] });

const emptyOutcome = (): Outcome => ({ collected: 0, settled: [], skipped: [], transactions: [] });

import { showCount } from "../../../sdk/src/units/show.ts";
import type { Session, Signer } from "../chain/session.ts";
import type { Sent } from "../chain/transactions.ts";
import { receiptOf } from "../sending/lookUp.ts";
import { collect, collectedIn, tooMuchGas, why } from "../usage/collecting.ts";
import type { Settled } from "../usage/collecting.ts";
import type { RowSkip } from "../usage/rows.ts";
import { previewVouchers } from "../usage/voucherCheck.ts";
import { withReduced } from "./withReduced.ts";
import type { Reduced } from "./app.ts";
import type { Thresholds } from "./due.ts";
import type { ReceiptFile } from "./receiptFile.ts";
import type { ReducedFile } from "./reducedFile.ts";
import { survey } from "./survey.ts";
import type { DueVoucher, Survey } from "./survey.ts";

/** Vouchers that are read, previewed and sent before the next ones are read. */
const WINDOW = 3_000;

/** How many vouchers that were not collected are told one by one; all are counted. */
const MAX_TOLD = 100;

/** What is to be settled. */
export interface Order {
  logs: string[];
  store: string | null;
  thresholds: Thresholds;
  receipts: ReceiptFile | undefined;
  /** The most that one transaction may take [gas]. */
  maxGas: bigint;
}

/** A voucher that was not collected, and why. */
export interface LeftOut {
  modelId: number;
  user: string;
  key: string;
  skipped: RowSkip;
  reason: string;
}

/** What settling logs and a store has done. */
export interface ReducedOutcome {
  reduced: Reduced;
  survey: Survey;
  collected: number;
  /** What the meter or its preview has skipped, by reason; and some of them. */
  skippedCounts: Map<RowSkip, number>;
  skipped: LeftOut[];
  settled: Settled[];
  transactions: Sent[];
}

/** Collects what logs and a store have, and is worth it: the models and vouchers with the most open first. */
export async function settleReduced(session: Session, signer: Signer, order: Order): Promise<ReducedOutcome> {
  if (order.receipts !== undefined) await tellEarlier(session, order.receipts);
  return await withReduced(session, order, async (file, reduced) => {
    const found = await session.out.duringSteps("Asking what is open", (announce) =>
      survey(session, file, order.thresholds, announce),
    );
    return await collectDue(session, signer, order, file, reduced, found);
  });
}

async function collectDue(
  session: Session,
  signer: Signer,
  { receipts, maxGas }: Order,
  file: ReducedFile,
  reduced: Reduced,
  found: Survey,
): Promise<ReducedOutcome> {
  const outcome: ReducedOutcome = {
    ...{ reduced, survey: found, collected: 0, skippedCounts: new Map<RowSkip, number>() },
    ...{ skipped: [], settled: [], transactions: [] },
  };
  const leaveOut = (one: LeftOut) => {
    outcome.skippedCounts.set(one.skipped, (outcome.skippedCounts.get(one.skipped) ?? 0) + 1);
    if (outcome.skipped.length < MAX_TOLD) outcome.skipped.push(one);
  };
  const { length } = found.due.flatMap(({ vouchers }) => vouchers);
  let done = 0;
  for (const { modelId, vouchers } of found.due) {
    const id = Number(modelId);
    for (let from = 0; from < vouchers.length; from += WINDOW) {
      const some = vouchers.slice(from, from + WINDOW);
      const good = await collectable(session, file, some, leaveOut);
      for await (const step of collect(session, signer, modelId, good, maxGas)) {
        if (step.kind === "tooMuchGas") {
          const { user, key } = step.row.value;
          leaveOut({ modelId: id, user, key, ...tooMuchGas(step.gas, maxGas) });
          continue;
        }
        const { transactionHash, blockNumber } = step.sent;
        receipts?.add({ transactionHash, blockNumber, vouchers: step.vouchers });
        outcome.transactions.push(step.sent);
        outcome.settled = summed([...outcome.settled, ...step.settled]);
        for (const { user, key, skipped } of step.vouchers) {
          if (skipped === null) ++outcome.collected;
          else leaveOut({ modelId: id, user, key, ...why(skipped) });
        }
      }
      done += some.length;
      session.out.note(`Settled ${showCount(BigInt(done))} of ${showCount(BigInt(length))} vouchers that are due.`);
    }
  }
  return outcome;
}

/** The vouchers of a window that the meter would collect now. */
async function collectable(
  session: Session,
  file: ReducedFile,
  some: readonly DueVoucher[],
  leaveOut: (one: LeftOut) => void,
) {
  const rows = some.map((due, index) => ({ row: index + 1, value: file.at(due) }));
  const good = [];
  for (const { row, value, skip } of await previewVouchers(session, rows)) {
    if (skip === "none") good.push({ row, value });
    else leaveOut({ modelId: Number(value.modelId), user: value.user, key: value.key, ...why(skip) });
  }
  return good;
}

/** Puts into a receipt file what interrupted runs have sent and not written down there. */
async function tellEarlier(session: Session, receipts: ReceiptFile): Promise<void> {
  for (const { what, transactionHash, blockNumber } of session.sending.executed) {
    if (receipts.has(transactionHash)) continue;
    const receipt = await receiptOf(session, what, transactionHash);
    const vouchers = collectedIn(session, receipt);
    if (vouchers.length !== 0) receipts.add({ transactionHash, blockNumber, vouchers }); // it was a settlement
  }
}

/** The sums of each model: a line for each, however many transactions there were. */
function summed(settled: readonly Settled[]): Settled[] {
  const byModel = new Map<number, Settled>();
  for (const one of settled) {
    const { modelId, units, list, paid, net } = byModel.get(one.modelId) ?? {
      ...one,
      units: 0n,
      list: 0n,
      paid: 0n,
      net: 0n,
    };
    byModel.set(modelId, {
      ...{ modelId, byCard: one.byCard, units: units + one.units, list: list + one.list },
      ...{ paid: paid + one.paid, net: net + one.net },
    });
  }
  return [...byModel.values()];
}

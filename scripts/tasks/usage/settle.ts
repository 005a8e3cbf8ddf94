import { show, showCount } from "../../../sdk/src/units/show.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import type { Session, Signer } from "../../lib/chain/session.ts";
import { parseWhole } from "../../lib/command/amounts.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { tableOf } from "../../lib/command/table.ts";
import { shownPath } from "../../lib/command/textFile.ts";
import { MAX_GAS } from "../../lib/sending/gasLimit.ts";
import { ReceiptFile } from "../../lib/settlement/receiptFile.ts";
import { describeReduced, jsonReduced } from "../../lib/settlement/report.ts";
import { parseThresholds } from "../../lib/settlement/thresholds.ts";
import { settleReduced } from "../../lib/settlement/settleReduced.ts";
import type { ReducedOutcome } from "../../lib/settlement/settleReduced.ts";
import { cardsIn, readCardFile } from "../../lib/usage/cardFile.ts";
import type { Settled } from "../../lib/usage/collecting.ts";
import { describeSkipped, wasDone } from "../../lib/usage/rows.ts";
import { jsonSettled, settleCards, settleVouchers } from "../../lib/usage/settlement.ts";
import { readVoucherFile, vouchersIn } from "../../lib/usage/voucherFile.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  file: string | undefined;
  log: string | undefined;
  store: string | undefined;
  minUsdc: string | undefined;
  maxAgeHours: string | undefined;
  receipts: string | undefined;
  cards: string | undefined;
  maxGas: string | undefined;
}

/** The smallest limit that is of use: a few rows [gas]. */
const LEAST_GAS = 500_000n;

/** `fomo settle`: the platform collects vouchers of files, logs and a store, and pays for usage that came by card. */
export default runCommand("settle", async (args: Arguments, context) => {
  const isReduced = args.log !== undefined || args.store !== undefined;
  if (args.file === undefined && args.cards === undefined && !isReduced) {
    throw new CommandError(
      "Name vouchers with --file, --log or --store, a file of card rows with --cards, or several of these.",
    );
  }
  refuseWithoutUse(args, isReduced);
  const maxGas = parseWhole("--max-gas", args.maxGas ?? MAX_GAS.toString(), LEAST_GAS, MAX_GAS);
  // All files are read before anything is sent.
  const voucherFile = args.file === undefined ? undefined : readVoucherFile(args.file);
  const cardFile = args.cards === undefined ? undefined : readCardFile(args.cards);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  const { out, usdcDecimals } = session;

  const outcomes = [];
  if (voucherFile !== undefined) {
    const found = vouchersIn(session, voucherFile);
    out.say(
      `Settling ${shownPath(voucherFile.path)}, vouchers: ${showCount(BigInt(found.rows.length))}, as ${signer.address}.`,
    );
    outcomes.push(await settleVouchers(session, signer, found, maxGas));
  }
  const reduced = isReduced ? await settleLogs(session, signer, args, maxGas) : undefined;
  if (cardFile !== undefined) {
    const found = cardsIn(session, cardFile);
    out.say(
      `Settling ${shownPath(args.cards!)}, card rows: ${showCount(BigInt(found.rows.length))}, as ${signer.address}.`,
    ); // it was read
    outcomes.push(await settleCards(session, signer, found, maxGas));
  }
  const all = [...outcomes, ...(reduced === undefined ? [] : [reduced])];
  const settled = all.flatMap((outcome) => outcome.settled);
  const skipped = outcomes.flatMap((outcome) => outcome.skipped);
  const collected = all.reduce((sum, outcome) => sum + outcome.collected, 0);
  for (const row of skipped) out.say(describeSkipped(row));
  if (reduced !== undefined) for (const line of describeReduced(reduced, usdcDecimals)) out.say(line);

  const left = skipped.length + (reduced === undefined ? 0 : leftOut(reduced));
  out.say(`\nCollected ${showCount(BigInt(collected))}, skipped ${showCount(BigInt(left))}.`);
  if (settled.length !== 0) out.say(tableOfSettled(settled, usdcDecimals));
  if (collected === 0 && !isAllDone(reduced)) context.outcome = "nothing";
  else if (!skipped.every(wasDone) || (reduced !== undefined && leftOut(reduced) !== 0)) context.outcome = "part";
  return {
    collected,
    settled: settled.map((one) => jsonSettled(one, usdcDecimals)),
    skipped,
    reduced: reduced === undefined ? null : jsonReduced(reduced, usdcDecimals),
    transactions: all.flatMap((outcome) => outcome.transactions),
  };
});

/** Options that say something of logs and stores alone. */
function refuseWithoutUse({ store, minUsdc, maxAgeHours, receipts }: Arguments, isReduced: boolean): void {
  if (!isReduced && (minUsdc ?? maxAgeHours ?? receipts) !== undefined) {
    throw new CommandError("--min-usdc, --max-age-hours and --receipts are for --log and --store.");
  }
  if (maxAgeHours !== undefined && store === undefined) {
    throw new CommandError("A log does not say since when its vouchers wait: give --max-age-hours with --store.");
  }
}

async function settleLogs(
  session: Session,
  signer: Signer,
  { log, store, minUsdc, maxAgeHours, receipts: path }: Arguments,
  maxGas: bigint,
): Promise<ReducedOutcome> {
  const thresholds = parseThresholds({ minUsdc, maxAgeHours })(session.usdcDecimals);
  const receipts = path === undefined || session.sending.options.dryRun ? undefined : new ReceiptFile(path);
  try {
    session.out.say(`Settling what ${log === undefined ? "the store" : "the logs"} have, as ${signer.address}.`);
    const logs = log === undefined ? [] : log.split(",").map((pattern) => pattern.trim());
    return await settleReduced(session, signer, { logs, store: store ?? null, thresholds, receipts, maxGas });
  } finally {
    receipts?.close();
  }
}

/** How many vouchers of logs and stores were left out though they should have been collected. */
const leftOut = ({ reduced: { bad }, skippedCounts }: ReducedOutcome): number =>
  [
    ...Object.values(bad),
    ...[...skippedCounts].filter(([skip]) => skip !== "nothingNew").map(([, count]) => count),
  ].reduce((sum, count) => sum + count, 0);

/** Whether nothing was left to collect, because all of it was collected before or waits. */
const isAllDone = (reduced: ReducedOutcome | undefined): boolean =>
  reduced !== undefined && reduced.survey.due.length === 0 && reduced.reduced.good !== 0;

function tableOfSettled(settled: Settled[], usdcDecimals: number): string {
  const usdc = (amount: bigint) => show(amount, usdcDecimals);
  return tableOf(
    [">model", "by", ">units", ">list (USDC)", ">paid (USDC)", ">net (USDC)"],
    settled.map(({ modelId, byCard, units, list, paid, net }) => [
      modelId,
      byCard ? "card" : "voucher",
      showCount(units),
      usdc(list),
      usdc(paid),
      usdc(net),
    ]),
  );
}

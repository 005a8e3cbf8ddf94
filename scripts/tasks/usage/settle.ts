import { openSession, signerOf } from "../../lib/chain/session.ts";
import { parseWhole } from "../../lib/command/amounts.ts";
import { show, showCount } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { tableOf } from "../../lib/command/table.ts";
import { shownPath } from "../../lib/command/textFile.ts";
import { MAX_GAS } from "../../lib/sending/gasLimit.ts";
import { cardsIn, readCardFile } from "../../lib/usage/cardFile.ts";
import { describeSkipped, wasDone } from "../../lib/usage/rows.ts";
import { jsonSettled, settleCards, settleVouchers } from "../../lib/usage/settlement.ts";
import type { Settled } from "../../lib/usage/settlement.ts";
import { readVoucherFile, vouchersIn } from "../../lib/usage/voucherFile.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  file: string | undefined;
  cards: string | undefined;
  maxGas: string | undefined;
}

/** The smallest limit that is of use: a few rows [gas]. */
const LEAST_GAS = 500_000n;

/** `fomo settle`: the platform collects a file of vouchers, and pays for usage that came by card. */
export default runCommand("settle", async (args: Arguments, context) => {
  if (args.file === undefined && args.cards === undefined) {
    throw new CommandError("Name a file of vouchers with --file, a file of card rows with --cards, or both.");
  }
  const maxGas = parseWhole("--max-gas", args.maxGas ?? MAX_GAS.toString(), LEAST_GAS, MAX_GAS);
  // Both files are read before anything is sent.
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
  if (cardFile !== undefined) {
    const found = cardsIn(session, cardFile);
    out.say(
      `Settling ${shownPath(args.cards!)}, card rows: ${showCount(BigInt(found.rows.length))}, as ${signer.address}.`,
    ); // it was read
    outcomes.push(await settleCards(session, signer, found, maxGas));
  }
  const settled = outcomes.flatMap((outcome) => outcome.settled);
  const skipped = outcomes.flatMap((outcome) => outcome.skipped);
  const collected = outcomes.reduce((sum, outcome) => sum + outcome.collected, 0);
  for (const row of skipped) out.say(describeSkipped(row));

  out.say(`\nCollected ${collected.toString()}, skipped ${skipped.length.toString()}.`);
  if (settled.length !== 0) out.say(tableOfSettled(settled, usdcDecimals));
  if (collected === 0) context.outcome = "nothing";
  else if (!skipped.every(wasDone)) context.outcome = "part";
  return {
    collected,
    settled: settled.map((one) => jsonSettled(one, usdcDecimals)),
    skipped,
    transactions: outcomes.flatMap((outcome) => outcome.transactions),
  };
});

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

import { show } from "../../lib/command/amounts.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import { BATCH, jsonSettled, settleCards, settleVouchers } from "../../lib/usage/settlement.ts";
import { tableOf } from "../../lib/command/table.ts";
import { shownPath } from "../../lib/command/textFile.ts";
import { cardsIn, readCardFile } from "../../lib/usage/cardFile.ts";
import { readVoucherFile, vouchersIn } from "../../lib/usage/voucherFile.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  file: string | undefined;
  cards: string | undefined;
}

/** `fomo settle`: the platform collects a file of vouchers, and pays for usage that came by card. */
export default runCommand<"settle", Arguments>(async (args, context) => {
  if (args.file === undefined && args.cards === undefined) {
    throw new CommandError("Name a file of vouchers with --file, a file of card rows with --cards, or both.");
  }
  // Both files are read before anything is sent.
  const voucherFile = args.file === undefined ? undefined : readVoucherFile(args.file);
  const cardFile = args.cards === undefined ? undefined : readCardFile(args.cards);
  const session = await openSession(context);
  const vouchers = voucherFile === undefined ? [] : vouchersIn(session, voucherFile);
  const cards = cardFile === undefined ? [] : cardsIn(session, cardFile);
  const signer = await signerOf(session, args.from);
  const { out, usdcDecimals } = session;

  const outcomes = [];
  if (args.file !== undefined) {
    const what = `${shownPath(args.file)}, vouchers: ${vouchers.length.toString()}`;
    out.say(`Settling ${what}, as ${signer.address}, at most ${BATCH.toString()} at a time.`);
    outcomes.push(await settleVouchers(session, signer, vouchers));
  }
  if (args.cards !== undefined) {
    out.say(`Settling ${shownPath(args.cards)}, card rows: ${cards.length.toString()}, as ${signer.address}.`);
    outcomes.push(await settleCards(session, signer, cards));
  }
  const settled = outcomes.flatMap((outcome) => outcome.settled);
  const skipped = outcomes.flatMap((outcome) => outcome.skipped);
  const collected = outcomes.reduce((sum, outcome) => sum + outcome.collected, 0);

  out.say(`\nCollected ${collected.toString()}, skipped ${skipped.length.toString()}.`);
  const usdc = (amount: bigint) => show(amount, usdcDecimals);
  if (settled.length !== 0) {
    out.say(
      tableOf(
        [">model", "by", ">units", ">list (USDC)", ">paid (USDC)", ">net (USDC)"],
        settled.map(({ modelId, byCard, units, list, paid, net }) => [
          modelId,
          byCard ? "card" : "voucher",
          show(units, 0),
          usdc(list),
          usdc(paid),
          usdc(net),
        ]),
      ),
    );
  }
  for (const { modelId, row, user, key, reason } of skipped) {
    const what = user === null ? `card row ${row.toString()}` : `voucher ${row.toString()} of ${user}`;
    const signedBy = key === null || key === user ? "" : ` by the key ${key}`;
    out.say(`Skipped: ${what}${signedBy}, model ${modelId.toString()}: ${reason}.`);
  }
  return {
    collected,
    settled: settled.map((one) => jsonSettled(one, usdcDecimals)),
    skipped,
    transactions: outcomes.flatMap((outcome) => outcome.transactions),
  };
});

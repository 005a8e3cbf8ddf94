import { jsonUsdc, showUsdc } from "../lib/amounts.ts";
import { runCommand } from "../lib/command.ts";
import { CommandError } from "../lib/commandError.ts";
import { inUsdc, parseUsdc } from "../lib/payments.ts";
import { describePrepaid, jsonPrepaid, prepaidOf } from "../lib/prepaid.ts";
import { addressOf, openSession, signerOf } from "../lib/session.ts";
import { pairsOf } from "../lib/table.ts";
import { preparePayment, send } from "../lib/transactions.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  usdc: string | undefined;
  creditFor: string | undefined;
}

/** `fomo deposit`: prepays inference for oneself, or, as the platform, for a user who paid by card. */
export default runCommand<Arguments>(async (args, context) => {
  if (args.usdc === undefined) throw new CommandError("Say how much to deposit with --usdc, such as --usdc 100.");
  const session = await openSession(context);
  const amount = parseUsdc(session, "--usdc", args.usdc);
  const signer = await signerOf(session, args.from);
  const user = args.creditFor === undefined ? signer.address : await addressOf(session, "--credit-for", args.creditFor);
  const { addresses } = session.protocol;
  const meter = session.protocol.meter.connect(signer);
  const payment = inUsdc(session, { spender: addresses.meter, spenderName: "meter", most: amount });
  const shown = showUsdc(amount, context.usdcDecimals);

  const { approvals, sent } = await (args.creditFor === undefined ? deposit() : depositCredit());
  const view = await prepaidOf(session, user);
  context.out.say(`${user} has now:`);
  context.out.say(pairsOf(describePrepaid(view, context.usdcDecimals)));
  return {
    payer: signer.address,
    user,
    byCard: args.creditFor !== undefined,
    ...jsonUsdc("paid", amount, context.usdcDecimals),
    ...jsonPrepaid(view, context.usdcDecimals),
    transactions: [...approvals, sent],
  };

  async function deposit() {
    context.out.say(`Depositing ${shown} for inference as ${signer.address}.`);
    const approvals = await preparePayment(session, signer, payment, meter.deposit, amount);
    return { approvals, ...(await send(session, signer, "Deposit", meter.deposit, amount)) };
  }

  async function depositCredit() {
    context.out.say(`Depositing ${shown} as card credit of ${user} as ${signer.address}; it cannot be withdrawn.`);
    const approvals = await preparePayment(session, signer, payment, meter.depositCredit, user, amount);
    return { approvals, ...(await send(session, signer, "Deposit credit", meter.depositCredit, user, amount)) };
  }
});

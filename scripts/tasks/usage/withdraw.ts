import { cancelWithdrawal, requestWithdrawal, withdrawPrepaid } from "../../../sdk/src/actions/prepaid.ts";
import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { jsonUsdc, parseDecimal, unitsOf } from "../../lib/command/amounts.ts";
import { showTime, showUsdc } from "../../../sdk/src/units/show.ts";
import type { Decimal } from "../../lib/command/amounts.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { jsonPrepaid, prepaidOf } from "../../lib/usage/prepaid.ts";
import { addressOf, openSession, signerOf } from "../../lib/chain/session.ts";
import type { Session, Signer } from "../../lib/chain/session.ts";
import { send } from "../../lib/chain/transactions.ts";
import { writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";

interface Arguments extends SafeArguments {
  json: boolean;
  usdc: string | undefined;
  execute: boolean;
  cancel: boolean;
  to: string | undefined;
}

/** `fomo withdraw`: asks prepaid USDC back, takes it when the request has matured, or cancels the request. */
export default runCommand("withdraw", async (args: Arguments, context) => {
  if ([args.usdc !== undefined, args.execute, args.cancel].filter(Boolean).length !== 1) {
    throw new CommandError("Say one thing: request an amount with --usdc, or --execute, or --cancel.");
  }
  if (args.to !== undefined && !args.execute) {
    throw new CommandError("--to says who receives what is withdrawn: add --execute, or leave --to out.");
  }
  const requested = args.usdc === undefined ? undefined : parseDecimal("--usdc", args.usdc, MAX_AMOUNT);
  const session = await openSession(context);
  if (args.safeFile !== undefined) return await withdrawBySafe(session, args, requested);
  const signer = await signerOf(session, args.from);
  const done = await withdrawOrRequest(session, signer, args, requested);
  const view = await prepaidOf(session, signer.address);
  return { user: signer.address, ...done, ...jsonPrepaid(view, session.usdcDecimals) };
});

/** Writes the step into a file, for a multisig that has prepaid; whose it is, nobody but `--from` says. */
async function withdrawBySafe(session: Session, args: Arguments, requested: Decimal | undefined): Promise<never> {
  const { deployment } = session;
  const to = args.to === undefined ? undefined : await addressOf(session, "--to", args.to);
  const steps = (safe: string) => {
    if (args.cancel) return [cancelWithdrawal(deployment)];
    if (args.execute) return [withdrawPrepaid(deployment, to ?? safe)];
    const amount = unitsOf(requested!, session.usdcDecimals); // one of the three was named
    return [requestWithdrawal(deployment, amount)];
  };
  return await writeSafeFile(session, args, { name: "withdrawal", holder: () => Promise.resolve(undefined), steps });
}

async function withdrawOrRequest(session: Session, signer: Signer, args: Arguments, requested: Decimal | undefined) {
  const { out, usdcDecimals } = session;
  const { deployment } = session;
  const nothingYet = { to: null, ...jsonUsdc("withdrawn", null, usdcDecimals) };
  if (args.cancel) {
    out.say(`Cancelling the withdrawal of ${signer.address}.`);
    const { sent } = await send(session, signer, cancelWithdrawal(deployment));
    return { ...nothingYet, transactions: [sent] };
  }
  if (args.execute) {
    const to = args.to === undefined ? signer.address : await addressOf(session, "--to", args.to);
    out.say(`Withdrawing what was requested to ${to} as ${signer.address}.`);
    const { sent, receipt } = await send(session, signer, withdrawPrepaid(deployment, to));
    const { amount } = eventOf(session.deployment, receipt, "meter", "Withdrawn").args;
    out.say(`${to} has received ${showUsdc(amount, usdcDecimals)}.`);
    return { to, ...jsonUsdc("withdrawn", amount, usdcDecimals), transactions: [sent] };
  }
  const amount = unitsOf(requested!, usdcDecimals); // one of the three was named
  out.say(`Requesting ${showUsdc(amount, usdcDecimals)} back as ${signer.address}; vouchers are still paid from it.`);
  const { sent, receipt } = await send(session, signer, requestWithdrawal(deployment, amount));
  const { maturesAt, lapsesAt } = eventOf(session.deployment, receipt, "meter", "WithdrawalRequested").args;
  out.say(`\`fomo withdraw --execute\` works from ${showTime(maturesAt)} to ${showTime(lapsesAt)}.`);
  return { ...nothingYet, transactions: [sent] };
}

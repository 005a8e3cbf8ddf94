import { resolve } from "node:path";

import { jsonTime, jsonUsdc, showTime, showUsdc } from "../../lib/command/amounts.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { inUsdc, parseUsdc, sendPaid } from "../../lib/chain/payments.ts";
import type { PermitArguments } from "../../lib/chain/permit.ts";
import { describePrepaid, jsonPrepaid, prepaidOf } from "../../lib/usage/prepaid.ts";
import { addressOf, openSession, signerOf } from "../../lib/chain/session.ts";
import type { Session, Signer } from "../../lib/chain/session.ts";
import { authorizationOf, readSignedDeposit, signDeposit } from "../../lib/usage/signedDeposit.ts";
import type { SignedDeposit } from "../../lib/usage/signedDeposit.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { shownPath } from "../../lib/command/textFile.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  usdc: string | undefined;
  creditFor: string | undefined;
  permit: boolean;
  signTo: string | undefined;
  signed: string | undefined;
}

/** What was deposited, for whom. */
interface Done {
  user: string;
  /** [USDC units] */
  amount: bigint;
  transactions: Sent[];
}

/** `fomo deposit`: prepays inference for oneself, or, as the platform, for a user who paid by card. */
export default runCommand<Arguments>(async (args, context) => {
  const { signed, signTo } = args;
  if ([signed, signTo, args.creditFor].filter((option) => option !== undefined).length > 1) {
    throw new CommandError("Name one of --sign-to, --signed and --credit-for.");
  }
  if (signed !== undefined && args.usdc !== undefined) {
    throw new CommandError("How much is deposited stands in the signed deposit: leave --usdc out.");
  }
  if (signed === undefined && args.usdc === undefined) {
    throw new CommandError("Say how much to deposit with --usdc, such as --usdc 100.");
  }
  const file = signed === undefined ? undefined : resolve(signed);
  if (signTo !== undefined && args.permit) {
    throw new CommandError("A signed deposit needs neither approval nor permit: leave --permit out.");
  }
  const fromFile = file === undefined ? undefined : readSignedDeposit(file);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  if (signTo !== undefined) return await sign(session, signer, args.usdc!, resolve(signTo));

  const { user, amount, transactions } =
    fromFile === undefined ? await deposit(session, signer, args) : await submit(session, signer, file!, fromFile);
  const view = await prepaidOf(session, user);
  context.out.say(`${user} has now:`);
  context.out.say(pairsOf(describePrepaid(view, context.usdcDecimals)));
  return {
    payer: fromFile === undefined ? signer.address : user,
    user,
    byCard: args.creditFor !== undefined,
    ...jsonUsdc("paid", amount, context.usdcDecimals),
    ...jsonPrepaid(view, context.usdcDecimals),
    transactions,
  };
});

/** Deposits the signer's USDC, for itself or as credit. */
async function deposit(session: Session, signer: Signer, args: Arguments): Promise<Done> {
  const amount = parseUsdc(session, "--usdc", args.usdc!);
  const { addresses } = session.protocol;
  const meter = session.protocol.meter.connect(signer);
  const payment = inUsdc(session, { spender: addresses.meter, spenderName: "meter", most: amount });
  const encode = (...permit: PermitArguments) => meter.interface.encodeFunctionData("permitUsdc", permit);
  const way = { payment, permit: args.permit ? { multicall: meter.multicall, encode } : undefined };
  const { out, usdcDecimals } = session.context;
  const shown = showUsdc(amount, usdcDecimals);

  if (args.creditFor === undefined) {
    out.say(`Depositing ${shown} for inference as ${signer.address}.`);
    const { transactions } = await sendPaid(session, signer, "Deposit", way, meter.deposit, amount);
    return { user: signer.address, amount, transactions };
  }
  const user = await addressOf(session, "--credit-for", args.creditFor);
  out.say(`Depositing ${shown} as card credit of ${user} as ${signer.address}; it cannot be withdrawn.`);
  const { depositCredit } = meter;
  const { transactions } = await sendPaid(session, signer, "Deposit credit", way, depositCredit, user, amount);
  return { user, amount, transactions };
}

/** Submits a deposit that its user has signed; the signer pays the gas and nothing else. */
async function submit(session: Session, signer: Signer, file: string, signed: SignedDeposit): Promise<Done> {
  const authorization = authorizationOf(session, file, signed);
  const [user, amount] = authorization;
  const { out, usdcDecimals } = session.context;
  const held = await session.protocol.usdc.balanceOf(user);
  if (held < amount) {
    throw new CommandError(
      `${user} has ${showUsdc(held, usdcDecimals)} and has signed for ${showUsdc(amount, usdcDecimals)}: it must get the rest first.`,
    );
  }
  out.say(`Depositing ${showUsdc(amount, usdcDecimals)} that ${user} has signed for, as ${signer.address}.`);
  const { depositWithAuthorization } = session.protocol.meter.connect(signer);
  const { sent } = await send(session, signer, "Deposit", depositWithAuthorization, ...authorization);
  return { user, amount, transactions: [sent] };
}

/** Signs a deposit into a file; nothing is sent. */
async function sign(session: Session, signer: Signer, typed: string, file: string): Promise<object> {
  const amount = parseUsdc(session, "--usdc", typed);
  const { validBefore } = await signDeposit(session, signer, amount, file);
  const { out, usdcDecimals } = session.context;
  out.say(
    `${signer.address} has signed a deposit of ${showUsdc(amount, usdcDecimals)} into ${shownPath(file)}; anybody can submit it with --signed before ${showTime(BigInt(validBefore))}.`,
  );
  const validUntil = jsonTime(BigInt(validBefore));
  return { user: signer.address, file, ...jsonUsdc("signed", amount, usdcDecimals), validUntil, transactions: [] };
}

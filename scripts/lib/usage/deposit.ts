import { resolve } from "node:path";

import { deposit as prepay, depositCredit, depositSigned } from "../../../sdk/src/actions/prepaid.ts";
import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { sendPaid } from "../chain/payments.ts";
import { addressOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { send } from "../chain/transactions.ts";
import type { Sent } from "../chain/transactions.ts";
import { jsonTime, jsonUsdc, parseDecimal, unitsOf } from "../command/amounts.ts";
import { showTime, showUsdc } from "../../../sdk/src/units/show.ts";
import type { Decimal } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { shownPath } from "../command/textFile.ts";
import { authorizationOf, readSignedDeposit, requireUnused, writeSignedDeposit } from "./signedDeposit.ts";
import type { SignedDeposit } from "./signedDeposit.ts";

/** Options that say what is deposited. */
export interface DepositArguments {
  usdc: string | undefined;
  creditFor: string | undefined;
  permit: boolean;
  signTo: string | undefined;
  signed: string | undefined;
}

/** A deposit that is paid now: the signer's own, or credit for a user who paid by card. */
export interface PaidDeposit {
  kind: "paid";
  usdc: Decimal;
  creditFor: string | undefined;
  permit: boolean;
}

/** What is to be deposited: now, by signing it into a file, or by submitting what a file holds. */
export type Deposit =
  | PaidDeposit
  | { kind: "toSign"; usdc: Decimal; file: string }
  | { kind: "signed"; file: string; signed: SignedDeposit };

/** What was deposited, for whom. */
export interface Deposited {
  user: string;
  /** [USDC units] */
  amount: bigint;
  transactions: Sent[];
}

/** Reads what is to be deposited, and the file that holds it. */
export function parseDeposit({ usdc, creditFor, permit, signTo, signed }: DepositArguments): Deposit {
  if ([signed, signTo, creditFor].filter((option) => option !== undefined).length > 1) {
    throw new CommandError("Name one of --sign-to, --signed and --credit-for.");
  }
  if (signed !== undefined) {
    if (usdc !== undefined) {
      throw new CommandError("How much is deposited stands in the signed deposit: leave --usdc out.");
    }
    const file = resolve(signed);
    return { kind: "signed", file, signed: readSignedDeposit(file) };
  }
  if (usdc === undefined) throw new CommandError("Say how much to deposit with --usdc, such as --usdc 100.");
  const amount = parseDecimal("--usdc", usdc, MAX_AMOUNT);
  if (signTo === undefined) return { kind: "paid", usdc: amount, creditFor, permit };
  if (permit) throw new CommandError("A signed deposit needs neither approval nor permit: leave --permit out.");
  return { kind: "toSign", usdc: amount, file: resolve(signTo) };
}

/** Deposits the signer's USDC, for itself or as credit. */
export async function payDeposit(session: Session, signer: Signer, deposit: PaidDeposit): Promise<Deposited> {
  const { out, usdcDecimals } = session;
  const amount = unitsOf(deposit.usdc, usdcDecimals);
  const { permit } = deposit;
  const shown = showUsdc(amount, usdcDecimals);

  if (deposit.creditFor === undefined) {
    out.say(`Depositing ${shown} for inference as ${signer.address}.`);
    const { transactions } = await sendPaid(session, signer, prepay(session.deployment, amount), { permit });
    return { user: signer.address, amount, transactions };
  }
  const user = await addressOf(session, "--credit-for", deposit.creditFor);
  out.say(`Depositing ${shown} as card credit of ${user} as ${signer.address}; it cannot be withdrawn.`);
  const credit = depositCredit(session.deployment, user, amount);
  const { transactions } = await sendPaid(session, signer, credit, { permit });
  return { user, amount, transactions };
}

/** Submits a deposit that its user has signed; the signer pays the gas and nothing else. */
export async function submitDeposit(
  session: Session,
  signer: Signer,
  { file, signed }: { file: string; signed: SignedDeposit },
): Promise<Deposited> {
  const { authorization, parts } = authorizationOf(session, file, signed);
  const { user, amount } = authorization;
  const { out, usdcDecimals } = session;
  const held = await session.protocol.usdc.balanceOf(user);
  if (held < amount) {
    throw new CommandError(
      `${user} has ${showUsdc(held, usdcDecimals)} and has signed for ${showUsdc(amount, usdcDecimals)}: it must get the rest first.`,
    );
  }
  out.say(`Depositing ${showUsdc(amount, usdcDecimals)} that ${user} has signed for, as ${signer.address}.`);
  await requireUnused(session, user, signed.nonce);
  const { sent } = await send(session, signer, depositSigned(session.deployment, authorization, parts));
  return { user, amount, transactions: [sent] };
}

/** Signs a deposit into a file; nothing is sent. */
export async function signDepositInto(
  session: Session,
  signer: Signer,
  { usdc, file }: { usdc: Decimal; file: string },
) {
  const { out, usdcDecimals } = session;
  const amount = unitsOf(usdc, usdcDecimals);
  const validBefore = BigInt((await writeSignedDeposit(session, signer, amount, file)).validBefore);
  out.say(
    `${signer.address} has signed a deposit of ${showUsdc(amount, usdcDecimals)} into ${shownPath(file)}; anybody can submit it with --signed before ${showTime(validBefore)}.`,
  );
  return {
    user: signer.address,
    file,
    ...jsonUsdc("signed", amount, usdcDecimals),
    ...jsonTime("validUntil", validBefore),
    transactions: [],
  };
}

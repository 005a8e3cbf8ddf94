import { callOf } from "../../../sdk/src/actions/action.ts";
import type { PaidAction, Payment } from "../../../sdk/src/actions/action.ts";
import { approvalOf, withPermit } from "../../../sdk/src/actions/payment.ts";
import { connectToken } from "../../../sdk/src/ethers/connect.ts";
import { DECIMALS } from "../../../sdk/src/units/numbers.ts";
import { show } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../command/commandError.ts";
import { EndOfDryRun } from "../sending/sending.ts";
import { signPermit } from "./permit.ts";
import type { Session, Signer } from "./session.ts";
import { estimate, plan, send, sendCall, simulate } from "./transactions.ts";
import type { Executed, SendingTraits, Sent } from "./transactions.ts";

/** How an action that takes tokens is sent. */
export interface PaidSending {
  /** Whether to hand a permit over, in the place of an approval. */
  permit?: boolean;
  /** What people call the token; its asset if left out. */
  name?: string;
  /** What the action brings the signer before it takes anything [wei of the token]. */
  brought?: bigint;
  traits?: SendingTraits;
}

/** A payment and what people call its token. */
interface Named {
  payment: Payment;
  name: string;
}

/** What people call the contract that takes a payment. */
const SPENDERS: Record<Payment["spenderName"], string> = {
  offering: "offering",
  meter: "meter",
  staking: "staking",
  emissions: "emission distributor",
};

/**
 * Sends an action that takes tokens from its signer. Where the allowance falls short it is raised first, to exactly what the
 * action may take: by an approval, or by a signed permit in the same transaction. Nothing is sent if the action would be
 * refused for any other reason.
 */
export async function sendPaid(
  session: Session,
  signer: Signer,
  action: PaidAction,
  { permit = false, brought = 0n, name = action.payment.asset, traits = {} }: PaidSending = {},
): Promise<Omit<Executed, "sent"> & { transactions: Sent[] }> {
  const named = { payment: action.payment, name };
  const { max } = action.payment;
  const { allowance, balance } = await standingOf(session, signer, named, brought);
  await simulate(session, signer, allowance < max || balance < max, action);
  requireBalance(session, signer, named, balance);
  if (allowance >= max) {
    const { sent, receipt } = await send(session, signer, action, traits);
    return { transactions: [sent], receipt };
  }
  if (permit) {
    const offered = shortage(session, signer, named, allowance);
    session.out.say(`${offered} signing a permit for ${inToken(session, named, max)}, no more.`);
    const permitted = withPermit(action, await signPermit(session, signer, named));
    const { sent, receipt } = await send(session, signer, permitted, traits);
    return { transactions: [sent], receipt };
  }
  const approval = await approve(session, signer, named, allowance);
  if (approval === undefined) {
    await plan(session, action.what, callOf(action), null);
    throw new EndOfDryRun();
  }
  const { sent, receipt } = await send(session, signer, action, traits);
  return { transactions: [approval, sent], receipt };
}

/**
 * Raises an allowance where it falls short of what several transactions may take.
 * @returns The approval, if one was needed; and whether the transactions can go on, which after a dry run they cannot.
 */
export async function approveIfShort(
  session: Session,
  signer: Signer,
  payment: Payment,
): Promise<{ transactions: Sent[]; isAllowed: boolean }> {
  const named = { payment, name: payment.asset };
  const { allowance, balance } = await standingOf(session, signer, named, 0n);
  requireBalance(session, signer, named, balance);
  if (allowance >= payment.max) return { transactions: [], isAllowed: true };
  const approval = await approve(session, signer, named, allowance);
  return { transactions: approval === undefined ? [] : [approval], isAllowed: approval !== undefined };
}

/** What the signer has allowed and holds [wei of the token]. */
async function standingOf(session: Session, signer: Signer, { payment }: Named, brought: bigint) {
  const token = connectToken(payment.token, session.connection.ethers.provider);
  const [allowance, held] = await Promise.all([
    token.allowance(signer.address, payment.spender),
    token.balanceOf(signer.address),
  ]);
  return { allowance, balance: held + brought };
}

/** Refuses what the signer cannot pay. */
function requireBalance(session: Session, signer: Signer, named: Named, balance: bigint): void {
  const { max } = named.payment;
  if (balance >= max) return;
  const [has, needs] = [inToken(session, named, balance), inToken(session, named, max)];
  throw new CommandError(`${signer.address} has ${has} and may need ${needs}: add ${named.name} or pay less.`);
}

/** Approves exactly the maximum of a payment; undefined in a dry run, which only plans it. */
async function approve(session: Session, signer: Signer, named: Named, allowance: bigint): Promise<Sent | undefined> {
  const { payment, name } = named;
  const offered = shortage(session, signer, named, allowance);
  session.out.say(`${offered} approving ${inToken(session, named, payment.max)}, no more.`);
  const call = approvalOf(payment);
  const what = `Approve ${name}`;
  if (session.sending.options.dryRun) {
    await plan(session, what, call, await estimate(session, signer, call));
    return undefined;
  }
  return (await sendCall(session, signer, what, call, { repeatable: true })).sent;
}

function inToken({ usdcDecimals }: Session, { payment, name }: Named, amount: bigint): string {
  return `${show(amount, payment.asset === "USDC" ? usdcDecimals : DECIMALS)} ${name}`;
}

function shortage(session: Session, signer: Signer, named: Named, allowance: bigint): string {
  const spender = SPENDERS[named.payment.spenderName];
  return `The ${spender} may take ${inToken(session, named, allowance)} of ${signer.address};`;
}

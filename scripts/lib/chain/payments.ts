import type { ContractTransactionReceipt } from "ethers";

import type { RealModelOffering } from "../../../typechain-types/index.ts";
import { DECIMALS } from "../../../sdk/src/units/numbers.ts";
import { show } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../command/commandError.ts";
import { signPermit } from "./permit.ts";
import type { Allowance, PermitArguments } from "./permit.ts";
import type { Session, Signer } from "./session.ts";
import { EndOfDryRun } from "../sending/sending.ts";
import { bound, estimate, plan, sendAs, simulate } from "./transactions.ts";
import type { Call, SendingTraits, Sent } from "./transactions.ts";

/** A token that a transaction takes from its signer. */
export interface Payment extends Allowance {
  decimals: number;
  /** What people call the contract that takes it. */
  spenderName: string;
  /** What the transaction brings the signer before it takes anything [wei of the token]; 0 if left out. */
  brought?: bigint;
}

/** How a contract takes a permit together with the transaction that needs it. */
export interface PermitWay {
  multicall: Call<[string[]]>;
  /** The call that hands the permit over. */
  encode(...permit: PermitArguments): string;
}

/** How a contract takes other calls before a transaction, all in one. */
export interface Preface {
  multicall: Call<[string[]]>;
  /** The encoded calls. */
  calls: string[];
}

/** How a transaction that takes tokens is sent. */
export interface PaidSending {
  /** What it takes. */
  payment: Payment;
  /** How to hand a permit over; undefined to approve. */
  permit: PermitWay | undefined;
  /** What goes before it in the same transaction. */
  preface?: Preface;
  traits?: SendingTraits;
}

/** What `sendPaid` is told about the token, for each payment that a command makes. */
type To = Pick<Payment, "spender" | "spenderName" | "max">;

/** A payment in USDC. */
export const inUsdc = ({ protocol, usdcDecimals }: Session, to: To): Payment => ({
  token: protocol.usdc,
  name: "USDC",
  decimals: usdcDecimals,
  ...to,
});

/** A payment in FLOCK. */
export const inFlock = ({ protocol }: Session, to: To): Payment => ({
  token: protocol.flock,
  name: "FLOCK",
  decimals: DECIMALS,
  ...to,
});

/** A payment in FLOCK to the offering. */
export const toOffering = (session: Session, max: bigint): Payment =>
  inFlock(session, { spender: session.protocol.addresses.offering, spenderName: "offering", max });

/** How the offering takes a permit of FLOCK. */
export const flockPermit = (offering: RealModelOffering): PermitWay => ({
  multicall: offering.multicall,
  encode: (...permit) => offering.interface.encodeFunctionData("permitFlock", permit),
});

/**
 * Sends a transaction that takes tokens from its signer. Where the allowance falls short it is raised first, to exactly
 * what the transaction may take: by an approval, or by a signed permit in the same transaction. Nothing is sent if the
 * transaction would be refused for any other reason.
 * @param what What it does, for people.
 */
export async function sendPaid<Arguments extends unknown[]>(
  session: Session,
  signer: Signer,
  what: string,
  { payment, permit, preface, traits = {} }: PaidSending,
  call: Call<Arguments>,
  ...args: Arguments
): Promise<{ transactions: Sent[]; receipt: ContractTransactionReceipt }> {
  const { allowance, balance } = await standingOf(signer, payment);
  const { max } = payment;
  const act =
    preface === undefined
      ? bound(call, ...args)
      : bound(preface.multicall, [...preface.calls, await dataOf(bound(call, ...args))]);
  await simulate(session, signer, allowance < max || balance < max, act);
  requireBalance(signer, payment, balance);
  if (allowance >= max) {
    const { sent, receipt } = await sendAs(session, signer, what, traits, act);
    return { transactions: [sent], receipt };
  }
  if (permit !== undefined) {
    session.out.say(`${shortage(signer, payment, allowance)} signing a permit for ${inToken(payment, max)}, no more.`);
    const signed = await signPermit(session, signer, payment);
    const calls = [...(preface?.calls ?? []), permit.encode(...signed), await dataOf(bound(call, ...args))];
    const { sent, receipt } = await sendAs(session, signer, what, traits, permit.multicall, calls);
    return { transactions: [sent], receipt };
  }
  const approval = await approve(session, signer, payment, allowance);
  if (approval === undefined) {
    await plan(session, what, await act.populateTransaction(), null);
    throw new EndOfDryRun();
  }
  const { sent, receipt } = await sendAs(session, signer, what, traits, act);
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
  const { allowance, balance } = await standingOf(signer, payment);
  requireBalance(signer, payment, balance);
  if (allowance >= payment.max) return { transactions: [], isAllowed: true };
  const approval = await approve(session, signer, payment, allowance);
  return { transactions: approval === undefined ? [] : [approval], isAllowed: approval !== undefined };
}

/** What the signer has allowed and holds [wei of the token]. */
async function standingOf(signer: Signer, { token, spender, brought = 0n }: Payment) {
  const [allowance, held] = await Promise.all([
    token.allowance(signer.address, spender),
    token.balanceOf(signer.address),
  ]);
  return { allowance, balance: held + brought };
}

/** Refuses what the signer cannot pay. */
function requireBalance(signer: Signer, payment: Payment, balance: bigint): void {
  if (balance >= payment.max) return;
  throw new CommandError(
    `${signer.address} has ${inToken(payment, balance)} and may need ${inToken(payment, payment.max)}: add ${payment.name} or pay less.`,
  );
}

/** Approves exactly the maximum of a payment; undefined in a dry run, which only plans it. */
async function approve(
  session: Session,
  signer: Signer,
  payment: Payment,
  allowance: bigint,
): Promise<Sent | undefined> {
  const { token, name, spender, max } = payment;
  session.out.say(`${shortage(signer, payment, allowance)} approving ${inToken(payment, max)}, no more.`);
  const call = token.connect(signer).approve;
  const what = `Approve ${name}`;
  if (session.sending.options.dryRun) {
    const transaction = await call.populateTransaction(spender, max);
    await plan(session, what, transaction, await estimate(session, signer, transaction));
    return undefined;
  }
  return (await sendAs(session, signer, what, { repeatable: true }, call, spender, max)).sent;
}

const inToken = ({ decimals, name }: Payment, amount: bigint) => `${show(amount, decimals)} ${name}`;

const shortage = (signer: Signer, payment: Payment, allowance: bigint) =>
  `The ${payment.spenderName} may take ${inToken(payment, allowance)} of ${signer.address};`;

/** A call as a `multicall` takes it. */
const dataOf = async (call: Call<[]>): Promise<string> => (await call.populateTransaction()).data;

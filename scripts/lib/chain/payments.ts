import type { ContractTransactionReceipt } from "ethers";

import type { RealModelOffering } from "../../../typechain-types/index.ts";
import { DECIMALS, show } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { signPermit } from "./permit.ts";
import type { Allowance, PermitArguments } from "./permit.ts";
import type { Session, Signer } from "./session.ts";
import { send, simulate } from "./transactions.ts";
import type { Call, Sent } from "./transactions.ts";

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
 * @param payment What it takes.
 * @param permit How to hand a permit over; undefined to approve.
 * @param preface What goes before it in the same transaction.
 */
export async function sendPaid<Arguments extends unknown[]>(
  session: Session,
  signer: Signer,
  what: string,
  { payment, permit, preface }: { payment: Payment; permit: PermitWay | undefined; preface?: Preface },
  call: Call<Arguments>,
  ...args: Arguments
): Promise<{ transactions: Sent[]; receipt: ContractTransactionReceipt }> {
  const { token, name, decimals, spender, spenderName, max } = payment;
  const showToken = (amount: bigint) => `${show(amount, decimals)} ${name}`;
  const allowance = await token.allowance(signer.address, spender);
  const balance = (await token.balanceOf(signer.address)) + (payment.brought ?? 0n);
  const act =
    preface === undefined
      ? bound(call, ...args)
      : bound(preface.multicall, [...preface.calls, await dataOf(bound(call, ...args))]);
  await simulate(session, signer, allowance < max || balance < max, act);
  if (balance < max) {
    throw new CommandError(
      `${signer.address} has ${showToken(balance)} and may need ${showToken(max)}: add ${name} or pay less.`,
    );
  }
  if (allowance >= max) {
    const { sent, receipt } = await send(session, signer, what, act);
    return { transactions: [sent], receipt };
  }
  const { out } = session;
  const short = `The ${spenderName} may take ${showToken(allowance)} of ${signer.address};`;
  if (permit !== undefined) {
    out.say(`${short} signing a permit for ${showToken(max)}, no more.`);
    const signed = await signPermit(session, signer, payment);
    const calls = [...(preface?.calls ?? []), permit.encode(...signed), await dataOf(bound(call, ...args))];
    const { sent, receipt } = await send(session, signer, what, permit.multicall, calls);
    return { transactions: [sent], receipt };
  }
  out.say(`${short} approving ${showToken(max)}, no more.`);
  const approval = await send(session, signer, `Approve ${name}`, token.connect(signer).approve, spender, max);
  const { sent, receipt } = await send(session, signer, what, act);
  return { transactions: [approval.sent, sent], receipt };
}

/** A call together with its arguments. */
const bound = <Arguments extends unknown[]>(call: Call<Arguments>, ...args: Arguments): Call<[]> => ({
  name: call.name,
  staticCall: async () => await call.staticCall(...args),
  populateTransaction: async () => await call.populateTransaction(...args),
});

/** A call as a `multicall` takes it. */
const dataOf = async (call: Call<[]>): Promise<string> => (await call.populateTransaction()).data;

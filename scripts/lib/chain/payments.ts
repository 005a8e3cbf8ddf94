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
 */
export async function sendPaid<Arguments extends unknown[]>(
  session: Session,
  signer: Signer,
  what: string,
  { payment, permit }: { payment: Payment; permit: PermitWay | undefined },
  call: Call<Arguments>,
  ...args: Arguments
): Promise<{ transactions: Sent[]; receipt: ContractTransactionReceipt }> {
  const { token, name, decimals, spender, spenderName, max } = payment;
  const showToken = (amount: bigint) => `${show(amount, decimals)} ${name}`;
  const allowance = await token.allowance(signer.address, spender);
  const balance = (await token.balanceOf(signer.address)) + (payment.brought ?? 0n);
  await simulate(session, signer, allowance < max || balance < max, call, ...args);
  if (balance < max) {
    throw new CommandError(
      `${signer.address} has ${showToken(balance)} and may need ${showToken(max)}: add ${name} or pay less.`,
    );
  }
  if (allowance >= max) {
    const { sent, receipt } = await send(session, signer, what, call, ...args);
    return { transactions: [sent], receipt };
  }
  const { out } = session;
  const short = `The ${spenderName} may take ${showToken(allowance)} of ${signer.address};`;
  if (permit !== undefined) {
    out.say(`${short} signing a permit for ${showToken(max)}, no more.`);
    const signed = await signPermit(session, signer, payment);
    const { data } = await call.populateTransaction(...args);
    const { sent, receipt } = await send(session, signer, what, permit.multicall, [permit.encode(...signed), data]);
    return { transactions: [sent], receipt };
  }
  out.say(`${short} approving ${showToken(max)}, no more.`);
  const approval = await send(session, signer, `Approve ${name}`, token.connect(signer).approve, spender, max);
  const { sent, receipt } = await send(session, signer, what, call, ...args);
  return { transactions: [approval.sent, sent], receipt };
}

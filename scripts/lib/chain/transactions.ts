import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { formatUnits } from "ethers";
import type { ContractTransaction, ContractTransactionReceipt } from "ethers";

import { showCount, showEther } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../command/commandError.ts";
import { asRevert } from "../command/revert.ts";
import { alone, broadcast } from "../sending/broadcast.ts";
import { feesNow, highestPrice } from "../sending/fees.ts";
import { gasLimitOf } from "../sending/gasLimit.ts";
import { journalOf } from "../sending/journal.ts";
import { EndOfDryRun } from "../sending/sending.ts";
import type { Sent } from "../sending/sending.ts";
import { timeOf } from "./session.ts";
import type { Session } from "./session.ts";

export type { Sent } from "../sending/sending.ts";

/** A call that can be simulated and sent, such as `offering.buyExactIn`. */
export interface Call<Arguments extends unknown[]> {
  name: string;
  staticCall(...args: Arguments): Promise<unknown>;
  populateTransaction(...args: Arguments): Promise<ContractTransaction>;
}

/** A call together with its arguments. */
export const bound = <Arguments extends unknown[]>(call: Call<Arguments>, ...args: Arguments): Call<[]> => ({
  name: call.name,
  staticCall: async () => await call.staticCall(...args),
  populateTransaction: async () => await call.populateTransaction(...args),
});

/** What is special about a transaction. */
export interface SendingTraits {
  /**
   * Whether the command that sends it asks the chain first what is left to do, so that a second run of the command does not
   * do it again. Of all others a second run after an interruption finds the first one's, and sends nothing.
   */
  repeatable?: boolean;
  /** The gas that it takes, where that has been estimated already. */
  gas?: bigint;
  /** Ids of what it settles, where nothing on the chain tells. */
  ids?: string[];
}

/**
 * Sends one transaction and waits for it. It is simulated first, so that nothing is sent that would revert, and written
 * down, so that it is not sent again if its answer is lost. A dry run ends here.
 * @param what What it does, for people.
 */
export async function send<Arguments extends unknown[]>(
  session: Session,
  signer: HardhatEthersSigner,
  what: string,
  call: Call<Arguments>,
  ...args: Arguments
): Promise<{ sent: Sent; receipt: ContractTransactionReceipt }> {
  return await sendAs(session, signer, what, {}, call, ...args);
}

/**
 * As `send`, for one of several transactions of a command that asks the chain what is left to do. A dry run plans it and goes
 * on: undefined then.
 */
export async function sendRepeatable<Arguments extends unknown[]>(
  session: Session,
  signer: HardhatEthersSigner,
  what: string,
  call: Call<Arguments>,
  ...args: Arguments
): Promise<{ sent: Sent; receipt: ContractTransactionReceipt } | undefined> {
  return await sendOrPlan(() => sendAs(session, signer, what, { repeatable: true }, call, ...args));
}

/** Sends; in a dry run, which ends where something would be sent, undefined. */
export async function sendOrPlan<Sending>(sending: () => Promise<Sending>): Promise<Sending | undefined> {
  try {
    return await sending();
  } catch (error) {
    if (error instanceof EndOfDryRun) return undefined;
    throw error;
  }
}

/** As `send`, for a transaction that is special. */
export async function sendAs<Arguments extends unknown[]>(
  session: Session,
  signer: HardhatEthersSigner,
  what: string,
  { repeatable = false, ids = [], gas }: SendingTraits,
  call: Call<Arguments>,
  ...args: Arguments
): Promise<{ sent: Sent; receipt: ContractTransactionReceipt }> {
  const { out, sending } = session;
  const transaction = await call.populateTransaction(...args);
  // Estimating the gas runs the transaction as the next block would: what would revert is not sent.
  const gasLimit = gasLimitOf(gas ?? (await estimate(session, signer, transaction)), await timeOf(session));
  if (sending.options.dryRun) {
    await plan(session, what, transaction, gasLimit);
    throw new EndOfDryRun();
  }
  await sending.consent(out);
  const journal = await journalOf(session, signer.address);
  const receipt = await alone(journal, signer.address, () =>
    broadcast(session, signer, journal, sending.runIn(journal), { what, transaction, gasLimit, repeatable, ids }),
  );
  if (receipt.status === 0) throw await whyItReverted(session, receipt.hash, transaction, receipt.blockNumber);
  out.say(`${what}: transaction ${receipt.hash}, ${showCount(receipt.gasUsed)} gas.`);
  const sent = {
    what,
    transactionHash: receipt.hash,
    blockNumber: receipt.blockNumber,
    gasUsed: Number(receipt.gasUsed),
  };
  sending.executed.push(sent);
  return { sent, receipt };
}

/**
 * The gas that a transaction takes in the next block.
 * @throws What the chain refuses.
 */
export async function estimate(
  { connection, now }: Session,
  { address }: { address: string },
  transaction: ContractTransaction,
): Promise<bigint> {
  return await connection.ethers.provider.estimateGas({ ...transaction, from: address, ...now });
}

/**
 * Adds a transaction to what a dry run would send.
 * @param gas Its gas limit; null if it depends on what comes before it.
 */
export async function plan(
  session: Session,
  what: string,
  { to, data }: ContractTransaction,
  gas: bigint | null,
): Promise<void> {
  const { sending, out } = session;
  const fees = await feesNow(session, sending.options.priorityFee);
  sending.planned.push({ what, to, data, gas, fees });
  const cost =
    gas === null
      ? "after the one before it"
      : `at most ${showCount(gas)} gas, ${showEther(gas * highestPrice(fees))} at ${formatUnits(highestPrice(fees), "gwei")} gwei`;
  out.say(`Would send "${what}" to ${to}: ${cost}.`);
}

/**
 * Adds a call to what a dry run would send, without the key of who would send it.
 * @param from Who would send it; undefined if nobody can tell, or could send it now: its gas is unknown then.
 */
export async function planCall(
  session: Session,
  from: string | undefined,
  what: string,
  call: Call<[]>,
): Promise<void> {
  const transaction = await call.populateTransaction();
  const gas = from === undefined ? null : await estimate(session, { address: from }, transaction);
  await plan(session, what, transaction, gas === null ? null : gasLimitOf(gas, await timeOf(session)));
}

/**
 * Runs a transaction without sending it.
 * @param paymentMayFail Whether a refusal by the token itself, for want of allowance or balance, is all right: the payment
 * is the last thing that the contracts do, so that everything else has been checked by then.
 */
export async function simulate<Arguments extends unknown[]>(
  session: Session,
  signer: HardhatEthersSigner,
  paymentMayFail: boolean,
  call: Call<Arguments>,
  ...args: Arguments
): Promise<void> {
  const transaction = await call.populateTransaction(...args);
  try {
    await signer.call({ ...transaction, ...session.now });
  } catch (error) {
    const revert = asRevert(error, session.usdcDecimals);
    const { name, values } = revert?.contractError ?? { name: "", values: {} };
    const isPayment =
      /^ERC20Insufficient(Allowance|Balance)$/.test(name) ||
      (name === "Error" && /allowance|balance/i.test(values.reason ?? ""));
    if (!paymentMayFail || !isPayment) throw error;
  }
}

/** Repeats a transaction that reverted, to learn why. */
async function whyItReverted(
  { connection, usdcDecimals }: Session,
  hash: string,
  transaction: ContractTransaction,
  blockTag: number,
): Promise<CommandError> {
  try {
    await connection.ethers.provider.call({ ...transaction, blockTag });
  } catch (error) {
    const revert = asRevert(error, usdcDecimals);
    if (revert !== undefined) return new CommandError(`${revert.message} (transaction ${hash})`, revert.contractError);
  }
  return new CommandError(
    `The transaction ${hash} has reverted; the chain changed between its check and its execution.`,
  );
}

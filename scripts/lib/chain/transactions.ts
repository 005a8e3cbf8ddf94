import { formatUnits } from "ethers";
import type { ContractTransactionReceipt } from "ethers";

import { callOf } from "../../../sdk/src/actions/action.ts";
import type { Action, Call } from "../../../sdk/src/actions/action.ts";
import { dryRun } from "../../../sdk/src/actions/dryRun.ts";
import type { RpcTransaction } from "../../../sdk/src/actions/wallet.ts";
import { showCount, showEther } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../command/commandError.ts";
import { asRevert, commandErrorOf } from "../command/revert.ts";
import { alone, broadcast } from "../sending/broadcast.ts";
import { feesNow, highestPrice } from "../sending/fees.ts";
import { gasLimitOf } from "../sending/gasLimit.ts";
import { journalOf } from "../sending/journal.ts";
import { EndOfDryRun } from "../sending/sending.ts";
import type { Sent } from "../sending/sending.ts";
import { timeOf } from "./session.ts";
import type { Session, Signer } from "./session.ts";

export type { Sent } from "../sending/sending.ts";

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

/** What went wrong with a transaction that was executed and has reverted: its gas is paid. */
export class ExecutedInVain extends CommandError {
  readonly transactionHash: string;

  constructor(message: string, transactionHash: string, contractError?: CommandError["contractError"]) {
    super(`${message} (transaction ${transactionHash})`, contractError);
    this.transactionHash = transactionHash;
  }
}

/** A transaction that was sent, and its receipt. */
export interface Executed {
  sent: Sent;
  receipt: ContractTransactionReceipt;
}

/**
 * Sends one transaction and waits for it. It is simulated first, so that nothing is sent that would revert, and written
 * down, so that it is not sent again if its answer is lost. A dry run ends here.
 */
export async function send(
  session: Session,
  signer: Signer,
  action: Action,
  traits: SendingTraits = {},
): Promise<Executed> {
  return await sendCall(session, signer, action.what, callOf(action), traits);
}

/**
 * As `send`, for one of several transactions of a command that asks the chain what is left to do. A dry run plans it and goes
 * on: undefined then.
 */
export async function sendRepeatable(session: Session, signer: Signer, action: Action): Promise<Executed | undefined> {
  return await sendOrPlan(() => send(session, signer, action, { repeatable: true }));
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

/**
 * As `send`, for a call that is no action of the protocol.
 * @param what What it does, for people.
 */
export async function sendCall(
  session: Session,
  signer: Signer,
  what: string,
  call: Call,
  { repeatable = false, ids = [], gas }: SendingTraits,
): Promise<Executed> {
  const { out, sending } = session;
  // Estimating the gas runs the transaction as the next block would: what would revert is not sent.
  const gasLimit = gasLimitOf(gas ?? (await estimate(session, signer, call)), await timeOf(session));
  if (sending.options.dryRun) {
    await plan(session, what, call, gasLimit);
    throw new EndOfDryRun();
  }
  await sending.consent(out);
  const journal = await journalOf(session, signer.address);
  const receipt = await alone(journal, signer.address, () =>
    broadcast(session, signer, journal, sending.runIn(journal), { what, call, gasLimit, repeatable, ids }),
  );
  if (receipt.status === 0)
    throw await whyItReverted(session, receipt.hash, { ...call, from: signer.address }, receipt.blockNumber);
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
 * The gas that a call takes in the next block.
 * @throws What the chain refuses.
 */
export async function estimate(
  { connection, now }: Session,
  { address }: { address: string },
  call: Call,
): Promise<bigint> {
  return await connection.ethers.provider.estimateGas({ ...call, from: address, ...now });
}

/**
 * Adds a transaction to what a dry run would send.
 * @param gas Its gas limit; null if it depends on what comes before it.
 */
export async function plan(session: Session, what: string, { to, data }: Call, gas: bigint | null): Promise<void> {
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
 * Adds an action to what a dry run would send, without the key of who would send it.
 * @param from Who would send it; undefined if nobody can tell, or could send it now: its gas is unknown then.
 */
export async function planAction(session: Session, from: string | undefined, action: Action): Promise<void> {
  const call = callOf(action);
  const gas = from === undefined ? null : await estimate(session, { address: from }, call);
  await plan(session, action.what, call, gas === null ? null : gasLimitOf(gas, await timeOf(session)));
}

/**
 * Runs an action without sending it.
 * @param paymentMayFail Whether a refusal by the token itself, for want of allowance or balance, is all right.
 * @throws What the chain refuses.
 */
export async function simulate(
  { connection, now, usdcDecimals }: Session,
  signer: Signer,
  paymentMayFail: boolean,
  action: Action,
): Promise<void> {
  const { provider } = connection.ethers;
  const ask = (transaction: RpcTransaction) => provider.call({ ...transaction, ...now });
  const run = await dryRun(action, signer.address, ask, { usdcDecimals });
  if (run.outcome === "accepted" || (run.outcome === "unpaid" && paymentMayFail)) return;
  throw commandErrorOf(run.refusal);
}

/** Repeats a transaction that reverted, to learn why. */
async function whyItReverted(
  { connection, usdcDecimals }: Session,
  hash: string,
  call: Call & { from: string },
  blockTag: number,
): Promise<ExecutedInVain> {
  try {
    await connection.ethers.provider.call({ ...call, blockTag });
  } catch (error) {
    const revert = asRevert(error, usdcDecimals);
    if (revert !== undefined) return new ExecutedInVain(revert.message, hash, revert.contractError);
  }
  return new ExecutedInVain("The chain changed between the check of a transaction and its execution.", hash);
}

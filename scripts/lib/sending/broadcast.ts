import { keccak256, toNumber, toQuantity } from "ethers";
import type { ContractTransactionReceipt } from "ethers";

import type { Call } from "../../../sdk/src/actions/action.ts";

import type { Session, Signer } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";
import { withLock } from "../command/fileLock.ts";
import { nodeFailureOf } from "../rpc/failures.ts";
import { dataFeeOf, takesDataFee } from "./dataFee.ts";
import { feesNow, highestPrice } from "./fees.ts";
import type { Fees } from "./fees.ts";
import type { Journal, Run, Step } from "./journal.ts";
import { walletOf } from "./keys.ts";
import { MAX_WAIT, close, hasVanished, lookUp, receiptOf } from "./lookUp.ts";
import type { Most } from "./sending.ts";

/** What is sent. */
export interface Outgoing {
  what: string;
  call: Call;
  gasLimit: bigint;
  repeatable: boolean;
  ids: string[];
}

/** Does something with an account that no other process of this machine may disturb. */
export const alone = <T>(journal: Journal, address: string, work: () => Promise<T>): Promise<T> =>
  withLock(
    journal.lock,
    {
      patience: MAX_WAIT,
      busy: (pid) =>
        `The process ${pid.toString()} is sending with ${address} at the moment: wait until it has finished, or stop it.`,
    },
    work,
  );

/**
 * Writes a transaction into the journal, sends it, and waits until it has been executed. What happens on the way, the
 * journal knows afterwards: nothing is sent twice because an answer was lost.
 */
export async function broadcast(
  session: Session,
  signer: Signer,
  journal: Journal,
  run: Run,
  { what, call, gasLimit, repeatable, ids }: Outgoing,
): Promise<ContractTransactionReceipt> {
  const { provider } = session.connection.ethers;
  const fees = await feesNow(session, session.sending.options.priorityFee);
  const nonce = await nextNonce(session, signer.address, run);
  const afterBlock = toNumber((await provider.send("eth_blockNumber", [])) as string);
  const request = { to: call.to, data: call.data, gasLimit, nonce, chainId: session.chainId, ...fees };
  const wallet = await walletOf((await session.signing()).connection, signer.address);
  const raw = await wallet?.signTransaction(request);

  const step: Step = {
    ...{ what, to: call.to, dataHash: keccak256(call.data), nonce, afterBlock, repeatable, ids },
    hash: raw === undefined ? null : keccak256(raw),
    outcome: "unknown",
    blockNumber: null,
    gasUsed: null,
  };
  await session.sending.purse?.reserve(step, await mostOf(session, request, fees));
  run.steps.push(step);
  journal.keep(run);
  let receipt: ContractTransactionReceipt;
  try {
    step.hash = raw === undefined ? await sendUnsigned(session, signer, request) : await sendRaw(session, raw);
    journal.keep(run);
    receipt = await receiptOf(session, what, step.hash);
  } catch (error) {
    receipt = await afterAll(session, signer, step, error);
  } finally {
    journal.keep(run);
  }
  close(step, receipt);
  await session.sending.purse?.settle(step, receipt);
  journal.keep(run);
  return receipt;
}

/** By how much the fee for a transaction's data may rise until it is executed. */
const DATA_FEE_ROOM = 2n;

/** What a transaction takes at most. */
async function mostOf(
  { connection }: Session,
  request: { to: string; data: string; nonce: number; gasLimit: bigint; chainId: bigint },
  fees: Fees,
): Promise<Most> {
  const { to, data, nonce, gasLimit, chainId } = request;
  const hasDataFee = await takesDataFee(connection);
  const dataFee = hasDataFee ? await dataFeeOf(connection, { to, data, nonce, gasLimit, chainId }) : 0n;
  return { gas: gasLimit, wei: gasLimit * highestPrice(fees) + DATA_FEE_ROOM * dataFee };
}

/**
 * What became of a transaction whose sending failed: it may have arrived all the same, and only the answer was lost.
 * @throws What failed, if the transaction was refused; otherwise what to do, if nobody can tell.
 */
async function afterAll(session: Session, signer: Signer, step: Step, error: unknown) {
  if (error instanceof CommandError) throw error;
  if (isRefusal(error)) {
    step.outcome = "void";
    session.sending.purse?.release(step);
    throw error;
  }
  const found = await lookUp(session, signer.address, step).catch(() => undefined);
  if (typeof found === "object") return found;
  session.sending.unclear.push({ what: step.what, transactionHash: step.hash, nonce: step.nonce });
  const { words } = nodeFailureOf(error) ?? { words: "an error of its own" };
  const name = step.hash === null ? `with the nonce ${step.nonce.toString()}` : `as ${step.hash}`;
  throw new CommandError(
    `The node's answer to "${step.what}" was lost (${words}), and it may have been sent ${name}: run the same command again, it looks for it and sends nothing twice.`,
  );
}

/** The nonce of the next transaction: the node may not know our latest one yet. */
async function nextNonce(session: Session, address: string, run: Run): Promise<number> {
  const { connection, sending } = session;
  const { provider } = connection.ethers;
  const pending = toNumber((await provider.send("eth_getTransactionCount", [address, "pending"])) as string);
  const own = Math.max(-1, ...run.steps.filter(({ outcome }) => outcome !== "void").map(({ nonce }) => nonce)) + 1;
  const free = sending.freeNonce;
  sending.freeNonce = undefined;
  if (free !== undefined && free >= own) return free;
  const ownLast = run.steps.findLast(({ nonce }) => nonce === own - 1);
  if (pending >= own || ownLast === undefined || !(await hasVanished(session, ownLast))) return Math.max(pending, own);
  // A reorganisation has taken our latest ones away: with a nonce above a free one, nothing would ever be executed.
  for (const step of run.steps) if (step.nonce >= pending) step.outcome = "void";
  return pending;
}

/** Sends what is signed here. Sending it again is harmless, and a node that has it already says so. */
async function sendRaw({ connection }: Session, raw: string): Promise<string> {
  try {
    await connection.ethers.provider.send("eth_sendRawTransaction", [raw]);
  } catch (error) {
    const knows = error instanceof Error && /already known|known transaction|already imported/i.test(error.message);
    const isMined = error instanceof Error && /nonce too low|nonce is too low/i.test(error.message);
    const seen = async () => (await connection.ethers.provider.getTransaction(keccak256(raw))) !== null;
    if (!knows && !(isMined && (await seen()))) throw error;
  }
  return keccak256(raw);
}

/** Has the node sign and send. */
async function sendUnsigned(
  { connection }: Session,
  signer: Signer,
  { to, data, gasLimit, nonce, ...fees }: { to: string; data: string; gasLimit: bigint; nonce: number } & object,
): Promise<string> {
  const numbers = { gas: gasLimit, nonce, ...fees };
  const encoded = Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, toQuantity(value)]));
  return (await connection.ethers.provider.send("eth_sendTransaction", [
    { from: signer.address, to, data, ...encoded },
  ])) as string;
}

/**
 * Whether a node has said that it does not take a transaction, as opposed to not having answered. A local chain refuses what
 * reverts after it has executed it.
 */
function isRefusal(error: unknown): boolean {
  const failure = nodeFailureOf(error);
  return (
    failure !== undefined && (failure.kind === "fee" || (failure.kind === "other" && !/revert/i.test(failure.words)))
  );
}

import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { ContractTransaction, ContractTransactionReceipt } from "ethers";

import { CommandError } from "../command/commandError.ts";
import { asRevert } from "../decode/revert.ts";
import type { Session } from "./session.ts";

/** A transaction that has been executed, as a JSON document tells it. */
export interface Sent {
  what: string;
  transactionHash: string;
  blockNumber: number;
  gasUsed: number;
}

/** A call that can be simulated and sent, such as `offering.buyExactIn`. */
export interface Call<Arguments extends unknown[]> {
  name: string;
  staticCall(...args: Arguments): Promise<unknown>;
  populateTransaction(...args: Arguments): Promise<ContractTransaction>;
}

/**
 * Sends one transaction and waits for it. It is simulated first, so that nothing is sent that would revert.
 * @param what What it does, for people.
 */
export async function send<Arguments extends unknown[]>(
  session: Session,
  signer: HardhatEthersSigner,
  what: string,
  call: Call<Arguments>,
  ...args: Arguments
): Promise<{ sent: Sent; receipt: ContractTransactionReceipt }> {
  const { out } = session;
  const transaction = await call.populateTransaction(...args);
  // Estimating the gas runs the transaction as the next block would: what would revert is not sent.
  const gasLimit = withReserve(await signer.estimateGas(transaction));
  const response = await signer.sendTransaction({ ...transaction, gasLimit });
  const mined = await out.during(`${what} (${response.hash})`, response.wait(1, MAX_WAIT_MS));
  const receipt = mined as ContractTransactionReceipt | null;
  if (receipt === null)
    throw new CommandError(`The transaction ${response.hash} has not been executed yet: look it up.`);
  if (receipt.status === 0) throw await whyItReverted(session, response.hash, transaction, receipt.blockNumber);
  out.say(`${what}: transaction ${receipt.hash}, ${receipt.gasUsed.toLocaleString("en-US")} gas.`);
  return {
    sent: {
      what,
      transactionHash: receipt.hash,
      blockNumber: receipt.blockNumber,
      gasUsed: Number(receipt.gasUsed),
    },
    receipt,
  };
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

/** How long to wait for one confirmation [ms]. */
const MAX_WAIT_MS = 10 * 60 * 1000;

/** A tenth above the estimate: state may change between the estimate and the execution. */
const withReserve = (gas: bigint) => (gas * 11n) / 10n;

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

import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { ContractTransaction, ContractTransactionReceipt } from "ethers";

import type { IERC20Metadata } from "../../typechain-types/index.ts";
import { DECIMALS, show } from "./amounts.ts";
import { CommandError } from "./commandError.ts";
import { asRevert } from "./revert.ts";
import type { Session } from "./session.ts";

/** A transaction that has been executed, as a JSON document tells it. */
export interface Sent {
  what: string;
  transactionHash: string;
  blockNumber: number;
  gasUsed: string;
}

/** A call that can be simulated and sent, such as `offering.buyExactIn`. */
interface Call<Arguments extends unknown[]> {
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
  const { out } = session.context;
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
      gasUsed: receipt.gasUsed.toString(),
    },
    receipt,
  };
}

/** A token that a transaction takes from its signer. */
export interface Payment {
  token: IERC20Metadata;
  /** Its name for people, such as `FLOCK`. */
  name: string;
  decimals: number;
  /** The contract that takes it, and what people call that. */
  spender: string;
  spenderName: string;
  /** The most that the transaction takes [wei of the token]. */
  most: bigint;
}

/** As `preparePayment`, for FLOCK that the offering takes. */
export async function prepareFlock<Arguments extends unknown[]>(
  session: Session,
  signer: HardhatEthersSigner,
  flockMax: bigint,
  call: Call<Arguments>,
  ...args: Arguments
): Promise<Sent[]> {
  const { flock, addresses } = session.protocol;
  const payment = {
    token: flock,
    name: "FLOCK",
    decimals: DECIMALS,
    spender: addresses.offering,
    spenderName: "offering",
    most: flockMax,
  };
  return await preparePayment(session, signer, payment, call, ...args);
}

/**
 * Checks a transaction that takes tokens from its signer, and raises the allowance where it falls short, to exactly what
 * the transaction may take. Nothing is sent if the transaction would be refused for any other reason.
 * @returns The approval, if one was necessary.
 */
export async function preparePayment<Arguments extends unknown[]>(
  session: Session,
  signer: HardhatEthersSigner,
  { token, name, decimals, spender, spenderName, most }: Payment,
  call: Call<Arguments>,
  ...args: Arguments
): Promise<Sent[]> {
  const showToken = (amount: bigint) => `${show(amount, decimals)} ${name}`;
  const allowance = await token.allowance(signer.address, spender);
  const balance = await token.balanceOf(signer.address);
  await simulate(session, signer, allowance < most || balance < most, call, ...args);
  if (balance < most) {
    throw new CommandError(
      `${signer.address} has ${showToken(balance)} and may need ${showToken(most)}: add ${name} or pay less.`,
    );
  }
  if (allowance >= most) return [];
  session.context.out.say(
    `The ${spenderName} may take ${showToken(allowance)} of ${signer.address}; approving ${showToken(most)}, no more.`,
  );
  const { approve } = token.connect(signer);
  const { sent } = await send(session, signer, `Approve ${name}`, approve, spender, most);
  return [sent];
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
    const revert = asRevert(error, session.context.usdcDecimals);
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
  { connection, context }: Session,
  hash: string,
  transaction: ContractTransaction,
  blockTag: number,
): Promise<CommandError> {
  try {
    await connection.ethers.provider.call({ ...transaction, blockTag });
  } catch (error) {
    const revert = asRevert(error, context.usdcDecimals);
    if (revert !== undefined) return new CommandError(`${revert.message} (transaction ${hash})`, revert.contractError);
  }
  return new CommandError(
    `The transaction ${hash} has reverted; the chain changed between its check and its execution.`,
  );
}

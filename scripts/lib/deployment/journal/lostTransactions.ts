import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { NetworkConnection } from "hardhat/types/network";

import { CommandError } from "../../command/commandError.ts";
import { journalFileOf, stepsIn } from "./journal.ts";
import type { Interaction, Step } from "./journal.ts";

/** How long is waited for transactions of the deployer to be mined, all together [ms]. */
const MAX_WAIT_MS = 10 * 60 * 1000;
/** How often a transaction is sent again that the node refuses. */
const MAX_SENDS = 3;

/** A transaction as a node tells it; `null` if it knows none of that hash. */
interface FoundTransaction {
  hash: string;
  from: string;
  to: string | null;
  input: string;
  nonce: string;
  gasPrice?: string;
  maxFeePerGas?: string;
  maxPriorityFeePerGas?: string;
}

/** What the search for lost transactions needs. */
export interface Search {
  connection: NetworkConnection;
  /** The folder of the deployment. */
  folder: string;
  /** The block at which the run began that may have lost a transaction. */
  fromBlock: number;
  /** How often the chain is asked while something is waited for [ms]. */
  pollMs: number;
  /** Says to people what is waited for. */
  announce: (what: string) => void;
}

/**
 * Finds what became of the transactions that a former run was sending when it ended: the answer with the hash may have
 * been lost, or a higher fee was sent under the same nonce. A nonce belongs to one step for good, so that nothing is done
 * twice: what the chain has under it is written into the journal, and what never arrived is sent again under it.
 * @throws CommandError if they are not mined in time.
 */
export async function settleLostTransactions(search: Search): Promise<void> {
  const open = stepsIn(search.folder).filter(
    ({ interaction }) => interaction?.nonce !== undefined && !interaction.confirmed,
  );
  open.sort((a, b) => a.interaction!.nonce! - b.interaction!.nonce!);
  const until = Date.now() + MAX_WAIT_MS;
  for (const step of open) await settle(search, step, step.interaction!, until);
}

async function settle(search: Search, step: Step, interaction: Interaction, until: number): Promise<void> {
  const { connection, pollMs, announce } = search;
  const { provider } = connection.ethers;
  const { from, hashes } = interaction;
  const nonce = interaction.nonce!; // only those with a nonce are searched for
  let sends = 0;
  while (Date.now() < until) {
    for (const hash of hashes) {
      if ((await provider.send("eth_getTransactionByHash", [hash])) !== null) return; // Ignition follows it
    }
    if ((await provider.getTransactionCount(from, "latest")) > nonce) {
      record(search, step, interaction, await findMined(search, from, nonce));
      return;
    }
    if ((await provider.getTransactionCount(from, "pending")) > nonce) {
      announce(`Waiting for the transaction with nonce ${nonce.toString()} of ${from} to be mined (${step.what})`);
    } else {
      sends++;
      const sent = await sendAgain(search, interaction, sends === MAX_SENDS);
      if (sent !== undefined) {
        record(search, step, interaction, sent);
        return;
      }
    }
    await sleep(pollMs);
  }
  throw new CommandError(
    `The transaction with nonce ${nonce.toString()} of ${from} has not been mined in ${(MAX_WAIT_MS / 60_000).toString()} minutes (${step.what}): run \`fomo deploy\` again later, it goes on from there.`,
  );
}

/** The mined transaction of an account with a nonce, which the chain has: the run that sent it tells where to begin. */
async function findMined(search: Search, from: string, nonce: number): Promise<FoundTransaction> {
  const { provider } = search.connection.ethers;
  search.announce(`Looking for the transaction with nonce ${nonce.toString()} of ${from}`);
  for (let number = search.fromBlock; ; number++) {
    const block = (await provider.send("eth_getBlockByNumber", [`0x${number.toString(16)}`, true])) as {
      transactions: FoundTransaction[];
    } | null;
    if (block === null) {
      throw new CommandError(
        `The chain does not show the transaction with nonce ${nonce.toString()} of ${from}, although it counts it: run \`fomo deploy\` again, or with another RPC URL.`,
      );
    }
    const found = block.transactions.find((one) => isOf(one, from) && BigInt(one.nonce) === BigInt(nonce));
    if (found !== undefined) return found;
  }
}

/** Sends what never arrived, under the nonce that it had; undefined if the node refuses it and it is not the last try. */
async function sendAgain(
  { connection, announce }: Search,
  { from, to, data, value, nonce }: Interaction,
  isLast: boolean,
): Promise<FoundTransaction | undefined> {
  const { provider } = connection.ethers;
  announce(`Sending the transaction with nonce ${nonce!.toString()} again, which never arrived`);
  const hex = (amount: bigint) => `0x${amount.toString(16)}`;
  const transaction = { from, to, data, value: hex(value), nonce: hex(BigInt(nonce!)) };
  try {
    const gas = (await provider.send("eth_estimateGas", [transaction])) as string;
    const hash = (await provider.send("eth_sendTransaction", [{ ...transaction, gas }])) as string;
    return (await provider.send("eth_getTransactionByHash", [hash])) as FoundTransaction;
  } catch (error) {
    // It may have arrived after all, in which case the next look finds it.
    if (isLast) throw error;
    return undefined;
  }
}

/**
 * Writes into the journal what the chain has under a nonce: the step's own transaction, or that of somebody who signed
 * with the same key in the meantime, so that the step gets another nonce.
 */
function record(
  { folder }: Search,
  { id: futureId }: Step,
  { id: networkInteractionId, to, data, nonce, hashes }: Interaction,
  found: FoundTransaction,
): void {
  const isOurs =
    (found.to ?? undefined)?.toLowerCase() === to?.toLowerCase() && found.input.toLowerCase() === data.toLowerCase();
  const which = { futureId, networkInteractionId };
  if (isOurs) {
    const transaction = { hash: found.hash, fees: feesOf(found) };
    append(folder, { ...which, type: "TRANSACTION_SEND", nonce, transaction });
  } else if (hashes.length === 0) {
    append(folder, { ...which, type: "ONCHAIN_INTERACTION_REPLACED_BY_USER" });
  }
}

/** Adds a line to the journal, in which every line begins with its line break. */
function append(folder: string, line: object): void {
  const file = openSync(journalFileOf(folder), "a");
  try {
    writeSync(file, `\n${JSON.stringify(line)}`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The fees of a transaction as Ignition's journal has them. */
function feesOf({ gasPrice, maxFeePerGas, maxPriorityFeePerGas }: FoundTransaction) {
  const amount = (hex: string) => ({ _kind: "bigint", value: BigInt(hex).toString() });
  if (maxFeePerGas !== undefined && maxPriorityFeePerGas !== undefined) {
    return { maxFeePerGas: amount(maxFeePerGas), maxPriorityFeePerGas: amount(maxPriorityFeePerGas) };
  }
  return { gasPrice: amount(gasPrice ?? "0x0") };
}

const isOf = ({ from }: FoundTransaction, account: string) => from.toLowerCase() === account.toLowerCase();

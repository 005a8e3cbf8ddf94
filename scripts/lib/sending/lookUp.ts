import { setTimeout as sleep } from "node:timers/promises";

import { keccak256, toNumber, toQuantity } from "ethers";
import type { ContractTransactionReceipt } from "ethers";

import { isLocal } from "../chain/identity.ts";
import type { Session } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";
import { unlessSilent } from "../rpc/patience.ts";
import type { Step } from "./journal.ts";

/** How long to wait for a transaction to be executed [ms]. */
export const MAX_WAIT = 10 * 60 * 1_000;
/** How often to ask for a receipt [ms]: a local chain executes at once. */
const POLL = { local: 50, elsewhere: 1_000 };
/** How often a transaction is looked for that a node does not know, before it counts as never sent. */
const LOOKS = 3;

/** A transaction as a block lists it, as far as it matters here. */
interface Listed {
  hash: string;
  from: string;
  to: string | null;
  input: string;
  nonce: string;
}

/**
 * What became of a transaction of the journal: its receipt, for which it waits if the transaction is on its way; `void` if
 * it has not been sent, or another one has taken its nonce, so that it can never be executed; `free` if the node knows
 * nothing of it and its nonce can still be used.
 */
export async function lookUp(
  session: Session,
  address: string,
  step: Step,
): Promise<ContractTransactionReceipt | "void" | "free"> {
  const count = async (tag: "latest" | "pending") =>
    toNumber((await session.connection.ethers.provider.send("eth_getTransactionCount", [address, tag])) as string);
  for (let look = 0; look < LOOKS; look++) {
    if (look !== 0) await sleep(pollOf(session));
    const hash = step.hash ?? ((await count("latest")) > step.nonce ? await hashAt(session, address, step) : undefined);
    if (hash !== undefined && (await isKnown(session, hash))) return await receiptOf(session, step.what, hash);
    if (hash === undefined && step.hash === null && (await count("latest")) > step.nonce) return "void";
    // The node's own account: it says no hash of what waits, but that something does.
    if (step.hash === null && (await count("pending")) > step.nonce) {
      await untilUsed(session, step, count);
      look = -1;
    }
  }
  return (await count("latest")) > step.nonce ? "void" : "free";
}

/** Whether a node knows nothing any more of a transaction that was executed: a reorganisation can drop it. */
export async function hasVanished(session: Session, { hash }: Step): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    if (look !== 0) await sleep(pollOf(session));
    if (hash === null || (await isKnown(session, hash))) return false;
  }
  return true;
}

/** Writes into a step how it ended. */
export function close(step: Step, receipt: ContractTransactionReceipt): void {
  step.hash = receipt.hash;
  step.outcome = receipt.status === 0 ? "reverted" : "executed";
  step.blockNumber = receipt.blockNumber;
  step.gasUsed = Number(receipt.gasUsed);
}

/**
 * Waits until a transaction has been executed.
 * @throws CommandError if that takes too long; the journal remembers it.
 */
export async function receiptOf(session: Session, what: string, hash: string): Promise<ContractTransactionReceipt> {
  const waiting = `Waiting until "${what}" (${hash}) has been executed …`;
  const tell = () => {
    session.out.note(waiting);
  };
  return await session.out.during(`${what} (${hash})`, unlessSilent(poll(session, hash), tell));
}

async function poll(session: Session, hash: string): Promise<ContractTransactionReceipt> {
  const until = Date.now() + MAX_WAIT;
  for (;;) {
    const receipt = await session.connection.ethers.provider.getTransactionReceipt(hash);
    if (receipt !== null) {
      session.node.mustKnow(receipt.blockNumber);
      return receipt as unknown as ContractTransactionReceipt;
    }
    if (Date.now() >= until) throw stillWaiting(hash);
    await sleep(pollOf(session));
  }
}

/** Waits until the nonce of a step has been used. */
async function untilUsed(session: Session, step: Step, count: (tag: "latest") => Promise<number>): Promise<void> {
  session.out.note(`Waiting until "${step.what}", which was sent before, has been executed …`);
  const until = Date.now() + MAX_WAIT;
  while ((await count("latest")) <= step.nonce) {
    if (Date.now() >= until) throw stillWaiting(`with the nonce ${step.nonce.toString()}`);
    await sleep(pollOf(session));
  }
}

const pollOf = ({ chainId }: Session) => (isLocal(chainId) ? POLL.local : POLL.elsewhere);

const stillWaiting = (name: string) =>
  new CommandError(
    `The transaction ${name} was sent and has not been executed yet: run the same command again, it waits for it and sends nothing twice.`,
  );

/** Whether the node has a transaction, executed or waiting. */
async function isKnown({ connection }: Session, hash: string): Promise<boolean> {
  return (await connection.ethers.provider.getTransaction(hash)) !== null;
}

/** The hash of the transaction that has used a step's nonce, if it is the one that was meant. */
async function hashAt(session: Session, address: string, step: Step): Promise<string | undefined> {
  const { provider } = session.connection.ethers;
  // The first block after which the nonce was used.
  let [low, high] = [step.afterBlock + 1, await provider.getBlockNumber()];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const used = (await provider.send("eth_getTransactionCount", [address, toQuantity(middle)])) as string;
    if (toNumber(used) > step.nonce) high = middle;
    else low = middle + 1;
  }
  const block = (await provider.send("eth_getBlockByNumber", [toQuantity(low), true])) as {
    transactions: Listed[];
  } | null;
  const meant = block?.transactions.find(
    ({ from, nonce }) => from.toLowerCase() === address.toLowerCase() && toNumber(nonce) === step.nonce,
  );
  const isSame = meant?.to?.toLowerCase() === step.to.toLowerCase() && keccak256(meant.input) === step.dataHash;
  return isSame ? meant.hash : undefined;
}

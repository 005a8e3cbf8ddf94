import { dueWork } from "../../../sdk/src/actions/due.ts";
import type { DueWork } from "../../../sdk/src/actions/due.ts";
import { epochAt } from "../../../sdk/src/emissions/epochs.ts";
import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { ExecutedInVain, sendRepeatable } from "../chain/transactions.ts";
import type { Sent } from "../chain/transactions.ts";
import { asRevert } from "../command/revert.ts";
import type { Spent } from "./budget.ts";
import { allModels, readDue } from "./due.ts";
import { OverLimit } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import { orderFor } from "./order.ts";
import { planOf } from "./plan.ts";
import type { Waiting } from "./plan.ts";
import { candidatesOf, refusalOf } from "./prices.ts";

/** Who keeps the protocol going, and how. */
export interface Keeper {
  session: Session;
  signer: Signer;
  /** What it has spent, and may spend. */
  ledger: Ledger;
  /** What one of the chain's currency costs [USD, WAD]; undefined if nobody has said it: then everything is worth its gas. */
  ethUsd: bigint | undefined;
  /** How many times its gas a work must be worth [WAD]. */
  minWorth: bigint;
  /** What may be spent in a day, as the ledger's limits have it in the chain's currency [USD, WAD]. */
  maxUsd: bigint | undefined;
  /** How far a lot may fall behind what the chain told [bps]. */
  slippageBps: bigint;
  /** How long the transaction of a lot may wait [s]. */
  patience: bigint;
}

/** What became of a work. */
export type Done = { work: DueWork } & (
  | { outcome: "executed"; sent: Sent }
  /** Somebody else was faster, which showed before anything was sent. */
  | { outcome: "raced"; reason: string }
  /** Somebody else was faster, and our transaction has reverted or changed nothing: its gas is paid. */
  | { outcome: "inVain"; reason: string; transactionHash: string }
);

/** What one round found and did. */
export interface Round {
  /** The chain's time when it began [s]. */
  time: bigint;
  models: number;
  /** Models of which the lens could not tell what is due. */
  unreadable: bigint[];
  done: Done[];
  /** What is due and was not done. */
  waiting: Waiting[];
  /** What was spent on the chain's day, with what is set aside. */
  spent: Spent;
}

/**
 * One round: asks the chain what is due, and does it, one after the other. Nothing is remembered of earlier rounds, so that
 * neither a restart nor a reorganisation leaves anything out. Of what fails alone, the others hear nothing.
 * @param hear Hears of each work at once: the round may fail after it.
 * @throws What keeps anything from being done: a node that does not answer, a transaction whose fate nobody knows.
 */
export async function keeperRound(
  keeper: Keeper,
  hear: (done: Done) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Round> {
  const { session, signer, ledger, ethUsd, minWorth } = keeper;
  await ledger.reconcile();
  const time = await timeOf(session);
  const ids = await allModels(session);
  const { view, unreadable } = await readDue(session, ids);
  const works = orderFor(signer.address, dueWork(session.deployment, view, termsOf(keeper, time)));
  const candidates = await candidatesOf(session, signer, works);
  const spent = ledger.spentOn(epochAt(time));
  const worth = ethUsd === undefined ? undefined : { ethUsd, minWorth };
  const plan = planOf(candidates, { limits: ledger.limits, spent, worth });
  const round: Round = { time, models: ids.length, unreadable, done: [], waiting: [...plan.waiting], spent };
  let isLate = false;
  for (const { work, worth: goodFor, cost } of plan.now) {
    if (signal?.aborted === true) break;
    if (isLate) {
      round.waiting.push({ work, worth: goodFor, cost, reason: "leftToAnother", refusal: undefined });
      continue;
    }
    const result = await doWork(keeper, work);
    if (result === undefined) continue;
    if (result.outcome === "waits") {
      round.waiting.push({ work, worth: goodFor, cost, reason: result.reason, refusal: result.refusal });
      continue;
    }
    round.done.push(result);
    hear(result);
    // Somebody else is doing the same at this moment: who has lost a race leaves the rest of the round to the winner.
    isLate = result.outcome === "inVain";
  }
  round.spent = ledger.spentOn(epochAt(time));
  return round;
}

/** What became of a work that was to be done now. */
type Result = Done | { outcome: "waits"; reason: Waiting["reason"]; refusal: string | undefined };

/** Does a work, if it is still due; undefined in a dry run. */
async function doWork(keeper: Keeper, { kind, modelId, action }: DueWork): Promise<Result | undefined> {
  const { session, signer, ledger } = keeper;
  // Asked again right before it is sent: somebody else may have done it, and a lot is worth what it is now.
  const { view } = await readDue(session, modelId === 0n ? [] : [modelId]);
  const works = dueWork(session.deployment, view, termsOf(keeper, await timeOf(session)));
  const work = works.find((one) => one.kind === kind && one.modelId === modelId);
  if (work === undefined) {
    return { work: { kind, modelId, action, amount: 0n }, outcome: "raced", reason: "It is not due any more." };
  }
  session.sending.purse = ledger.purse(kind === "pokeRoute" || kind === "pokeModel");
  try {
    const done = await sendRepeatable(session, signer, work.action);
    if (done === undefined) return undefined;
    const { sent, receipt } = done;
    if (receipt.logs.length !== 0) return { work, outcome: "executed", sent };
    // An observation or a roll that comes second does not revert.
    const { transactionHash } = sent;
    return {
      work,
      outcome: "inVain",
      reason: `It has changed nothing (transaction ${transactionHash}).`,
      transactionHash,
    };
  } catch (error) {
    if (error instanceof OverLimit) return { outcome: "waits", reason: error.bound, refusal: undefined };
    if (error instanceof ExecutedInVain) {
      return { work, outcome: "inVain", reason: error.message, transactionHash: error.transactionHash };
    }
    const revert = asRevert(error, session.usdcDecimals);
    if (revert !== undefined) return { work, outcome: "raced", reason: revert.message };
    const refusal = refusalOf(session, error);
    if (refusal === undefined) throw error;
    return { outcome: "waits", reason: "refused", refusal };
  } finally {
    session.sending.purse = undefined;
  }
}

const termsOf = ({ slippageBps, patience }: Keeper, time: bigint) => ({ time, slippageBps, patience });

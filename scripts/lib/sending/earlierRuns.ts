import type { Session, Signer } from "../chain/session.ts";
import { showCount } from "../../../sdk/src/units/show.ts";
import { settleIds } from "../usage/cardLedger.ts";
import { alone } from "./broadcast.ts";
import { journalOf } from "./journal.ts";
import type { Journal, Step } from "./journal.ts";
import { close, lookUp, receiptOf } from "./lookUp.ts";
import { DoneBefore } from "./sending.ts";
import type { Sent } from "./sending.ts";

/**
 * Finds out what interrupted runs of an account have sent, and says it. Commands do this before they read anything, so
 * that they see what those runs have changed.
 * @throws DoneBefore if one of them was the same command and has done what it was asked for.
 */
export async function takeUpEarlierRuns(session: Session, signer: Signer, journal: Journal): Promise<void> {
  const { sending, out } = session;
  if (journal.abandoned().length === 0) return;
  await alone(journal, signer.address, async () => {
    for (const run of journal.abandoned()) {
      for (const step of run.steps) {
        if (step.outcome === "unknown") await findOut(session, signer, step);
        if (step.outcome === "executed" && step.ids.length !== 0) {
          await settleIds(session, step.ids, await receiptOf(session, step.what, step.hash!)); // it was executed
        }
        out.say(`An interrupted run has left "${step.what}" behind: ${outcomeInWords(step)}.`);
      }
      const done = run.steps.filter(({ outcome }) => outcome === "executed");
      sending.executed.push(...done.map(sentOf));
      journal.end(run);
      if (run.command === sending.command && done.some(({ repeatable }) => !repeatable)) {
        out.say(`That is what this command was to do, so nothing is sent now; run it again to do it once more.`);
        throw new DoneBefore();
      }
    }
  });
}

/**
 * Finds out what became of transactions of this very run whose outcome nobody knows, for a command that goes on after a
 * failure; what is known is forgotten, because it has been told.
 */
export async function findOutOwn(session: Session, signer: Signer): Promise<void> {
  const journal = await journalOf(session, signer.address);
  const run = session.sending.runIn(journal);
  for (const step of run.steps.filter(({ outcome }) => outcome === "unknown")) {
    await alone(journal, signer.address, () => findOut(session, signer, step));
    session.out.note(`Of "${step.what}", which may have been sent: ${outcomeInWords(step)}.`);
  }
  session.sending.forgetTold();
}

/** Looks a transaction up of which nobody knows whether it was executed. */
async function findOut(session: Session, signer: Signer, step: Step): Promise<void> {
  const found = await lookUp(session, signer.address, step);
  if (typeof found === "object") close(step, found);
  else {
    step.outcome = "void";
    if (found === "free") session.sending.freeNonce = step.nonce;
  }
}

function outcomeInWords({ outcome, hash, blockNumber, gasUsed }: Step): string {
  switch (outcome) {
    case "executed":
      return `the transaction ${hash ?? ""} was executed in block ${String(blockNumber)} for ${showCount(BigInt(gasUsed ?? 0))} gas`;
    case "reverted":
      return `the transaction ${hash ?? ""} has reverted in block ${String(blockNumber)}`;
    case "void":
      return "it was not executed and never will be";
    case "unknown":
      return "nobody knows what became of it";
  }
}

/** An executed transaction of a journal, as a document tells it. */
const sentOf = ({ what, hash, blockNumber, gasUsed }: Step): Sent => ({
  what,
  transactionHash: hash!, // it was executed
  blockNumber: blockNumber!,
  gasUsed: gasUsed!,
});

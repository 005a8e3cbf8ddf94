import { openSession, signerOf } from "../../lib/chain/session.ts";
import type { Session } from "../../lib/chain/session.ts";
import { planAction, sendRepeatable } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { tableOf } from "../../lib/command/table.ts";
import { readAccess } from "../../lib/governance/access.ts";
import { finalHolders, holderWarnings, parseHolders } from "../../lib/governance/finalHolders.ts";
import type { FinalHolders, HolderArguments } from "../../lib/governance/finalHolders.ts";
import { heldRoles } from "../../lib/governance/handoverProof.ts";
import {
  STATE_WORDS,
  administratorOf,
  handoverStatus,
  jsonStep,
  transactionOf,
  waitsFor,
  whatRemains,
} from "../../lib/governance/handoverRun.ts";
import type { HandoverStatus } from "../../lib/governance/handoverRun.ts";
import { describeDelay } from "../../lib/governance/tableDifferences.ts";
import { writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";
import { jsonPlanned } from "../../lib/sending/planned.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments extends HolderArguments, SafeArguments {
  json: boolean;
  dryRun: boolean;
}

/** `fomo handover-roles`: moves every role to its final holder, as far as that is possible now, and proves it at the end. */
export default runCommand("handover-roles", async (args: Arguments, context) => {
  const wanted = parseHolders(args);
  const session = await openSession(context);
  const { out } = context;
  const access = await out.during("Reading the roles", readAccess(session));
  const finals = await finalHolders(session, wanted, access);
  const warnings = await holderWarnings(session, finals);
  for (const warning of warnings) out.say(`WARNING: ${warning}`);

  let status = await handoverStatus(session, access, finals, undefined);
  const isDue = status.remains.length !== 0;
  // Nobody's key is asked for where nothing is sent.
  const signer = isDue && args.safeFile === undefined && !args.dryRun ? await signerOf(session, args.from) : undefined;
  const actor = isDue ? await administratorOf(session, access, finals, signer?.address ?? args.from) : undefined;
  if (actor !== undefined) {
    status = await handoverStatus(session, access, finals, actor);
    showSteps(session, status, actor);
  }
  const steps = status.steps.map((step) => transactionOf(session, step)).filter((step) => step !== undefined);
  if (args.safeFile !== undefined) {
    const holder = () => Promise.resolve(actor);
    return await writeSafeFile(session, args, { name: "hand-over of the roles", holder, steps: () => steps });
  }

  const transactions: Sent[] = [];
  if (signer !== undefined) {
    for (const step of steps) {
      const done = await sendRepeatable(session, signer, step);
      if (done !== undefined) transactions.push(done.sent);
    }
    const after = await out.during("Reading the roles again", readAccess(session));
    status = await handoverStatus(session, after, finals, actor);
  }
  showHolders(session, status, finals);
  const finished = status.remains.length === 0;
  if (args.dryRun) {
    for (const step of steps) await planAction(session, actor, step);
    out.say("This was a dry run: nothing was sent.");
  } else if (!finished) {
    out.complain(`The hand-over is not finished: ${whatRemains(status)}`);
    context.outcome = transactions.length === 0 ? "nothing" : "part";
  }
  return {
    dryRun: args.dryRun,
    finished,
    deployer: status.access.deployer,
    roles: heldRoles(status.access, finals).map(({ role, holder, member, isFinal }) => ({
      role,
      holder,
      delaySeconds: member === null ? null : Number(member.delay),
      isFinal,
    })),
    steps: status.steps.map((step) => jsonStep(session, step)),
    remains: status.remains,
    warnings,
    transactions: args.dryRun ? context.sending.planned.map(jsonPlanned) : transactions,
  };
});

function showSteps({ out }: Session, { steps }: HandoverStatus, actor: string): void {
  if (steps.length === 0) return;
  out.say(`What is to be done, as ${actor}:`);
  out.say(
    tableOf(
      ["", "step", "state", ""],
      steps.map((step, index) => [
        index + 1,
        out.inFull(step.title),
        STATE_WORDS[step.state],
        out.inFull(waitsFor(step)),
      ]),
    ),
  );
}

/** The proof: every role beside its final holder, and whatever is not as it should be. */
function showHolders({ out }: Session, { access, remains }: HandoverStatus, finals: FinalHolders): void {
  out.say("\nThe roles:");
  out.say(
    tableOf(
      ["role", "final holder", "delay", ""],
      heldRoles(access, finals).map(({ role, holder, member, isFinal }) => [
        role,
        out.inFull(holder),
        member === null ? "" : out.inFull(describeDelay(member.delay, member.pending)),
        isFinal ? "holds it alone" : "not yet",
      ]),
    ),
  );
  if (remains.length === 0) {
    out.say(`Every role is with its final holder, and the deployer ${access.deployer} has nothing left.`);
  }
  for (const sentence of remains) out.say(`REMAINS: ${sentence}`);
}

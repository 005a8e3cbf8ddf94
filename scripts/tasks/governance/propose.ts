import { callOf } from "../../../sdk/src/actions/action.ts";
import { schedule } from "../../../sdk/src/actions/governance.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { addressOf, openSession, signerOf } from "../../lib/chain/session.ts";
import { planAction, send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { jsonTime } from "../../lib/command/amounts.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import { ROLES } from "../../../deploy/config/roles.ts";
import { soleHolderOf } from "../../lib/governance/access.ts";
import { changeTable } from "../../lib/governance/changeTable.ts";
import type { ProposedChange } from "../../lib/documents/governance.ts";
import type { Change } from "../../lib/governance/changes.ts";
import { changesOf, parseProposal } from "../../lib/governance/proposal.ts";
import type { ProposalArguments } from "../../lib/governance/proposal.ts";
import { writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";
import { jsonPlanned } from "../../lib/sending/planned.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments extends ProposalArguments, SafeArguments {
  json: boolean;
  dryRun: boolean;
}

/** To the AccessManager: as soon as the delay allows. */
const EARLIEST = 0n;

/** `fomo propose`: schedules what governance wants to change; `fomo operations` executes it 48 hours later. */
export default runCommand("propose", async (args: Arguments, context) => {
  const proposal = parseProposal(args);
  const session = await openSession(context);
  const { changes, unchanged } = await changesOf(session, proposal);
  const { out } = context;

  if (unchanged.length !== 0) {
    out.say(`The file differs from the chain in what this does not change: ${unchanged.join(", ")}.`);
  }
  if (changes.length === 0) out.say("The chain's settings are those of the file: there is nothing to propose.");
  const planned = changes.map((change) => {
    const { title, target, data } = change;
    const step = schedule(session.deployment, { target, data }, EARLIEST, `Schedule: ${title}`);
    // A multisig sends the same call to the AccessManager itself.
    const { to, data: call } = callOf(step);
    return {
      step,
      change: { ...change, schedule: { to, data: call }, operation: null, ...jsonTime("executableAt", null) },
    };
  });
  const show = ({ title, values }: Change) => {
    out.say(`${title}:\n${changeTable(out, values)}`);
  };
  const holder = async () => await soleHolderOf(session, ROLES.governor);
  if (args.safeFile !== undefined) {
    changes.forEach(show);
    const steps = () => planned.map(({ step }) => step);
    return await writeSafeFile(session, args, { name: "proposal of governance", holder, steps });
  }

  const proposed: ProposedChange[] = [];
  if (args.dryRun) {
    // Nobody's key is asked for where nothing is sent.
    const from = args.from === undefined ? await holder() : await addressOf(session, "--from", args.from);
    for (const { step, change } of planned) {
      show(change);
      await planAction(session, from, step);
      proposed.push(change);
    }
    out.say("This was a dry run: nothing was sent.");
    return { dryRun: true, proposed, unchanged, transactions: session.sending.planned.map(jsonPlanned) };
  }

  const transactions: Sent[] = [];
  if (changes.length === 0) return { dryRun: false, proposed, unchanged, transactions };
  const signer = await signerOf(session, args.from);
  out.say(`Scheduling what follows as ${signer.address}.\n`);
  for (const { step, change } of planned) {
    show(change);
    const { sent, receipt } = await send(session, signer, step);
    const event = eventOf(session.deployment, receipt, "accessManager", "OperationScheduled").args;
    out.say(`${signer.address} can execute it from ${showTime(event.schedule)}.\n`);
    transactions.push(sent);
    proposed.push({ ...change, operation: event.operationId, ...jsonTime("executableAt", event.schedule) });
  }
  return { dryRun: false, proposed, unchanged, transactions };
});

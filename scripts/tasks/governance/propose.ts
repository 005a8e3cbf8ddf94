import { eventOf } from "../../lib/chain/events.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { jsonTime, showTime } from "../../lib/command/amounts.ts";
import { ROLES } from "../../../deploy/config/roles.ts";
import { soleHolderOf } from "../../lib/governance/access.ts";
import { changeTable } from "../../lib/governance/changeTable.ts";
import type { ProposedChange } from "../../lib/documents/governance.ts";
import { changesOf, parseProposal } from "../../lib/governance/proposal.ts";
import type { ProposalArguments } from "../../lib/governance/proposal.ts";
import { stepOf, writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";
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
  const { accessManager } = session.protocol;
  const { out } = context;

  const transactions: Sent[] = [];
  const proposed: ProposedChange[] = [];
  if (unchanged.length !== 0) {
    out.say(`The file differs from the chain in what this does not change: ${unchanged.join(", ")}.`);
  }
  if (changes.length === 0) out.say("The chain's settings are those of the file: there is nothing to propose.");
  const scheduled = changes.map(({ title, target, data }) =>
    stepOf(`Schedule: ${title}`, accessManager.schedule, target, data, EARLIEST),
  );
  if (args.safeFile !== undefined) {
    for (const { title, values } of changes) out.say(`${title}:\n${changeTable(out, values)}`);
    const holder = async () => await soleHolderOf(session, ROLES.governor);
    return await writeSafeFile(session, args, { name: "proposal of governance", holder, steps: () => scheduled });
  }
  const signer = args.dryRun || changes.length === 0 ? undefined : await signerOf(session, args.from);
  if (signer !== undefined) out.say(`Scheduling what follows as ${signer.address}.\n`);
  for (const change of changes) {
    out.say(`${change.title}:`);
    out.say(changeTable(out, change.values));
    // A multisig sends the same call to the AccessManager itself.
    const call = accessManager.interface.encodeFunctionData("schedule", [change.target, change.data, EARLIEST]);
    const document = { ...change, schedule: { to: session.protocol.addresses.accessManager, data: call } };
    if (signer === undefined) {
      proposed.push({ ...document, operation: null, ...jsonTime("executableAt", null) });
      continue;
    }
    const schedule = accessManager.connect(signer).schedule;
    const { sent, receipt } = await send(session, signer, "Schedule", schedule, change.target, change.data, EARLIEST);
    const event = eventOf(accessManager, receipt, "OperationScheduled").args;
    out.say(`${signer.address} can execute it from ${showTime(event.schedule)}.\n`);
    transactions.push(sent);
    proposed.push({ ...document, operation: event.operationId, ...jsonTime("executableAt", event.schedule) });
  }
  if (args.dryRun) out.say("This was a dry run: nothing was sent.");
  return { dryRun: args.dryRun, proposed, unchanged, transactions };
});

import { cancelScheduled, executeScheduled } from "../../../sdk/src/actions/governance.ts";
import { jsonTime } from "../../lib/command/amounts.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { ROLES } from "../../../deploy/config/roles.ts";
import { soleHolderOf } from "../../lib/governance/access.ts";
import { changeTable } from "../../lib/governance/changeTable.ts";
import { writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";
import { WrittenForSafe } from "../../lib/safe/writtenForSafe.ts";
import { plain, typedText } from "../../../sdk/src/text/plainText.ts";
import { pendingOperations } from "../../lib/governance/operations.ts";
import type { Operation } from "../../lib/governance/operations.ts";
import { openSession, signerOf, timeOf } from "../../lib/chain/session.ts";
import type { Session } from "../../lib/chain/session.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";

interface Arguments extends SafeArguments {
  json: boolean;
  operation: string | undefined;
  execute: boolean;
  cancel: boolean;
}

/** `fomo operations`: what governance has scheduled; executes what is due, or cancels one as its author or the guardian. */
export default runCommand("operations", async (args: Arguments, context) => {
  const { operation: id } = args;
  if (args.safeFile !== undefined && !args.execute && !args.cancel) {
    throw new CommandError("Say with --execute or --cancel which calls --safe-file is to hold.");
  }
  if (args.execute && args.cancel) throw new CommandError("Name either --execute or --cancel, not both.");
  if (args.cancel && id === undefined) throw new CommandError("Say which operation to cancel with --operation.");
  if (id !== undefined && !/^0x[0-9a-f]{64}$/i.test(id)) {
    throw new CommandError(
      `--operation is "${typedText(id)}": name an operation by the 32 bytes that \`fomo operations\` shows.`,
    );
  }
  const session = await openSession(context);
  const { out } = context;

  const pending = await pendingOperations(session);
  const chosen = pending.filter((operation) => id === undefined || operation.id === id.toLowerCase());
  if (id !== undefined && chosen.length === 0) {
    throw new CommandError(
      `No operation ${id} is waiting: it was executed, cancelled, has lapsed, or was never scheduled.`,
    );
  }

  if (args.safeFile !== undefined) return await writeOperations(session, args, chosen);
  const transactions: Sent[] = [];
  const done: Operation[] = [];
  if (args.cancel) {
    const signer = await signerOf(session, args.from);
    const [{ caller, target, data, call }] = chosen as [Operation];
    out.say(`Cancelling ${call} as ${signer.address}.`);
    transactions.push(
      (await send(session, signer, cancelScheduled(session.deployment, { caller, target, data }))).sent,
    );
    done.push(...chosen);
  }
  if (args.execute) {
    const signer = await signerOf(session, args.from);
    const time = await timeOf(session);
    // One that is named is tried, so that the chain says what is wrong; of all, those that are due and the signer's own.
    const due = (operation: Operation) => operation.executableAt <= time && operation.caller === signer.address;
    for (const operation of id === undefined ? chosen.filter(due) : chosen) {
      out.say(`Executing ${operation.call} as ${signer.address}.`);
      for (const warning of operation.warnings) out.say(`WARNING: ${warning}`);
      transactions.push((await send(session, signer, executeScheduled(session.deployment, operation))).sent);
      done.push(operation);
    }
    if (done.length === 0) out.say(`No operation of ${signer.address} is due.`);
  }

  const left = pending.filter((operation) => !done.includes(operation));
  out.say(left.length === 0 ? "No operation is waiting." : "Waiting operations:");
  for (const operation of left) {
    out.say();
    for (const warning of operation.warnings) out.say(`WARNING: ${warning}`);
    for (const { title, values } of operation.changes) {
      out.say(`${plain(title)}:`);
      out.say(changeTable(out, values));
    }
    out.say(
      pairsOf({
        call: operation.call,
        operation: operation.id,
        "scheduled by": operation.caller,
        executable: `from ${showTime(operation.executableAt)} until ${showTime(operation.lapsesAt)}`,
      }),
    );
  }
  return {
    executed: args.execute ? done.map(jsonOperation) : [],
    cancelled: args.cancel ? done.map(jsonOperation) : [],
    waiting: left.map(jsonOperation),
    transactions,
  };
});

/** Writes what would be executed, or cancelled, into a file for the Safe of who scheduled it, or of the guardian. */
async function writeOperations(session: Session, args: Arguments, chosen: Operation[]): Promise<never> {
  if (args.cancel) {
    const holder = async () => await soleHolderOf(session, ROLES.guardian);
    const steps = chosen.map(({ call, caller, target, data }) =>
      cancelScheduled(session.deployment, { caller, target, data }, `Cancel ${call}`),
    );
    return await writeSafeFile(session, args, { name: "cancelled operation", holder, steps: () => steps });
  }
  const time = await timeOf(session);
  const due = args.operation === undefined ? chosen.filter(({ executableAt }) => executableAt <= time) : chosen;
  if (due.length === 0) {
    session.out.say("No operation is due: no file was written.");
    throw new WrittenForSafe({ safeFile: null, safe: null, calls: [], transactions: [] });
  }
  const callers = [...new Set(due.map(({ caller }) => caller))];
  for (const warning of due.flatMap(({ warnings }) => warnings)) session.out.say(`WARNING: ${warning}`);
  return await writeSafeFile(session, args, {
    name: "execution of operations",
    holder: () => Promise.resolve(callers.length === 1 ? callers[0] : undefined),
    steps: (safe) =>
      due
        .filter(({ caller }) => caller === safe || args.operation !== undefined)
        .map((operation) => executeScheduled(session.deployment, operation, `Execute ${operation.call}`)),
  });
}

/** An operation in a JSON document. */
function jsonOperation(operation: Operation) {
  const { id, caller, target, data, call, changes, warnings, executableAt, lapsesAt } = operation;
  const times = { ...jsonTime("executableAt", executableAt), ...jsonTime("lapsesAt", lapsesAt) };
  return { operation: id, call, changes, warnings, caller, target, data, ...times };
}

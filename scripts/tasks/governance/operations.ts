import { jsonTime, showTime } from "../../lib/command/amounts.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { pendingOperations } from "../../lib/governance/operations.ts";
import type { Operation } from "../../lib/governance/operations.ts";
import { openSession, signerOf, timeOf } from "../../lib/chain/session.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { typedText } from "../../lib/command/plainText.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  operation: string | undefined;
  execute: boolean;
  cancel: boolean;
}

/** `fomo operations`: what governance has scheduled; executes what is due, or cancels one as its author or the guardian. */
export default runCommand("operations", async (args: Arguments, context) => {
  const { operation: id } = args;
  if (args.execute && args.cancel) throw new CommandError("Name either --execute or --cancel, not both.");
  if (args.cancel && id === undefined) throw new CommandError("Say which operation to cancel with --operation.");
  if (id !== undefined && !/^0x[0-9a-f]{64}$/i.test(id)) {
    throw new CommandError(
      `--operation is "${typedText(id)}": name an operation by the 32 bytes that \`fomo operations\` shows.`,
    );
  }
  const session = await openSession(context);
  const { accessManager } = session.protocol;
  const { out } = context;

  const pending = await pendingOperations(session);
  const named = pending.filter((operation) => id === undefined || operation.id === id.toLowerCase());
  if (id !== undefined && named.length === 0) {
    throw new CommandError(
      `No operation ${id} is waiting: it was executed, cancelled, has lapsed, or was never scheduled.`,
    );
  }

  const transactions: Sent[] = [];
  const done: Operation[] = [];
  if (args.cancel) {
    const signer = await signerOf(session, args.from);
    const [{ caller, target, data, call }] = named as [Operation];
    out.say(`Cancelling ${call} as ${signer.address}.`);
    const { cancel } = accessManager.connect(signer);
    transactions.push((await send(session, signer, "Cancel", cancel, caller, target, data)).sent);
    done.push(...named);
  }
  if (args.execute) {
    const signer = await signerOf(session, args.from);
    const time = await timeOf(session);
    // One that is named is tried, so that the chain says what is wrong; of all, those that are due and the signer's own.
    const due = (operation: Operation) => operation.executableAt <= time && operation.caller === signer.address;
    for (const operation of id === undefined ? named.filter(due) : named) {
      out.say(`Executing ${operation.call} as ${signer.address}.`);
      for (const warning of operation.warnings) out.say(`WARNING: ${warning}`);
      const { execute } = accessManager.connect(signer);
      transactions.push((await send(session, signer, "Execute", execute, operation.target, operation.data)).sent);
      done.push(operation);
    }
    if (done.length === 0) out.say(`No operation of ${signer.address} is due.`);
  }

  const left = pending.filter((operation) => !done.includes(operation));
  out.say(left.length === 0 ? "No operation is waiting." : "Waiting operations:");
  for (const operation of left) {
    out.say(`\n${operation.call}`);
    for (const warning of operation.warnings) out.say(`WARNING: ${warning}`);
    out.say(
      pairsOf({
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

/** An operation in a JSON document. */
function jsonOperation({ id, caller, target, data, call, warnings, executableAt, lapsesAt }: Operation) {
  const times = { ...jsonTime("executableAt", executableAt), ...jsonTime("lapsesAt", lapsesAt) };
  return { operation: id, call, warnings, caller, target, data, ...times };
}

import { PAUSABLE, liftPause, pause } from "../../../sdk/src/actions/governance.ts";
import { ROLES } from "../../../deploy/config/roles.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { soleHolderOf } from "../../lib/governance/access.ts";
import { describePauses, jsonPauses, pausesOf } from "../../lib/governance/pauses.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { typedText } from "../../../sdk/src/text/plainText.ts";
import { writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";

interface Arguments extends SafeArguments {
  json: boolean;
  what: string | undefined;
  lift: boolean;
}

/** `fomo pause`: shows what is paused, pauses it, or lifts a pause, as the guardian. */
export default runCommand("pause", async (args: Arguments, context) => {
  const what = PAUSABLE.find((known) => known === args.what);
  if (args.what !== undefined && what === undefined) {
    throw new CommandError(`--what is "${typedText(args.what)}": name ${PAUSABLE.join(", ")}.`);
  }
  if (args.lift && what === undefined) {
    throw new CommandError(`Say which pause to lift with --what: ${PAUSABLE.join(", ")}.`);
  }
  const session = await openSession(context);
  const { out } = context;

  const transactions: Sent[] = [];
  if (what !== undefined) {
    const step = (args.lift ? liftPause : pause)(session.deployment, what);
    if (args.safeFile !== undefined) {
      const holder = async () => await soleHolderOf(session, ROLES.guardian);
      return await writeSafeFile(session, args, { name: step.what, holder, steps: () => [step] });
    }
    const signer = await signerOf(session, args.from);
    out.say(
      args.lift
        ? `Lifting the pause of ${what} as ${signer.address}.`
        : `Pausing ${what} as ${signer.address}: for 7 days at most, and not again for 30 days after that.`,
    );
    transactions.push((await send(session, signer, step)).sent);
  }

  const pauses = await pausesOf(session);
  out.say(pairsOf(describePauses(pauses)));
  return { pausedUntil: jsonPauses(pauses), transactions };
});

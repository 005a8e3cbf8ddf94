import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { PAUSABLE, describePauses, jsonPauses, pausesOf } from "../../lib/governance/pauses.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { typedText } from "../../lib/command/plainText.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
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
    const signer = await signerOf(session, args.from);
    const { offering, meter, buyback } = session.protocol;
    const [asGuardian, atMeter, atBuyback] = [offering.connect(signer), meter.connect(signer), buyback.connect(signer)];
    const { begin, end } = {
      launches: { begin: asGuardian.pauseLaunches, end: asGuardian.unpauseLaunches },
      buys: { begin: asGuardian.pauseBuys, end: asGuardian.unpauseBuys },
      deposits: { begin: atMeter.pauseDeposits, end: atMeter.unpauseDeposits },
      buybacks: { begin: atBuyback.pauseBuybacks, end: atBuyback.unpauseBuybacks },
    }[what];
    out.say(
      args.lift
        ? `Lifting the pause of ${what} as ${signer.address}.`
        : `Pausing ${what} as ${signer.address}: for 7 days at most, and not again for 30 days after that.`,
    );
    const title = args.lift ? `Lift the pause of ${what}` : `Pause ${what}`;
    transactions.push((await send(session, signer, title, args.lift ? end : begin)).sent);
  }

  const pauses = await pausesOf(session);
  out.say(pairsOf(describePauses(pauses)));
  return { pausedUntil: jsonPauses(pauses), transactions };
});

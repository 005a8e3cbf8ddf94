import { fund } from "../../../sdk/src/actions/emissions.ts";
import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { jsonFlock, parseAmount } from "../../lib/command/amounts.ts";
import { showFlock } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { sendPaid } from "../../lib/chain/payments.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  flock: string | undefined;
}

/** `fomo fund`: adds FLOCK to the budget of emissions. */
export default runCommand("fund", async (args: Arguments, context) => {
  if (args.flock === undefined) throw new CommandError("Say how much to add with --flock, such as --flock 100000.");
  const amount = parseAmount("--flock", args.flock, MAX_AMOUNT);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  context.out.say(
    `Adding ${showFlock(amount)} to the budget of emissions as ${signer.address}; nobody can take it back.`,
  );
  const { transactions, receipt } = await sendPaid(session, signer, fund(session.deployment, amount));
  const { unreserved } = eventOf(session.deployment, receipt, "emissions", "Funded").args;
  context.out.say(`The budget that no epoch has reserved is ${showFlock(unreserved)}.`);
  return {
    from: signer.address,
    ...jsonFlock("added", amount),
    ...jsonFlock("unreserved", unreserved),
    transactions,
  };
});

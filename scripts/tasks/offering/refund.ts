import { refund, refundBundle } from "../../../sdk/src/actions/offering.ts";
import { jsonFlock } from "../../lib/command/amounts.ts";
import { showFlock } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { openForModel } from "../../lib/offering/raise.ts";
import { addressOf } from "../../lib/chain/session.ts";
import { send } from "../../lib/chain/transactions.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  model: string | undefined;
  account: string | undefined;
  bundle: boolean;
}

/** `fomo refund`: sends a net contribution back after a failed raise, whoever pays for the transaction. */
export default runCommand("refund", async (args: Arguments, context) => {
  if (args.bundle && args.account !== undefined) {
    throw new CommandError("The bundle goes to the holder of the issuer's seat: leave --account out.");
  }
  const { modelId, session, signer, offering: raise } = await openForModel(args, context);
  const { name } = raise;
  const { out } = context;

  if (args.bundle) {
    out.say(`Refunding the issuer's bundle of ${plain(name)} (model ${modelId.toString()}) as ${signer.address}.`);
    const { sent, receipt } = await send(session, signer, refundBundle(session.deployment, modelId));
    const { to, flock } = eventOf(session.deployment, receipt, "offering", "BundleRefunded").args;
    out.say(`${to} has received ${showFlock(flock)}.`);
    return { modelId: Number(modelId), account: to, ...jsonFlock("refunded", flock), transactions: [sent] };
  }

  const account = args.account === undefined ? signer.address : await addressOf(session, "--account", args.account);
  out.say(`Refunding ${account} for ${plain(name)} (model ${modelId.toString()}) as ${signer.address}.`);
  const { sent, receipt } = await send(session, signer, refund(session.deployment, modelId, account));
  const { flock } = eventOf(session.deployment, receipt, "offering", "Refunded").args;
  out.say(`${account} has received ${showFlock(flock)}: what went into the raise, without the fees.`);
  return { modelId: Number(modelId), account, ...jsonFlock("refunded", flock), transactions: [sent] };
});

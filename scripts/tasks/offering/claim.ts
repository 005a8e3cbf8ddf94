import { claimPosition } from "../../../sdk/src/actions/offering.ts";
import { jsonMt } from "../../lib/command/amounts.ts";
import { showMt } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
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
}

/** `fomo claim`: sends the tokens of a position to its owner, whoever pays for the transaction. */
export default runCommand("claim", async (args: Arguments, context) => {
  const { modelId, session, signer, offering: raise } = await openForModel(args, context);
  const account = args.account === undefined ? signer.address : await addressOf(session, "--account", args.account);
  const { symbol, token } = raise;
  context.out.say(`Claiming the ${plain(symbol)} of ${account} (model ${modelId.toString()}) as ${signer.address}.`);

  const { sent, receipt } = await send(session, signer, claimPosition(session.deployment, modelId, account));
  const { args: event } = eventOf(session.deployment, receipt, "offering", "Claimed");
  context.out.say(`${account} has received ${showMt(event.mt)} of the token ${token}.`);
  return { modelId: Number(modelId), account, token, ...jsonMt("claimed", event.mt), transactions: [sent] };
});

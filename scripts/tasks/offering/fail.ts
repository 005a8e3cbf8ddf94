import { fail } from "../../../sdk/src/actions/offering.ts";
import { jsonFlock } from "../../lib/command/amounts.ts";
import { showFlock } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { openForModel } from "../../lib/offering/raise.ts";
import { send } from "../../lib/chain/transactions.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  model: string | undefined;
}

/** `fomo fail`: settles that a raise has failed, so that everyone sees it; the first refund does it too. */
export default runCommand("fail", async (args: Arguments, context) => {
  const { modelId, session, signer, offering: before } = await openForModel(args, context);
  context.out.say(`Settling the failure of ${plain(before.name)} (model ${modelId.toString()}) as ${signer.address}.`);

  const { sent, receipt } = await send(session, signer, fail(session.deployment, modelId));
  const { args: event } = eventOf(session.deployment, receipt, "offering", "RaiseFailed");
  context.out.say(`The raise has failed with ${showFlock(event.raised)}; every supporter can take a refund.`);
  return { modelId: Number(modelId), ...jsonFlock("raised", event.raised), transactions: [sent] };
});

import { sweep } from "../../../sdk/src/actions/emissions.ts";
import { jsonFlock, jsonMt } from "../../lib/command/amounts.ts";
import { showFlock, showMt } from "../../../sdk/src/units/show.ts";
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

/** `fomo sweep`: ends the reserves of a model that nobody earned in time; what users can claim stays. */
export default runCommand("sweep", async (args: Arguments, context) => {
  const { modelId, session, signer, offering } = await openForModel(args, context);
  context.out.say(`Ending the reserves of ${plain(offering.name)} (model ${modelId.toString()}) as ${signer.address}.`);

  const { sent, receipt } = await send(session, signer, sweep(session.deployment, modelId));
  const { flockBurned, mtBurned, flockReturned } = eventOf(session.deployment, receipt, "emissions", "ModelSwept").args;
  context.out.say(
    `${showFlock(flockBurned)} and ${showMt(mtBurned)} were burned, and ${showFlock(flockReturned)} went back to the budget; no claim is touched.`,
  );
  return {
    modelId: Number(modelId),
    ...jsonFlock("burned", flockBurned),
    ...jsonMt("burned", mtBurned),
    ...jsonFlock("returned", flockReturned),
    transactions: [sent],
  };
});

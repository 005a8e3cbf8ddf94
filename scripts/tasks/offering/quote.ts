import { runCommand } from "../runCommand.ts";
import { describeQuote, jsonOfQuote, parseWish, quote } from "../../lib/offering/purchase.ts";
import { describeNamesakes, jsonNamesakes, namesakesOf } from "../../lib/registry/namesakes.ts";
import { openSession } from "../../lib/chain/session.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

interface Arguments {
  json: boolean;
  model: string | undefined;
  flock: string | undefined;
  mt: string | undefined;
}

/** `fomo quote`: what a purchase would cost and yield in the next block. */
export default runCommand("quote", async (args: Arguments, context) => {
  const modelId = parseModelId(args.model);
  const wish = parseWish(args);
  const session = await openSession(context);
  const found = await quote(session, modelId, wish);
  const namesakes = await namesakesOf(session, found.offering.symbol, modelId);
  context.out.say(`Model ${modelId.toString()}, ${plain(found.offering.name)} (${plain(found.offering.symbol)})\n`);
  context.out.say(describeQuote(found));
  for (const line of describeNamesakes(namesakes)) context.out.say(line);
  return { ...jsonOfQuote(found), ...jsonNamesakes(namesakes) };
});

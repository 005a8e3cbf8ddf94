import { runCommand } from "../runCommand.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { addressOf, openSession } from "../../lib/chain/session.ts";
import { accountStatus } from "../../lib/lens/account.ts";
import { modelStatus } from "../../lib/lens/model.ts";
import { protocolStatus } from "../../lib/lens/protocol.ts";
import { parseModelId } from "../../lib/command/modelId.ts";

interface Arguments {
  json: boolean;
  model: string | undefined;
  account: string | undefined;
}

/** `fomo status`: the protocol, one model, one account, or one account in one model. */
export default runCommand("status", async (args: Arguments, context) => {
  const modelId = args.model === undefined ? undefined : parseModelId(args.model);
  const session = await openSession(context);
  if (args.account !== undefined) {
    const account = await addressOf(session, "--account", args.account);
    if (modelId !== undefined) await offeringOf(session, modelId); // refuses a model that does not exist
    return await accountStatus(session, account, modelId);
  }
  return modelId === undefined ? await protocolStatus(session) : await modelStatus(session, modelId);
});

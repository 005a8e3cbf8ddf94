import { recordApiId } from "../../../sdk/src/actions/seats.ts";
import { jsonTime } from "../../lib/command/amounts.ts";
import { showTime } from "../../../sdk/src/units/show.ts";
import { ROLES } from "../../../deploy/config/roles.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { soleHolderOf } from "../../lib/governance/access.ts";
import { writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

interface Arguments extends SafeArguments {
  json: boolean;
  model: string | undefined;
  apiId: string | undefined;
}

/** `fomo endpoint`: shows the API id under which a model is served, or, as the platform, records it. */
export default runCommand("endpoint", async (args: Arguments, context) => {
  const modelId = parseModelId(args.model);
  if (args.apiId === "") throw new CommandError("--api-id is empty: a model that was served once keeps an API id.");
  const session = await openSession(context);
  const { registry } = session.protocol;
  const { name } = await offeringOf(session, modelId);
  const transactions: Sent[] = [];
  if (args.apiId !== undefined) {
    const step = recordApiId(session.deployment, modelId, args.apiId);
    if (args.safeFile !== undefined) {
      const holder = async () => await soleHolderOf(session, ROLES.platform);
      return await writeSafeFile(session, args, { name: step.what, holder, steps: () => [step] });
    }
    const signer = await signerOf(session, args.from);
    context.out.say(`Recording the API id "${plain(args.apiId)}" of ${plain(name)} (model ${modelId.toString()}).`);
    transactions.push((await send(session, signer, step)).sent);
  }
  const [apiId, { liveAt }] = await Promise.all([registry.apiIdOf(modelId), registry.usageTermsOf(modelId)]);
  context.out.say(
    apiId === ""
      ? `${plain(name)} (model ${modelId.toString()}) is not served yet.`
      : `${plain(name)} (model ${modelId.toString()}) is served as "${plain(apiId)}", and has been live since ${showTime(liveAt)}.`,
  );
  return { modelId: Number(modelId), apiId, ...jsonTime("liveAt", liveAt === 0n ? null : liveAt), transactions };
});

import { roll } from "../../../sdk/src/actions/emissions.ts";
import { jsonFlock, jsonMt } from "../../lib/command/amounts.ts";
import { showFlock, showMt } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { dayOf, epochAt } from "../../../sdk/src/emissions/epochs.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { openSession, signerOf, timeOf } from "../../lib/chain/session.ts";
import { sendRepeatable } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import type { DocumentOf } from "../../lib/documents/index.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  model: string | undefined;
}

/** `fomo roll`: closes the epochs that are over, of one model or of all. Every touch of a model does it too. */
export default runCommand("roll", async (args: Arguments, context) => {
  const typed = args.model === undefined ? undefined : parseModelId(args.model);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  if (typed !== undefined) await offeringOf(session, typed); // refuses a model that does not exist
  const { emissions, registry } = session.protocol;
  const count = Number(await registry.modelCount());
  const modelIds = typed === undefined ? Array.from({ length: count }, (_, index) => BigInt(index + 1)) : [typed];
  const current = epochAt(await timeOf(session));

  const { out } = context;
  const rolled: DocumentOf<"roll">["rolled"] = [];
  const transactions: Sent[] = [];
  for (const modelId of modelIds) {
    const { openEpoch } = await emissions.modelRewardsOf(modelId);
    if (openEpoch === 0n || openEpoch >= current) continue;
    out.say(`Closing ${dayOf(openEpoch)} of model ${modelId.toString()} as ${signer.address}.`);
    const done = await sendRepeatable(session, signer, roll(session.deployment, modelId));
    if (done === undefined) continue;
    const { sent, receipt } = done;
    const event = eventOf(session.deployment, receipt, "emissions", "ModelRolled").args;
    const { pool, totals } = event;
    out.say(
      `Its pool got ${showFlock(pool.flock)} and ${showMt(pool.mt)}, its issuer ${showFlock(event.issuerBonus)}; ${showFlock(totals.carriedEmission)} are carried.`,
    );
    transactions.push(sent);
    rolled.push({
      modelId: Number(modelId),
      epoch: Number(event.epoch),
      ...jsonFlock("share", event.share),
      ...jsonFlock("issuerBonus", event.issuerBonus),
      ...jsonFlock("poolEmission", event.emission),
      ...jsonFlock("poolFund", event.fund),
      ...jsonMt("pool", pool.mt),
      ...jsonFlock("carried", totals.carriedEmission),
    });
  }
  if (rolled.length === 0) out.say("Nothing is to be rolled: no epoch with usage has ended since the last time.");
  return { rolled, transactions };
});

import { collectIssuerBonus, collectRewards } from "../../../sdk/src/actions/emissions.ts";
import { jsonFlock, jsonMt } from "../../lib/command/amounts.ts";
import { showFlock, showMt } from "../../../sdk/src/units/show.ts";
import { claimableOf } from "../../lib/emissions/claimable.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { eventOf, eventsOf } from "../../../sdk/src/events/decode.ts";
import { addressOf, openSession, signerOf } from "../../lib/chain/session.ts";
import type { Session, Signer } from "../../lib/chain/session.ts";
import { send } from "../../lib/chain/transactions.ts";
import { parseModelId, parseModelIds } from "../../lib/command/modelId.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  models: string | undefined;
  account: string | undefined;
  issuer: boolean;
  model: string | undefined;
  to: string | undefined;
}

/** `fomo collect`: pays a user's rewards of several models in one transaction, or an issuer's bonus. */
export default runCommand("collect", async (args: Arguments, context) => {
  if (args.issuer && (args.models !== undefined || args.account !== undefined)) {
    throw new CommandError("The issuer's bonus is of one model: name --model, and leave --models and --account out.");
  }
  if (!args.issuer && (args.model !== undefined || args.to !== undefined)) {
    throw new CommandError("--model and --to are for the issuer's bonus: add --issuer, or name --models.");
  }
  const bonusOf = args.issuer ? parseModelId(args.model) : undefined;
  const wanted = args.models === undefined ? undefined : parseModelIds("--models", args.models);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  if (bonusOf !== undefined) {
    const to = args.to === undefined ? signer.address : await addressOf(session, "--to", args.to);
    return await collectBonus(session, signer, bonusOf, to);
  }
  const account = args.account === undefined ? signer.address : await addressOf(session, "--account", args.account);
  const earned = (await claimableOf(session, account)).filter(({ flock, mt }) => flock + mt !== 0n);
  return await collect(session, signer, account, wanted ?? earned.map(({ modelId }) => modelId));
});

async function collect(session: Session, signer: Signer, account: string, modelIds: bigint[]) {
  const { out } = session;
  const shown = modelIds.length === 0 ? "no model" : `model ${modelIds.join(", ")}`;
  out.say(`Collecting the rewards of ${account} from ${shown} as ${signer.address}.`);
  const { sent, receipt } = await send(session, signer, collectRewards(session.deployment, account, modelIds));
  const paid = eventsOf(session.deployment, receipt, "emissions", "RewardClaimed").map(({ args }) => args);
  for (const { modelId, flock, mt } of paid) {
    out.say(`${account} has received ${showFlock(flock)} and ${showMt(mt)} of model ${modelId.toString()}.`);
  }
  return {
    account,
    ...jsonFlock(
      "collected",
      paid.reduce((sum, { flock }) => sum + flock, 0n),
    ),
    models: paid.map(({ modelId, flock, mt }) => ({
      modelId: Number(modelId),
      ...jsonFlock("collected", flock),
      ...jsonMt("collected", mt),
    })),
    transactions: [sent],
  };
}

async function collectBonus(session: Session, signer: Signer, modelId: bigint, to: string) {
  const { out } = session;
  out.say(`Collecting the issuer's bonus of model ${modelId.toString()} for ${to} as ${signer.address}.`);
  const { sent, receipt } = await send(session, signer, collectIssuerBonus(session.deployment, modelId, to));
  const { flock } = eventOf(session.deployment, receipt, "emissions", "IssuerBonusClaimed").args;
  out.say(`${to} has received ${showFlock(flock)}.`);
  return { modelId: Number(modelId), to, ...jsonFlock("collected", flock), transactions: [sent] };
}

import { resolve } from "node:path";

import { launch } from "../../../sdk/src/actions/offering.ts";
import { jsonTime } from "../../lib/command/amounts.ts";
import { showFlock, showTime } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { deadlineAt, parseDeadline } from "../../lib/command/deadline.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { planOf, readLaunchFile } from "../../lib/offering/launchFile.ts";
import { launchConditionsOf, previewLaunch } from "../../../sdk/src/raise/launch.ts";
import { describeLaunch, jsonOfLaunch } from "../../lib/offering/launchPreview.ts";
import { sendPaid } from "../../lib/chain/payments.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { describeNamesakes, jsonNamesakes, namesakesOf } from "../../lib/registry/namesakes.ts";
import { openSession, signerOf, timeOf } from "../../lib/chain/session.ts";
import { planAction, sendOrPlan, simulate } from "../../lib/chain/transactions.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";
import { jsonPlanned } from "../../lib/sending/planned.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  file: string | undefined;
  maxMinutes: string | undefined;
  dryRun: boolean;
  permit: boolean;
}

/** `fomo launch`: shows what a launch file means, then launches it. */
export default runCommand("launch", async (args: Arguments, context) => {
  if (args.file === undefined) {
    throw new CommandError("Name a launch file with --file, such as deploy/launches/qwen-alice.json5.");
  }
  const typedDeadline = parseDeadline(args);
  const file = readLaunchFile(resolve(args.file));
  const session = await openSession(context);
  const plan = planOf(file, session.usdcDecimals);
  const signer = await signerOf(session, args.from);
  const settings = await session.protocol.offering.offeringSettings();
  const conditions = launchConditionsOf(settings, session.usdcDecimals);
  const preview = previewLaunch(plan, conditions);

  const { out } = context;
  out.say(`Launching ${plain(plan.name)} on ${session.networkName} as ${signer.address}.\n`);
  out.say(describeLaunch(plan, conditions, preview));
  const namesakes = await namesakesOf(session, plan.symbol);
  for (const line of describeNamesakes(namesakes)) out.say(line);
  out.say();

  const deadline = deadlineAt(typedDeadline, await timeOf(session));
  const action = launch(session.deployment, plan, { max: preview.due, deadline });
  const { permit } = args;
  const document = { issuer: signer.address, ...jsonOfLaunch(plan, conditions, preview), ...jsonNamesakes(namesakes) };
  if (args.dryRun) {
    const held = await session.protocol.flock.balanceOf(signer.address);
    const isMissing = held < preview.due;
    if (isMissing) {
      await simulate(session, signer, true, action);
      await planAction(session, undefined, action);
    } else await sendOrPlan(() => sendPaid(session, signer, action, { permit }));
    const missing = `; ${signer.address} has ${showFlock(held)} and will need ${showFlock(preview.due)}`;
    out.say(`This was a dry run: the contracts accept the launch, and nothing was sent${isMissing ? missing : ""}.`);
    const unlaunched = { modelId: null, token: null, ...jsonTime("startsAt", null), ...jsonTime("endsAt", null) };
    const transactions = context.sending.planned.map(jsonPlanned);
    return { dryRun: true, ...unlaunched, ...document, transactions };
  }

  const { transactions, receipt } = await sendPaid(session, signer, action, { permit });
  const { args: event } = eventOf(session.deployment, receipt, "offering", "ModelLaunched");
  const { startsAt, endsAt } = await offeringOf(session, event.modelId);
  out.say(`\nModel ${event.modelId.toString()} is on sale until ${showTime(endsAt)}.`);
  out.say(`Its token will be ${event.token}.`);
  return {
    dryRun: false,
    modelId: Number(event.modelId),
    token: event.token,
    ...jsonTime("startsAt", startsAt),
    ...jsonTime("endsAt", endsAt),
    ...document,
    transactions,
  };
});

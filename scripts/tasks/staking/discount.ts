import { jsonMt } from "../../lib/command/amounts.ts";
import { rateOfBps } from "../../../sdk/src/units/numbers.ts";
import { stakeForCap } from "../../../sdk/src/staking/discount.ts";
import { showMt, showPercent, showShare } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { addressOf, openSession } from "../../lib/chain/session.ts";
import { describeStake, jsonStake, stakeOf } from "../../lib/staking/stakes.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

interface Arguments {
  json: boolean;
  model: string | undefined;
  account: string | undefined;
}

/** `fomo discount`: a user's discount as an API gateway reads it, and what it is made of. */
export default runCommand("discount", async (args: Arguments, context) => {
  const modelId = parseModelId(args.model);
  if (args.account === undefined) throw new CommandError("Say whose discount with --account, such as --account bob.");
  const session = await openSession(context);
  const user = await addressOf(session, "--account", args.account);
  const { symbol } = await offeringOf(session, modelId);
  const view = await stakeOf(session, modelId, user);
  if (view.circulating === 0n) {
    throw new CommandError(`Model ${modelId.toString()} has not graduated, so nobody has a discount yet.`);
  }
  const full = stakeForCap(view);
  context.out.say(`The discount of ${user} on ${plain(symbol)} (model ${modelId.toString()}):\n`);
  context.out.say(
    pairsOf({
      ...describeStake(view),
      circulating: `${showMt(view.circulating)}; the stake is ${showShare(view.counts, view.circulating, 2)} of it`,
      formula: `the stake's share times ${view.multiplier.toString()}, at most ${showPercent(rateOfBps(view.capBps))}`,
      "largest from": showMt(full),
    }),
  );
  return {
    modelId: Number(modelId),
    user,
    ...jsonStake(view),
    ...jsonMt("circulating", view.circulating),
    ...jsonMt("stakeForLargest", full),
    capBps: Number(view.capBps),
    multiplier: Number(view.multiplier),
  };
});

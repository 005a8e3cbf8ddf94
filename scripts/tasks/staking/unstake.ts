import { cancelExit, requestExit, withdrawStake } from "../../../sdk/src/actions/staking.ts";
import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { jsonMt, parseAmount } from "../../lib/command/amounts.ts";
import { showMt } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import { describeStake, jsonStake, stakeOf } from "../../lib/staking/stakes.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  model: string | undefined;
  amount: string | undefined;
  cancel: boolean;
  withdraw: boolean;
}

/** `fomo unstake`: asks a stake back, puts it back to warm up, or withdraws it after the cooldown. */
export default runCommand("unstake", async (args: Arguments, context) => {
  const modelId = parseModelId(args.model);
  if (args.cancel && args.withdraw) throw new CommandError("Name either --cancel or --withdraw, not both.");
  if (args.withdraw && args.amount !== undefined) {
    throw new CommandError("--withdraw takes all that is on its way out: leave --amount out.");
  }
  const typed = args.amount === undefined ? undefined : parseAmount("--amount", args.amount, MAX_AMOUNT);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  const { symbol } = await offeringOf(session, modelId);
  const { record } = await stakeOf(session, modelId, signer.address);
  const { deployment } = session;
  const { out } = context;
  const what = `${plain(symbol)} (model ${modelId.toString()}) as ${signer.address}`;

  if (args.withdraw) {
    out.say(`Withdrawing what is on its way out of ${what}.`);
    const { sent, receipt } = await send(session, signer, withdrawStake(deployment, modelId));
    const { amount } = eventOf(session.deployment, receipt, "staking", "Withdrawn").args;
    out.say(`${signer.address} has received ${showMt(amount)}.`);
    return await report("withdrawn", amount, sent);
  }
  if (args.cancel) {
    const amount = typed ?? record.exiting;
    out.say(`Putting ${showMt(amount)} of ${what} back; it warms up anew for 24 hours.`);
    const { sent } = await send(session, signer, cancelExit(deployment, modelId, amount));
    return await report("putBack", amount, sent);
  }
  const amount = typed ?? record.active + record.warming;
  out.say(`Asking back ${showMt(amount)} of ${what}; it counts no more from now on.`);
  const { sent } = await send(session, signer, requestExit(deployment, modelId, amount));
  return await report("askedBack", amount, sent);

  async function report(done: "askedBack" | "putBack" | "withdrawn", amount: bigint, sent: Sent) {
    const ifDone = (what: typeof done) => (what === done ? amount : null);
    const view = await stakeOf(session, modelId, signer.address);
    out.say(pairsOf(describeStake(view)));
    return {
      modelId: Number(modelId),
      user: signer.address,
      ...jsonMt("askedBack", ifDone("askedBack")),
      ...jsonMt("putBack", ifDone("putBack")),
      ...jsonMt("withdrawn", ifDone("withdrawn")),
      ...jsonStake(view),
      transactions: [sent],
    };
  }
});

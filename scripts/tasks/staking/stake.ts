import { claimAndStake, stake } from "../../../sdk/src/actions/staking.ts";
import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { jsonMt, parseAmount } from "../../lib/command/amounts.ts";
import { showMt } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { sendPaid } from "../../lib/chain/payments.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import { describeStake, jsonStake, stakeOf, tokenOf } from "../../lib/staking/stakes.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  model: string | undefined;
  amount: string | undefined;
  claim: boolean;
  permit: boolean;
}

/** `fomo stake`: stakes MT for a discount and for rewards, on request straight from a position of the raise. */
export default runCommand("stake", async (args: Arguments, context) => {
  const modelId = parseModelId(args.model);
  const typed = args.amount === undefined ? undefined : parseAmount("--amount", args.amount, MAX_AMOUNT);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  const { offering } = session.protocol;
  const token = await tokenOf(session, modelId);
  const { symbol } = await offeringOf(session, modelId);
  const position = args.claim ? (await offering.positionOf(modelId, signer.address)).mt : 0n;
  const held = (await token.balanceOf(signer.address)) + position;
  const amount = typed ?? held;
  if (amount > held || held === 0n) {
    const unclaimed = args.claim ? 0n : (await offering.positionOf(modelId, signer.address)).mt;
    const hint =
      unclaimed !== 0n
        ? `add --claim, ${showMt(unclaimed)} of the raise wait`
        : held === 0n
          ? `get ${plain(symbol)} first`
          : "stake less";
    const wish = typed === undefined ? "" : ` and wants to stake ${showMt(amount)}`;
    throw new CommandError(`${signer.address} has ${showMt(held)} of ${plain(symbol)}${wish}: ${hint}.`);
  }

  const claims = position === 0n ? "" : `, after the claim of ${showMt(position)}`;
  context.out.say(
    `Staking ${showMt(amount)} of ${plain(symbol)} (model ${modelId.toString()}) as ${signer.address}${claims}.`,
  );
  const terms = { modelId, amount, token: await token.getAddress() };
  const action = (position === 0n ? stake : claimAndStake)(session.deployment, terms);
  const way = { permit: args.permit, name: plain(symbol), brought: position };
  const { transactions } = await sendPaid(session, signer, action, way);

  const view = await stakeOf(session, modelId, signer.address);
  context.out.say(pairsOf(describeStake(view)));
  return {
    modelId: Number(modelId),
    user: signer.address,
    ...jsonMt("staked", amount),
    ...jsonMt("claimed", position),
    ...jsonStake(view),
    transactions,
  };
});

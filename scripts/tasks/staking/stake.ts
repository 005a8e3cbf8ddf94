import { DECIMALS, MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { jsonMt, parseAmount } from "../../lib/command/amounts.ts";
import { showMt } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { sendPaid } from "../../lib/chain/payments.ts";
import type { PermitArguments } from "../../lib/chain/permit.ts";
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
  const { offering, staking, addresses } = session.protocol;
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
  const connected = staking.connect(signer);
  const payment = {
    token,
    name: plain(symbol),
    decimals: DECIMALS,
    spender: addresses.staking,
    spenderName: "staking",
    max: amount,
    brought: position,
  };
  const encode = (...permit: PermitArguments) => staking.interface.encodeFunctionData("permitMt", [modelId, ...permit]);
  const way = { payment, permit: args.permit ? { multicall: connected.multicall, encode } : undefined };
  const [what, call] =
    position === 0n ? (["Stake", connected.stake] as const) : (["Claim and stake", connected.claimAndStake] as const);
  const { transactions } = await sendPaid(session, signer, what, way, call, modelId, amount);

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

import { buyExactIn, buyExactOut } from "../../../sdk/src/actions/offering.ts";
import { jsonFlock, jsonMt } from "../../lib/command/amounts.ts";
import { showDuration, showFlock, showMt, showPercent, showTime } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { deadlineAt, parseDeadline } from "../../lib/command/deadline.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { describeQuote, hasHighFee, jsonFill, parseToken, parseWish, quote } from "../../lib/offering/purchase.ts";
import { parseTolerance } from "../../lib/offering/purchaseLimit.ts";
import { purchaseLimit } from "../../../sdk/src/raise/limit.ts";
import { describeNamesakes, namesakesOf } from "../../lib/registry/namesakes.ts";
import { addressOf, openSession, signerOf, timeOf } from "../../lib/chain/session.ts";
import { sendPaid } from "../../lib/chain/payments.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  model: string | undefined;
  flock: string | undefined;
  mt: string | undefined;
  slippageBps: string | undefined;
  minMt: string | undefined;
  maxFlock: string | undefined;
  recipient: string | undefined;
  token: string | undefined;
  maxMinutes: string | undefined;
  deadline: string | undefined;
  acceptHighFee: boolean;
  permit: boolean;
}

/** `fomo buy`: a purchase on the curve, for oneself or as a gift. */
export default runCommand("buy", async (args: Arguments, context) => {
  const modelId = parseModelId(args.model);
  const wish = parseWish(args);
  const tolerance = parseTolerance(args, wish);
  const typedDeadline = parseDeadline(args);
  const typedToken = parseToken(args.token);

  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  const recipient =
    args.recipient === undefined ? signer.address : await addressOf(session, "--recipient", args.recipient);
  const found = await quote(session, modelId, wish);
  const token = typedToken ?? found.offering.token;
  const { bound, mtMin, flockMax } = purchaseLimit(tolerance, found);
  const now = await timeOf(session);
  const deadline = deadlineAt(typedDeadline, now);

  const { out } = context;
  const { symbol, name } = found.offering;
  out.say(
    `Buying ${plain(symbol)} (model ${modelId.toString()}, ${plain(name)}) on ${session.networkName} as ${signer.address}.`,
  );
  out.say(`Only if its token is ${token}, which names one launch.
`);
  out.say(describeQuote(found));
  for (const line of describeNamesakes(await namesakesOf(session, symbol, modelId))) out.say(line);
  if (recipient !== signer.address) out.say(`The position will be a gift to ${recipient}.`);
  const inTime = deadline - now;
  const until = inTime > 0n ? `within ${showDuration(inTime)}` : `until ${showTime(deadline)}`;
  const accepted = wish.kind === "exactIn" ? `at least ${showMt(mtMin)}` : `at most ${showFlock(flockMax)}`;
  out.say(`Accepting ${accepted}, ${until}.\n`);

  if (hasHighFee(found.offering) && !args.acceptHighFee) {
    throw new CommandError(
      `The fee is still ${showPercent(found.offering.feeRateWad)} because the sale has just begun: wait until it has fallen, or add --accept-high-fee.`,
    );
  }

  const { transactions, receipt } = await buy();
  const { args: fill } = eventOf(session.deployment, receipt, "offering", "Bought");
  const after = await offeringOf(session, modelId);
  const position = await session.protocol.offering.positionOf(modelId, recipient);
  out.say(`Paid ${showFlock(fill.flockIn)} for ${showMt(fill.mtOut)}.`);
  out.say(`${recipient} now has ${showMt(position.mt)} to claim after graduation.`);
  out.say(`Raised: ${showFlock(after.raised)} of ${showFlock(after.target)}.`);
  if (after.raised === after.target) out.say(`The target is reached: \`fomo graduate --model ${modelId.toString()}\`.`);
  return {
    modelId: Number(modelId),
    payer: signer.address,
    recipient,
    token,
    ...jsonFill(fill),
    ...jsonMt("position", position.mt),
    ...jsonFlock("raised", after.raised),
    ...jsonFlock("target", after.target),
    transactions,
  };

  /** Both kinds of purchase take the same way. What is cut to what is left takes no more than was quoted. */
  async function buy() {
    const terms = { modelId, recipient, deadline, token };
    const { deployment } = session;
    const action =
      wish.kind === "exactIn"
        ? buyExactIn(deployment, { ...terms, flockIn: wish.flock, mtOutMin: bound })
        : buyExactOut(deployment, { ...terms, mtOut: wish.mt, flockInMax: bound });
    const payment = { ...action.payment, max: flockMax };
    return await sendPaid(session, signer, { ...action, payment }, { permit: args.permit });
  }
});

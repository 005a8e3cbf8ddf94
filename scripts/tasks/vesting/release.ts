import { releaseLiquidity, releaseShare } from "../../../sdk/src/actions/seats.ts";
import { jsonAmount, jsonFlock, jsonMt } from "../../lib/command/amounts.ts";
import { show, showFlock, showMt } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { SHARES } from "../../../sdk/src/names/enums.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import { send } from "../../lib/chain/transactions.ts";
import { parseModelId } from "../../lib/command/modelId.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  model: string | undefined;
  share: string | undefined;
}

/** The shares that seats receive, as the command names them. */
const VESTING = {
  issuer: { share: "issuerMt", show: showMt },
  treasury: { share: "treasuryMt", show: showMt },
  protocol: { share: "protocolFlock", show: showFlock },
} as const;

/** `fomo release`: sends what has vested, or unlocked liquidity, to the holder of the seat, whoever pays. */
export default runCommand("release", async (args: Arguments, context) => {
  const modelId = parseModelId(args.model);
  const name = args.share;
  if (name !== "issuer" && name !== "treasury" && name !== "protocol" && name !== "liquidity") {
    throw new CommandError("Say what to release with --share: issuer, treasury, protocol or liquidity.");
  }
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  const { vault } = session.protocol;
  const { out } = context;

  if (name === "liquidity") {
    out.say(`Releasing the liquidity of model ${modelId.toString()} as ${signer.address}.`);
    const { sent, receipt } = await send(session, signer, releaseLiquidity(session.deployment, modelId));
    const { to, pair, liquidity } = eventOf(session.deployment, receipt, "locker", "LiquidityReleased").args;
    out.say(`${to} has received ${show(liquidity)} liquidity tokens of the pair ${pair}.`);
    const amount = jsonAmount("released", "Liquidity", liquidity);
    return { modelId: Number(modelId), share: name, to, pair, ...amount, transactions: [sent] };
  }

  const chosen = VESTING[name];
  const share = BigInt(SHARES.indexOf(chosen.share));
  out.say(`Releasing the ${name} share of model ${modelId.toString()} as ${signer.address}.`);
  const { sent, receipt } = await send(session, signer, releaseShare(session.deployment, modelId, chosen.share));
  const { to, amount, released } = eventOf(session.deployment, receipt, "vault", "Released").args;
  const { total } = await vault.allocationOf(modelId, share);
  out.say(`${to} has received ${chosen.show(amount)}; ${chosen.show(released)} of ${chosen.show(total)} so far.`);
  const common = { modelId: Number(modelId), to, transactions: [sent] };
  return name === "protocol"
    ? { ...common, share: name, ...jsonFlock("released", amount) }
    : { ...common, share: name, ...jsonMt("released", amount) };
});

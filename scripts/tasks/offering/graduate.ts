import { graduate } from "../../../sdk/src/actions/offering.ts";
import { jsonFlock, jsonMt, jsonPrice, jsonTime } from "../../lib/command/amounts.ts";
import { showFlock, showMt, showPrice, showTime } from "../../../sdk/src/units/show.ts";
import { WAD } from "../../../sdk/src/units/numbers.ts";
import { runCommand } from "../runCommand.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { openForModel } from "../../lib/offering/raise.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { send } from "../../lib/chain/transactions.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  model: string | undefined;
}

/** `fomo graduate`: turns a raise that has succeeded into a token, a pool and vesting shares. */
export default runCommand("graduate", async (args: Arguments, context) => {
  const { modelId, session, signer, offering: before } = await openForModel(args, context);
  const { out } = context;
  const { protocol } = session;
  out.say(
    `Graduating ${plain(before.name)} (model ${modelId.toString()}) with ${showFlock(before.raised)} raised, as ${signer.address}.`,
  );

  const { sent, receipt } = await send(session, signer, graduate(session.deployment, modelId));
  const { args: event } = eventOf(session.deployment, receipt, "graduation", "Graduated");
  const { mt, flock } = event;
  const [, , unlocksAt] = await protocol.locker.lockOf(modelId);
  const openingPriceWad = (flock.pool * WAD) / mt.pool;
  out.say(
    pairsOf({
      token: event.token,
      pool: `${event.pair}, ${showFlock(flock.pool)} and ${showMt(mt.pool)}`,
      "opening price": showPrice(openingPriceWad),
      liquidity: `locked until ${showTime(unlocksAt)}`,
      supporters: `${showMt(mt.claimable)}, to be claimed`,
      issuer: `${showMt(mt.issuer)}, vesting over 180 days`,
      treasury: `${showMt(mt.treasury)} and ${showFlock(flock.protocol)}, vesting over 180 days`,
      "usage rewards": `${showMt(mt.incentiveReserve)} and ${showFlock(flock.stakingFund)}, vesting over 180 days`,
      burned: showMt(mt.burned),
    }),
  );
  return {
    modelId: Number(modelId),
    token: event.token,
    pair: event.pair,
    ...jsonFlock("pool", flock.pool),
    ...jsonMt("pool", mt.pool),
    ...jsonPrice("openingPrice", openingPriceWad),
    ...jsonTime("unlocksAt", unlocksAt),
    ...jsonMt("claimable", mt.claimable),
    ...jsonMt("issuer", mt.issuer),
    ...jsonMt("treasury", mt.treasury),
    ...jsonMt("incentiveReserve", mt.incentiveReserve),
    ...jsonMt("burned", mt.burned),
    ...jsonFlock("protocol", flock.protocol),
    ...jsonFlock("stakingFund", flock.stakingFund),
    transactions: [sent],
  };
});

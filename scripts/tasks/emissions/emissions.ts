import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { jsonFlock, jsonRate, parseAmount, parseWhole } from "../../lib/command/amounts.ts";
import { showFlock, showMt } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { describeCaps, emissionSettingsOf } from "../../lib/emissions/settings.ts";
import { epochTable, jsonModelInEpoch, modelsInEpoch } from "../../lib/emissions/epochView.ts";
import { dayOf } from "../../../sdk/src/emissions/epochs.ts";
import { openSession } from "../../lib/chain/session.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { washView } from "../../lib/emissions/washView.ts";

interface Arguments {
  json: boolean;
  epoch: string | undefined;
  flockPrice: string | undefined;
}

/** `fomo emissions`: the budget, and one epoch with scores, shares and pools; on request the wash-trading bound. */
export default runCommand("emissions", async (args: Arguments, context) => {
  const typed = args.epoch === undefined ? undefined : parseWhole("--epoch", args.epoch, 0n, 2n ** 32n - 1n);
  const flockPriceWad =
    args.flockPrice === undefined ? undefined : parseAmount("--flock-price", args.flockPrice, MAX_AMOUNT);
  const session = await openSession(context);
  const { emissions } = session.protocol;
  const settings = await emissionSettingsOf(session);
  const epoch = typed ?? settings.epoch;
  if (epoch > settings.epoch) {
    throw new CommandError(`Epoch ${epoch.toString()} has not begun: it is epoch ${settings.epoch.toString()}.`);
  }
  const { totalScore, emission } = await emissions.epochTotalsOf(epoch, session.now);
  const models = totalScore === 0n ? [] : await modelsInEpoch(session, epoch, settings.epoch, emission, totalScore);

  const { out, usdcDecimals } = session;
  const { next } = settings;
  const open = epoch === settings.epoch;
  out.say(`Epoch ${epoch.toString()} (${dayOf(epoch)}), which ${open ? "is still open" : "is over"}\n`);
  out.say(
    pairsOf({
      "budget left": showFlock(settings.unreserved),
      "daily rate": `${showFlock(settings.dailyRate)} at most`,
      caps: describeCaps(settings),
      "cap of today": `${showFlock(settings.cap)} for one USDC of net revenue`,
      ...(next === null
        ? {}
        : {
            [`from ${dayOf(next.fromEpoch)} on`]: `${showFlock(next.dailyRate)} a day; ${describeCaps(next)}`,
          }),
      "minimum stake": showMt(settings.minimumStake),
      "emission of it": showFlock(emission),
    }),
  );
  out.say(models.length === 0 ? "\nNo model had revenue in it, so it emits nothing." : "");
  if (models.length !== 0) out.say(epochTable(models, totalScore, usdcDecimals));
  if (models.some(({ state }) => state === "to be rolled")) out.say("What is to be rolled: `fomo roll`, or any claim.");
  const washTrading = flockPriceWad === undefined ? null : washView(session, settings.cap, flockPriceWad);
  return {
    epoch: Number(epoch),
    day: dayOf(epoch),
    open,
    ...jsonFlock("unreserved", settings.unreserved),
    ...jsonFlock("dailyRate", settings.dailyRate),
    ...jsonRate("capFlockPerUsdc", settings.cap),
    ...jsonRate("maxFlockPerUsdc", settings.maxFlockPerUsdc),
    maxRewardBps: Number(settings.maxRewardBps),
    next: next && {
      ...jsonFlock("dailyRate", next.dailyRate),
      ...jsonRate("maxFlockPerUsdc", next.maxFlockPerUsdc),
      maxRewardBps: Number(next.maxRewardBps),
      fromEpoch: Number(next.fromEpoch),
    },
    ...jsonFlock("emission", emission),
    totalScore: totalScore.toString(),
    models: models.map((one) => jsonModelInEpoch(one, usdcDecimals)),
    washTrading,
  };
});

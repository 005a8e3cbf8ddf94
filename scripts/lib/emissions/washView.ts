import { jsonRate } from "../command/amounts.ts";
import { show, showFlock } from "../../../sdk/src/units/show.ts";
import type { Session } from "../chain/session.ts";
import { pairsOf, tableOf } from "../command/table.ts";
import type { WashTrading } from "../documents/emissions.ts";
import { WASH_CIRCLES, isWashingExcluded, largestSafeCap, washGain } from "../../../sdk/src/emissions/washTrading.ts";

/**
 * Says when washing one's own usage would pay at a FLOCK price [USD, WAD], with the cap of now. It is the same for every
 * model, alone and beside others.
 */
export function washView(session: Session, cap: bigint, flockPriceWad: bigint): WashTrading {
  const { out } = session;
  const gainWad = washGain(cap, flockPriceWad);
  const verdicts = WASH_CIRCLES.map(({ name, costWad }) => ({
    name,
    costWad,
    largestSafeCap: largestSafeCap(costWad, flockPriceWad),
    excluded: isWashingExcluded(cap, costWad, flockPriceWad),
  }));

  out.say(`\nWhen washing one's own usage pays, at ${show(flockPriceWad)} USD for one FLOCK:`);
  out.say(
    pairsOf({
      bound: "1.05 · cap · FLOCK price < what is lost of one USDC of net revenue",
      "cap now": `${showFlock(cap)} for one USDC of net revenue, FLOCK and MT together`,
      "can earn": `${show(gainWad, 18, 4)} USD, issuer's bonus included`,
    }),
  );
  out.say(
    tableOf(
      ["who washes", ">loses (USD)", ">largest safe cap (FLOCK)", "washing pays"],
      verdicts.map(({ name, costWad, largestSafeCap: safe, excluded }) => [
        name === "insiders" ? "insiders, the treasury with them" : "others, with issuer and provider",
        show(costWad),
        show(safe, 18, 4),
        excluded ? "no" : "yes",
      ]),
    ),
  );
  return {
    ...jsonRate("flockPriceUsd", flockPriceWad),
    ...jsonRate("capFlockPerUsdc", cap),
    ...jsonRate("canEarnUsd", gainWad),
    circles: verdicts.map(({ name, costWad, largestSafeCap: safe, excluded }) => ({
      name,
      ...jsonRate("losesUsd", costWad),
      ...jsonRate("largestSafeCapFlockPerUsdc", safe),
      excluded,
    })),
  };
}

import { WAD, jsonWad, show, showPrice } from "./amounts.ts";
import { graduatedModels } from "./observations.ts";
import type { Session } from "./session.ts";
import { poolOf } from "./status/pool.ts";
import { pairsOf, tableOf } from "./table.ts";
import { isSafe, largestSafeCap, priceRatio, washGain } from "./washTrading.ts";

/** Says when washing one's own usage would pay at a FLOCK price [USD, WAD], for each model with a pool. */
export async function washView(session: Session, cap: bigint, flockPriceWad: bigint): Promise<object> {
  const { graduation, locker } = session.protocol;
  const { out } = session.context;
  const models = [];
  for (const modelId of await graduatedModels(session)) {
    const [{ pair }, opening] = await Promise.all([locker.lockOf(modelId), graduation.openingReservesOf(modelId)]);
    const { priceWad } = await poolOf(session, pair);
    const openingPriceWad = (opening.flock * WAD) / opening.mt;
    models.push({ modelId, priceWad, openingPriceWad, ratioWad: priceRatio(priceWad, openingPriceWad) });
  }
  const atOpening = { safe: isSafe(WAD, cap, flockPriceWad), largest: largestSafeCap(WAD, flockPriceWad) };
  const verdict = (safe: boolean) => (safe ? "no" : "yes");

  out.say(`\nWhen washing one's own usage pays, at ${show(flockPriceWad)} USD for one FLOCK:`);
  out.say(
    pairsOf({
      bound: "(1.1 + MT price / opening price) · cap · FLOCK price < 0.6 USD",
      "cap now": `${cap.toString()} FLOCK for one USDC of net revenue`,
      "at the opening price": `the largest safe cap is ${atOpening.largest.toString()}; washing pays: ${verdict(atOpening.safe)}`,
    }),
  );
  if (models.length !== 0) {
    out.say(
      tableOf(
        [">model", ">pool price", ">opening price", ">ratio", ">can earn (USD)", ">costs (USD)", ">safe cap", "pays"],
        models.map(({ modelId, priceWad, openingPriceWad, ratioWad }) => [
          modelId.toString(),
          showPrice(priceWad),
          showPrice(openingPriceWad),
          show(ratioWad, 18, 4),
          show(washGain(ratioWad, cap, flockPriceWad), 18, 4),
          "0.6",
          largestSafeCap(ratioWad, flockPriceWad).toString(),
          verdict(isSafe(ratioWad, cap, flockPriceWad)),
        ]),
      ),
    );
  }
  return {
    flockPriceUsd: jsonWad(flockPriceWad),
    cap: Number(cap),
    largestSafeCapAtOpeningPrice: Number(atOpening.largest),
    excludedAtOpeningPrice: atOpening.safe,
    models: models.map(({ modelId, priceWad, openingPriceWad, ratioWad }) => ({
      modelId: Number(modelId),
      priceFlockPerMt: jsonWad(priceWad),
      openingPriceFlockPerMt: jsonWad(openingPriceWad),
      canEarnUsd: jsonWad(washGain(ratioWad, cap, flockPriceWad)),
      largestSafeCap: Number(largestSafeCap(ratioWad, flockPriceWad)),
      excluded: isSafe(ratioWad, cap, flockPriceWad),
    })),
  };
}

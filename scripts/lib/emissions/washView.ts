import { WAD, jsonWad, show, showPrice } from "../command/amounts.ts";
import { graduatedModels } from "../buyback/observations.ts";
import type { Session } from "../chain/session.ts";
import { poolOf } from "../graduation/pool.ts";
import { pairsOf, tableOf } from "../command/table.ts";
import { ALONE, isSafe, largestSafeCap, maxWeight, priceRatio, washGain } from "./washTrading.ts";

/** One USDC of net revenue, washed [USD, WAD]. */
interface Verdict {
  /** What it can earn at most. */
  gainWad: bigint;
  /** The largest cap at which that is less than what it costs. */
  largestSafeCap: bigint;
  /** Whether the cap of now is not above that. */
  excluded: boolean;
}

/** Says when washing one's own usage would pay at a FLOCK price [USD, WAD], for each model with a pool. */
export async function washView(session: Session, cap: bigint, flockPriceWad: bigint): Promise<object> {
  const { graduation, locker, registry } = session.protocol;
  const { out } = session;
  const judge = (ratioWad: bigint, weightWad: bigint): Verdict => ({
    gainWad: washGain(ratioWad, weightWad, cap, flockPriceWad),
    largestSafeCap: largestSafeCap(ratioWad, weightWad, flockPriceWad),
    excluded: isSafe(ratioWad, weightWad, cap, flockPriceWad),
  });

  const models = [];
  for (const modelId of await graduatedModels(session)) {
    const [{ pair }, opening, terms] = await Promise.all([
      locker.lockOf(modelId),
      graduation.openingReservesOf(modelId),
      registry.usageTermsOf(modelId),
    ]);
    const { priceWad } = await poolOf(session, pair);
    const openingPriceWad = (opening.flock * WAD) / opening.mt;
    const ratioWad = priceRatio(priceWad, openingPriceWad);
    const weightWad = maxWeight(terms.minimumPrice, terms.computeCost);
    const [alone, besideOthers] = [judge(ratioWad, ALONE), judge(ratioWad, weightWad)];
    models.push({ modelId, priceWad, openingPriceWad, ratioWad, weightWad, alone, besideOthers });
  }
  const atOpening = judge(WAD, ALONE);
  const verdict = ({ excluded }: Verdict) => (excluded ? "no" : "yes");

  out.say(`\nWhen washing one's own usage pays, at ${show(flockPriceWad)} USD for one FLOCK:`);
  out.say(
    pairsOf({
      bound: "(0.1 + k · (1 + MT price / opening price)) · cap · FLOCK price < 0.6 USD",
      "cap now": `${cap.toString()} FLOCK for one USDC of net revenue`,
      "alone (k = 1), at the opening price": `the largest safe cap is ${atOpening.largestSafeCap.toString()}; washing pays: ${verdict(atOpening)}`,
    }),
  );
  if (models.length !== 0) {
    out.say(
      tableOf(
        [
          ">model",
          ">pool price",
          ">of opening",
          "washing",
          ">k",
          ">can earn (USD)",
          ">costs (USD)",
          ">safe cap",
          "pays",
        ],
        models.flatMap(({ modelId, priceWad, ratioWad, weightWad, alone, besideOthers }) => [
          [modelId.toString(), showPrice(priceWad), show(ratioWad, 18, 4), "alone", "1", ...cells(alone)],
          ["", "", "", "beside others", show(weightWad, 18, 4), ...cells(besideOthers)],
        ]),
      ),
    );
    out.say(
      "Beside others k is at most what is shown: the washer at the price floor with the full discount, theirs all net.",
    );
  }
  return {
    flockPriceUsd: jsonWad(flockPriceWad),
    cap: Number(cap),
    largestSafeCapAtOpeningPrice: Number(atOpening.largestSafeCap),
    excludedAtOpeningPrice: atOpening.excluded,
    models: models.map(({ modelId, priceWad, openingPriceWad, weightWad, alone, besideOthers }) => ({
      modelId: Number(modelId),
      priceFlockPerMt: jsonWad(priceWad),
      openingPriceFlockPerMt: jsonWad(openingPriceWad),
      alone: jsonVerdict(alone),
      besideOthers: { maxWeight: jsonWad(weightWad), ...jsonVerdict(besideOthers) },
    })),
  };

  function cells(of: Verdict): string[] {
    return [show(of.gainWad, 18, 4), "0.6", of.largestSafeCap.toString(), verdict(of)];
  }
}

/** A verdict in a JSON document. */
const jsonVerdict = ({ gainWad, largestSafeCap: safe, excluded }: Verdict) => ({
  canEarnUsd: jsonWad(gainWad),
  largestSafeCap: Number(safe),
  excluded,
});

import { jsonAmount, jsonFlock, jsonMt, jsonPrice, jsonRate, jsonTime } from "../command/amounts.ts";
import { show, showFlock, showMt, showPercent, showPrice, showShare, showTime } from "../../../sdk/src/units/show.ts";
import { WAD } from "../../../sdk/src/units/numbers.ts";
import { SALE_SUPPLY } from "../../../sdk/src/raise/curve.ts";
import { openingPrices, openingTermsOf } from "../../../sdk/src/raise/opening.ts";
import { phaseOf } from "../../../sdk/src/raise/phase.ts";
import { describeOpening, jsonOpening, OPENING_WORDS } from "../offering/opening.ts";
import { offeringOf } from "../offering/raise.ts";
import { OUTCOMES, SHARES, nameOf } from "../../../sdk/src/names/enums.ts";
import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { describeNamesakes, jsonNamesakes, namesakesOf } from "../registry/namesakes.ts";
import { pairsOf, tableOf } from "../command/table.ts";
import type { GraduationStatus, ModelStatus } from "../documents/lens.ts";
import { liveStatus } from "./live.ts";
import { poolOf } from "../graduation/pool.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";

/** Says everything about one model, and gives it as a document. */
export async function modelStatus(session: Session, modelId: bigint): Promise<ModelStatus> {
  const { protocol, now, out, usdcDecimals } = session;
  const view = await offeringOf(session, modelId);
  const phase = phaseOf(view, await timeOf(session));
  const [issuer, terms, computeCost, fees] = await Promise.all([
    protocol.registry.issuerOf(modelId),
    protocol.registry.modelOf(modelId),
    protocol.registry.computeCostOf(modelId),
    protocol.offering.unclaimedFeesOf(modelId, now),
  ]);
  const openingTerms = openingTermsOf(view);
  const { openingMode } = openingTerms;
  const opening = openingPrices(openingTerms, view.raised, phase !== "on sale");
  // What a pool has opened at is told below, and a raise that is refunded has none.
  const hopes = phase === "on sale" || phase === "to be graduated";
  const usdc = (amount: bigint) => `${show(amount, usdcDecimals)} USDC`;

  out.say(`Model ${modelId.toString()}, ${plain(view.name)} (${plain(view.symbol)}): ${phase}\n`);
  out.say(
    pairsOf({
      issuer,
      token: `${view.token}${phase === "graduated" ? "" : " (does not exist yet)"}`,
      raised: `${showFlock(view.raised)} of ${showFlock(view.target)} (${showShare(view.raised, view.target)}), minimum ${showFlock(view.minimumRaise)}`,
      sold: `${showMt(view.sold)} of ${showMt(SALE_SUPPLY)} (${showShare(view.sold, SALE_SUPPLY)})`,
      "curve price": showPrice(view.priceWad),
      "virtual reserves": `${showFlock(view.virtualFlock)}, ${showMt(view.virtualMt)}`,
      ...(phase === "on sale" ? { "fee now": showPercent(view.feeRateWad) } : {}),
      sale: `${showTime(view.startsAt)} to ${showTime(view.endsAt)}`,
      "pool opens at": `${OPENING_WORDS[openingMode]}${hopes ? `: ${describeOpening(opening)}` : ""}`,
      bundle: `${showMt(view.bundleMt)} for ${showFlock(view.bundleNet)} net`,
      "hosting tier": `${terms.tierId.toString()}; compute cost ${usdc(computeCost)}, minimum price ${usdc(terms.minimumPrice)} per million units`,
      "unclaimed fees": `${showFlock(fees.creatorFee)} creator, ${showFlock(fees.protocolFee)} protocol`,
      "metadata hash": view.metadataHash,
    }),
  );
  const namesakes = await namesakesOf(session, view.symbol, modelId);
  for (const line of describeNamesakes(namesakes)) out.say(line);
  const graduation = phase === "graduated" ? await graduationStatus(session, modelId) : null;
  const live = phase === "graduated" ? await liveStatus(session, modelId) : null;
  return {
    modelId: Number(modelId),
    name: view.name,
    symbol: view.symbol,
    ...jsonNamesakes(namesakes),
    phase,
    outcome: nameOf(OUTCOMES, view.outcome),
    issuer,
    token: view.token,
    ...jsonFlock("raised", view.raised),
    ...jsonFlock("gross", view.gross),
    ...jsonFlock("target", view.target),
    ...jsonFlock("minimumRaise", view.minimumRaise),
    ...jsonMt("sold", view.sold),
    ...jsonFlock("virtual", view.virtualFlock),
    ...jsonMt("virtual", view.virtualMt),
    ...jsonPrice("price", view.priceWad),
    ...jsonRate("feeRate", view.feeRateWad),
    ...jsonTime("startsAt", view.startsAt),
    ...jsonTime("endsAt", view.endsAt),
    ...jsonTime("failableAt", view.failableAt),
    ...jsonOpening(openingMode, hopes ? opening : undefined),
    ...jsonMt("bundle", view.bundleMt),
    ...jsonFlock("bundleNet", view.bundleNet),
    tierId: Number(terms.tierId),
    ...jsonAmount("minimumPrice", "UsdcPerMillionUnits", terms.minimumPrice, usdcDecimals),
    ...jsonAmount("computeCost", "UsdcPerMillionUnits", computeCost, usdcDecimals),
    ...jsonFlock("unclaimedCreatorFees", fees.creatorFee),
    ...jsonFlock("unclaimedProtocolFees", fees.protocolFee),
    metadataHash: view.metadataHash,
    graduation,
    live,
  };
}

/** Says what graduation has made of a model: pool, lock and vesting. */
async function graduationStatus(session: Session, modelId: bigint): Promise<GraduationStatus> {
  const { vault, locker, graduation } = session.protocol;
  const { out } = session;
  const [{ pair, liquidity, unlocksAt }, opening, [, startAt], unvested] = await Promise.all([
    locker.lockOf(modelId),
    graduation.openingReservesOf(modelId),
    vault.recordOf(modelId),
    vault.unvested(modelId, session.now),
  ]);
  const pool = await poolOf(session, pair);
  const openingPriceWad = (opening.flock * WAD) / opening.mt;
  const shares = await Promise.all(
    SHARES.map(async (name, index) => {
      const [{ total, released }, releasable] = await Promise.all([
        vault.allocationOf(modelId, index),
        vault.releasable(modelId, index, session.now),
      ]);
      return {
        name,
        unit: name.endsWith("Flock") || name === "stakingFund" ? "Flock" : "Mt",
        total,
        released,
        releasable,
      };
    }),
  );

  out.say("\nSince graduation:");
  out.say(
    pairsOf({
      graduated: showTime(startAt),
      pool: `${pair}, ${showFlock(pool.flock)} and ${showMt(pool.mt)}`,
      price: `${showPrice(pool.priceWad)}; it opened at ${showPrice(openingPriceWad)}`,
      liquidity: `${show(liquidity)} LP tokens locked until ${showTime(unlocksAt)}`,
      "not vested": showMt(unvested),
    }),
  );
  out.say(
    tableOf(
      ["share", "token", ">total", ">released", ">to be released now"],
      shares.map(({ name, unit, total, released, releasable }) => [
        name,
        unit.toUpperCase(),
        show(total, 18, 2),
        show(released, 18, 2),
        show(releasable, 18, 2),
      ]),
    ),
  );
  return {
    ...jsonTime("graduatedAt", startAt),
    pair,
    ...jsonFlock("pool", pool.flock),
    ...jsonMt("pool", pool.mt),
    ...jsonPrice("price", pool.priceWad),
    ...jsonPrice("openingPrice", openingPriceWad),
    ...jsonAmount("locked", "Liquidity", liquidity),
    ...jsonTime("unlocksAt", unlocksAt),
    ...jsonMt("unvested", unvested),
    shares: shares.map(({ name: share, unit, total, released, releasable }) =>
      unit === "Flock"
        ? {
            share,
            ...jsonFlock("total", total),
            ...jsonFlock("released", released),
            ...jsonFlock("releasable", releasable),
          }
        : { share, ...jsonMt("total", total), ...jsonMt("released", released), ...jsonMt("releasable", releasable) },
    ),
  };
}

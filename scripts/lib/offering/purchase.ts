import { isAddress } from "ethers";

import { quoteOf } from "../../../sdk/src/raise/fill.ts";
import type { Fill, PurchaseQuote, Sale, Wish } from "../../../sdk/src/raise/fill.ts";
import { openingPrices, openingTermsOf } from "../../../sdk/src/raise/opening.ts";
import type { OpeningPrices, OpeningTerms } from "../../../sdk/src/raise/opening.ts";
import { MAX_AMOUNT, WAD } from "../../../sdk/src/units/numbers.ts";
import { jsonFlock, jsonMt, jsonPrice, jsonRate, parseAmount } from "../command/amounts.ts";
import { showFlock, showMt, showPercent, showPrice } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../command/commandError.ts";
import { curveChart } from "./curvePicture.ts";
import { jsonOpening, openingTable, OPENING_WORDS } from "./opening.ts";
import { offeringOf } from "./raise.ts";
import type { Offering } from "./raise.ts";
import { pairsOf } from "../command/table.ts";
import type { Session } from "../chain/session.ts";
import { typedText } from "../../../sdk/src/text/plainText.ts";

/** A priced wish. */
export interface Quote extends PurchaseQuote {
  modelId: bigint;
  offering: Offering;
  /** What decides at which price the pool opens. */
  openingTerms: OpeningTerms;
  /** At which prices it would open after the purchase. */
  opening: OpeningPrices;
}

/** Reads `--flock` or `--mt`. */
export function parseWish(args: { flock: string | undefined; mt: string | undefined }): Wish {
  if (args.flock !== undefined && args.mt !== undefined) {
    throw new CommandError("Name either what to pay (--flock) or what to get (--mt), not both.");
  }
  if (args.flock !== undefined) return { kind: "exactIn", flock: parseAmount("--flock", args.flock, MAX_AMOUNT) };
  if (args.mt !== undefined) return { kind: "exactOut", mt: parseAmount("--mt", args.mt, MAX_AMOUNT) };
  throw new CommandError("Name what to pay (--flock 100) or what to get (--mt 1000).");
}

/** Reads `--token`; undefined if the token that is read now is the one that is meant. */
export function parseToken(typed: string | undefined): string | undefined {
  const isValid: boolean = typed === undefined || isAddress(typed);
  if (isValid) return typed;
  throw new CommandError(`--token is not an address: "${typedText(typed!)}".`);
}

/** Prices a wish as the next block would. */
export async function quote(session: Session, modelId: bigint, wish: Wish): Promise<Quote> {
  const { lens } = session.protocol;
  const fill =
    wish.kind === "exactIn"
      ? await lens.quoteExactIn(modelId, wish.flock, session.now)
      : await lens.quoteExactOut(modelId, wish.mt, session.now);
  const offering = await offeringOf(session, modelId);
  const openingTerms = openingTermsOf(offering);
  const opening = openingPrices(openingTerms, offering.raised + fill.flockNet);
  return { ...quoteOf(saleIn(offering), wish, fill), ...{ modelId, offering, openingTerms, opening } };
}

/** What the price of a purchase depends on now. */
const saleIn = ({ raised, target, virtualFlock, feeRateWad: feeRate }: Offering): Sale => ({
  ...{ raised, target, virtualFlock, feeRate },
});

/** A quote for people. */
export function describeQuote(found: Quote): string {
  const { offering, openingTerms, opening } = found;
  const after = offering.raised + found.flockNet;
  const notes = notesOn(found);
  return [
    pairsOf({
      "you pay": showFlock(found.flockIn),
      fee: `${showFlock(found.flockIn - found.flockNet)} (${showPercent(offering.feeRateWad)})`,
      "into the raise": showFlock(found.flockNet),
      "you get": showMt(found.mtOut),
      "your price": `${showPrice(found.averagePriceWad)} on average, ${showPrice(found.lastPriceWad)} for the last token, fee included`,
      "curve price": `${showPrice(offering.priceWad)}, afterwards ${showPrice(found.priceAfterWad)}`,
      "pool opens at": OPENING_WORDS[openingTerms.openingMode],
      "raised so far": `${showFlock(offering.raised)} of ${showFlock(offering.target)}`,
    }),
    "",
    openingTable(openingTerms, opening, after, { averageWad: found.averagePriceWad, lastWad: found.lastPriceWad }),
    "",
    curveChart(offering, offering.virtualFlock, [
      { sign: "A", what: "after this purchase", raised: after },
      { sign: "N", what: "now", raised: offering.raised },
      { sign: "M", what: "the minimum", raised: offering.minimumRaise },
    ]),
    ...(notes.length === 0 ? [] : ["", ...notes]),
  ].join("\n");
}

/** What a buyer should not overlook. */
function notesOn({ offering, clamped, opening, averagePriceWad }: Quote): string[] {
  const left = offering.target - offering.raised;
  return [
    ...(clamped ? [`Only ${showFlock(left)} (net) are left to raise: the purchase takes all of it and no more.`] : []),
    ...(opening.atTargetWad < averagePriceWad
      ? ["The pool would open below your price even if the raise reaches its target."]
      : opening.soonestWad < averagePriceWad
        ? ["The pool would open below your price unless enough comes in after you."]
        : []),
    ...(hasHighFee(offering)
      ? ["The fee still contains the anti-sniping fee, which falls every second in the first minutes of a sale."]
      : []),
  ];
}

/** A quote for machines. */
export function jsonOfQuote(found: Quote) {
  return {
    modelId: Number(found.modelId),
    symbol: found.offering.symbol,
    ...jsonFill(found),
    ...jsonRate("feeRate", found.offering.feeRateWad),
    clamped: found.clamped,
    ...jsonPrice("averagePrice", found.averagePriceWad),
    ...jsonPrice("price", found.offering.priceWad),
    ...jsonPrice("priceAfter", found.priceAfterWad),
    ...jsonPrice("lastPrice", found.lastPriceWad),
    ...jsonOpening(found.openingTerms.openingMode, found.opening),
    ...jsonFlock("raised", found.offering.raised),
    ...jsonFlock("target", found.offering.target),
  };
}

/** What a purchase took and gave, for machines. */
export function jsonFill({ flockIn, flockNet, mtOut }: Fill) {
  return {
    ...jsonFlock("paid", flockIn),
    ...jsonFlock("fee", flockIn - flockNet),
    ...jsonFlock("net", flockNet),
    ...jsonMt("received", mtOut),
  };
}

/** No base fee is above this (1% creator and 2% protocol at most): what is above it is the anti-sniping fee. */
const HIGH_FEE_WAD = (3n * WAD) / 100n;

/** Whether a purchase now would pay an anti-sniping fee worth waiting out. */
export const hasHighFee = ({ feeRateWad }: Offering) => feeRateWad > HIGH_FEE_WAD;

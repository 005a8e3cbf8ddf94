import { OPENING_MODES, nameOf } from "../../../sdk/src/names/enums.ts";
import { BPS, DECIMALS, WAD } from "../../../sdk/src/units/numbers.ts";
import { jsonPrice } from "../command/amounts.ts";
import { show, showPercent, showPrice } from "../../../sdk/src/units/show.ts";
import { tableOf } from "../command/table.ts";
import { pointAt, priceAt } from "../../../sdk/src/raise/curve.ts";
import type { OpeningMode } from "../../../sdk/src/raise/curve.ts";
import type { Offering } from "./raise.ts";

/** What decides at which price a pool opens. */
export interface OpeningTerms {
  /** [FLOCK wei] */
  target: bigint;
  /** [FLOCK wei] */
  minimumRaise: bigint;
  /** [FLOCK wei] */
  virtualFlock: bigint;
  openingMode: OpeningMode;
}

/** At which prices the pool of a raise would open; what somebody has paid for a token is to stand beside it. */
export interface OpeningPrices {
  /** If the raise ended as it stands; undefined if it would be refunded [WAD]. */
  nowWad: bigint | undefined;
  /** If no more than the minimum came in [WAD]. */
  atMinimumWad: bigint;
  /** If nothing more comes in, or no more than the minimum [WAD]. */
  soonestWad: bigint;
  /** If the raise reaches its target [WAD]. */
  atTargetWad: bigint;
  /** Whether the minimum is still to come. */
  needsMore: boolean;
  /** Whether nothing more can come in. */
  isFinal: boolean;
}

/** The modes in words. */
export const OPENING_WORDS: Record<OpeningMode, string> = {
  averagePrice: "the raise's average price",
  curvePrice: "the curve's last price",
};

/** The terms of a raise that is on the chain. */
export const openingTermsOf = ({ target, minimumRaise, virtualFlock, openingMode }: Offering): OpeningTerms => ({
  ...{ target, minimumRaise, virtualFlock },
  openingMode: nameOf(OPENING_MODES, openingMode),
});

/**
 * At which prices the pool would open when `raised` has come in [FLOCK wei].
 * @param isOver Whether the sale has ended.
 */
export function openingPrices(terms: OpeningTerms, raised: bigint, isOver = false): OpeningPrices {
  const { target, minimumRaise, virtualFlock, openingMode } = terms;
  const soonest = raised < minimumRaise ? minimumRaise : raised;
  const at = (sum: bigint) => pointAt({ target }, virtualFlock, sum, openingMode).openingPriceWad;
  return {
    nowWad: raised < minimumRaise ? undefined : at(raised),
    atMinimumWad: at(minimumRaise),
    soonestWad: at(soonest),
    atTargetWad: at(target),
    needsMore: raised < minimumRaise,
    isFinal: isOver || soonest === target,
  };
}

/**
 * From which sum on whoever buys pays more for a token, fee included, than the pool opens at if the raise ends with `end`;
 * undefined if nobody does. The price of the curve only rises, so it is found by halving.
 * @param feeBps Fee of a purchase [bps].
 * @returns The smallest sum raised with such a price [FLOCK wei].
 */
export function aboveOpeningFrom(terms: OpeningTerms, end: bigint, feeBps: bigint): bigint | undefined {
  const { target, virtualFlock, openingMode } = terms;
  const { openingPriceWad } = pointAt({ target }, virtualFlock, end, openingMode);
  const isAbove = (raised: bigint) => priceAt(target, virtualFlock, raised) * BPS > openingPriceWad * (BPS - feeBps);
  if (!isAbove(end)) return undefined;
  let [low, high] = [0n, end];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (isAbove(middle)) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/**
 * How a price at which a pool opens compares to what somebody pays for a token.
 * @param own What that is called.
 */
export function besidePrice(openingWad: bigint, ownWad: bigint, own: string): string {
  if (openingWad === ownWad) return own;
  const isBelow = openingWad < ownWad;
  const gap = isBelow ? ownWad - openingWad : openingWad - ownWad;
  return `${showPercent((gap * WAD) / ownWad)} ${isBelow ? "below" : "above"} ${own}`;
}

/**
 * At which price the pool would open, in words.
 * @param ownWad What somebody pays for a token, to stand beside it [WAD].
 */
export function describeOpening(prices: OpeningPrices, ownWad?: bigint): string {
  const { soonestWad, atTargetWad, needsMore, isFinal } = prices;
  const price = (wad: bigint, when: string) =>
    `${showPrice(wad)}${when}${ownWad === undefined ? "" : ` (${besidePrice(wad, ownWad, "your price")})`}`;
  if (isFinal) return price(soonestWad, "");
  const soonest = needsMore ? " if no more than the minimum comes in" : " if nothing more comes in";
  return `${price(soonestWad, soonest)}, ${price(atTargetWad, " at the target")}`;
}

/**
 * At which prices the pool would open, for machines; undefined if that is told elsewhere, or there will be no pool. The price
 * of now is null, too, if the raise would be refunded as it stands.
 */
export const jsonOpening = (openingMode: OpeningMode, prices: OpeningPrices | undefined) => ({
  openingMode,
  ...jsonPrice("openingPrice", prices?.soonestWad ?? null),
  ...jsonPrice("openingPriceNow", prices?.nowWad ?? null),
  ...jsonPrice("openingPriceAtMinimum", prices?.atMinimumWad ?? null),
  ...jsonPrice("openingPriceAtTarget", prices?.atTargetWad ?? null),
});

/**
 * At which prices the pool would open, beside what a purchase pays for a token on average and for the last one.
 * @param raised What has come in with the purchase [FLOCK wei].
 */
export function openingTable(
  { minimumRaise, target }: OpeningTerms,
  { nowWad, atMinimumWad, atTargetWad }: OpeningPrices,
  raised: bigint,
  paid: { averageWad: bigint; lastWad: bigint },
): string {
  const row = (what: string, sum: bigint, wad: bigint | undefined) => [
    what,
    show(sum, DECIMALS, 2),
    wad === undefined ? "refunds" : show(wad, DECIMALS, 8),
    wad === undefined ? "" : signedGap(wad, paid.averageWad),
    wad === undefined ? "" : signedGap(wad, paid.lastWad),
  ];
  return tableOf(
    ["the pool would open", ">with (FLOCK)", ">at FLOCK per MT", ">beside your average", ">beside your last"],
    [
      row("now, with this purchase", raised, nowWad),
      row(raised > minimumRaise ? "at the minimum (passed)" : "at the minimum", minimumRaise, atMinimumWad),
      row("at the target", target, atTargetWad),
    ],
  );
}

/** How far a price is above or below another one, with its sign. */
function signedGap(wad: bigint, ownWad: bigint): string {
  if (wad === ownWad) return "the same";
  return wad < ownWad
    ? `-${showPercent(((ownWad - wad) * WAD) / ownWad)}`
    : `+${showPercent(((wad - ownWad) * WAD) / ownWad)}`;
}

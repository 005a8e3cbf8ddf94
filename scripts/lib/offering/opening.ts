import { DECIMALS, WAD } from "../../../sdk/src/units/numbers.ts";
import { jsonPrice } from "../command/amounts.ts";
import { show, showPercent, showPrice } from "../../../sdk/src/units/show.ts";
import { tableOf } from "../command/table.ts";
import type { OpeningMode } from "../../../sdk/src/raise/curve.ts";
import type { OpeningPrices, OpeningTerms } from "../../../sdk/src/raise/opening.ts";

/** The modes in words. */
export const OPENING_WORDS: Record<OpeningMode, string> = {
  averagePrice: "the raise's average price",
  curvePrice: "the curve's last price",
};

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

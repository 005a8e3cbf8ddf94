import { OPENING_MODES, nameOf } from "../names/enums.ts";
import { BPS, larger } from "../units/numbers.ts";
import { pointAt, priceAt } from "./curve.ts";
import type { OpeningMode } from "./curve.ts";

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

/** The terms of a raise that is on the chain, from the lens's `RaiseView`. */
export const openingTermsOf = ({
  target,
  minimumRaise,
  virtualFlock,
  openingMode,
}: Omit<OpeningTerms, "openingMode"> & { openingMode: bigint | number }): OpeningTerms => ({
  ...{ target, minimumRaise, virtualFlock },
  openingMode: nameOf(OPENING_MODES, BigInt(openingMode)),
});

/**
 * At which prices the pool would open when `raised` has come in [FLOCK wei].
 * @param isOver Whether the sale has ended.
 */
export function openingPrices(terms: OpeningTerms, raised: bigint, isOver = false): OpeningPrices {
  const { target, minimumRaise, virtualFlock, openingMode } = terms;
  const soonest = larger(raised, minimumRaise);
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

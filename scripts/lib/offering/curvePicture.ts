import asciichart from "asciichart";
import { formatUnits } from "ethers";

import { SALE_SUPPLY, pointAt, priceAt } from "../../../sdk/src/raise/curve.ts";
import type { CurvePoint, CurveTerms, OpeningMode } from "../../../sdk/src/raise/curve.ts";
import { show, showFlock, showPrice, showShare } from "../../../sdk/src/units/show.ts";
import { pairsOf, tableOf } from "../command/table.ts";

/** Columns of the chart. */
const CHART_WIDTH = 60;
/** Rows of the chart. */
const CHART_HEIGHT = 10;
/** Room for the labels of the chart's price axis. */
const LABEL_WIDTH = 12;
/** The column in which the curve begins: after a label, a space and the axis. */
const PLOT_START = LABEL_WIDTH + 2;
/** Decimals of prices in tables and charts. */
const PRICE_DIGITS = 6;

/** Points of a curve that are worth showing: tenths of the target, and the minimum raise. */
export function telltalePoints(terms: CurveTerms, x0: bigint, minimumRaise: bigint, mode: OpeningMode): CurvePoint[] {
  const sums = new Set([0n, 10n, 25n, 50n, 75n, 100n].map((percent) => (terms.target * percent) / 100n));
  sums.add(minimumRaise);
  return [...sums].sort((a, b) => (a < b ? -1 : 1)).map((raised) => pointAt(terms, x0, raised, mode));
}

/**
 * A table of a curve: what each sum raised means.
 * @param withFee What a buyer pays for a token when the curve asks a price [WAD].
 */
export function curveTable(points: CurvePoint[], minimumRaise: bigint, withFee: (priceWad: bigint) => bigint): string {
  return tableOf(
    [">raised (FLOCK)", ">sold (MT)", ">of the sale", ">price", ">average price", ">pool opens at", ">last buyer pays"],
    points.map((point) => [
      `${point.raised === minimumRaise ? "minimum: " : ""}${show(point.raised, 18, 2)}`,
      show(point.sold, 18, 2),
      showShare(point.sold, SALE_SUPPLY),
      show(point.marginalPriceWad, 18, PRICE_DIGITS),
      show(point.averagePriceWad, 18, PRICE_DIGITS),
      point.raised >= minimumRaise ? show(point.openingPriceWad, 18, PRICE_DIGITS) : "refunds",
      show(withFee(point.marginalPriceWad), 18, PRICE_DIGITS),
    ]),
  );
}

/** A point of a curve that a picture marks. */
export interface Mark {
  /** One letter. */
  sign: string;
  /** What it stands for. */
  what: string;
  /** [FLOCK wei] */
  raised: bigint;
}

/**
 * A picture of a curve: marginal price over the sum raised.
 * @param marks Points to mark, the most important one first: of two in one place it alone is drawn.
 */
export function curveChart({ target }: Pick<CurveTerms, "target">, x0: bigint, marks: Mark[]): string {
  const prices = Array.from({ length: CHART_WIDTH }, (_, column) => {
    const raised = (target * BigInt(column)) / BigInt(CHART_WIDTH - 1);
    // For the eye only: nothing that is drawn goes back to a chain.
    return Number(formatUnits(priceAt(target, x0, raised)));
  });
  const picture = asciichart.plot(prices, {
    height: CHART_HEIGHT,
    format: (price: number) => price.toFixed(PRICE_DIGITS).padStart(LABEL_WIDTH),
  });
  const end = `${show(target, 18, 2)} FLOCK raised`;
  const axis = `${" ".repeat(PLOT_START)}0${end.padStart(CHART_WIDTH - 1)}`;
  const legend = marks.map(({ sign, what, raised }) => [
    `${sign} ${what}`,
    `${showFlock(raised)} raised, curve price ${showPrice(priceAt(target, x0, raised))}`,
  ]);
  return [
    "FLOCK per MT".padStart(LABEL_WIDTH),
    marked(picture, target, marks),
    axis,
    pairsOf(Object.fromEntries(legend) as Record<string, string>),
  ].join("\n");
}

/** Puts the signs of the marks onto the curve, where it is highest in their columns. */
function marked(picture: string, target: bigint, marks: Mark[]): string {
  const rows = picture.split("\n").map((row) => Array.from(row));
  for (const { sign, raised } of marks.toReversed()) {
    // The library draws steps between values, so that the last value has no column of its own.
    const place = Number((raised * BigInt(CHART_WIDTH - 1) * 2n + target) / (2n * target));
    const column = PLOT_START + Math.min(place, CHART_WIDTH - 2);
    const row = rows.find((one) => one[column] !== undefined && one[column] !== " ");
    if (row !== undefined) row[column] = sign;
  }
  return rows.map((row) => row.join("")).join("\n");
}

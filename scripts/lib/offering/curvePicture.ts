import asciichart from "asciichart";
import { formatUnits } from "ethers";

import { SALE_SUPPLY, pointAt } from "./curve.ts";
import type { CurvePoint, CurveTerms, OpeningMode } from "./curve.ts";
import { show, showShare } from "../command/amounts.ts";
import { tableOf } from "../command/table.ts";

/** Columns of the chart. */
const CHART_WIDTH = 60;
/** Rows of the chart. */
const CHART_HEIGHT = 10;
/** Room for the labels of the chart's price axis. */
const LABEL_WIDTH = 12;
/** Decimals of prices in tables and charts. */
const PRICE_DIGITS = 6;

/** Points of a curve that are worth showing: tenths of the target, and the minimum raise. */
export function telltalePoints(terms: CurveTerms, x0: bigint, minimumRaise: bigint, mode: OpeningMode): CurvePoint[] {
  const sums = new Set([0n, 10n, 25n, 50n, 75n, 100n].map((percent) => (terms.target * percent) / 100n));
  sums.add(minimumRaise);
  return [...sums].sort((a, b) => (a < b ? -1 : 1)).map((raised) => pointAt(terms, x0, raised, mode));
}

/** A table of a curve: what each sum raised means. */
export function curveTable(points: CurvePoint[], minimumRaise: bigint): string {
  return tableOf(
    [">raised (FLOCK)", ">sold (MT)", ">of the sale", ">price", ">average price", ">pool opens at"],
    points.map((point) => [
      `${point.raised === minimumRaise ? "minimum: " : ""}${show(point.raised, 18, 2)}`,
      show(point.sold, 18, 2),
      showShare(point.sold, SALE_SUPPLY),
      show(point.marginalPriceWad, 18, PRICE_DIGITS),
      show(point.averagePriceWad, 18, PRICE_DIGITS),
      point.raised >= minimumRaise ? show(point.openingPriceWad, 18, PRICE_DIGITS) : "refunds",
    ]),
  );
}

/** A picture of a curve: marginal price over the sum raised. */
export function curveChart(terms: CurveTerms, x0: bigint): string {
  const prices = Array.from({ length: CHART_WIDTH }, (_, column) => {
    const raised = (terms.target * BigInt(column)) / BigInt(CHART_WIDTH - 1);
    // For the eye only: nothing that is drawn goes back to a chain.
    return Number(formatUnits(pointAt(terms, x0, raised, "averagePrice").marginalPriceWad));
  });
  const picture = asciichart.plot(prices, {
    height: CHART_HEIGHT,
    format: (price: number) => price.toFixed(PRICE_DIGITS).padStart(LABEL_WIDTH),
  });
  const end = `${show(terms.target, 18, 2)} FLOCK raised`;
  const axis = `${" ".repeat(LABEL_WIDTH + 2)}0${end.padStart(CHART_WIDTH - 1)}`;
  return ["FLOCK per MT".padStart(LABEL_WIDTH), picture, axis].join("\n");
}

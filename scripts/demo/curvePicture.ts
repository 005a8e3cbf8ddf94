import * as asciichart from "asciichart";

const { plot } = asciichart;

/** At most so many rows. */
const MAX_ROWS = 14;
/** Columns after graduation, in which the pool's opening price is drawn. */
const POOL_COLUMNS = 8;
/** Width of the price labels. */
const LABEL_WIDTH = 9;
/** Columns between the left edge and the first sample, label and axis included. */
const OFFSET = 3;

/** A price at which a pool opens. */
export interface OpeningPrice {
  label: string;
  /** [WAD, FLOCK per MT]. */
  priceWad: bigint;
}

/**
 * Draws the price against what has been raised, and at the right edge where the pools open.
 * @param prices The curve's price after equal steps of the raise [WAD], from 0 to the target.
 * @param openings Pools, from the lowest opening price to the highest.
 * @param raisedAtEnd What the right end of the curve stands for.
 */
export function drawCurve(prices: bigint[], openings: OpeningPrice[], raisedAtEnd: string): string[] {
  const curve = prices.map(toNumber);
  const series = openings.map(({ priceWad }) => [
    ...curve,
    ...Array.from({ length: POOL_COLUMNS }, () => toNumber(priceWad)),
  ]);
  const all = series.flat();
  const step = niceStep(Math.max(...all) - Math.min(...all));
  const lowest = Math.floor(Math.min(...all) / step);
  const height = Math.ceil(Math.max(...all) / step) - lowest;
  const format = (price: number) => price.toFixed(4).padStart(LABEL_WIDTH);
  // In steps, because the library rounds rows best where one row is 1.
  const inSteps = series.map((prices) => prices.map((price) => price / step - lowest));
  const lines = plot(inSteps, {
    min: 0,
    max: height,
    height,
    offset: OFFSET,
    format: (steps) => format((steps + lowest) * step),
  }).split("\n");

  for (const { label, priceWad } of openings) {
    const row = height - Math.round(toNumber(priceWad) / step - lowest);
    lines[row] = `${lines[row]!.trimEnd()} ${label}`;
  }

  const left = " ".repeat(LABEL_WIDTH + OFFSET - 1);
  const foot = `0${raisedAtEnd.padStart(curve.length - 1)}`;
  return ["FLOCK per MT", ...lines.map((line) => line.trimEnd()), `${left}${foot}  pool`, `${left}FLOCK raised`];
}

/** The smallest round step (1, 2 or 5 times a power of ten) with which a range fits on the page. */
function niceStep(range: number): number {
  const least = range / (MAX_ROWS - 1);
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least)!;
}

/** Only for drawing: no amount comes from it. */
function toNumber(wad: bigint): number {
  return Number(wad) / 1e18;
}

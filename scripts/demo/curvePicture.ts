import * as asciichart from "asciichart";

const { plot } = asciichart;

/** Rows of the picture. */
const HEIGHT = 12;
/** Columns after graduation, in which the pool's opening price is drawn. */
const POOL_COLUMNS = 12;
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
  const min = Math.min(...all);
  const max = Math.max(...all);
  const format = (price: number) => price.toFixed(4).padStart(LABEL_WIDTH);
  const lines = plot(series, { min, max, height: HEIGHT, offset: OFFSET, format }).split("\n");

  // The library rounds a price to a row in the same way.
  const ratio = HEIGHT / (max - min);
  for (const { label, priceWad } of openings) {
    const row = lines.length - 1 - (Math.round(toNumber(priceWad) * ratio) - Math.round(min * ratio));
    lines[row] = `${lines[row]!.trimEnd()} ${label}`;
  }

  const left = " ".repeat(LABEL_WIDTH + OFFSET - 1);
  const foot = `0${raisedAtEnd.padStart(curve.length - 1)}`;
  return ["FLOCK per MT", ...lines.map((line) => line.trimEnd()), `${left}${foot}  pool`, `${left}FLOCK raised`];
}

/** Only for drawing: no amount comes from it. */
function toNumber(wad: bigint): number {
  return Number(wad) / 1e18;
}

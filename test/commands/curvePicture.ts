import { expect } from "chai";
import { parseEther } from "ethers";

import { virtualFlock } from "../../sdk/src/raise/curve.ts";
import { curveChart } from "../../scripts/lib/offering/curvePicture.ts";
import { Random } from "../support/random.ts";

/** Where the curve begins and how many columns it has. */
const START = 14;
const COLUMNS = 59;

const target = parseEther("50000");
const curve = { target, startPriceWad: parseEther("0.1") };

describe("the picture of a curve", () => {
  /** The rows of the curve alone. */
  const rowsOf = (marks: [sign: string, raised: bigint][]) =>
    curveChart(curve, virtualFlock(curve), marks.map(([sign, raised]) => ({ sign, raised, what: "mark" })))
      .split("\n")
      .slice(1, 12); // prettier-ignore

  /** Where a sign stands, from the left and from above; undefined if nowhere. */
  function placeOf(rows: string[], sign: string): [column: number, row: number] | undefined {
    const row = rows.findIndex((line) => line.slice(START).includes(sign));
    return row === -1 ? undefined : [rows[row]!.indexOf(sign, START) - START, row];
  }

  it("marks its start, its end and what is between, on the curve", () => {
    const rows = rowsOf([["S", 0n], ["H", target / 2n], ["E", target]]); // prettier-ignore
    expect(placeOf(rows, "S")).to.deep.equal([0, 10]);
    expect(placeOf(rows, "E")).to.deep.equal([COLUMNS - 1, 0]);
    expect(placeOf(rows, "H")![0]).to.equal(30);
  });

  it("changes nothing of the curve but the marked characters, and rises with what is raised", () => {
    const random = new Random("picture");
    const bare = rowsOf([]);
    for (let i = 0; i < 200; ++i) {
      const [low, high] = [random.uniform(0n, target), random.uniform(0n, target)].sort((a, b) => (a < b ? -1 : 1)) as [bigint, bigint]; // prettier-ignore
      const rows = rowsOf([["H", high], ["L", low]]); // prettier-ignore
      expect(rows.map((row, at) => row.replaceAll(/[HL]/g, (_, place: number) => bare[at]![place]!))).to.deep.equal(
        bare,
      );
      const [above, below] = [placeOf(rows, "H")!, placeOf(rows, "L")];
      if (below === undefined) continue; // both in one place, of which the first alone is drawn
      expect(below[0]).to.be.lessThan(above[0]);
      expect(below[1]).to.be.at.least(above[1]);
    }
  });

  it("says what each mark stands for, with the sum and the price there", () => {
    const chart = curveChart(curve, virtualFlock(curve), [
      { sign: "A", what: "after", raised: target },
      { sign: "N", what: "now", raised: target },
    ]);
    expect(chart).to.contain("  A after  50,000 FLOCK raised, curve price 0.15625 FLOCK per MT\n");
    expect(chart).to.contain("  N now    50,000 FLOCK raised, curve price 0.15625 FLOCK per MT");
    expect(chart.split("\n").slice(1, 12).join("")).to.not.contain("N");
  });
});

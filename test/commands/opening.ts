import { expect } from "chai";
import { parseEther } from "ethers";

import { priceAt, pointAt, virtualFlock } from "../../sdk/src/raise/curve.ts";
import { aboveOpeningFrom, openingPrices } from "../../sdk/src/raise/opening.ts";
import type { OpeningTerms } from "../../sdk/src/raise/opening.ts";
import { besidePrice, describeOpening, jsonOpening, openingTable } from "../../scripts/lib/offering/opening.ts";
import { Random } from "../support/random.ts";

/** The worked example of section 3.3.4, of which the minimum is 20,000. */
const TARGET = parseEther("50000");
const example = (openingMode: OpeningTerms["openingMode"]): OpeningTerms => ({
  target: TARGET,
  minimumRaise: parseEther("20000"),
  virtualFlock: virtualFlock({ target: TARGET, startPriceWad: parseEther("0.1") }),
  openingMode,
});
const BASE_FEE_BPS = 125n;

describe("the price at which a pool would open", () => {
  it("is the paper's at the target, and that of the minimum before there is more", () => {
    const average = openingPrices(example("averagePrice"), 0n);
    expect(average).to.include({ atTargetWad: parseEther("0.125"), needsMore: true, isFinal: false });
    expect(average.soonestWad).to.equal(parseEther("0.11"));
    const curve = openingPrices(example("curvePrice"), 0n);
    expect(curve).to.include({ atTargetWad: parseEther("0.15625"), soonestWad: parseEther("0.121") });
  });

  it("is that of what has come in, from the minimum on", () => {
    const terms = example("averagePrice");
    const minimum = openingPrices(terms, terms.minimumRaise);
    expect(minimum).to.include({ soonestWad: parseEther("0.11"), needsMore: false, isFinal: false });
    expect(openingPrices(terms, terms.minimumRaise - 1n).needsMore).to.equal(true);
    expect(openingPrices(terms, parseEther("25000")).soonestWad).to.equal(parseEther("0.1125"));
  });

  it("is none now before the minimum has come in, and known at the minimum all the time", () => {
    const terms = example("averagePrice");
    const atMinimumWad = parseEther("0.11");
    expect(openingPrices(terms, 0n)).to.include({ nowWad: undefined, atMinimumWad });
    expect(openingPrices(terms, terms.minimumRaise - 1n)).to.include({ nowWad: undefined, atMinimumWad });
    expect(openingPrices(terms, terms.minimumRaise)).to.include({ nowWad: atMinimumWad, atMinimumWad });
    expect(openingPrices(terms, parseEther("25000"))).to.include({ nowWad: parseEther("0.1125"), atMinimumWad });
    expect(jsonOpening("averagePrice", openingPrices(terms, 0n))).to.include({ openingPriceNowFlockPerMt: null });
  });

  it("stands beside what a purchase pays on average and at last, with its sign", () => {
    const terms = example("averagePrice");
    const paid = { averageWad: parseEther("0.11"), lastWad: parseEther("0.125") };
    const table = (raised: bigint) => openingTable(terms, openingPrices(terms, raised), raised, paid).split("\n");
    const cells = (row: string | undefined) =>
      row
        ?.split("│")
        .map((cell) => cell.trim())
        .slice(1, -1);
    const early = table(parseEther("10000"));
    expect(cells(early[3])).to.deep.equal(["now, with this purchase", "10,000", "refunds", "", ""]);
    expect(cells(early[4])).to.deep.equal(["at the minimum", "20,000", "0.11", "the same", "-12%"]);
    expect(cells(early[5])).to.deep.equal(["at the target", "50,000", "0.125", "+13.63%", "the same"]);
    const late = table(parseEther("25000"));
    expect(cells(late[3])).to.deep.equal(["now, with this purchase", "25,000", "0.1125", "+2.27%", "-10%"]);
    expect(cells(late[4])![0]).to.equal("at the minimum (passed)");
  });

  it("is one price when nothing more can come in", () => {
    const terms = example("averagePrice");
    expect(describeOpening(openingPrices(terms, TARGET))).to.equal("0.125 FLOCK per MT");
    expect(describeOpening(openingPrices(terms, parseEther("25000"), true))).to.equal("0.1125 FLOCK per MT");
  });

  it("is told beside what somebody pays", () => {
    const terms = example("averagePrice");
    expect(describeOpening(openingPrices(terms, 0n), parseEther("0.125"))).to.equal(
      "0.11 FLOCK per MT if no more than the minimum comes in (12% below your price), 0.125 FLOCK per MT at the target (your price)",
    );
    expect(describeOpening(openingPrices(terms, terms.minimumRaise), parseEther("0.1"))).to.equal(
      "0.11 FLOCK per MT if nothing more comes in (10% above your price), 0.125 FLOCK per MT at the target (25% above your price)",
    );
    expect(besidePrice(parseEther("0.1") - 1n, parseEther("0.1"), "that")).to.equal("0.000000000000001% below that");
  });
});

describe("the sum from which on buyers pay more than the pool opens at", () => {
  it("is 11.8% of x0 in the paper's example without fees, and less with them", () => {
    const terms = example("averagePrice");
    // 0.1 (1 + D / 200,000)^2 = 0.125
    const from = aboveOpeningFrom(terms, TARGET, 0n)!;
    expect(from / 10n ** 18n).to.equal(23_606n);
    expect(aboveOpeningFrom(terms, TARGET, BASE_FEE_BPS)! / 10n ** 18n).to.equal(22_204n);
  });

  it("is nobody's without fees where the pool opens at the curve's price", () => {
    expect(aboveOpeningFrom(example("curvePrice"), TARGET, 0n)).to.equal(undefined);
    expect(aboveOpeningFrom(example("curvePrice"), TARGET, BASE_FEE_BPS)).to.be.a("bigint");
  });

  it("is the first of them on every curve, to the wei", () => {
    const random = new Random("above opening");
    for (let i = 0; i < 300; ++i) {
      const target = random.magnitude(10n ** 18n, 5n * 10n ** 26n);
      const startPriceWad = (target * random.uniform(500n, 990n)) / 400_000n / 1_000n;
      const x0 = virtualFlock({ target, startPriceWad });
      const openingMode = random.pick(["averagePrice", "curvePrice"] as const);
      const feeBps = random.pick([0n, BASE_FEE_BPS, 300n]);
      const end = random.uniform(target / 4n, target);
      const { openingPriceWad } = pointAt({ target }, x0, end, openingMode);
      const paysMore = (raised: bigint) => priceAt(target, x0, raised) * 10_000n > openingPriceWad * (10_000n - feeBps);
      const from = aboveOpeningFrom({ target, minimumRaise: 0n, virtualFlock: x0, openingMode }, end, feeBps);
      if (from === undefined) {
        expect(paysMore(end)).to.equal(false);
        continue;
      }
      expect(paysMore(from)).to.equal(true);
      if (from !== 0n) expect(paysMore(from - 1n)).to.equal(false);
    }
  });
});

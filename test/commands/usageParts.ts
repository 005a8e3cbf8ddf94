import { expect } from "chai";
import { parseEther, toBeHex } from "ethers";

import { WAD } from "../../sdk/src/units/numbers.ts";
import { earliest, stepsOf } from "../../scripts/lib/buyback/round.ts";
import { isWholeLot } from "../../sdk/src/buyback/lot.ts";
import type { NextLot } from "../../scripts/lib/buyback/lots.ts";
import { dayOf, epochAt } from "../../sdk/src/emissions/epochs.ts";
import { rewardOf } from "../../sdk/src/emissions/pool.ts";
import { ageFactorWad, shareOf } from "../../sdk/src/emissions/score.ts";
import { describeSeat, providerSeatsTo, seatOf } from "../../sdk/src/names/seats.ts";
import { stakeForCap } from "../../sdk/src/staking/discount.ts";
import { WASH_CIRCLES, isWashingExcluded, largestSafeCap, washGain } from "../../sdk/src/emissions/washTrading.ts";
import { parseModelIds } from "../../scripts/lib/command/modelId.ts";

describe("parts of the commands of usage and rewards", () => {
  describe("wash trading", () => {
    const [others, insiders] = WASH_CIRCLES.map(({ costWad }) => costWad) as [bigint, bigint];

    it("is excluded below what is lost of one USDC, for a cap and 5% of it for the issuer", () => {
      expect([others, insiders]).to.deep.equal([parseEther("0.6"), parseEther("0.3")]);
      expect(washGain(WAD, WAD)).to.equal(parseEther("1.05"));
      expect(washGain(parseEther("0.25"), WAD)).to.equal(parseEther("0.2625"));
    });

    it("has the largest safe caps that the document states", () => {
      const cases: [price: string, ofOthers: string, ofInsiders: string][] = [
        ["0.05", "11.428571428571428571", "5.714285714285714285"],
        ["0.28", "2.040816326530612244", "1.020408163265306122"],
        ["1", "0.571428571428571428", "0.285714285714285714"],
      ];
      for (const [price, ofOthers, ofInsiders] of cases) {
        expect(largestSafeCap(others, parseEther(price))).to.equal(parseEther(ofOthers));
        expect(largestSafeCap(insiders, parseEther(price))).to.equal(parseEther(ofInsiders));
      }
    });

    it("is not excluded at the bound itself, nor by rounding", () => {
      for (const price of ["0.25", "0.3", "1"].map((usd) => parseEther(usd))) {
        const cap = largestSafeCap(others, price);
        expect(isWashingExcluded(cap, others, price)).to.equal(true);
        expect(isWashingExcluded(cap + 1n, others, price)).to.equal(false);
      }
      // 1.05 · 20 · 1 = 21
      expect(isWashingExcluded(20n * WAD, 21n * WAD, WAD)).to.equal(false);
      expect(isWashingExcluded(20n * WAD - 1n, 21n * WAD, WAD)).to.equal(true);
      expect(washGain(1n, 1n)).to.equal(1n);
    });
  });

  describe("seats", () => {
    it("have the bytes that the contracts give them", () => {
      expect(seatOf("issuer", 7n)).to.equal(toBeHex((1n << 248n) | 7n, 32));
      expect(seatOf("buyback-model", 7n)).to.equal(toBeHex((5n << 248n) | 7n, 32));
    });

    it("are named in words", () => {
      const provider = (tier: bigint, term: bigint) => (3n << 248n) | (tier << 16n) | term;
      expect(describeSeat(BigInt(seatOf("treasury", 0n)))).to.equal("the treasury's seat");
      expect(describeSeat(provider(2n, 0n))).to.equal("the compute provider's seat of tier 2");
      expect(describeSeat(provider(2n, 1n))).to.equal("the compute provider's seat of tier 2 (provider 2)");
      expect(describeSeat(9n << 248n)).to.match(/^the seat 0x09/);
      const seats = providerSeatsTo(toBeHex(provider(2n, 2n), 32));
      expect(seats.map(BigInt)).to.deep.equal([provider(2n, 0n), provider(2n, 1n), provider(2n, 2n)]);
    });
  });

  describe("the buyback's keeper", () => {
    const lot = (changes: Partial<NextLot>): NextLot => ({
      ...{ kind: "flock", modelId: 0n, wait: "none", credit: 100n, amountIn: 40n, amountOut: 40n, nextAt: 1_000n },
      ...changes,
    });

    it("takes whole lots and last ones, and leaves crumbs", () => {
      expect(isWholeLot(lot({}), 1_000n)).to.equal(true);
      expect(isWholeLot(lot({}), 999n)).to.equal(false);
      expect(isWholeLot(lot({ amountIn: 100n }), 999n)).to.equal(true);
      expect(isWholeLot(lot({ wait: "bucketEmpty" }), 1_000n)).to.equal(false);
    });

    it("knows every step and the next moment", () => {
      expect(stepsOf([1n, 3n]).map(({ kind, modelId }) => `${kind} ${modelId.toString()}`)).to.deep.equal([
        "flock 0",
        "flock 1",
        "mt 1",
        "flock 3",
        "mt 3",
      ]);
      expect(earliest([{ nextAt: 0n }, { nextAt: 70n }], [{ dueAt: 90n }])).to.equal(70n);
      expect(earliest([{ nextAt: 0n }], [])).to.equal(undefined);
    });
  });

  describe("epochs and rewards", () => {
    it("are UTC days", () => {
      expect(epochAt(86_399n)).to.equal(0n);
      expect(dayOf(20_000n)).to.equal("2024-10-04");
    });

    it("age as in section 3.7", () => {
      expect(ageFactorWad(10n, 10n)).to.equal(WAD);
      expect(ageFactorWad(10n, 40n)).to.equal((150n * WAD) / 180n);
      expect(ageFactorWad(10n, 154n)).to.equal(WAD / 5n);
      expect(ageFactorWad(10n, 5_000n)).to.equal(WAD / 5n);
    });

    it("are divided and rounded down as the contracts do", () => {
      expect(shareOf(20_000n, 1n, 3n)).to.deep.equal({ share: 6_666n, bonus: 666n });
      expect(shareOf(20_000n, 0n, 0n)).to.deep.equal({ share: 0n, bonus: 0n });
      const pool = { flock: 20_000n, mt: 999n, weight: 50_000n, price: WAD, cap: 10n ** 12n };
      // 5% of 20,000 and of 999; they are worth 1,049, which net revenue of 1,049 may earn at this cap, and no less.
      const of = (net: bigint) => rewardOf(pool, { weight: 2_500n, net }, 12);
      expect(of(1_049n)).to.deep.equal({ flock: 1_000n, mt: 49n, cut: { flock: 0n, mt: 0n } });
      expect(of(524n)).to.deep.equal({ flock: 499n, mt: 24n, cut: { flock: 501n, mt: 25n } });
      expect(rewardOf({ ...pool, weight: 0n }, { weight: 0n, net: 1n }, 12)).to.include({ flock: 0n, mt: 0n });
    });

    it("list models once", () => {
      expect(parseModelIds("--models", "3, 1,3")).to.deep.equal([3n, 1n]);
    });

    it("say which stake brings the largest discount", () => {
      const view = { circulating: parseEther("600000"), capBps: 3_000n, multiplier: 2n };
      expect(stakeForCap(view)).to.equal(parseEther("90000"));
    });
  });
});

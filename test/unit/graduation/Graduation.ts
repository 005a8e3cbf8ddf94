import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";

import { sqrt } from "../../support/bigints.ts";
import { fillExactIn, priceAt, soldAt } from "../../support/expected.ts";
import { splitProceeds, splitSupply } from "../../support/model/graduation.ts";
import { ethers, networkHelpers, openOfferingFixture, protocolFixture } from "../../support/fixtures.ts";
import {
  BUNDLE_PAID,
  EXAMPLE,
  MODE,
  SHARE,
  launchBy,
  marketOf,
  partialSuccessFixture,
  soldOutFixture,
} from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { DAY, NO_DEADLINE } from "../../support/time.ts";
import { MT_SUPPLY, SALE_SUPPLY, WAD, tokens } from "../../support/units.ts";

/** Shares of a model's vesting record, in the order of the enum. */
const sharesOf = (f: ProtocolScene, modelId = 1n) =>
  Promise.all(Object.values(SHARE).map(async (share) => (await f.vault.allocationOf(modelId, share)).total));

const asTuple = (split: object): bigint[] => Object.values(split) as bigint[];

/** A whole raise without a bundle, in either opening mode. */
async function wholeRaise(openingMode: bigint) {
  const f = await protocolFixture();
  await launchBy(f, { openingMode });
  await f.offering.connect(f.bob).buyExactIn(1n, tokens(100_000), 0n, f.bob, NO_DEADLINE);
  return f;
}
const averagePriceFixture = () => wholeRaise(MODE.AveragePrice);
const curvePriceFixture = () => wholeRaise(MODE.CurvePrice);

/** A partial success without a bundle in `CurvePrice`. */
async function partialCurvePriceFixture() {
  const f = await protocolFixture();
  await launchBy(f, { openingMode: MODE.CurvePrice });
  await f.offering.connect(f.bob).buyExactIn(1n, tokens(30_000), 0n, f.bob, NO_DEADLINE);
  await networkHelpers.time.increase(8n * DAY);
  return f;
}

describe("Graduation", () => {
  describe("graduate", () => {
    it("reverts for everybody but the offering", async () => {
      const f = await networkHelpers.loadFixture(soldOutFixture);
      const raise = {
        modelId: 1n,
        raised: 1n,
        sold: 1n,
        bundleMt: 0n,
        virtualFlock: 1n,
        openingMode: MODE.AveragePrice,
        tokenSalt: ZeroHash,
      };
      for (const caller of [f.stranger, f.alice, f.administrator, f.guardian, f.treasury, f.deployer]) {
        await expect(f.graduation.connect(caller).graduate(raise))
          .to.be.revertedWithCustomError(f.graduation, "Graduation_NotOffering")
          .withArgs(caller);
      }
    });

    describe("given the worked example, sold out, in AveragePrice", () => {
      it("opens the pool with 25,000 FLOCK and 200,000 MT at 0.125 (section 3.3.5)", async () => {
        const f = await networkHelpers.loadFixture(averagePriceFixture);
        await f.offering.graduate(1n);
        const { reserves } = await marketOf(f);
        expect(reserves).to.deep.equal({ flock: tokens(25_000), mt: tokens(200_000) });
        expect((reserves.flock * 1_000n) / reserves.mt).to.equal(125n);
        expect(await f.graduation.openingReservesOf(1n)).to.deep.equal([tokens(25_000), tokens(200_000)]);
      });

      it("mints 1,000,000 and burns nothing (section 3.2)", async () => {
        const f = await networkHelpers.loadFixture(averagePriceFixture);
        await f.offering.graduate(1n);
        const { mt } = await marketOf(f);
        expect(await mt.totalSupply()).to.equal(MT_SUPPLY);
      });

      it("splits the supply 40 : 20 : 20 : 10 : 10 (section 3.2)", async () => {
        const f = await networkHelpers.loadFixture(averagePriceFixture);
        await f.offering.graduate(1n);
        const { mt, reserves } = await marketOf(f);
        expect(await mt.balanceOf(f.offering)).to.equal(tokens(400_000));
        expect(reserves.mt).to.equal(tokens(200_000));
        const [issuerMt, treasuryMt, incentiveReserve] = await sharesOf(f);
        expect([issuerMt, treasuryMt, incentiveReserve]).to.deep.equal([
          tokens(100_000),
          tokens(100_000),
          tokens(200_000),
        ]);
      });

      it("splits the raise 25 : 25 : 50 (section 3.4)", async () => {
        const f = await networkHelpers.loadFixture(averagePriceFixture);
        await f.offering.graduate(1n);
        const [, , , protocolFlock, stakingFund] = await sharesOf(f);
        expect([protocolFlock, stakingFund]).to.deep.equal([tokens(12_500), tokens(12_500)]);
        expect(await f.flock.balanceOf(f.vault)).to.equal(tokens(25_000));
      });

      it("leaves 600,000 MT in circulation: supply minus what has not vested (section 3.6)", async () => {
        const f = await networkHelpers.loadFixture(averagePriceFixture);
        await f.offering.graduate(1n);
        const { mt } = await marketOf(f);
        expect((await mt.totalSupply()) - (await f.vault.unvested(1n))).to.equal(tokens(600_000));
      });

      it("locks all liquidity but the pair's own minimum", async () => {
        const f = await networkHelpers.loadFixture(averagePriceFixture);
        await f.offering.graduate(1n);
        const { pair } = await marketOf(f);
        const liquidity = sqrt(tokens(25_000) * tokens(200_000));
        expect(await pair.totalSupply()).to.equal(liquidity);
        expect(await pair.balanceOf(f.locker)).to.equal(liquidity - 1_000n);
      });

      it("holds nothing after the call", async () => {
        const f = await networkHelpers.loadFixture(averagePriceFixture);
        await f.offering.graduate(1n);
        const { mt, pair } = await marketOf(f);
        for (const token of [f.flock, mt, pair]) expect(await token.balanceOf(f.graduation)).to.equal(0n);
      });

      it("reports every part", async () => {
        const f = await networkHelpers.loadFixture(averagePriceFixture);
        const { token } = await f.lens.raiseOf(1n);
        const tx = f.offering.graduate(1n);
        await tx;
        const { pairAddress, pair } = await marketOf(f);
        await expect(tx)
          .to.emit(f.graduation, "Graduated")
          .withArgs(
            1n,
            token,
            pairAddress,
            asTuple(splitSupply(SALE_SUPPLY, 0n, tokens(200_000))),
            asTuple(splitProceeds(tokens(50_000))),
            await pair.balanceOf(f.locker),
          );
      });
    });

    describe("given a bundle", () => {
      it("adds it to the issuer's share, which vests, and takes it from what supporters claim", async () => {
        const f = await networkHelpers.loadFixture(soldOutFixture);
        await f.offering.graduate(1n);
        const bundle = fillExactIn(EXAMPLE, 0n, BUNDLE_PAID).mtOut;
        const { mt } = await marketOf(f);
        const [issuerMt, treasuryMt] = await sharesOf(f);
        expect(issuerMt).to.equal(tokens(100_000) + bundle);
        expect(treasuryMt).to.equal(tokens(100_000));
        expect(await mt.balanceOf(f.offering)).to.equal(SALE_SUPPLY - bundle);
        expect(await mt.totalSupply()).to.equal(MT_SUPPLY);
      });
    });

    describe("given a partial success in AveragePrice", () => {
      it("scales every part with what was sold: 40 : 20 : 20 : 10 : 10 of 2.5 times the sale", async () => {
        const f = await networkHelpers.loadFixture(partialSuccessFixture);
        const { raised, bundleMt } = await f.lens.raiseOf(1n);
        await f.offering.graduate(1n);
        const sold = soldAt(EXAMPLE, raised);
        expect(sold < SALE_SUPPLY).to.equal(true);
        const { mt, reserves } = await marketOf(f);
        const [issuerMt, treasuryMt, incentiveReserve] = await sharesOf(f);
        expect(await mt.balanceOf(f.offering)).to.equal(sold - bundleMt);
        expect(reserves.mt).to.equal(sold / 2n);
        expect(incentiveReserve).to.equal(sold / 2n);
        expect(issuerMt).to.equal(sold / 4n + bundleMt);
        expect(treasuryMt).to.equal(sold / 4n);
        const supply = await mt.totalSupply();
        expect((sold * 5n) / 2n - supply <= 3n).to.equal(true);
      });

      it("burns the rest of the 1,000,000 at once", async () => {
        const f = await networkHelpers.loadFixture(partialSuccessFixture);
        const { raised, bundleMt, token } = await f.lens.raiseOf(1n);
        const sold = soldAt(EXAMPLE, raised);
        const split = splitSupply(sold, bundleMt, sold / 2n);
        await f.offering.graduate(1n);
        const { mt } = await marketOf(f);
        expect(await mt.totalSupply()).to.equal(MT_SUPPLY - split.burned);
        expect(await mt.getAddress()).to.equal(token);
        const burns = await mt.queryFilter(mt.filters.Transfer(undefined, ZeroAddress));
        expect(burns.map((burn) => burn.args.value)).to.deep.equal([split.burned]);
      });

      it("opens at the average price of the raise", async () => {
        const f = await networkHelpers.loadFixture(partialSuccessFixture);
        const { raised } = await f.lens.raiseOf(1n);
        await f.offering.graduate(1n);
        const { reserves } = await marketOf(f);
        const sold = soldAt(EXAMPLE, raised);
        expect(reserves).to.deep.equal({ flock: splitProceeds(raised).pool, mt: sold / 2n });
        // Opening price and average price agree to a few parts in 1e18.
        const opening = (reserves.flock * WAD) / reserves.mt;
        const average = (raised * WAD) / sold;
        expect(opening - average <= 2n && average - opening <= 2n).to.equal(true);
      });
    });

    describe("given CurvePrice", () => {
      it("opens where the curve ended: 0.15625 for the worked example, and burns the rest of the pool's share", async () => {
        const f = await networkHelpers.loadFixture(curvePriceFixture);
        await f.offering.graduate(1n);
        const { mt, reserves } = await marketOf(f);
        expect(reserves).to.deep.equal({ flock: tokens(25_000), mt: tokens(160_000) });
        expect((reserves.flock * WAD) / reserves.mt).to.equal(priceAt(EXAMPLE, EXAMPLE.target));
        expect(await mt.totalSupply()).to.equal(tokens(960_000));
      });

      it("does so for a partial success too", async () => {
        const f = await networkHelpers.loadFixture(partialCurvePriceFixture);
        const { raised } = await f.lens.raiseOf(1n);
        await f.offering.graduate(1n);
        const { reserves } = await marketOf(f);
        const sold = soldAt(EXAMPLE, raised);
        expect(reserves.mt).to.equal((sold * EXAMPLE.virtualFlock) / (2n * (EXAMPLE.virtualFlock + raised)));
        const opening = (reserves.flock * WAD) / reserves.mt;
        const last = priceAt(EXAMPLE, raised);
        expect(opening - last <= 2n && last - opening <= 2n).to.equal(true);
      });
    });
  });

  describe("openingReservesOf", () => {
    it("is zero before graduation", async () => {
      const f = await networkHelpers.loadFixture(openOfferingFixture);
      expect(await f.graduation.openingReservesOf(1n)).to.deep.equal([0n, 0n]);
    });

    it("stays what the pool opened with when people trade", async () => {
      const f = await networkHelpers.loadFixture(averagePriceFixture);
      await f.offering.graduate(1n);
      const { pairAddress, pair } = await marketOf(f);
      await f.flock.connect(f.carol).transfer(pairAddress, tokens(100));
      await pair.sync();
      expect(await f.graduation.openingReservesOf(1n)).to.deep.equal([tokens(25_000), tokens(200_000)]);
    });
  });

  describe("QwenALICE (section 4.2)", () => {
    it("graduates at a target of 100,000: 50,000 FLOCK and 200,000 MT, at 0.25", async () => {
      const f = await networkHelpers.loadFixture(protocolFixture);
      await launchBy(f, { target: tokens(100_000), minimumRaise: tokens(40_000), startPriceWad: WAD / 5n });
      await f.offering.connect(f.bob).buyExactIn(1n, tokens(200_000), 0n, f.bob, NO_DEADLINE);
      expect((await f.lens.raiseOf(1n)).priceWad).to.equal((3_125n * WAD) / 10_000n);
      await expect(f.offering.graduate(1n)).to.changeTokenBalances(ethers, f.flock, [f.vault], [tokens(50_000)]);
      const { reserves } = await marketOf(f);
      expect(reserves).to.deep.equal({ flock: tokens(50_000), mt: tokens(200_000) });
    });
  });
});

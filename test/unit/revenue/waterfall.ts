import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { deployAs } from "../../support/scenes.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { usdc } from "../../support/units.ts";
import { waterfall } from "../../support/usage/numbers.ts";
import { SEATS } from "../../support/usage/seatNames.ts";
import { governed, keyPair, servedFixture } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";

describe("RevenueWaterfall", () => {
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(servedFixture);
  });

  /** Settles card usage at the price floor: the simplest way to bring revenue. */
  const bring = (units: bigint, paid: bigint, modelId = 1n) =>
    f.meter.connect(f.platform).settleCard([{ modelId, units, list: paid, paid }]);
  const creditsOf = async (modelId: bigint) => ({
    opex: await f.waterfall.creditOf(SEATS.provider(1n)),
    flockBuyback: await f.waterfall.creditOf(SEATS.buybackFlock),
    treasury: await f.waterfall.creditOf(SEATS.treasury),
    issuer: await f.waterfall.creditOf(SEATS.issuer(modelId)),
    mtBuyback: await f.waterfall.creditOf(SEATS.buybackModel(modelId)),
  });

  describe("split", () => {
    it("reverts for everybody but the meter", async () => {
      for (const caller of [f.stranger, f.deployer, f.administrator, f.guardian, f.platform, f.issuer]) {
        await expect(f.waterfall.connect(caller).split(1n, SEATS.provider(1n), 1n, 1n))
          .to.be.revertedWithCustomError(f.waterfall, "Waterfall_NotMeter")
          .withArgs(caller);
      }
    });

    it("divides the paper's 10,000 net into 3,000 / 3,000 / 3,000 / 1,000 (section 4.3)", async () => {
      // 10,000 million units cost 2,000 USDC; 12,000 are paid.
      const tx = await bring(10_000_000_000n, usdc(12_000));
      await expect(tx)
        .to.emit(f.meter, "UsageSettled")
        .withArgs(1n, true, 10_000_000_000n, usdc(12_000), usdc(12_000), usdc(10_000));
      expect(await creditsOf(1n)).to.deep.equal({
        opex: usdc(2_000),
        flockBuyback: usdc(3_000),
        treasury: usdc(3_000),
        issuer: usdc(1_000),
        mtBuyback: usdc(3_000),
      });
      expect(await f.usdc.balanceOf(f.waterfall)).to.equal(usdc(12_000));
    });

    it("reports the parts, and the credits of all five seats after it", async () => {
      await bring(5_000_000n, usdc(7));
      const before = await creditsOf(1n);
      const { opex, flockBuyback, treasury, issuer, mtBuyback } = waterfall(1_234_567n, 777_777n, 200_000n);
      const splitting = bring(777_777n, 1_234_567n);
      await splitting;
      const after = await creditsOf(1n);
      await expect(splitting)
        .to.emit(f.waterfall, "RevenueSplit")
        .withArgs(1n, SEATS.provider(1n), opex, [flockBuyback, treasury, issuer, mtBuyback], after.opex, [
          after.flockBuyback,
          after.treasury,
          after.issuer,
          after.mtBuyback,
        ]);
      expect(after.opex - before.opex).to.equal(opex);
      expect(after.mtBuyback - before.mtBuyback).to.equal(mtBuyback);
    });

    it("rounds compute cost down for each row: a row of less than a unit's worth costs nothing", async () => {
      for (let i = 0; i < 10; ++i) await bring(3n, 7n);
      expect(await f.waterfall.creditOf(SEATS.provider(1n))).to.equal(0n);
      await bring(30n, 70n);
      expect(await f.waterfall.creditOf(SEATS.provider(1n))).to.equal(6n);
    });

    it("adds up to the unit for amounts that do not divide; the MT buyback takes the remainder", async () => {
      let total = 0n;
      for (const paid of [1n, 2n, 3n, 9n, 10n, 11n, 99n, 1_000_003n]) {
        const before = await creditsOf(1n);
        await bring(paid, paid);
        const expected = waterfall(paid, paid, 200_000n);
        const after = await creditsOf(1n);
        for (const part of ["opex", "flockBuyback", "treasury", "issuer", "mtBuyback"] as const) {
          expect(after[part] - before[part]).to.equal(expected[part]);
        }
        total += paid;
        expect(Object.values(after).reduce((sum, credit) => sum + credit)).to.equal(total);
      }
      expect(await f.usdc.balanceOf(f.waterfall)).to.equal(total);
    });

    it("keeps models apart", async () => {
      await bring(3n, 100n, 1n);
      await bring(4n, 1_000n, 2n);
      expect(await f.waterfall.creditOf(SEATS.issuer(1n))).to.equal(10n);
      expect(await f.waterfall.creditOf(SEATS.issuer(2n))).to.equal(100n);
      expect(await f.waterfall.creditOf(SEATS.treasury)).to.equal(330n);
    });

    it("pays a new provider from then on; the former keeps what it has earned", async () => {
      await bring(1_000_003n, usdc(2));
      await governed(f, f.registry, "nameProvider", [1n, f.carol.address]);
      await bring(5n, usdc(1));
      expect(await f.waterfall.creditOf(SEATS.provider(1n, 0n))).to.equal(200_000n);
      expect(await f.waterfall.creditOf(SEATS.provider(1n, 1n))).to.equal(1n);
      await f.waterfall.connect(f.provider).claim(SEATS.provider(1n, 0n), 200_000n, f.provider);
      await f.waterfall.connect(f.carol).claim(SEATS.provider(1n, 1n), 1n, f.carol);
    });

    it("P17 takes what compute costs now, and at most a payment divided by 1.1, when the tier becomes dear", async () => {
      const tier = await f.registry.tierOf(1n);
      const rest = { minMinimumRaise: tier.minMinimumRaise, open: true, maxTarget: tier.maxTarget };
      const changeTo = (computeCost: bigint) => {
        const terms = { computeCost, ...rest, guaranteesHash: tier.guaranteesHash };
        return governed(f, f.registry, "changeTier", [1n, terms, "https://example.org/tier"]);
      };
      // Above what the floor of a launch would have allowed, and still covered by this payment.
      await changeTo(800_000n);
      await bring(1_000_000n, usdc(1));
      expect(await f.waterfall.creditOf(SEATS.provider(1n))).to.equal(800_000n);
      await changeTo(usdc(1_000));
      await bring(1_000_000n, usdc("1.1"));
      expect(await f.waterfall.creditOf(SEATS.provider(1n))).to.equal(800_000n + usdc(1));
    });
  });

  describe("claim", () => {
    beforeEach(async () => {
      await bring(10_000_000_000n, usdc(12_000));
    });

    /** Seats that people hold, with their credit. */
    const seats = () => [
      { seat: SEATS.provider(1n), holder: f.provider, credit: usdc(2_000) },
      { seat: SEATS.treasury, holder: f.treasury, credit: usdc(3_000) },
      { seat: SEATS.issuer(1n), holder: f.issuer, credit: usdc(1_000) },
    ];

    it("reverts for everybody but the holder", async () => {
      for (const { seat, holder } of seats()) {
        for (const caller of [f.stranger, f.administrator, f.guardian, f.platform, f.deployer]) {
          await expect(f.waterfall.connect(caller).claim(seat, 1n, caller))
            .to.be.revertedWithCustomError(f.waterfall, "Waterfall_NotHolder")
            .withArgs(seat, caller, holder);
        }
      }
    });

    it("reverts for a seat that nobody holds", async () => {
      await expect(f.waterfall.connect(f.issuer).claim(SEATS.issuer(99n), 1n, f.issuer))
        .to.be.revertedWithCustomError(f.waterfall, "Waterfall_NotHolder")
        .withArgs(SEATS.issuer(99n), f.issuer, ZeroAddress);
    });

    it("reverts for the seats of the buyback", async () => {
      for (const seat of [SEATS.buybackFlock, SEATS.buybackModel(1n)]) {
        await expect(f.waterfall.connect(f.administrator).claim(seat, 1n, f.administrator))
          .to.be.revertedWithCustomError(f.waterfall, "Waterfall_NotHolder")
          .withArgs(seat, f.administrator, f.buyback);
      }
    });

    it("reverts to the zero address", async () => {
      for (const { seat, holder } of seats()) {
        const claim = f.waterfall.connect(holder).claim(seat, 1n, ZeroAddress);
        await expect(claim).to.be.revertedWithCustomError(f.waterfall, "Waterfall_ZeroRecipient");
      }
    });

    it("reverts for zero", async () => {
      for (const { seat, holder } of seats()) {
        const claim = f.waterfall.connect(holder).claim(seat, 0n, holder);
        await expect(claim).to.be.revertedWithCustomError(f.waterfall, "Waterfall_ZeroAmount");
      }
    });

    it("reverts for more than the credit", async () => {
      for (const { seat, holder, credit } of seats()) {
        await expect(f.waterfall.connect(holder).claim(seat, credit + 1n, holder))
          .to.be.revertedWithCustomError(f.waterfall, "Waterfall_AboveCredit")
          .withArgs(seat, credit + 1n, credit);
      }
    });

    it("pays to any address, in parts, and reports what is left", async () => {
      for (const { seat, holder, credit } of seats()) {
        const to = keyPair(`elsewhere ${seat}`).address;
        const tx = await f.waterfall.connect(holder).claim(seat, 1n, to);
        await expect(tx)
          .to.emit(f.waterfall, "CreditClaimed")
          .withArgs(seat, holder, to, 1n, credit - 1n);
        await expect(tx).to.changeTokenBalances(ethers, f.usdc, [f.waterfall, to, holder], [-1n, 1n, 0n]);
        await f.waterfall.connect(holder).claim(seat, credit - 1n, to);
        expect(await f.waterfall.creditOf(seat)).to.equal(0n);
        expect(await f.usdc.balanceOf(to)).to.equal(credit);
      }
    });

    it("gives unclaimed credit to whoever holds the seat after a hand-over", async () => {
      for (const { seat, holder, credit } of seats()) {
        await f.registry.connect(holder).offerSeat(seat, f.bob);
        await f.waterfall.connect(holder).claim(seat, 1n, holder);
        await f.registry.connect(f.bob).acceptSeat(seat);
        await expect(f.waterfall.connect(holder).claim(seat, 1n, holder))
          .to.be.revertedWithCustomError(f.waterfall, "Waterfall_NotHolder")
          .withArgs(seat, holder, f.bob);
        await expect(f.waterfall.connect(f.bob).claim(seat, credit - 1n, f.bob)).to.changeTokenBalance(
          ethers,
          f.usdc,
          f.bob,
          credit - 1n,
        );
      }
    });

    it("gives the buyback's unclaimed credit to the holder whom governance names, after 48 hours", async () => {
      await governed(f, f.registry, "nameBuybackHolder", [SEATS.buybackFlock, f.bob.address]);
      await f.waterfall.connect(f.bob).claim(SEATS.buybackFlock, usdc(3_000), f.bob);
      expect(await f.waterfall.creditOf(SEATS.buybackFlock)).to.equal(0n);
    });
  });

  describe("wire", () => {
    it("cannot be repeated", async () => {
      await expect(f.waterfall.connect(f.deployer).wire(f.meter))
        .to.be.revertedWithCustomError(f.waterfall, "Wiring_AlreadyWired")
        .withArgs((link: string) => link !== "", f.meter);
      expect(await f.waterfall.requireWired()).to.equal(true);
    });

    it("is the deployer's alone", async () => {
      await expect(f.waterfall.connect(f.administrator).wire(f.meter))
        .to.be.revertedWithCustomError(f.waterfall, "Wiring_NotDeployer")
        .withArgs(f.administrator, f.deployer);
      expect(await f.waterfall.requireWired()).to.equal(true);
    });

    const anotherWaterfall = () => deployAs("waterfall", [f.addresses.usdc, f.addresses.registry], f.deployer);

    it("is missing in a waterfall of its own until it is done", async () => {
      const fresh = await anotherWaterfall();
      await expect(fresh.requireWired()).to.be.revertedWithCustomError(fresh, "Wiring_Missing");
    });

    it("reverts for an address without code", async () => {
      const fresh = await anotherWaterfall();
      await expect(fresh.wire(f.stranger))
        .to.be.revertedWithCustomError(fresh, "Wiring_NotAContract")
        .withArgs((link: string) => link !== "", f.stranger);
    });
  });

  it("holds nothing of FLOCK and nothing beyond its credits", async () => {
    await bring(5n, 17n);
    expect(await f.flock.balanceOf(f.waterfall)).to.equal(0n);
    const credits = Object.values(await creditsOf(1n)).reduce((sum, credit) => sum + credit);
    expect(await f.usdc.balanceOf(f.waterfall)).to.equal(credits);
  });
});

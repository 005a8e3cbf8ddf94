import { expect } from "chai";
import { ZeroAddress, encodeBytes32String } from "ethers";

import { at } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import {
  earningFixture,
  govern,
  lastRollOf,
  settle,
  settleCard,
  toNoonIn,
  twoModelsFixture,
} from "../../support/earning.ts";
import { DAY } from "../../support/time.ts";
import { tokens, usdc } from "../../support/units.ts";

/** The max of each setting (decision 27); the min is 0. */
const MAX_DAILY_RATE = tokens(1_000_000);
const MAX_FLOCK_PER_USDC = 1_000n;
const MAX_MINIMUM_STAKE = tokens(1_000);

/** What 100 USDC of net revenue earn at the local cap on the first day [FLOCK wei]. */
const earnedBy = (net: bigint) => net * 100n * 10n ** 12n;

/** Bob has used the model yesterday. */
async function usedFixture() {
  const f = await earningFixture();
  const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
  const epoch = await f.emissions.currentEpoch();
  await toNoonIn(1n);
  return { ...f, net, epoch };
}

/** A model whose reserves can be swept in a minute; Bob has used it once, Dave by card later. */
async function sweepableFixture() {
  const f = await usedFixture();
  await networkHelpers.time.increase(100n * DAY);
  await settleCard(f, f.modelId, usdc(100));
  const { startAt } = await f.vault.recordOf(f.modelId);
  const sweepableAt = startAt + 540n * DAY;
  await networkHelpers.time.increaseTo(sweepableAt - 60n);
  return { ...f, sweepableAt };
}

describe("EmissionDistributor", () => {
  describe("wire", () => {
    it("names the meter once, and only the deployer may", async () => {
      const { emissions, addresses, deployer, stranger } = await networkHelpers.loadFixture(earningFixture);
      expect(await emissions.meter()).to.equal(addresses.meter);
      expect(await emissions.requireWired()).to.equal(true);
      await expect(emissions.connect(stranger).wire(addresses.meter))
        .to.be.revertedWithCustomError(emissions, "Wiring_NotDeployer")
        .withArgs(stranger, deployer);
      await expect(emissions.connect(deployer).wire(addresses.meter))
        .to.be.revertedWithCustomError(emissions, "Wiring_AlreadyWired")
        .withArgs(encodeBytes32String("meter"), addresses.meter);
    });
  });

  describe("fund", () => {
    it("reverts when the amount is zero", async () => {
      const { emissions, stranger } = await networkHelpers.loadFixture(earningFixture);
      await expect(emissions.connect(stranger).fund(0n)).to.be.revertedWithCustomError(
        emissions,
        "Emission_ZeroAmount",
      );
    });

    it("reverts without an allowance, and without the FLOCK, and counts nothing then", async () => {
      const { emissions, flock, stranger } = await networkHelpers.loadFixture(earningFixture);
      const before = await emissions.unreserved();
      await flock.transfer(stranger, 7n);
      await expect(emissions.connect(stranger).fund(7n))
        .to.be.revertedWithCustomError(flock, "ERC20InsufficientAllowance")
        .withArgs(emissions, 0n, 7n);
      await flock.connect(stranger).approve(emissions, 8n);
      await expect(emissions.connect(stranger).fund(8n))
        .to.be.revertedWithCustomError(flock, "ERC20InsufficientBalance")
        .withArgs(stranger, 7n, 8n);
      expect(await emissions.unreserved()).to.equal(before);
    });

    it("takes FLOCK of anyone into the budget", async () => {
      const { emissions, flock, stranger } = await networkHelpers.loadFixture(earningFixture);
      await flock.transfer(stranger, 7n);
      await flock.connect(stranger).approve(emissions, 7n);
      const before = await emissions.unreserved();
      const funding = emissions.connect(stranger).fund(7n);
      await expect(funding)
        .to.emit(emissions, "Funded")
        .withArgs(stranger, 7n, before + 7n);
      await expect(funding).to.changeTokenBalances(ethers, flock, [stranger, emissions], [-7n, 7n]);
      expect(await emissions.unreserved()).to.equal(before + 7n);
    });
  });

  describe("record", () => {
    it("reverts for everybody but the meter", async () => {
      const { emissions, platform, modelId } = await networkHelpers.loadFixture(earningFixture);
      await expect(emissions.connect(platform).record(modelId, 1n, 1n, 1n, []))
        .to.be.revertedWithCustomError(emissions, "Emission_NotMeter")
        .withArgs(platform);
    });

    it("adds score, weight and allowance, and raises the emission", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const budget = await f.emissions.unreserved();
      const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
      const epoch = await f.emissions.currentEpoch();
      const model = await f.emissions.modelRewardsOf(f.modelId);
      expect(model.openEpoch).to.equal(epoch);
      expect(model.openScore).to.equal(net * 180n);
      expect(model.openWeight).to.equal(usdc(100));
      expect(model.openAllowance).to.equal(earnedBy(net));
      const totals = await f.emissions.epochTotalsOf(epoch);
      expect(totals.emission).to.equal(earnedBy(net));
      expect(await f.emissions.unreserved()).to.equal(budget - earnedBy(net));
      expect(await f.emissions.weightOf(f.bob, f.modelId)).to.deep.equal([epoch, usdc(100)]);
      const [recorded] = await f.emissions.queryFilter(f.emissions.filters.UsageRecorded(f.modelId));
      expect(recorded!.args.slice(2)).to.deep.equal([
        model.openScore,
        model.openWeight,
        model.openAllowance,
        totals.totalScore,
        totals.emission,
      ]);
      const [added] = await f.emissions.queryFilter(f.emissions.filters.WeightAdded(f.modelId, f.bob));
      expect(added!.args.slice(2)).to.deep.equal([epoch, usdc(100)]);
    });

    it("gives no weight and no allowance for users without the minimum stake, nor for cards", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const net = await settle(f, f.modelId, [{ user: f.dave, list: usdc(100) }]);
      const byCard = await settleCard(f, f.modelId, usdc(50));
      const model = await f.emissions.modelRewardsOf(f.modelId);
      expect(model.openScore).to.equal((net + byCard) * 180n);
      expect(model.openWeight).to.equal(0n);
      expect(model.openAllowance).to.equal(0n);
    });

    it("gives allowance for the eligible part of a settlement only", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const net = await settle(f, f.modelId, [
        { user: f.dave, list: usdc(300) },
        { user: f.bob, list: usdc(100) },
      ]);
      const { openAllowance } = await f.emissions.modelRewardsOf(f.modelId);
      expect(openAllowance).to.equal(earnedBy(net) / 4n);
    });

    it("counts a list price only as far as the largest discount reaches", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(100), paid: usdc(70) }]);
      expect((await f.emissions.weightOf(f.bob, f.modelId)).weight).to.equal(usdc(100));
    });
  });

  describe("roll", () => {
    it("does nothing while the epoch is open", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
      await expect(f.emissions.connect(f.stranger).roll(f.modelId)).not.to.emit(f.emissions, "ModelRolled");
    });

    it("closes the epoch once: bonus, pool, and the slice of the fund drawn from the vault", async () => {
      const f = await networkHelpers.loadFixture(usedFixture);
      const share = earnedBy(f.net);
      const rolling = f.emissions.connect(f.stranger).roll(f.modelId);
      await rolling;
      const rolled = await lastRollOf(f, f.modelId);
      expect([...rolled]).to.deep.equal([
        f.modelId,
        f.epoch,
        share,
        share / 10n,
        share - share / 10n,
        rolled.fund,
        rolled.reserve,
        usdc(100),
        0n,
      ]);
      await expect(rolling).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.vault, f.emissions],
        [-rolled.fund, rolled.fund],
      );
      const pool = await f.emissions.poolOf(f.modelId, f.epoch);
      expect(pool).to.deep.equal([rolled.emission + rolled.fund, rolled.reserve, usdc(100)]);
      const model = await f.emissions.modelRewardsOf(f.modelId);
      expect(model.releasedFund).to.equal(rolled.fund);
      expect(model.releasedReserve).to.equal(rolled.reserve);
      expect(model.issuerBonus).to.equal(share / 10n);
      expect([model.openEpoch, model.openScore, model.openWeight, model.openAllowance]).to.deep.equal([0n, 0n, 0n, 0n]);
      await expect(f.emissions.roll(f.modelId)).not.to.emit(f.emissions, "ModelRolled");
    });

    it("does nothing for a model that does not exist", async () => {
      const f = await networkHelpers.loadFixture(usedFixture);
      await expect(f.emissions.roll(99n)).not.to.emit(f.emissions, "ModelRolled");
    });
  });

  describe("claim", () => {
    it("reverts when there is nothing, and while the epoch is open", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
      const cases: [typeof f.bob, bigint[]][] = [[f.bob, [f.modelId]], [f.dave, [f.modelId]], [f.bob, []], [f.bob, [99n]]]; // prettier-ignore
      for (const [user, models] of cases)
        await expect(f.emissions.claim(user, models))
          .to.be.revertedWithCustomError(f.emissions, "Emission_NothingToClaim")
          .withArgs(user);
    });

    it("pays the user what the view says, whoever asks, and rolls the model on the way", async () => {
      const f = await networkHelpers.loadFixture(usedFixture);
      const due = await f.emissions.claimableOf(f.bob, f.modelId);
      expect(due.flock).to.be.greaterThan(0n);
      expect(due.mt).to.be.greaterThan(0n);
      const claiming = f.emissions.connect(f.stranger).claim(f.bob, [f.modelId]);
      await expect(claiming)
        .to.emit(f.emissions, "RewardClaimed")
        .withArgs(f.modelId, f.bob, due.flock, due.mt)
        .and.to.emit(f.emissions, "ModelRolled");
      await expect(claiming).to.changeTokenBalance(ethers, f.flock, f.bob, due.flock);
      await expect(claiming).to.changeTokenBalances(ethers, f.mt, [f.vault, f.bob], [-due.mt, due.mt]);
      expect(await f.emissions.claimableOf(f.bob, f.modelId)).to.deep.equal([0n, 0n]);
      await expect(f.emissions.claim(f.bob, [f.modelId])).to.be.revertedWithCustomError(
        f.emissions,
        "Emission_NothingToClaim",
      );
    });

    it("returns the FLOCK of all the models together, without what is paid in MT", async () => {
      const f = await networkHelpers.loadFixture(twoModelsFixture);
      await settle(f, f.modelId, [{ user: f.carol, list: usdc(100) }]);
      await settle(f, f.secondId, [{ user: f.carol, list: usdc(50) }]);
      await toNoonIn(1n);
      const first = await f.emissions.claimableOf(f.carol, f.modelId);
      const second = await f.emissions.claimableOf(f.carol, f.secondId);
      expect(first.flock > 0n && second.flock > 0n && first.mt > 0n).to.equal(true);
      expect(await f.emissions.claim.staticCall(f.carol, [f.modelId])).to.equal(first.flock);
      expect(await f.emissions.claim.staticCall(f.carol, [f.modelId, f.secondId])).to.equal(first.flock + second.flock);
    });

    it("pays several models in one call, and a model that is named twice once", async () => {
      const f = await networkHelpers.loadFixture(twoModelsFixture);
      await settle(f, f.modelId, [{ user: f.carol, list: usdc(100) }]);
      await settle(f, f.secondId, [{ user: f.carol, list: usdc(50) }]);
      await toNoonIn(1n);
      const first = await f.emissions.claimableOf(f.carol, f.modelId);
      const second = await f.emissions.claimableOf(f.carol, f.secondId);
      const claiming = f.emissions.claim(f.carol, [f.secondId, f.modelId, f.secondId]);
      await expect(claiming).to.changeTokenBalance(ethers, f.flock, f.carol, first.flock + second.flock);
      await expect(claiming).to.changeTokenBalance(ethers, f.mt, f.carol, first.mt);
      await expect(claiming).to.changeTokenBalance(ethers, f.secondMt, f.carol, second.mt);
    });

    it("leaves the weight of the open epoch where it is", async () => {
      const f = await networkHelpers.loadFixture(usedFixture);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(30) }]);
      await f.emissions.claim(f.bob, [f.modelId]);
      expect((await f.emissions.weightOf(f.bob, f.modelId)).weight).to.equal(usdc(30));
      await toNoonIn(1n);
      expect((await f.emissions.claimableOf(f.bob, f.modelId)).flock).to.be.greaterThan(0n);
    });

    it("adds up several epochs that nobody claimed", async () => {
      const f = await networkHelpers.loadFixture(usedFixture);
      const first = await f.emissions.claimableOf(f.bob, f.modelId);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(30) }]);
      expect(await f.emissions.claimableOf(f.bob, f.modelId)).to.deep.equal(first);
      await toNoonIn(40n);
      const both = await f.emissions.claimableOf(f.bob, f.modelId);
      await f.emissions.roll(f.modelId);
      const rolled = await lastRollOf(f, f.modelId);
      expect(both.flock).to.equal(first.flock + rolled.emission + rolled.fund);
      expect(both.mt).to.equal(first.mt + rolled.reserve);
    });
  });

  describe("claimIssuerBonus", () => {
    it("reverts for anyone but the holder, for the zero address, and when there is nothing", async () => {
      const f = await networkHelpers.loadFixture(usedFixture);
      await expect(f.emissions.connect(f.bob).claimIssuerBonus(f.modelId, f.bob))
        .to.be.revertedWithCustomError(f.emissions, "Emission_NotIssuer")
        .withArgs(f.bob, f.alice);
      await expect(f.emissions.connect(f.alice).claimIssuerBonus(f.modelId, ZeroAddress)).to.be.revertedWithCustomError(
        f.emissions,
        "Emission_ZeroRecipient",
      );
      await f.emissions.connect(f.alice).claimIssuerBonus(f.modelId, f.alice);
      await expect(f.emissions.connect(f.alice).claimIssuerBonus(f.modelId, f.alice))
        .to.be.revertedWithCustomError(f.emissions, "Emission_NothingToClaim")
        .withArgs(f.alice);
    });

    it("reverts for a model that does not exist, whose issuer nobody is", async () => {
      const f = await networkHelpers.loadFixture(usedFixture);
      for (const modelId of [0n, 2n, 99n]) {
        await expect(f.emissions.connect(f.alice).claimIssuerBonus(modelId, f.alice))
          .to.be.revertedWithCustomError(f.emissions, "Emission_NotIssuer")
          .withArgs(f.alice, ZeroAddress);
      }
    });

    it("pays the bonus to the address that the holder names", async () => {
      const f = await networkHelpers.loadFixture(usedFixture);
      const bonus = earnedBy(f.net) / 10n;
      expect(await f.emissions.issuerBonusOf(f.modelId)).to.equal(bonus);
      expect(await f.emissions.connect(f.alice).claimIssuerBonus.staticCall(f.modelId, f.dave)).to.equal(bonus);
      const claiming = f.emissions.connect(f.alice).claimIssuerBonus(f.modelId, f.dave);
      await expect(claiming).to.emit(f.emissions, "IssuerBonusClaimed").withArgs(f.modelId, f.dave, bonus);
      await expect(claiming).to.changeTokenBalance(ethers, f.flock, f.dave, bonus);
      expect(await f.emissions.issuerBonusOf(f.modelId)).to.equal(0n);
    });
  });

  describe("sweep", () => {
    it("reverts for a model that has not graduated, and a second too early", async () => {
      const f = await networkHelpers.loadFixture(sweepableFixture);
      await expect(f.emissions.sweep(99n))
        .to.be.revertedWithCustomError(f.emissions, "Emission_NotGraduated")
        .withArgs(99n);
      await at(f.sweepableAt - 1n);
      await expect(f.emissions.sweep(f.modelId))
        .to.be.revertedWithCustomError(f.emissions, "Emission_NotSweepable")
        .withArgs(f.modelId, f.sweepableAt);
      await at(f.sweepableAt);
      await f.emissions.sweep(f.modelId);
    });

    it("reverts on a day on which somebody eligible has used the model: its pool may need what is left", async () => {
      const f = await networkHelpers.loadFixture(sweepableFixture);
      await networkHelpers.time.increaseTo(f.sweepableAt);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(1) }]);
      await expect(f.emissions.sweep(f.modelId))
        .to.be.revertedWithCustomError(f.emissions, "Emission_StillEarning")
        .withArgs(f.modelId, await f.emissions.currentEpoch());
      await toNoonIn(1n);
      await settleCard(f, f.modelId, usdc(1));
      const before = await f.emissions.claimableOf(f.bob, f.modelId);
      expect(before.mt).to.be.greaterThan(0n);
      await f.emissions.sweep(f.modelId);
      expect(await f.emissions.claimableOf(f.bob, f.modelId)).to.deep.equal(before);
    });

    it("takes what was carried since again, 360 days after the day of the last time, and nothing else", async () => {
      const f = await networkHelpers.loadFixture(sweepableFixture);
      await networkHelpers.time.increaseTo(f.sweepableAt);
      const sweptOn = await f.emissions.currentEpoch();
      await f.emissions.sweep(f.modelId);
      expect((await f.emissions.modelRewardsOf(f.modelId)).sweptEpoch).to.equal(sweptOn);
      await settleCard(f, f.modelId, usdc(100));
      const again = (sweptOn + 1n + 360n) * DAY;
      await at(again - 1n);
      await expect(f.emissions.sweep(f.modelId))
        .to.be.revertedWithCustomError(f.emissions, "Emission_NotSweepable")
        .withArgs(f.modelId, again);
      await f.emissions.roll(f.modelId);
      const { carriedEmission } = await f.emissions.modelRewardsOf(f.modelId);
      expect(carriedEmission).to.be.greaterThan(0n);
      const supply = await f.mt.totalSupply();
      const sweeping = f.emissions.connect(f.stranger).sweep(f.modelId);
      await expect(sweeping).to.emit(f.emissions, "ModelSwept").withArgs(f.modelId, carriedEmission, 0n);
      await expect(sweeping).to.changeTokenBalance(ethers, f.flock, f.treasury, carriedEmission);
      expect(await f.mt.totalSupply()).to.equal(supply);
    });

    it("gives carried FLOCK and the rest of the fund to the treasury, and burns the MT", async () => {
      const f = await networkHelpers.loadFixture(sweepableFixture);
      await networkHelpers.time.increaseTo(f.sweepableAt);
      await f.emissions.roll(f.modelId);
      const model = await f.emissions.modelRewardsOf(f.modelId);
      const fundLeft = tokens(12_500) - model.releasedFund;
      const mtLeft = tokens(200_000) - model.releasedReserve;
      expect(model.carriedEmission).to.be.greaterThan(0n);
      const supply = await f.mt.totalSupply();
      const sweeping = f.emissions.connect(f.stranger).sweep(f.modelId);
      await expect(sweeping)
        .to.emit(f.emissions, "ModelSwept")
        .withArgs(f.modelId, model.carriedEmission + fundLeft, mtLeft);
      await expect(sweeping).to.changeTokenBalance(ethers, f.flock, f.treasury, model.carriedEmission + fundLeft);
      expect(await f.mt.totalSupply()).to.equal(supply - mtLeft);
    });

    it("leaves what users have earned, and later use earns emissions alone", async () => {
      const f = await networkHelpers.loadFixture(sweepableFixture);
      await networkHelpers.time.increaseTo(f.sweepableAt);
      const due = await f.emissions.claimableOf(f.bob, f.modelId);
      await f.emissions.sweep(f.modelId);
      expect(await f.emissions.claimableOf(f.bob, f.modelId)).to.deep.equal(due);
      await settle(f, f.modelId, [{ user: f.carol, list: usdc(100) }]);
      await toNoonIn(1n);
      const carols = await f.emissions.claimableOf(f.carol, f.modelId);
      expect(carols.flock).to.be.greaterThan(0n);
      expect(carols.mt).to.equal(0n);
      await f.emissions.claim(f.bob, [f.modelId]);
      await f.emissions.claim(f.carol, [f.modelId]);
      expect((await f.vault.allocationOf(f.modelId, 2n)).released).to.equal(tokens(200_000));
    });
  });

  describe("setEmissionSettings", () => {
    const encode = (f: Awaited<ReturnType<typeof earningFixture>>, rate: bigint, cap: bigint) =>
      f.emissions.interface.encodeFunctionData("setEmissionSettings", [rate, cap]);

    it("reports what was and what is", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const previous = await f.emissions.emissionSettings();
      await govern(f, f.addresses.emissions, encode(f, 1n, 2n));
      const [changed] = (await f.emissions.queryFilter(f.emissions.filters.EmissionSettingsChanged())).slice(-1);
      expect(changed!.args.previousSettings).to.deep.equal(previous);
      expect(changed!.args.settings).to.deep.equal(await f.emissions.emissionSettings());
    });

    it("reverts for a stranger, and for governance without its delay", async () => {
      const { emissions, stranger, guardian } = await networkHelpers.loadFixture(earningFixture);
      for (const caller of [stranger, guardian])
        await expect(emissions.connect(caller).setEmissionSettings(1n, 1n))
          .to.be.revertedWithCustomError(emissions, "AccessManagedUnauthorized")
          .withArgs(caller);
    });

    it("reverts one step beyond either bound, with the setting, its value and its bounds", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      for (const [setting, rate, cap, value, max] of [
        ["dailyRate", MAX_DAILY_RATE + 1n, 0n, MAX_DAILY_RATE + 1n, MAX_DAILY_RATE],
        ["maxFlockPerUsdc", 0n, MAX_FLOCK_PER_USDC + 1n, MAX_FLOCK_PER_USDC + 1n, MAX_FLOCK_PER_USDC],
      ] as const) {
        await expect(govern(f, f.addresses.emissions, encode(f, rate, cap)))
          .to.be.revertedWithCustomError(f.emissions, "Bounds_OutOfRange")
          .withArgs(encodeBytes32String(setting), value, 0n, max);
      }
    });

    it("takes both settings at both bounds", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      for (const [rate, cap] of [
        [0n, 0n],
        [MAX_DAILY_RATE, MAX_FLOCK_PER_USDC],
      ] as const) {
        await govern(f, f.addresses.emissions, encode(f, rate, cap));
        const { nextDailyRate, nextMaxFlockPerUsdc } = await f.emissions.emissionSettings();
        expect([nextDailyRate, nextMaxFlockPerUsdc]).to.deep.equal([rate, cap]);
      }
    });

    it("holds from the next epoch on, and the last word of a day counts", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await govern(f, f.addresses.emissions, encode(f, tokens(500), 50n));
      const calls = [encode(f, tokens(1_000_000), 1_000n), encode(f, tokens(600), 10n)];
      for (const call of calls) await f.accessManager.connect(f.governor).schedule(f.addresses.emissions, call, 0n);
      await toNoonIn(3n);
      for (const call of calls) await f.accessManager.connect(f.governor).execute(f.addresses.emissions, call);
      const settings = await f.emissions.emissionSettings();
      const epoch = await f.emissions.currentEpoch();
      expect(settings).to.deep.equal([tokens(500), 50n, tokens(600), 10n, epoch + 1n]);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(1_000) }]);
      expect((await f.emissions.epochTotalsOf(epoch)).emission).to.equal(tokens(500));
      await toNoonIn(1n);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(1_000) }]);
      expect((await f.emissions.epochTotalsOf(epoch + 1n)).emission).to.equal(tokens(600));
    });

    it("reports the settings as they are afterwards", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await govern(f, f.addresses.emissions, encode(f, 1n, 2n));
      const [changed] = (await f.emissions.queryFilter(f.emissions.filters.EmissionSettingsChanged())).slice(-1);
      expect(changed!.args.settings).to.deep.equal(await f.emissions.emissionSettings());
    });
  });

  describe("setMinimumStake", () => {
    it("is governance's, with a bound", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      await expect(f.emissions.connect(f.stranger).setMinimumStake(0n)).to.be.revertedWithCustomError(
        f.emissions,
        "AccessManagedUnauthorized",
      );
      const data = f.emissions.interface.encodeFunctionData("setMinimumStake", [MAX_MINIMUM_STAKE + 1n]);
      await expect(govern(f, f.addresses.emissions, data))
        .to.be.revertedWithCustomError(f.emissions, "Bounds_OutOfRange")
        .withArgs(encodeBytes32String("minimumStake"), MAX_MINIMUM_STAKE + 1n, 0n, MAX_MINIMUM_STAKE);
    });

    it("takes both of its bounds", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      for (const minimum of [0n, MAX_MINIMUM_STAKE]) {
        const data = f.emissions.interface.encodeFunctionData("setMinimumStake", [minimum]);
        await govern(f, f.addresses.emissions, data);
        expect(await f.emissions.minimumStake()).to.equal(minimum);
      }
    });

    it("decides at once whose usage weighs: exactly the minimum does", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      for (const [minimum, weighs] of [
        [tokens(500), true],
        [tokens(500) + 1n, false],
      ] as const) {
        // prettier-ignore
        const data = f.emissions.interface.encodeFunctionData("setMinimumStake", [minimum]);
        await govern(f, f.addresses.emissions, data);
        expect(await f.emissions.minimumStake()).to.equal(minimum);
        await toNoonIn(1n);
        await settle(f, f.modelId, [{ user: f.bob, list: usdc(1) }]);
        expect((await f.emissions.modelRewardsOf(f.modelId)).openWeight).to.equal(weighs ? usdc(1) : 0n);
      }
      const changes = await f.emissions.queryFilter(f.emissions.filters.MinimumStakeChanged());
      expect(changes.at(-1)!.args).to.deep.equal([tokens(500), tokens(500) + 1n]);
    });
  });

  describe("the budget", () => {
    it("that runs dry within a day bounds the emission; what is added counts from the next settlement", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const epoch = await f.emissions.currentEpoch();
      await drain(f);
      const left = await f.emissions.unreserved();
      expect(left).to.equal(0n);
      const before = (await f.emissions.epochTotalsOf(await f.emissions.currentEpoch())).emission;
      await f.emissions.connect(f.deployer).fund(tokens(5));
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
      const after = (await f.emissions.epochTotalsOf(await f.emissions.currentEpoch())).emission;
      expect(after - before).to.equal(tokens(5));
      expect(await f.emissions.currentEpoch()).to.be.greaterThan(epoch);
    });

    /** Spends the whole budget: 10,000,000 in ten days at the highest rate and one more. */
    async function drain(f: Awaited<ReturnType<typeof earningFixture>>): Promise<void> {
      const args = [tokens(1_000_000), 1_000n] as [bigint, bigint];
      await govern(f, f.addresses.emissions, f.emissions.interface.encodeFunctionData("setEmissionSettings", args));
      for (let day = 0; day < 11; ++day) {
        await toNoonIn(1n);
        await settle(f, f.modelId, [{ user: f.bob, list: usdc(2_000) }]);
      }
    }
  });

  describe("gas of a claim", () => {
    it("is the same after one epoch and after two hundred", async () => {
      const gasAfter = async (days: bigint) => {
        const f = await networkHelpers.loadFixture(usedFixture);
        await f.emissions.claim(f.bob, [f.modelId]);
        await settle(f, f.modelId, [{ user: f.bob, list: usdc(10) }]);
        await toNoonIn(days);
        return (await (await f.emissions.claim(f.bob, [f.modelId])).wait())!.gasUsed;
      };
      const [one, many] = [await gasAfter(1n), await gasAfter(200n)];
      expect(many).to.be.closeTo(one, 300n);
      expect(many).to.be.lessThan(190_000n);
    });
  });
});

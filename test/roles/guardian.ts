import { expect } from "chai";
import type { Interface } from "ethers";

import { RESTRICTED_FUNCTIONS } from "../../deploy/config/roles.ts";
import { now } from "../support/clock.ts";
import { earningFixture, settle, settleCard, toNoonIn } from "../support/earning.ts";
import type { Earning } from "../support/earning.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import {
  LOCAL_SETTINGS,
  OUTCOME,
  SHARE,
  deployedRooms,
  launchBy,
  marketOf,
  missedFixture,
  soldOutFixture,
} from "../support/scenes.ts";
import type { OpenScene, ProtocolScene } from "../support/scenes.ts";
import { DAY, LOCK_DURATION, NO_DEADLINE, OBSERVATION_AGE, VESTING_DURATION } from "../support/time.ts";
import { tokens, usdc } from "../support/units.ts";

/** When each of the four pauses ends by itself, 0 for one that does not run [s]. */
async function pausedUntil(f: ProtocolScene) {
  const launchesUntil = await f.offering.launchesPausedUntil();
  const buysUntil = await f.offering.buysPausedUntil();
  const depositsUntil = await f.meter.depositsPausedUntil();
  const buybacksUntil = await f.buyback.buybacksPausedUntil();
  return { launchesUntil, buysUntil, depositsUntil, buybacksUntil };
}

/** The guardian does all it can: it throws all four switches, and every one of them is thrown then. */
async function pauseEverything(f: ProtocolScene) {
  await f.offering.connect(f.guardian).pauseLaunches();
  await f.offering.connect(f.guardian).pauseBuys();
  await f.meter.connect(f.guardian).pauseDeposits();
  await f.buyback.connect(f.guardian).pauseBuybacks();
  const time = await now();
  for (const [which, until] of Object.entries(await pausedUntil(f))) expect(until > time, which).to.equal(true);
}

const soldOutAndPaused = async () => {
  const f = await soldOutFixture();
  await pauseEverything(f);
  return f;
};
const missedAndPaused = async () => {
  const f = await missedFixture();
  await pauseEverything(f);
  return f;
};

describe("Roles: what the guardian can and cannot stop", () => {
  describe("A2 given that everything is paused that can be", () => {
    let f: OpenScene;

    it("A2 cannot stop graduate and claim", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      const { mt: owed } = await f.offering.positionOf(1n, f.bob);
      await f.offering.graduate(1n);
      await f.offering.claim(1n, f.bob);
      expect(await (await marketOf(f)).mt.balanceOf(f.bob)).to.equal(owed);
    });

    it("A2 cannot stop fail, refund and refundBundle", async () => {
      f = await networkHelpers.loadFixture(missedAndPaused);
      const { flockNet } = await f.offering.positionOf(1n, f.bob);
      const { bundleNet } = await f.lens.raiseOf(1n);
      await f.offering.fail(1n);
      expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Failed);
      await expect(f.offering.refund(1n, f.bob)).to.changeTokenBalances(ethers, f.flock, [f.bob], [flockNet]);
      await expect(f.offering.refundBundle(1n)).to.changeTokenBalances(ethers, f.flock, [f.alice], [bundleNet]);
    });

    it("A2 cannot stop the claims of fees", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      const { creatorFee, protocolFee } = await f.offering.unclaimedFeesOf(1n);
      await expect(f.offering.connect(f.alice).claimCreatorFee(1n, f.alice)).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.alice],
        [creatorFee],
      );
      await expect(f.offering.connect(f.treasury).claimProtocolFee(1n, f.treasury)).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.treasury],
        [protocolFee],
      );
      await expect(f.offering.connect(f.treasury).claimLaunchFees(f.treasury)).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.treasury],
        [tokens(1_000)],
      );
    });

    it("A2 cannot stop the vault's releases, even if it pauses again whenever it may", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      await f.offering.graduate(1n);
      const end = (await now()) + VESTING_DURATION;
      while ((await now()) < end) {
        await networkHelpers.time.increase(37n * DAY);
        await pauseEverything(f);
        for (const share of [SHARE.IssuerMt, SHARE.TreasuryMt, SHARE.ProtocolFlock]) await f.vault.release(1n, share);
      }
      for (const share of [SHARE.IssuerMt, SHARE.TreasuryMt, SHARE.ProtocolFlock]) {
        const { total, released } = await f.vault.allocationOf(1n, share);
        expect(released).to.equal(total);
      }
    });

    it("A2 cannot stop the locker's release", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      await f.offering.graduate(1n);
      await networkHelpers.time.increase(LOCK_DURATION);
      await pauseEverything(f);
      await f.locker.release(1n);
      expect((await (await marketOf(f)).pair.balanceOf(f.treasury)) > 0n).to.equal(true);
    });

    it("A2 cannot stop the hand-over of a seat", async () => {
      f = await networkHelpers.loadFixture(soldOutAndPaused);
      const seat = `0x01${"00".repeat(30)}01`;
      await f.registry.connect(f.alice).offerSeat(seat, f.dave);
      await f.registry.connect(f.dave).acceptSeat(seat);
      expect(await f.registry.issuerOf(1n)).to.equal(f.dave.address);
    });
  });

  describe("A2 given a model that earns, and that everything is paused that can be", () => {
    let f: Earning;
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(earningFixture);
    });

    /** Bob has used the model yesterday, when nothing was paused. */
    const useThenPause = async () => {
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
      await toNoonIn(1n);
      await pauseEverything(f);
    };

    it("A2 cannot stop the claim of rewards", async () => {
      await useThenPause();
      const due = await f.emissions.claimableOf(f.bob, f.modelId);
      expect(due.flock > 0n && due.mt > 0n).to.equal(true);
      const claiming = f.emissions.connect(f.stranger).claim(f.bob, [f.modelId]);
      await expect(claiming).to.changeTokenBalance(ethers, f.flock, f.bob, due.flock);
      await expect(claiming).to.changeTokenBalance(ethers, f.mt, f.bob, due.mt);
    });

    it("A2 cannot stop the claim of the issuer's bonus", async () => {
      await useThenPause();
      const bonus = await f.emissions.issuerBonusOf(f.modelId);
      expect(bonus > 0n).to.equal(true);
      await expect(f.emissions.connect(f.alice).claimIssuerBonus(f.modelId, f.alice)).to.changeTokenBalance(
        ethers,
        f.flock,
        f.alice,
        bonus,
      );
    });

    it("A2 cannot stop the roll of a model, from which everybody's part follows", async () => {
      await useThenPause();
      const epoch = (await f.emissions.modelRewardsOf(f.modelId)).openEpoch;
      await expect(f.emissions.connect(f.stranger).roll(f.modelId)).to.emit(f.emissions, "ModelRolled");
      expect((await f.emissions.modelRewardsOf(f.modelId)).openEpoch).to.equal(0n);
      expect((await f.emissions.poolOf(f.modelId, epoch)).weight).to.equal(usdc(100));
    });

    it("A2 cannot stop the sweep of what nobody earned", async () => {
      await settleCard(f, f.modelId, usdc(100));
      await toNoonIn(541n);
      await f.emissions.roll(f.modelId);
      const { carriedEmission } = await f.emissions.modelRewardsOf(f.modelId);
      const fund = (await f.vault.allocationOf(f.modelId, SHARE.StakingFund)).total;
      expect(carriedEmission > 0n && fund > 0n).to.equal(true);
      await pauseEverything(f);
      const budget = await f.emissions.unreserved();
      await expect(f.emissions.connect(f.stranger).sweep(f.modelId)).to.changeTokenBalance(
        ethers,
        f.flock,
        f.vault,
        -fund,
      );
      expect((await f.emissions.unreserved()) - budget).to.equal(carriedEmission);
    });

    it("A2 cannot stop the request for a stake's exit, its cancellation and its withdrawal", async () => {
      await pauseEverything(f);
      const staking = f.staking.connect(f.bob);
      await staking.requestExit(f.modelId, tokens(500));
      expect((await f.staking.stakeRecordOf(f.modelId, f.bob)).exiting).to.equal(tokens(500));
      await staking.cancelExit(f.modelId, tokens(200));
      const record = await f.staking.stakeRecordOf(f.modelId, f.bob);
      expect([record.exiting, record.warming]).to.deep.equal([tokens(300), tokens(200)]);
      // A pause ends by itself before a cooldown does: the withdrawal comes in another one.
      await networkHelpers.time.increase(37n * DAY);
      await pauseEverything(f);
      await expect(staking.withdraw(f.modelId)).to.changeTokenBalance(ethers, f.mt, f.bob, tokens(300));
    });

    it("A2 cannot stop the request for prepaid USDC, its cancellation and its withdrawal", async () => {
      await pauseEverything(f);
      const meter = f.meter.connect(f.bob);
      await meter.requestWithdrawal(usdc(400));
      expect((await f.meter.accountOf(f.bob)).requested).to.equal(usdc(400));
      await meter.cancelWithdrawal();
      expect((await f.meter.accountOf(f.bob)).requested).to.equal(0n);
      await meter.requestWithdrawal(usdc(300));
      await networkHelpers.time.increase(2n * DAY);
      expect((await f.meter.depositsPausedUntil()) > (await now())).to.equal(true);
      await expect(meter.withdraw(f.bob)).to.changeTokenBalance(ethers, f.usdc, f.bob, usdc(300));
    });
  });

  describe("A2 never moves funds", () => {
    let f: Earning;
    beforeEach(async () => {
      f = await networkHelpers.loadFixture(earningFixture);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(10_000) }]);
      await f.buyback.pokeRoute();
      await networkHelpers.time.increase(OBSERVATION_AGE);
      await f.buyback.pokeRoute();
      await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
      const openId = await launchBy(f);
      await f.offering.connect(f.bob).buyExactIn(openId, tokens(1_000), 0n, f.bob, NO_DEADLINE);
    });

    /** What the guardian and every room of the protocol hold, by token and room. */
    const balances = async () => {
      const accounts: [name: string, address: string][] = [...deployedRooms(f), ["guardian", f.guardian.address]];
      const held: [string, bigint][] = [];
      for (const [name, address] of accounts) {
        held.push([`FLOCK of ${name}`, await f.flock.balanceOf(address)]);
        held.push([`USDC of ${name}`, await f.usdc.balanceOf(address)]);
        held.push([`MT of ${name}`, await f.mt.balanceOf(address)]);
      }
      return Object.fromEntries(held);
    };

    /** Every function that the role table gives to the guardian, with its room: a pause before the end of the same. */
    const guardianCalls = () => {
      const rooms = { RealModelOffering: f.offering, InferenceMeter: f.meter, Buyback: f.buyback };
      const table = Object.entries(RESTRICTED_FUNCTIONS as Record<string, { guardian?: readonly string[] }>);
      return table.flatMap(([contract, { guardian = [] }]) =>
        guardian.map((fn) => ({ fn, room: rooms[contract as keyof typeof rooms] })),
      );
    };

    it("looks at rooms that hold all three tokens", async () => {
      const held = await balances();
      for (const what of [
        "FLOCK of offering",
        "FLOCK of vault",
        "FLOCK of emissions",
        "FLOCK of buyback",
        "USDC of meter",
        "USDC of waterfall",
        "MT of vault",
        "MT of staking",
      ]) {
        expect(held[what]! > 0n, what).to.equal(true);
      }
    });

    it("with any of its eight functions: every balance of every room and its own stays", async () => {
      const calls = guardianCalls();
      expect(calls.map(({ fn }) => fn)).to.have.members([
        "pauseLaunches",
        "unpauseLaunches",
        "pauseBuys",
        "unpauseBuys",
        "pauseDeposits",
        "unpauseDeposits",
        "pauseBuybacks",
        "unpauseBuybacks",
      ]);
      const before = await balances();
      for (const { fn, room } of calls) {
        const abi: Interface = room.interface;
        await f.guardian.sendTransaction({ to: room, data: abi.encodeFunctionData(fn) });
        expect(await balances(), fn).to.deep.equal(before);
      }
    });

    it("when it cancels what governance has scheduled", async () => {
      const data = f.offering.interface.encodeFunctionData("setOfferingSettings", [LOCAL_SETTINGS]);
      const scheduled = [f.administrator.address, f.addresses.offering, data] as const;
      await f.accessManager.connect(f.administrator).schedule(f.offering, data, 0n);
      const id = await f.accessManager.hashOperation(...scheduled);
      expect((await f.accessManager.getSchedule(id)) > 0n).to.equal(true);
      const before = await balances();
      await f.accessManager.connect(f.guardian).cancel(...scheduled);
      expect(await f.accessManager.getSchedule(id)).to.equal(0n);
      expect(await balances()).to.deep.equal(before);
    });
  });
});

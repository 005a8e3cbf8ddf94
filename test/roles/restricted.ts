import { expect } from "chai";
import type { Interface } from "ethers";

import { GOVERNANCE_DELAY, RESTRICTED_FUNCTIONS } from "../../deploy/config/roles.ts";
import type { RestrictedContract } from "../../deploy/config/roles.ts";
import { EVERYBODY, actorsFixture } from "../support/actors.ts";
import type { ActorName, ActorsScene } from "../support/actors.ts";
import { at, now } from "../support/clock.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { LOCAL_LOTS, LOCAL_SETTINGS, LOCAL_TIER, timeOf } from "../support/scenes.ts";
import { tokens } from "../support/units.ts";

/** The seat of the FLOCK buyback. */
const BUYBACK_SEAT = `0x04${"00".repeat(31)}`;

/** Good arguments of every restricted function, so that the role alone decides. */
const ARGUMENTS: Record<string, (f: ActorsScene) => unknown[]> = {
  addTier: (f) => [LOCAL_TIER, f.provider.address, "https://example.org/tier"],
  changeTier: () => [1n, { ...LOCAL_TIER, computeCost: 100_000n }, "https://example.org/tier"],
  nameProvider: (f) => [1n, f.stranger.address],
  setOfferingSettings: () => [{ ...LOCAL_SETTINGS, creatorFeeBps: 10n }],
  nameBuybackHolder: (f) => [BUYBACK_SEAT, f.stranger.address],
  setApiId: () => [1n, "qwen-alice"],
  setEmissionSettings: () => [tokens(10_000), tokens(50), 1n],
  setMinimumStake: () => [tokens(2)],
  setDiscountSettings: () => [{ capBps: 2_000n, multiplier: 3n }],
  depositCredit: (f) => [f.stranger.address, 1n],
  settle: () => [1n, []],
  settleCard: () => [[]],
  setRoute: () => [[]],
  setBuybackSettings: () => [{ ...LOCAL_LOTS, bucketBps: 10n, modelMinReserve: tokens(400) }],
  pauseDeposits: () => [],
  unpauseDeposits: () => [],
  pauseBuybacks: () => [],
  unpauseBuybacks: () => [],
  pauseLaunches: () => [],
  unpauseLaunches: () => [],
  pauseBuys: () => [],
  unpauseBuys: () => [],
};

/** What must have been done before a function can succeed. */
const BEFORE: Record<string, string> = {
  unpauseLaunches: "pauseLaunches",
  unpauseBuys: "pauseBuys",
  unpauseDeposits: "pauseDeposits",
  unpauseBuybacks: "pauseBuybacks",
};

/** The event by which a function of the governor or the guardian is seen to have happened. */
const EFFECTS: Record<string, string> = {
  addTier: "TierAdded",
  changeTier: "TierChanged",
  nameProvider: "ProviderNamed",
  setOfferingSettings: "OfferingSettingsChanged",
  nameBuybackHolder: "SeatHandedOver",
  setEmissionSettings: "EmissionSettingsChanged",
  setMinimumStake: "MinimumStakeChanged",
  setDiscountSettings: "DiscountSettingsChanged",
  setRoute: "RouteChanged",
  setBuybackSettings: "BuybackSettingsChanged",
  pauseLaunches: "LaunchesPaused",
  unpauseLaunches: "LaunchesUnpaused",
  pauseBuys: "BuysPaused",
  unpauseBuys: "BuysUnpaused",
  pauseDeposits: "DepositsPaused",
  unpauseDeposits: "DepositsUnpaused",
  pauseBuybacks: "BuybacksPaused",
  unpauseBuybacks: "BuybacksUnpaused",
};

/** Every row of the role table. */
const ROWS = (Object.keys(RESTRICTED_FUNCTIONS) as RestrictedContract[]).flatMap((contract) =>
  Object.entries(RESTRICTED_FUNCTIONS[contract] as Record<string, readonly string[]>).flatMap(([role, functions]) =>
    functions.map((fn) => ({ contract, role: role as ActorName, fn })),
  ),
);

describe("Roles: every restricted function, every actor", () => {
  let f: ActorsScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(actorsFixture);
  });

  const targetOf = (contract: RestrictedContract) =>
    ({
      ModelRegistry: f.registry,
      RealModelOffering: f.offering,
      ModelStaking: f.staking,
      InferenceMeter: f.meter,
      EmissionDistributor: f.emissions,
      Buyback: f.buyback,
    })[contract];

  /** Target, calldata and interface of a row. */
  const callOf = async (contract: RestrictedContract, fn: string) => {
    const target = targetOf(contract);
    const abi: Interface = target.interface;
    return { to: await target.getAddress(), data: abi.encodeFunctionData(fn, ARGUMENTS[fn]!(f)), target };
  };

  for (const { contract, role, fn } of ROWS) {
    describe(`${contract}.${fn}, of the ${role}`, () => {
      beforeEach(async () => {
        const first = BEFORE[fn];
        if (first !== undefined) await f.guardian.sendTransaction(await callOf(contract, first));
      });

      for (const actor of EVERYBODY) {
        if (actor !== role) {
          it(`A1 reverts for the ${actor}, directly and through the AccessManager`, async () => {
            const { to, data, target } = await callOf(contract, fn);
            const caller = f.actors[actor];
            await expect(caller.sendTransaction({ to, data }))
              .to.be.revertedWithCustomError(target, "AccessManagedUnauthorized")
              .withArgs(caller);
            const manager = f.accessManager.connect(caller);
            for (const attempt of [() => manager.execute(to, data), () => manager.schedule(to, data, 0)]) {
              await expect(attempt())
                .to.be.revertedWithCustomError(f.accessManager, "AccessManagerUnauthorizedCall")
                .withArgs(caller, to, data.slice(0, 10));
            }
          });
        } else if (role === "platform") {
          it("is open to the platform at once", async () => {
            const { to, data } = await callOf(contract, fn);
            const allowed = await f.accessManager.canCall(f.platform, to, data.slice(0, 10));
            expect(allowed).to.deep.equal([true, 0n]);
          });
        } else if (role === "guardian") {
          it("works for the guardian at once", async () => {
            const { to, data, target } = await callOf(contract, fn);
            await expect(f.guardian.sendTransaction({ to, data })).to.emit(target, EFFECTS[fn]!);
          });
        } else {
          it("needs the delay: the governor cannot call it directly", async () => {
            const { to, data } = await callOf(contract, fn);
            const id = await f.accessManager.hashOperation(f.governor, to, data);
            await expect(f.governor.sendTransaction({ to, data }))
              .to.be.revertedWithCustomError(f.accessManager, "AccessManagerNotScheduled")
              .withArgs(id);
          });

          it("works for the governor 48 hours after it was scheduled, not a second earlier, and once", async () => {
            const { to, data, target } = await callOf(contract, fn);
            const manager = f.accessManager.connect(f.governor);
            const scheduledAt = await timeOf(await manager.schedule(to, data, 0));
            const id = await manager.hashOperation(f.governor, to, data);
            const readyAt = scheduledAt + GOVERNANCE_DELAY;
            expect(await manager.getSchedule(id)).to.equal(readyAt);
            await at(readyAt - 1n);
            await expect(manager.execute(to, data))
              .to.be.revertedWithCustomError(f.accessManager, "AccessManagerNotReady")
              .withArgs(id);
            await at(readyAt);
            await expect(manager.execute(to, data)).to.emit(target, EFFECTS[fn]!);
            await expect(manager.execute(to, data))
              .to.be.revertedWithCustomError(f.accessManager, "AccessManagerNotScheduled")
              .withArgs(id);
          });

          it("can be called directly too once its time has come", async () => {
            const { to, data, target } = await callOf(contract, fn);
            await f.accessManager.connect(f.governor).schedule(to, data, 0);
            await networkHelpers.time.increase(GOVERNANCE_DELAY);
            await expect(f.governor.sendTransaction({ to, data })).to.emit(target, EFFECTS[fn]!);
          });

          it("cannot be scheduled for an earlier moment", async () => {
            const { to, data } = await callOf(contract, fn);
            const soon = (await now()) + GOVERNANCE_DELAY;
            await at(soon - GOVERNANCE_DELAY + 10n);
            await expect(f.accessManager.connect(f.governor).schedule(to, data, soon))
              .to.be.revertedWithCustomError(f.accessManager, "AccessManagerUnauthorizedCall")
              .withArgs(f.governor, to, data.slice(0, 10));
          });

          it("is cancelled by the guardian, and by no stranger", async () => {
            const { to, data } = await callOf(contract, fn);
            await f.accessManager.connect(f.governor).schedule(to, data, 0);
            const id = await f.accessManager.hashOperation(f.governor, to, data);
            await expect(f.accessManager.connect(f.stranger).cancel(f.governor, to, data))
              .to.be.revertedWithCustomError(f.accessManager, "AccessManagerUnauthorizedCancel")
              .withArgs(f.stranger, f.governor, to, data.slice(0, 10));
            await f.accessManager.connect(f.guardian).cancel(f.governor, to, data);
            await networkHelpers.time.increase(GOVERNANCE_DELAY);
            await expect(f.accessManager.connect(f.governor).execute(to, data))
              .to.be.revertedWithCustomError(f.accessManager, "AccessManagerNotScheduled")
              .withArgs(id);
          });
        }
      }
    });
  }
});

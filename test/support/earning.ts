import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256 } from "ethers";

import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { now, until } from "./clock.ts";
import { ethers, graduatedFixture, launchPayment, networkHelpers, workedExample } from "./fixtures.ts";
import { DAY, HOUR, NO_DEADLINE } from "./time.ts";
import { tokens, usdc } from "./units.ts";
import { ownVoucher } from "./usage/vouchers.ts";
import { GOVERNANCE_DELAY } from "../../deploy/config/roles.ts";

/** What a user has used since its last voucher. Without `paid` there is no discount, without `units` hardly any cost. */
export interface Use {
  user: HardhatEthersSigner;
  list: bigint;
  paid?: bigint;
  units?: bigint;
}

/** A protocol in which usage can be settled. */
export type Earning = Awaited<ReturnType<typeof earningFixture>>;

/** The worked example, live two days after graduation: see `earningAfter`. */
export async function earningFixture() {
  return earningAfter(2n);
}

/** The same half a year later: fund and reserve have vested and nobody has earned any of them. */
export async function earningLateFixture() {
  return earningAfter(200n);
}

/**
 * The worked example, live since now: Bob and Carol have claimed their MT and staked enough of it a day before, Dave has
 * none. All three have prepaid USDC, and the budget is full.
 */
async function earningAfter(days: bigint) {
  const f = await networkHelpers.loadFixture(graduatedFixture);
  const platform = await ethers.getSigner(localParameters().platform);
  const governor = await ethers.getSigner(localParameters().governor);
  const mt = connectAs("modelToken", f.token, f.deployer);
  for (const user of [f.bob, f.carol]) {
    await mt.connect(user).approve(f.staking, MaxUint256);
    await f.staking.connect(user).claimAndStake(f.modelId, tokens(500));
  }
  for (const user of [f.bob, f.carol, f.dave]) {
    await f.usdc.transfer(user, usdc(1_000_000));
    await f.usdc.connect(user).approve(f.meter, MaxUint256);
    await f.meter.connect(user).deposit(usdc(1_000_000));
  }
  await f.usdc.transfer(platform, usdc(1_000_000));
  await f.usdc.connect(platform).approve(f.meter, MaxUint256);
  await f.flock.approve(f.emissions, MaxUint256);
  await f.emissions.connect(f.deployer).fund(tokens(10_000_000));
  await toNoonIn(days);
  await f.registry.connect(platform).setApiId(f.modelId, "qwen-alice");
  return { ...f, platform, governor, mt };
}

/** A second model of Dave's, live since the same day; Carol holds and stakes its tokens too. */
export async function twoModelsFixture() {
  const f = await networkHelpers.loadFixture(earningFixture);
  const secondId = 2n;
  await f.offering.connect(f.dave).launch(workedExample({ symbol: "SECOND" }), launchPayment());
  await networkHelpers.time.increase(2n * HOUR);
  await f.offering.connect(f.carol).buyExactIn(secondId, tokens(100_000), 0n, f.carol, NO_DEADLINE);
  await f.offering.graduate(secondId);
  const { token } = await f.lens.raiseOf(secondId);
  const secondMt = connectAs("modelToken", token, f.deployer);
  await secondMt.connect(f.carol).approve(f.staking, MaxUint256);
  await f.staking.connect(f.carol).claimAndStake(secondId, tokens(500));
  await f.registry.connect(f.platform).setApiId(secondId, "second");
  await toNoonIn(2n);
  return { ...f, secondId, secondMt };
}

/** Bob has used the model for 100 USDC yesterday. */
export async function usedFixture() {
  const f = await networkHelpers.loadFixture(earningFixture);
  const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(100) }]);
  const epoch = await f.emissions.currentEpoch();
  await toNoonIn(1n);
  return { ...f, net, epoch };
}

/** What net revenue can earn at the local cap of 200 [FLOCK wei]; epochs and pools give out half of it. */
export const allowanceOf = (net: bigint) => net * 200n * 10n ** 12n;
/** What epochs and pools give out for net revenue at most, at the local cap [FLOCK wei]. */
export const earnable = (net: bigint) => allowanceOf(net) / 2n;

/** Noon of the day that is `days` after today. */
export async function toNoonIn(days: bigint): Promise<void> {
  await until(((await now()) / DAY + days) * DAY + DAY / 2n);
}

/** The afternoon of the day on which a model is `age` days old. */
export async function toAge(f: Earning, age: bigint, modelId = f.modelId): Promise<void> {
  const { liveAt } = await f.registry.usageTermsOf(modelId);
  await until((liveAt / DAY + age) * DAY + (2n * DAY) / 3n);
}

/** The rows of a settlement: each user signs what was collected so far and what it has used since. */
export async function voucherRows(f: Earning, modelId: bigint, uses: readonly Use[]) {
  return Promise.all(
    uses.map(async ({ user, list, paid = list, units = 1n }) => {
      const before = await f.meter.usageOf(user, user, modelId);
      const sums = {
        units: before.units + units,
        list: before.list + list,
        paid: before.paid + paid,
      };
      return ownVoucher(f, user, sums, modelId);
    }),
  );
}

/** Settles what users have used of a model, and returns the net revenue [USDC units]. */
export async function settle(f: Earning, modelId: bigint, uses: readonly Use[]): Promise<bigint> {
  const settled = await f.meter.connect(f.platform).settle(modelId, await voucherRows(f, modelId, uses));
  return netOf(f, await settled.wait());
}

/** Settles what was paid by card, and returns the net revenue [USDC units]. */
export async function settleCard(f: Earning, modelId: bigint, list: bigint): Promise<bigint> {
  const rows = [{ modelId, units: 1n, list, paid: list }];
  return netOf(f, await (await f.meter.connect(f.platform).settleCard(rows)).wait());
}

/** Does what only governance may do: schedules it, waits, executes it. */
export async function govern(f: Earning, target: string, data: string): Promise<void> {
  await f.accessManager.connect(f.governor).schedule(target, data, 0n);
  await networkHelpers.time.increase(GOVERNANCE_DELAY);
  await f.accessManager.connect(f.governor).execute(target, data);
}

/** Sets rate, cap [FLOCK per USDC, WAD] and worth through governance, and waits until they hold. */
export async function setEmissionSettings(
  f: Earning,
  dailyRate: bigint,
  maxFlockPerUsdc: bigint,
  maxRewardBps = 0n,
): Promise<void> {
  const args = [dailyRate, maxFlockPerUsdc, maxRewardBps] as [bigint, bigint, bigint];
  await govern(f, f.addresses.emissions, f.emissions.interface.encodeFunctionData("setEmissionSettings", args));
  await toNoonIn(1n);
}

/** The closing of an epoch as the newest event of a model's rolls tells it. */
export async function lastRollOf(f: Earning, modelId: bigint) {
  const rolls = await f.emissions.queryFilter(f.emissions.filters.ModelRolled(modelId));
  return rolls.at(-1)!.args;
}

function netOf(f: Earning, receipt: Awaited<ReturnType<Awaited<ReturnType<typeof f.meter.settle>>["wait"]>>): bigint {
  const topic = f.meter.interface.getEvent("UsageSettled").topicHash;
  const log = receipt?.logs.find(({ topics }) => topics[0] === topic);
  if (log === undefined) throw new Error("nothing was settled");
  return f.meter.interface.decodeEventLog("UsageSettled", log.data, log.topics)["net"] as bigint;
}

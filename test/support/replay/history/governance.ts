import { ZeroAddress } from "ethers";
import type { BaseContract } from "ethers";

import { LOCAL_LOTS, LOCAL_SETTINGS, LOCAL_TIER } from "../../scenes.ts";
import { DAY, NO_DEADLINE, OBSERVATION_AGE } from "../../time.ts";
import { tokens, usdc } from "../../units.ts";
import { SEATS } from "../../usage/seatNames.ts";
import type { Action, World } from "./world.ts";

/** Pauses something. The guardian ends the first one; a later one, if there can be one by then, ends by itself. */
async function pause(world: World, contract: BaseContract, what: string): Promise<void> {
  const guarded = contract.connect(world.f.guardian);
  await guarded.getFunction(`pause${what}`).send();
  if (!world.isFirst(what)) return;
  await world.wait(world.random.uniform(1n, DAY));
  await guarded.getFunction(`unpause${what}`).send();
}

/** What people with roles and seats do, and the buyback. */
export const GOVERNANCE: Record<string, Action> = {
  pauseLaunches: (world) => pause(world, world.f.offering, "Launches"),
  pauseBuys: (world) => pause(world, world.f.offering, "Buys"),
  pauseDeposits: (world) => pause(world, world.f.meter, "Deposits"),
  pauseBuybacks: (world) => pause(world, world.f.buyback, "Buybacks"),
  async addTier(world) {
    const minMinimumRaise = world.random.uniform(tokens(500), tokens(2_000));
    const tier = { ...LOCAL_TIER, minMinimumRaise, open: world.random.pick([true, false]) };
    await world.govern(world.f.registry, "addTier", [tier, world.user().address, "ipfs://a tier"]);
  },
  async changeTier(world) {
    const tier = { ...LOCAL_TIER, computeCost: world.random.uniform(100_000n, 630_000n) };
    await world.govern(world.f.registry, "changeTier", [1n, tier, "ipfs://a change"]);
  },
  async nameProvider(world) {
    const tierId = world.random.uniform(1n, await world.f.registry.tierCount());
    await world.govern(world.f.registry, "nameProvider", [tierId, world.user().address]);
  },
  async handOverSeat(world) {
    const { registry } = world.f;
    const modelId = await world.graduated();
    const seat = world.random.pick([SEATS.treasury, SEATS.issuer(modelId), await registry.providerSeatOf(1n)]);
    const [holder, to] = [await world.holderOf(seat), world.user()];
    await registry.connect(holder).offerSeat(seat, to);
    await world.random.pick([
      () => registry.connect(to).acceptSeat(seat),
      () => registry.connect(to).acceptSeat(seat),
      () => registry.connect(holder).offerSeat(seat, ZeroAddress),
      () => Promise.resolve(),
    ])();
  },
  /** A seat of the buyback in the hands of a user, who claims its credit; the buyback gets it back, mostly. */
  async nameBuybackHolder(world) {
    const { registry, waterfall, addresses } = world.f;
    const [seat, user] = [SEATS.buybackModel(await world.graduated()), world.user()];
    await world.govern(registry, "nameBuybackHolder", [seat, user.address]);
    const credit = await waterfall.creditOf(seat);
    if (credit > 0n) await waterfall.connect(user).claim(seat, credit, user);
    if (world.random.uniform(0n, 3n) > 0n) await world.govern(registry, "nameBuybackHolder", [seat, addresses.buyback]);
  },
  async setOfferingSettings(world) {
    const settings = {
      ...LOCAL_SETTINGS,
      launchFee: world.random.pick([0n, world.random.magnitude(1n, tokens(2_000))]),
    };
    const creatorFeeBps = world.random.uniform(0n, 100n);
    await world.govern(world.f.offering, "setOfferingSettings", [{ ...settings, creatorFeeBps }]);
  },
  async setDiscountSettings(world) {
    const settings = { capBps: world.random.uniform(0n, 3_000n), multiplier: world.random.uniform(1n, 10n) };
    await world.govern(world.f.staking, "setDiscountSettings", [settings]);
  },
  async setEmissionSettings(world) {
    const { random, f } = world;
    const args = [random.uniform(tokens(1_000), tokens(20_000)), tokens(random.uniform(10n, 900n)), 0n];
    await world.govern(f.emissions, "setEmissionSettings", args);
    if (random.uniform(0n, 1n) === 0n)
      await world.govern(f.emissions, "setEmissionSettings", [...args.slice(0, 2), 2_500n]);
  },
  async setMinimumStake(world) {
    await world.govern(world.f.emissions, "setMinimumStake", [world.random.magnitude(1n, tokens(10))]);
  },
  async setBuybackSettings(world) {
    const settings = { ...LOCAL_LOTS, bucketBps: world.random.uniform(5n, 25n) };
    await world.govern(world.f.buyback, "setBuybackSettings", [settings]);
  },
  /** No route for some time, then one of one pair or one of two. */
  async setRoute(world) {
    const { buyback, routes } = world.f;
    await world.govern(buyback, "setRoute", [[]]);
    const route = world.random
      .pick(routes)
      .map((pair) => ({ pair, minReserve: world.random.magnitude(1n, 10n ** 9n) }));
    await world.govern(buyback, "setRoute", [route]);
  },
  async poke(world) {
    await world.f.buyback.pokeRoute();
    await world.f.buyback.pokeModel(await world.graduated());
  },
  /** Revenue, two observations, and lots of both steps. */
  async buyBack(world) {
    const { buyback, meter, alice } = world.f;
    const modelId = await world.live();
    await meter.connect(alice).settleCard([{ modelId, ...world.used(usdc(30_000)) }]);
    for (let i = 0; i < 2; ++i) {
      await buyback.pokeRoute();
      await buyback.pokeModel(modelId);
      await world.wait(OBSERVATION_AGE);
    }
    for (const bought of [modelId, 0n, modelId]) {
      await world.attempt(() => buyback.buyFlock(bought, 0n, NO_DEADLINE));
      await world.wait(world.random.uniform(1n, 400n));
    }
    await world.attempt(() => buyback.buyMt(modelId, 0n, NO_DEADLINE));
  },
};

import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256 } from "ethers";
import type { BaseContract } from "ethers";

import { connectAs } from "../../../../sdk/src/ethers/connect.ts";
import { createPool } from "../../buyback.ts";
import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../../fixtures.ts";
import type { Random } from "../../random.ts";
import { OUTCOME, govern } from "../../scenes.ts";
import { ANTI_SNIPE_WINDOW, DAY, NO_DEADLINE } from "../../time.ts";
import { tokens, usdc } from "../../units.ts";
import type { Sums } from "../../usage/numbers.ts";
import { keyPair } from "../../usage/serving.ts";
import { signVoucher } from "../../usage/vouchers.ts";

/** The protocol without a model, and users who can pay for everything. The platform is a user and an issuer, too. */
export async function replayFixture() {
  const f = await networkHelpers.loadFixture(protocolFixture);
  const users = [f.alice, f.bob, f.carol, f.dave];
  for (const user of users) {
    await f.flock.transfer(user, tokens(40_000_000));
    await f.usdc.transfer(user, usdc(10_000_000));
    await f.usdc.connect(user).approve(f.meter, MaxUint256);
  }
  await f.flock.approve(f.emissions, MaxUint256);
  const weth = await (await ethers.deployContract("PlainToken", ["WETH", 18, tokens(1_000_000)])).getAddress();
  const [usdcSide, flockSide] = [
    { token: f.addresses.usdc, amount: usdc(1_000_000) },
    { token: f.addresses.flock, amount: tokens(1_000_000) },
  ];
  const wethSide = { token: weth, amount: tokens(400) };
  const routes = [
    [await f.dexFactory.getPair(f.addresses.usdc, f.addresses.flock)],
    [
      await createPool(f.dexFactory, f.deployer, [usdcSide, wethSide]),
      await createPool(f.dexFactory, f.deployer, [wethSide, flockSide]),
    ],
  ];
  return { ...f, users, routes, keys: ["one", "two", "three"].map((name) => keyPair(`replayed key ${name}`)) };
}

export type ReplayScene = Awaited<ReturnType<typeof replayFixture>>;

/** More models than this make a comparison slow and show nothing new. */
const MAX_MODELS = 7n;

/** A protocol to which random things happen, with what several of them need. */
export class World {
  readonly f: ReplayScene;
  readonly random: Random;
  readonly #seen = new Set<string>();

  constructor(f: ReplayScene, random: Random) {
    [this.f, this.random] = [f, random];
  }

  /** Whether something happens for the first time, for what has to be met in every history. */
  isFirst(what: string): boolean {
    const isFirst = !this.#seen.has(what);
    this.#seen.add(what);
    return isFirst;
  }

  user(): HardhatEthersSigner {
    return this.random.pick(this.f.users);
  }

  async wait(seconds: bigint): Promise<void> {
    await networkHelpers.time.increase(seconds);
  }

  /** Tries something that the protocol may refuse. */
  async attempt(happen: () => Promise<unknown>): Promise<boolean> {
    try {
      await happen();
      return true;
    } catch (error) {
      if (!/revert/.test(String(error))) throw error;
      return false;
    }
  }

  async govern(target: BaseContract, fn: string, args: readonly unknown[]): Promise<void> {
    await govern(this.f, await target.getAddress(), target.interface.encodeFunctionData(fn, args));
  }

  async holderOf(seat: string): Promise<HardhatEthersSigner> {
    return ethers.getSigner(await this.f.registry.holderOf(seat));
  }

  /** Launches something like the worked example, and returns its id. */
  async launch(terms: Parameters<typeof workedExample>[0] = {}, bundleFlock = 0n): Promise<bigint> {
    const { offering, registry } = this.f;
    const payment = launchPayment({ bundleFlock, launchFeeMax: tokens(100_000) });
    const openingMode = this.random.uniform(0n, 1n);
    await offering.connect(this.user()).launch(workedExample({ openingMode, ...terms }), payment);
    return registry.modelCount();
  }

  /** A raise that can be bought from: one of those that there are, or a new one. */
  async openRaise(): Promise<bigint> {
    for (let modelId = await this.f.registry.modelCount(); modelId > 0n; --modelId) {
      if (await this.attempt(() => this.f.offering.saleOf(modelId))) return modelId;
    }
    const modelId = await this.launch();
    await this.wait(this.random.uniform(0n, ANTI_SNIPE_WINDOW));
    return modelId;
  }

  /** Sells out a raise and graduates it; with many models, none. */
  async graduate(): Promise<bigint> {
    const { offering, registry, bob, carol, dave } = this.f;
    const [graduated] = await this.models(OUTCOME.Graduated);
    if (graduated !== undefined && (await registry.modelCount()) >= MAX_MODELS) return graduated;
    const modelId = await this.openRaise();
    await this.wait(ANTI_SNIPE_WINDOW);
    for (const recipient of [bob, dave]) {
      await offering.connect(recipient).buyExactIn(modelId, tokens(2_000), 0n, recipient, NO_DEADLINE);
    }
    await offering.connect(carol).buyExactIn(modelId, tokens(100_000), 0n, carol, NO_DEADLINE);
    await offering.graduate(modelId);
    return modelId;
  }

  async models(outcome: bigint): Promise<bigint[]> {
    const found = [];
    for (let modelId = await this.f.registry.modelCount(); modelId > 0n; --modelId) {
      if ((await this.f.offering.outcomeOf(modelId)) === outcome) found.push(modelId);
    }
    return found;
  }

  async graduated(): Promise<bigint> {
    const modelIds = await this.models(OUTCOME.Graduated);
    return modelIds.length === 0 ? this.graduate() : this.random.pick(modelIds);
  }

  /** A model that is served. */
  async live(): Promise<bigint> {
    const modelId = await this.graduated();
    const { liveAt } = await this.f.registry.usageTermsOf(modelId);
    if (liveAt === 0n) await this.f.registry.connect(this.f.alice).setApiId(modelId, `model-${modelId}`);
    return modelId;
  }

  /** Has a user stake so much that its usage earns rewards in a day. */
  async stake(modelId: bigint, user: HardhatEthersSigner, amount = tokens(20)): Promise<void> {
    const { staking, vault } = this.f;
    const { token } = await vault.recordOf(modelId);
    await connectAs("modelToken", token, user).approve(staking, MaxUint256);
    await staking.connect(user).claimAndStake(modelId, amount);
  }

  /** A voucher for what a user has used since the last one. */
  async voucher(modelId: bigint, user: HardhatEthersSigner, used: Sums, key?: ReplayScene["keys"][number]) {
    const signer = key ?? user;
    const before = await this.f.meter.usageOf(user, signer.address, modelId);
    const sums = { units: before.units + used.units, list: before.list + used.list, paid: before.paid + used.paid };
    return signVoucher(this.f, signer, { user, modelId, ...sums });
  }

  /** Usage at any price and discount that is allowed. */
  used(most: bigint): Sums {
    const list = this.random.magnitude(1_000n, most);
    const share = this.random.uniform(7_000n, 10_000n);
    return { list, paid: (list * share + 9_999n) / 10_000n, units: this.random.uniform(1n, list) };
  }

  /** Lets some time pass: mostly little, so that sales and averages are met while they last. */
  async pass(): Promise<void> {
    const { random } = this;
    await this.wait(random.pick([() => 1n, () => random.uniform(1n, 3_600n), () => random.uniform(1n, DAY)])());
  }
}

/** Something that may happen. */
export type Action = (world: World) => Promise<unknown>;

import { Interface, toBeHex, zeroPadValue } from "ethers";

import { at } from "./clock.ts";
import { ethers, firstSigners } from "./fixtures.ts";
import { EmissionModel } from "./model/emissions.ts";
import type { Amounts, ClosedPool, CollectedRow, EmissionTerms } from "./model/emissions.ts";
import type { Random } from "./random.ts";
import { interfaceAs } from "../../sdk/src/ethers/connect.ts";
import { deployAs } from "./scenes.ts";
import { DAY, HOUR } from "./time.ts";
import { WAD } from "./units.ts";

/** The models of a world. */
export const MODEL_IDS = [1n, 2n, 3n] as const;
/** The users of a world: addresses without a key. */
export const USERS = [1, 2, 3, 4].map((n) => zeroPadValue(toBeHex(0xa11ce0 + n), 20));
const TREASURY = zeroPadValue("0x7ea5", 20);

const SUPPLY = 10n ** 27n;

const distributorInterface = interfaceAs("emissions");
const actorInterface = new Interface(["function act(address target, bytes data)"]);
const worldInterface = new Interface([
  "function graduate(uint256 modelId, address issuer, uint256 fund, uint256 reserve, tuple(uint128 flock, uint128 mt) opening)",
  "function goLive(uint256 modelId)",
  "function setStake(uint256 modelId, address user, uint256 amount)",
  "function handOver(uint256 modelId, address holder)",
  "function fund(uint256 amount)",
  "function record(uint256 modelId, uint256 net, tuple(address user, uint256 list, uint256 paid, uint256 net)[] spends)",
  "function setMarket(uint256 flockForMillion, uint256[3] mtPrices)",
]);

/** One thing that happens in a history. `by` is the holder who does it, if it matters who does. */
export interface Step {
  to: "world" | "distributor";
  data: string;
  succeeds: boolean;
  by?: number;
}

/** A world on the chain. */
interface World {
  world: string;
  distributor: string;
}

/** What `RewardWorld.state` says of a user in a model. */
export interface UserState extends Amounts {
  mtBalance: bigint;
}

/** What `RewardWorld.state` says of a model. */
export interface ModelState {
  openEpoch: bigint;
  openScore: bigint;
  openWeight: bigint;
  sweptEpoch: bigint;
  openNet: bigint;
  carriedEmission: bigint;
  releasedFund: bigint;
  releasedReserve: bigint;
  cutFlock: bigint;
  cutMt: bigint;
  bonus: bigint;
  supply: bigint;
  heldByDistributor: bigint;
  users: UserState[];
}

/** Everything that is compared of a world. */
export interface WorldState {
  unreserved: bigint;
  totalScore: bigint;
  emission: bigint;
  held: bigint;
  treasury: bigint;
  flockSupply: bigint;
  holders: bigint[];
  users: bigint[];
  models: ModelState[];
}

/** Gives the list that a world returns its names. */
function readState(list: readonly bigint[], holders: number): WorldState {
  let at = 0;
  const next = () => list[at++]!;
  const many = (count: number) => Array.from({ length: count }, next);
  return {
    unreserved: next(),
    totalScore: next(),
    emission: next(),
    held: next(),
    treasury: next(),
    flockSupply: next(),
    holders: many(holders),
    users: many(USERS.length),
    models: MODEL_IDS.map(() => ({
      openEpoch: next(),
      openScore: next(),
      openWeight: next(),
      sweptEpoch: next(),
      openNet: next(),
      carriedEmission: next(),
      releasedFund: next(),
      releasedReserve: next(),
      cutFlock: next(),
      cutMt: next(),
      bonus: next(),
      supply: next(),
      heldByDistributor: next(),
      users: USERS.map(() => ({ flock: next(), mt: next(), mtBalance: next() })),
    })),
  };
}

/** Distributors on the chain, each in a world of its own, driven together. */
export class RewardWorlds {
  readonly worlds: World[] = [];
  readonly holders: string[] = [];
  #conductor!: Awaited<ReturnType<typeof ethers.deployContract>>;

  /** Deploys one world for each of `terms`. */
  static async deploy(terms: readonly EmissionTerms[]): Promise<RewardWorlds> {
    const all = new RewardWorlds();
    const [deployer] = await firstSigners();
    all.#conductor = await ethers.deployContract("Conductor");
    for (let i = 0; i < 3; ++i) all.holders.push(await (await ethers.deployContract("Actor")).getAddress());
    for (const { usdcUnit, dailyRate, maxFlockPerUsdc, maxRewardBps, minimumStake } of terms) {
      const tokens = [];
      for (let i = 0; i < MODEL_IDS.length; ++i) tokens.push(await ethers.deployContract("LocalFlock", [deployer]));
      const world = await ethers.deployContract("RewardWorld", [TREASURY]);
      const flock = await deployAs("flock", [world], deployer);
      const vault = await deployAs("vault", [flock, world], deployer);
      const distributor = await deployAs(
        "emissions",
        [
          world,
          {
            flock,
            flockBurns: true,
            usdcUnit,
            registry: world,
            vault,
            graduation: world,
            staking: world,
            buyback: world,
          },
          { dailyRate, maxFlockPerUsdc, maxRewardBps, minimumStake },
        ],
        deployer,
      );
      await distributor.wire(world);
      await vault.wire(world, distributor);
      await world.getFunction("begin")(distributor, vault, flock, tokens);
      for (const token of tokens) await token.getFunction("transfer")(world, SUPPLY);
      all.worlds.push({ world: await world.getAddress(), distributor: await distributor.getAddress() });
    }
    return all;
  }

  /** Does the steps of every world at one moment. Each must come out as its history says. */
  async run(time: bigint, stepsOf: readonly (readonly Step[])[]): Promise<void> {
    const calls = this.worlds.flatMap(({ world, distributor }, i) =>
      (stepsOf[i] ?? []).map(({ to, data, succeeds, by }) => {
        const target = to === "world" ? world : distributor;
        if (by === undefined) return { target, data, succeeds };
        return { target: this.holders[by]!, data: actorInterface.encodeFunctionData("act", [target, data]), succeeds };
      }),
    );
    await at(time);
    await this.#conductor.getFunction("run")(calls, { gasLimit: 16_000_000n });
  }

  /** What every world holds and shows now. */
  async states(): Promise<WorldState[]> {
    const worlds = this.worlds.map(({ world }) => world);
    const lists = (await this.#conductor.getFunction("statesOf")(worlds, USERS, this.holders)) as bigint[][];
    return lists.map((list) => readState(list, this.holders.length));
  }

  /** The pools of a model of one world. */
  async poolsOf(index: number, modelId: bigint, epochs: readonly bigint[]) {
    const world = await ethers.getContractAt("RewardWorld", this.worlds[index]!.world);
    return (await world.getFunction("poolsOf")(modelId, epochs)) as ClosedPool[];
  }
}

/** Sums that only a history knows: what was paid out so far. */
interface Paid {
  users: bigint[];
  usersMt: Map<bigint, bigint[]>;
  holders: bigint[];
  flockBurned: bigint;
  burned: Map<bigint, bigint>;
  reserves: Map<bigint, bigint>;
}

/**
 * A random history: what people do, drawn step by step, with the day-by-day model beside it. Every step says whether it
 * must succeed; what it pays shows in the balances.
 */
export class RewardHistory {
  readonly model: EmissionModel;
  readonly paid: Paid;
  readonly #random: Random;
  readonly #terms: EmissionTerms;
  readonly #holderAddresses: readonly string[];
  readonly #issuer = new Map<bigint, number>();
  readonly #stakes = new Map<string, bigint>();
  #fundLeft = SUPPLY / 2n;

  constructor(random: Random, terms: EmissionTerms, time: bigint, holderAddresses: readonly string[]) {
    this.#random = random;
    this.#terms = terms;
    this.#holderAddresses = holderAddresses;
    this.model = new EmissionModel(terms, time);
    this.paid = {
      users: USERS.map(() => 0n),
      usersMt: new Map(MODEL_IDS.map((id) => [id, USERS.map(() => 0n)])),
      holders: holderAddresses.map(() => 0n),
      flockBurned: 0n,
      burned: new Map(MODEL_IDS.map((id) => [id, 0n])),
      reserves: new Map(),
    };
  }

  /** What happens at `time`; often nothing. */
  at(time: bigint): Step[] {
    this.model.advanceTo(time);
    const count = this.#random.pick([0n, 1n, 1n, 2n, 3n]);
    return Array.from({ length: Number(count) }, () => this.#draw()).flat();
  }

  /** Rolls of random models in random order: the model does not even know them. */
  static rolls(random: Random, max: bigint): Step[] {
    const count = Number(random.uniform(0n, max));
    return Array.from({ length: count }, () => roll(random.pick(MODEL_IDS)));
  }

  #draw(): Step[] {
    const modelId = this.#random.pick(MODEL_IDS);
    const live = this.model.models.get(modelId)?.liveDay !== undefined;
    if (!live && this.#random.uniform(0n, 2n) > 0n) return this.#begin(modelId);
    return this.#random.pick([
      () => this.#settle(modelId),
      () => this.#settle(modelId),
      () => this.#settle(modelId),
      () => this.#settle(modelId),
      () => this.#settle(modelId),
      () => this.#stake(modelId),
      () => this.#stake(modelId),
      () => this.#fund(),
      () => this.#claim(),
      () => this.#claim(),
      () => this.#claimBonus(modelId),
      () => this.#handOver(modelId),
      () => this.#settings(),
      () => this.#market(),
      () => this.#sweep(modelId),
      () => [roll(modelId)],
    ])();
  }

  /** A model graduates, or one that has goes live. */
  #begin(modelId: bigint): Step[] {
    if (this.model.models.has(modelId)) {
      this.model.goLive(modelId);
      return [inWorld("goLive", [modelId])];
    }
    const terms = {
      fund: this.#random.magnitude(1n, 10n ** 25n),
      reserve: this.#random.magnitude(1n, 2n * 10n ** 23n),
      openingFlock: this.#random.magnitude(WAD / 10n, 10n ** 26n),
      openingMt: this.#random.magnitude(WAD / 10n, 2n * 10n ** 23n),
    };
    const issuer = this.#holder();
    this.#issuer.set(modelId, issuer);
    this.model.graduate(modelId, terms);
    this.paid.reserves.set(modelId, terms.reserve);
    const opening = { flock: terms.openingFlock, mt: terms.openingMt };
    return [
      inWorld("graduate", [modelId, this.#holderAddresses[issuer], terms.fund, terms.reserve, opening]),
      ...(this.#random.uniform(0n, 1n) === 0n ? this.#begin(modelId) : []),
    ];
  }

  /** Vouchers of several users, some of them skipped, or cards, which have no user. */
  #settle(modelId: bigint): Step[] {
    if (this.model.models.get(modelId)?.liveDay === undefined) return [];
    const byCard = this.#random.uniform(0n, 5n) === 0n;
    const rows: CollectedRow[] = [];
    for (let left = this.#random.uniform(1n, 4n); left > 0n && !byCard; --left) rows.push(this.#row());
    const net = byCard ? this.#spend() : rows.reduce((sum, row) => sum + row.net, 0n);
    if (net === 0n) return [];
    this.model.settle(modelId, net, rows, (user) => this.#stakes.get(`${modelId}/${user}`) ?? 0n);
    return [inWorld("record", [modelId, net, rows])];
  }

  /** What one row collected: any price from the largest discount to more than the list, and any part of it net. */
  #row(): CollectedRow {
    const user = this.#random.pick(USERS);
    if (this.#random.uniform(0n, 7n) === 0n) return { user, list: 0n, paid: 0n, net: 0n };
    const list = this.#spend();
    const paid = (list * this.#random.pick([7_000n, 8_333n, 10_000n, 12_000n]) + 9_999n) / 10_000n;
    const net = this.#random.pick([
      () => paid,
      () => (paid * 8n + 9n) / 10n,
      () => (paid + 10n) / 11n,
      () => this.#random.uniform(1n, paid),
    ])();
    return { user, list: this.#random.uniform(0n, 9n) === 0n ? list - 1n : list, paid, net };
  }

  /** An amount of USDC: a single unit, dust, or up to a million dollars. */
  #spend(): bigint {
    return this.#random.magnitude(1n, 1_000_000n * this.#terms.usdcUnit);
  }

  #stake(modelId: bigint): Step[] {
    const user = this.#random.pick(USERS);
    const minimum = this.model.minimumStake;
    const amount = this.#random.pick([
      0n,
      minimum > 0n ? minimum - 1n : 0n,
      minimum,
      minimum + 1n,
      50_000n * WAD,
      50_000n * WAD,
    ]);
    this.#stakes.set(`${modelId}/${user}`, amount);
    return [inWorld("setStake", [modelId, user, amount])];
  }

  /** Budgets that last, and budgets that run dry within the day. */
  #fund(): Step[] {
    const drawn = this.#random.magnitude(1n, 10n ** 25n);
    const amount = drawn < this.#fundLeft ? drawn : 0n;
    this.#fundLeft -= amount;
    if (amount > 0n) this.model.fund(amount);
    return [inWorld("fund", [amount], amount > 0n)];
  }

  #claim(): Step[] {
    const user = Number(this.#random.uniform(0n, BigInt(USERS.length - 1)));
    const modelIds = this.#random.pick([[1n, 2n, 3n], [3n, 1n], [2n, 2n], [1n], [2n], [3n], [99n, 1n]]);
    const { flock, mt } = this.model.claim(USERS[user]!, modelIds);
    let total = flock;
    this.paid.users[user]! += flock;
    for (const [modelId, amount] of mt) {
      const balances = this.paid.usersMt.get(modelId);
      if (balances !== undefined) balances[user]! += amount;
      total += amount;
    }
    return [inDistributor("claim", [USERS[user], modelIds], total > 0n)];
  }

  #claimBonus(modelId: bigint): Step[] {
    const by = this.#holder();
    const isIssuer = this.#issuer.get(modelId) === by;
    const bonus = isIssuer ? this.model.claimBonus(modelId) : 0n;
    this.paid.holders[by]! += bonus;
    const args = [modelId, this.#holderAddresses[by]];
    return [{ ...inDistributor("claimIssuerBonus", args, bonus > 0n), by }];
  }

  #handOver(modelId: bigint): Step[] {
    if (!this.#issuer.has(modelId)) return [];
    const issuer = this.#holder();
    this.#issuer.set(modelId, issuer);
    return [inWorld("handOver", [modelId, this.#holderAddresses[issuer]])];
  }

  #settings(): Step[] {
    if (this.#random.uniform(0n, 3n) === 0n) {
      this.model.minimumStake = this.#random.pick([0n, 1n, WAD, WAD, 1_000n * WAD]);
      return [inDistributor("setMinimumStake", [this.model.minimumStake])];
    }
    const [rate, cap, bps] = [drawRate(this.#random), drawCap(this.#random), drawWorthBps(this.#random)];
    this.model.setSettings(rate, cap, bps);
    return [inDistributor("setEmissionSettings", [rate, cap, bps])];
  }

  /** Average prices appear, move and become unusable. */
  #market(): Step[] {
    const flockForMillion = this.#random.pick([0n, this.#random.magnitude(WAD, 10n ** 27n)]);
    const prices = MODEL_IDS.map(() => this.#random.pick([0n, this.#random.magnitude(1n, 2n ** 81n)]));
    this.model.market = { flockForMillion, mtPrice: (modelId) => prices[Number(modelId) - 1]! };
    return [inWorld("setMarket", [flockForMillion, prices])];
  }

  #sweep(modelId: bigint): Step[] {
    const swept = this.model.sweep(modelId);
    if (swept !== undefined) {
      this.paid.flockBurned += swept.flockBurned;
      this.paid.burned.set(modelId, this.paid.burned.get(modelId)! + swept.mtBurned);
    }
    return [inDistributor("sweep", [modelId], swept !== undefined)];
  }

  #holder(): number {
    return Number(this.#random.uniform(0n, BigInt(this.#holderAddresses.length - 1)));
  }
}

/** A daily rate, from nothing to the bound. */
export function drawRate(random: Random): bigint {
  return random.pick([0n, 20_000n * WAD, 20_000n * WAD, 1_000_000n * WAD, random.magnitude(1n, 1_000_000n * WAD)]);
}

/** A cap, from nothing to the bound [WAD, FLOCK per USDC]. */
export function drawCap(random: Random): bigint {
  return random.pick([
    0n,
    WAD / 2n,
    2n * WAD,
    200n * WAD,
    200n * WAD,
    1_000n * WAD,
    random.magnitude(1n, 1_000n * WAD),
  ]);
}

/** The most that rewards may be worth, off or up to the bound [bps]. */
export function drawWorthBps(random: Random): bigint {
  return random.pick([0n, 0n, 2_500n, 2_500n, random.uniform(1n, 10_000n)]);
}

/** How far the clock moves: mostly within a day, sometimes over months, now and then to the edge of a day. */
export function drawTime(random: Random, now: bigint): bigint {
  const endOfDay = (now / DAY + 1n) * DAY;
  // Once or twice in a history nothing happens for a year, so that some live to see a second sweep.
  if (random.uniform(0n, 24n) === 0n) return now + random.uniform(360n, 400n) * DAY;
  return random.pick([
    () => now + random.uniform(1n, HOUR),
    () => now + random.uniform(1n, HOUR),
    () => now + random.uniform(1n, DAY / 2n),
    () => now + random.uniform(1n, DAY / 2n),
    () => endOfDay,
    () => endOfDay + random.uniform(0n, DAY - 1n),
    () => (endOfDay - 1n > now ? endOfDay - 1n : endOfDay),
    () => now + random.uniform(1n, 3n) * DAY,
    () => now + random.uniform(1n, 40n) * DAY,
    () => now + random.uniform(30n, 200n) * DAY,
  ])();
}

/** A roll of one model. */
export function roll(modelId: bigint): Step {
  return inDistributor("roll", [modelId]);
}

/** A step that the world does itself: it stands for graduation, registry, staking and meter. */
export function inWorld(name: string, args: readonly unknown[], succeeds = true): Step {
  return { to: "world", data: worldInterface.encodeFunctionData(name, args), succeeds };
}

/** A step that is a call of the distributor. */
export function inDistributor(
  name: "claim" | "claimIssuerBonus" | "roll" | "setEmissionSettings" | "setMinimumStake" | "sweep",
  args: readonly unknown[],
  succeeds = true,
): Step {
  const data = distributorInterface.encodeFunctionData(name as "roll", args as [bigint]);
  return { to: "distributor", data, succeeds };
}

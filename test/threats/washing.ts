import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { formatUnits, parseUnits } from "ethers";
import { Fraction } from "fraction.js";
import JSON5 from "json5";

import { PARAMETERS_DIR } from "../../deploy/config/parameters.ts";
import { allowanceOf, earnable, earningLateFixture, settle, settleCard, toNoonIn } from "../support/earning.ts";
import type { Earning, Use } from "../support/earning.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { flockPerMt, flockPerUsdc, moveFlockTo, moveMtBy, observePrices, setCapsOf } from "../support/markets.ts";
import { WAD, tokens, usdc } from "../support/units.ts";
import { SHARE, govern } from "../support/scenes.ts";
import { SEATS } from "../support/usage/seatNames.ts";

/** The networks whose parameters bound what rewards are worth, and the one that shows the paper's example. */
const PUBLIC = ["base", "baseSepolia", "bsc", "bscTestnet"];

/** The caps that a network's parameter file ships. */
function capsOf(network: string) {
  const file = readFileSync(join(PARAMETERS_DIR, `${network}.json5`), "utf8");
  const { maxFlockPerUsdc, maxRewardBps } = JSON5.parse<{ maxFlockPerUsdc: string; maxRewardBps: number }>(file);
  return { maxFlockPerUsdc: parseUnits(maxFlockPerUsdc), maxRewardBps: BigInt(maxRewardBps) };
}

/** The document whose table is computed here: for each network, the prices of FLOCK [USD]. */
const DOCUMENT = readFileSync(join(import.meta.dirname, "..", "..", "docs", "wash-trading.md"), "utf8");
const TABLE: [network: string, prices: string[]][] = [
  ["base", ["0.02", "0.1", "0.28", "1", "5"]],
  ["local", ["0.02", "1"]],
];
/** The columns of that table. */
const TABLE_CIRCLES: Circle[] = [
  "a user",
  "with its provider",
  "with the issuer",
  "with the treasury",
  "all of them, with all MT",
];

/** What washing brought and cost [FLOCK wei, MT wei, USDC units]. */
interface Washed {
  paid: bigint;
  net: bigint;
  reward: { flock: bigint; mt: bigint };
  bonus: bigint;
  opex: bigint;
  treasury: bigint;
  issuer: bigint;
  mtBuyback: bigint;
}

/** Who washes: a user, alone or with whoever gets a part of what it pays. The platform gets none. */
const CIRCLES = {
  "a user": (washed: Washed, flockUsd: Fraction) => rewardUsd(washed, flockUsd),
  "with the platform": (washed: Washed, flockUsd: Fraction) => rewardUsd(washed, flockUsd),
  "with its provider": (washed: Washed, flockUsd: Fraction) => rewardUsd(washed, flockUsd).add(inUsd(washed.opex)),
  "with the issuer": (washed: Washed, flockUsd: Fraction) =>
    rewardUsd(washed, flockUsd).add(bonusUsd(washed, flockUsd)).add(inUsd(washed.issuer)),
  "with the treasury": (washed: Washed, flockUsd: Fraction) => rewardUsd(washed, flockUsd).add(inUsd(washed.treasury)),
  // Of what is bought back, whoever holds all MT can get all of it.
  "all of them, with all MT": (washed: Washed, flockUsd: Fraction) =>
    rewardUsd(washed, flockUsd)
      .add(bonusUsd(washed, flockUsd))
      .add(inUsd(washed.opex + washed.treasury + washed.issuer + washed.mtBuyback)),
};
type Circle = keyof typeof CIRCLES;

const inUsd = (amount: bigint) => new Fraction(amount, 10n ** 6n);
const bonusUsd = ({ bonus }: Washed, flockUsd: Fraction) => new Fraction(bonus, WAD).mul(flockUsd);
let mtInFlock = new Fraction(0);
const rewardUsd = ({ reward }: Washed, flockUsd: Fraction) =>
  new Fraction(reward.flock, WAD).add(new Fraction(reward.mt, WAD).mul(mtInFlock)).mul(flockUsd);

/** What a circle is better off with for each USDC of net revenue that it washes [USD]. */
function gainOf(circle: Circle, washed: Washed, flockUsd: Fraction): Fraction {
  return CIRCLES[circle](washed, flockUsd).sub(inUsd(washed.paid)).div(inUsd(washed.net));
}

/** Everything that anybody of a circle could get so far. */
async function holdings(f: Earning) {
  return {
    reward: await f.emissions.claimableOf(f.bob, f.modelId),
    bonus: await f.emissions.issuerBonusOf(f.modelId),
    opex: await f.waterfall.creditOf(SEATS.provider(1n)),
    treasury: await f.waterfall.creditOf(SEATS.treasury),
    issuer: await f.waterfall.creditOf(SEATS.issuer(f.modelId)),
    mtBuyback: await f.waterfall.creditOf(SEATS.buybackModel(f.modelId)),
  };
}

/** What it changes that Bob washes on a day on which Carol uses the model too, or nobody does: with it, less without it. */
async function wash(f: Earning, use: Omit<Use, "user">, beside?: bigint): Promise<Washed> {
  const snapshot = await networkHelpers.takeSnapshot();
  const day = async (washes: boolean) => {
    if (beside !== undefined) await settle(f, f.modelId, [{ user: f.carol, list: beside }]);
    const net = washes ? await settle(f, f.modelId, [{ user: f.bob, ...use }]) : 0n;
    await toNoonIn(1n);
    const held = await holdings(f);
    await snapshot.restore();
    return { net, held };
  };
  const [without, { net, held }] = [await day(false), await day(true)];
  const before = without.held;
  return {
    paid: use.paid ?? use.list,
    net,
    reward: { flock: held.reward.flock - before.reward.flock, mt: held.reward.mt - before.reward.mt },
    bonus: held.bonus - before.bonus,
    opex: held.opex - before.opex,
    treasury: held.treasury - before.treasury,
    issuer: held.issuer - before.issuer,
    mtBuyback: held.mtBuyback - before.mtBuyback,
  };
}

/** Usage at the price floor with the largest discount: as much weight for its net revenue as a model's terms allow. */
const thin = (list: bigint) => ({ list, paid: (list * 7n) / 10n, units: list });
/** Usage that is all net revenue. */
const fat = (list: bigint) => ({ list });

/** A model whose fund and reserve wait untouched, with the caps of a network. */
async function withCapsOf(network: string) {
  const f = await networkHelpers.loadFixture(earningLateFixture);
  await setCapsOf(f, capsOf(network));
  return f;
}

/** Uses the model until its fund is earned, so that the reserve pays from now on: in MT. */
async function spendFund(f: Earning): Promise<void> {
  const { total } = await f.vault.allocationOf(f.modelId, SHARE.StakingFund);
  const cap = await f.emissions.capOf(await f.emissions.currentEpoch());
  await settle(f, f.modelId, [{ user: f.carol, list: (2n * total * usdc(1)) / cap + usdc(10) }]);
}

/** The prices of FLOCK [USD], which this returns, and of MT, at which rewards are counted from now on. */
async function pricesNow(f: Earning): Promise<Fraction> {
  mtInFlock = new Fraction(await flockPerMt(f), WAD);
  return new Fraction(WAD, await flockPerUsdc(f));
}

/** Sets the prices of FLOCK [USD, WAD] and MT [percent of the opening price], and has them observed. */
async function atPrices(f: Earning, flockUsd: bigint, mtPercent: bigint): Promise<Fraction> {
  await moveFlockTo(f, flockUsd);
  if (mtPercent !== 100n) await moveMtBy(f, mtPercent);
  await observePrices(f);
  return await pricesNow(f);
}

describe("Threats: washing", () => {
  describe("M4, S12 thin rows beside fat ones", () => {
    it("a user's reward is worth at most what its own net revenue may earn; alone, half of that", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      mtInFlock = new Fraction(1, 8);
      const alone = await wash(f, fat(usdc(100)));
      expect(rewardUsd(alone, new Fraction(1)).mul(WAD).equals(earnable(alone.net))).to.equal(true);
      const beside = await wash(f, thin(usdc("0.1")), usdc(100));
      const worth = rewardUsd(beside, new Fraction(1)).mul(WAD);
      expect(worth.compare(allowanceOf(beside.net))).to.be.at.most(0);
      expect(worth.compare((allowanceOf(beside.net) * 999n) / 1_000n)).to.equal(1);
    });

    it("with the dearest compute, 11 times less net for the same list spend, no more than that either", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      const tier = await f.registry.tierOf(1n);
      const { minMinimumRaise, open, maxTarget, guaranteesHash } = tier;
      const terms = { computeCost: usdc(1_000), minMinimumRaise, open, maxTarget, guaranteesHash };
      const data = f.registry.interface.encodeFunctionData("changeTier", [1n, terms, "https://example.org/tier"]);
      await govern(f, f.addresses.registry, data);
      await toNoonIn(1n);
      mtInFlock = new Fraction(1, 8);
      const washed = await wash(f, thin(usdc("0.1")), usdc(100));
      expect(washed.net).to.equal(70_000n - 700_000n / 11n);
      const worth = rewardUsd(washed, new Fraction(1)).mul(WAD);
      expect(worth.compare(allowanceOf(washed.net))).to.be.at.most(0);
      // By weight it would have been some eight times as much.
      await settle(f, f.modelId, [{ user: f.carol, list: usdc(100) }]);
      await settle(f, f.modelId, [{ user: f.bob, ...thin(usdc("0.1")) }]);
      await toNoonIn(1n);
      await f.emissions.claim(f.bob, [f.modelId]);
      const [cut] = await f.emissions.queryFilter(f.emissions.filters.RewardCut(f.modelId, f.bob));
      const { flock, mt, cutFlock, cutMt } = cut!.args;
      expect([cutFlock, cutMt]).to.deep.equal([flock, mt]);
      const model = await f.emissions.modelRewardsOf(f.modelId);
      expect([model.cutFlock, model.cutMt]).to.deep.equal([flock, mt]);
      expect(flock + mt / 8n).to.be.greaterThan(6n * allowanceOf(washed.net));
    });

    it("what is cut goes to nobody: it stays aside, and the others get what they would have got", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      await settle(f, f.modelId, [{ user: f.carol, list: usdc(1_000) }]);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(500), paid: usdc(350), units: usdc(500) }]);
      await toNoonIn(1n);
      await f.emissions.roll(f.modelId);
      const before = await f.emissions.claimableOf(f.carol, f.modelId);
      await f.emissions.claim(f.bob, [f.modelId]);
      expect(await f.emissions.claimableOf(f.carol, f.modelId)).to.deep.equal(before);
    });
  });

  describe("B6, M5, M6 buying one's own inference", () => {
    it("has the same caps on every public network", () => {
      for (const network of PUBLIC) expect(capsOf(network)).to.deep.equal(capsOf("base"));
    });

    for (const flockUsd of ["0.02", "0.28", "1", "20"]) {
      for (const mtPercent of [30n, 100n, 500n]) {
        it(`loses for every circle with Base's caps: FLOCK at ${flockUsd} USD, MT at ${mtPercent}% of its opening`, async () => {
          const f = await withCapsOf("base");
          const price = await atPrices(f, parseUnits(flockUsd), mtPercent);
          const runs = [
            await wash(f, fat(usdc(100))),
            await wash(f, thin(usdc(10)), usdc(1_000)),
            await wash(f, fat(usdc(5_000)), usdc(100)),
          ];
          for (const [i, run] of runs.entries()) {
            for (const circle of Object.keys(CIRCLES) as Circle[]) {
              expect(gainOf(circle, run, price).compare(0), `${circle}, run ${i}`).to.equal(-1);
            }
          }
        }).timeout(60_000);
      }
    }

    it("loses when carried emissions have piled up for months, too", async () => {
      const f = await withCapsOf("base");
      for (let day = 0; day < 3; ++day) {
        await settleCard(f, f.modelId, usdc(10_000));
        await toNoonIn(30n);
      }
      const price = await atPrices(f, WAD / 4n, 100n);
      const washed = await wash(f, fat(usdc(10_000)));
      for (const circle of Object.keys(CIRCLES) as Circle[]) {
        expect(gainOf(circle, washed, price).compare(0), circle).to.equal(-1);
      }
    });

    it("loses before anybody has ever observed the route, as long as the fixed cap alone is safe for the price", async () => {
      const f = await withCapsOf("base");
      await moveFlockTo(f, parseUnits("0.28"));
      const price = await pricesNow(f);
      expect(await f.emissions.capOf(await f.emissions.currentEpoch())).to.equal(WAD);
      const washed = await wash(f, thin(usdc(10)), usdc(1_000));
      expect(gainOf("all of them, with all MT", washed, price).compare(0)).to.equal(-1);
    });

    for (const [flockUsd, mtPercent] of [
      ["0.28", 500n],
      ["0.6", 1_000n],
      ["0.05", 1_000n],
    ] as const) {
      it(`loses in MT when nobody observes: FLOCK at ${flockUsd} USD, MT at ${mtPercent}% of its opening since a day`, async () => {
        const f = await withCapsOf("base");
        await f.buyback.pokeRoute(); // once; since then nobody does
        await spendFund(f);
        await moveFlockTo(f, parseUnits(flockUsd));
        await moveMtBy(f, mtPercent);
        await toNoonIn(1n);
        const price = await pricesNow(f);
        for (const washed of [await wash(f, thin(usdc(10)), usdc(1_000)), await wash(f, fat(usdc(1_000)))]) {
          expect(washed.reward.mt).to.be.greaterThan(0n);
          expect(gainOf("all of them, with all MT", washed, price).compare(0)).to.equal(-1);
        }
      });
    }

    for (const [network, prices] of TABLE) {
      it(`brings what the table of the document says, with the caps of ${network}`, async () => {
        for (const flockUsd of prices) {
          const f = await withCapsOf(network);
          const price = await atPrices(f, parseUnits(flockUsd), 100n);
          const washed = await wash(f, thin(usdc("0.1")), usdc(100));
          const cap = await f.emissions.capOf(await f.emissions.currentEpoch());
          const gains = TABLE_CIRCLES.map((circle) => gainOf(circle, washed, price).valueOf().toFixed(2));
          const row = [flockUsd, formatUnits(cap).slice(0, 5), ...gains].join(" | ");
          expect(DOCUMENT).to.contain(`| ${row} |`);
        }
      }).timeout(120_000);
    }

    it("pays far above the bound: the local chain's caps show the paper's example, and are not safe", async () => {
      const f = await networkHelpers.loadFixture(earningLateFixture);
      mtInFlock = new Fraction(1, 8);
      const washed = await wash(f, fat(usdc(100)));
      expect(gainOf("a user", washed, new Fraction(1)).compare(90)).to.equal(1);
    });
  });

  describe("M5 pushing the average before the first settlement of an epoch", () => {
    /** FLOCK at 1 USD, observed, with the caps of Base: 0.25 FLOCK for a USDC. */
    async function atOneUsd() {
      const f = await withCapsOf("base");
      await toNoonIn(1n);
      await observePrices(f);
      expect(await f.emissions.capOf(await f.emissions.currentEpoch())).to.equal(WAD / 4n);
      return f;
    }

    it("raises the cap to the fixed one at most, for one epoch, and costs what others buy meanwhile", async () => {
      const f = await atOneUsd();
      const before = await f.flock.balanceOf(f.deployer);
      const usdcBefore = await f.usdc.balanceOf(f.deployer);
      await moveFlockTo(f, WAD / 5n);
      await observePrices(f);
      const cap = await f.emissions.capOf(await f.emissions.currentEpoch());
      expect(cap).to.equal(WAD);
      await settle(f, f.modelId, [{ user: f.bob, list: usdc(1) }]);
      await moveFlockTo(f, WAD);
      // Nobody traded meanwhile: the push cost its fees alone, 0.3% of 2.47 million FLOCK on the way there, and of 1.1 million USDC back.
      const cost =
        before -
        (await f.flock.balanceOf(f.deployer)) +
        (usdcBefore - (await f.usdc.balanceOf(f.deployer))) * 10n ** 12n;
      expect(cost).to.be.closeTo(tokens(6_650), tokens(50));
      await toNoonIn(1n);
      await observePrices(f);
      expect(await f.emissions.capOf(await f.emissions.currentEpoch())).to.be.closeTo(WAD / 4n, WAD / 100n);
    });

    it("does in a minute what it does in half an hour, if the push is as much harder; never above the fixed cap", async () => {
      for (const { push, least, most } of [
        { push: WAD / 5n, least: 25n, most: 29n },
        { push: WAD / 50n, least: 60n, most: 70n },
        { push: WAD / 1_000n, least: 100n, most: 100n },
      ]) {
        const f = await atOneUsd();
        await moveFlockTo(f, push);
        await networkHelpers.time.increase(60n);
        const cap = await f.emissions.capOf(await f.emissions.currentEpoch());
        expect(cap).to.be.within((WAD * least) / 100n, (WAD * most) / 100n);
      }
    });

    it("reads a day's prices at its first settlement: MT that rises by half within the day pays all of them, by a tenth not", async () => {
      for (const { percent, gains } of [
        { percent: 110n, gains: false },
        { percent: 150n, gains: true },
      ]) {
        const f = await withCapsOf("base");
        await observePrices(f);
        await spendFund(f);
        await toNoonIn(1n);
        await settle(f, f.modelId, [{ user: f.carol, list: usdc(1) }]);
        await moveMtBy(f, percent);
        const price = await pricesNow(f);
        const washed = await wash(f, thin(usdc("0.1")), usdc(100));
        expect(gainOf("all of them, with all MT", washed, price).compare(0)).to.equal(gains ? 1 : -1);
        expect(gainOf("with the treasury", washed, price).compare(0)).to.equal(-1);
      }
    });
  });
});

import { expect } from "chai";

import { closeEpoch } from "../../sdk/src/emissions/close.ts";
import { rewardOf } from "../../sdk/src/emissions/pool.ts";
import { emissionFor } from "../../sdk/src/emissions/score.ts";
import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { OPENING_MODES } from "../../sdk/src/names/enums.ts";
import { quoteExactIn, quoteExactOut } from "../../sdk/src/raise/fill.ts";
import { checkPayment, previewLaunch } from "../../sdk/src/raise/launch.ts";
import { viewTimeAt } from "../../sdk/src/raise/clock.ts";
import { phaseOf } from "../../sdk/src/raise/phase.ts";
import { saleAt } from "../../sdk/src/raise/sale.ts";
import { discountOf, stakeThatCounts } from "../../sdk/src/staking/discount.ts";
import { partOfRow, priceFloorOf } from "../../sdk/src/usage/row.ts";
import { releasableAt, unvestedAt } from "../../sdk/src/vesting/vesting.ts";
import { now, until } from "../support/clock.ts";
import { earningFixture, lastRollOf, settle, toNoonIn, voucherRows } from "../support/earning.ts";
import { launchPayment, networkHelpers, protocolFixture, workedExample } from "../support/fixtures.ts";
import { QuickRandom } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { govern } from "../support/scenes.ts";
import type { ProtocolScene } from "../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, DAY, HOUR, NO_DEADLINE, STUCK_AFTER } from "../support/time.ts";
import { WAD, tokens, usdc } from "../support/units.ts";

const SECONDS = scaled(15, 100);
const DAYS = scaled(4, 20);
/** Two weeks. */
const A_WHILE = 14n * DAY;

/** What the offering says of now, and what the SDK needs to say it of any later second. */
async function readRaise(f: ProtocolScene, modelId = 1n) {
  const raise = await f.lens.raiseOf(modelId);
  return { raise, readAt: await now(), pausedUntil: await f.offering.buysPausedUntil() };
}

describe("SDK: quotes of what lives on a chain, against what the chain says later", function () {
  this.timeout(120_000);

  /** Reads a raise now, waits, and compares what was worked out for that second with what the lens says in it. */
  async function comparedAt(f: ProtocolScene, time: bigint, random: QuickRandom): Promise<void> {
    const { raise, readAt, pausedUntil } = await readRaise(f);
    const sale = saleAt(raise, { readAt, time, pausedUntil });
    const [flockIn, mtOut] = [random.magnitude(WAD, tokens(80_000)), random.magnitude(WAD, tokens(500_000))];
    const [paid, got] = [quoteExactIn(sale, flockIn), quoteExactOut(sale, mtOut)];
    const phase = phaseOf(raise, viewTimeAt({ readAt, pausedUntil }, time));
    await until(time);
    expect(await f.lens.quoteExactIn(1n, flockIn)).to.deep.equal([paid.flockIn, paid.flockNet, paid.mtOut]);
    expect(await f.lens.quoteExactOut(1n, mtOut)).to.deep.equal([got.flockIn, got.flockNet, got.mtOut]);
    const { raised, target, virtualFlock, feeRate } = await f.offering.saleOf(1n);
    expect(sale).to.deep.equal({ raised, target, virtualFlock, feeRate });
    expect(phase).to.equal("on sale");
  }

  const codeOf = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      if (error instanceof FomoError) return error.code;
      throw error;
    }
    return "none";
  };

  for (const [what, before, atPause] of [
    ["without a pause", 0n, undefined],
    ["with a pause that runs its seven days", 900n, "runs"],
    ["with a pause that is ended early", 900n, "ends"],
    ["launched during a pause", 0n, "first"],
  ] as const) {
    it(`a raise ${what}: purchases at ${SECONDS} random seconds`, async () => {
      const random = new QuickRandom(`quotes of a raise ${what}`);
      const f = await networkHelpers.loadFixture(protocolFixture);
      const guarded = f.offering.connect(f.guardian);
      if (atPause === "first") await guarded.pauseBuys();
      await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
      let time = (await now()) + before;
      if (before !== 0n) await comparedAt(f, time, random);
      if (atPause === "runs" || atPause === "ends") await guarded.pauseBuys();
      if (atPause !== undefined) {
        const { raise, readAt, pausedUntil } = await readRaise(f);
        const at = (second: bigint) => codeOf(() => saleAt(raise, { readAt, time: second, pausedUntil }));
        expect(at(readAt)).to.equal("buysPaused");
        expect(at(pausedUntil - 1n)).to.equal("buysPaused");
        if (atPause === "ends") {
          await until(readAt + 3n * HOUR);
          await guarded.unpauseBuys();
        }
        time = atPause === "ends" ? (await now()) + 1n : pausedUntil;
      }
      for (let i = 0; i < SECONDS; ++i) {
        time += random.pick([1n, random.uniform(1n, 60n), random.uniform(60n, ANTI_SNIPE_WINDOW / 4n)]);
        await comparedAt(f, time, random);
        if (random.pick([true, false])) {
          await f.offering.connect(f.bob).buyExactIn(1n, random.magnitude(WAD, tokens(3_000)), 0n, f.bob, NO_DEADLINE);
          time = await now();
        }
      }
      const { raise, readAt } = await readRaise(f);
      await comparedAt(f, raise.endsAt - 1n, random);
      expect(codeOf(() => saleAt(raise, { readAt, time: raise.endsAt }))).to.equal("saleClosed");
      expect(codeOf(() => saleAt(raise, { readAt, time: readAt - 1n }))).to.equal("badValue");
    });
  }

  it("where a raise stands: to be graduated, to be refunded, failed", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
    const early = await f.lens.raiseOf(1n);
    expect(phaseOf(early, early.endsAt)).to.equal("to be refunded");
    await until(early.antiSnipeEndsAt);
    await f.offering.connect(f.bob).buyExactIn(1n, tokens(25_000), 0n, f.bob, NO_DEADLINE);
    const raise = await f.lens.raiseOf(1n);
    expect([raise.endsAt - 1n, raise.endsAt, raise.endsAt + STUCK_AFTER].map((at) => phaseOf(raise, at))).to.deep.equal(
      [...["on sale", "to be graduated", "to be refunded"]],
    );
    await until(raise.failableAt);
    await f.offering.fail(1n);
    const failed = await f.lens.raiseOf(1n);
    expect(phaseOf(failed, 0n)).to.equal("failed");
    expect(codeOf(() => saleAt(failed, { readAt: raise.failableAt, time: raise.failableAt }))).to.equal("saleClosed");
  });

  it("a launch: curve, bundle and what it takes, and every reason to refuse its payment", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    const { launchFee, creatorFeeBps, protocolFeeBps, antiSnipeStartBps, antiSnipeWindow, bundleCapBps } =
      await f.offering.offeringSettings();
    const baseFeeBps = creatorFeeBps + protocolFeeBps;
    const conditions = {
      launchFee,
      creatorFeeBps,
      baseFeeBps,
      antiSnipeStartBps,
      antiSnipeWindow,
      bundleCapBps,
      usdcDecimals: 6,
    };
    const random = new QuickRandom("quotes of a launch");
    const { minimumRaise, target, startPriceWad } = workedExample() as Record<"minimumRaise" | "target" | "startPriceWad", bigint>; // prettier-ignore
    const asPlan = (bundleFlock: bigint, bundleMtMin: bigint, launchFeeMax: bigint) => ({
      ...{ name: "", symbol: "", tierId: 1n, minimumPrice: 1n, saleDuration: 0n, openingMode: OPENING_MODES[0] },
      ...{ metadataHash: "0x" as const, metadataUri: "", minimumRaise, target, startPriceWad },
      ...{ bundleFlock, bundleMtMin, launchFeeMax },
    });
    const refusals = new Set<string>();
    for (let i = 0; i < 40; ++i) {
      const bundleFlock = random.pick([
        0n,
        1n,
        random.magnitude(1n, tokens(8_000)),
        random.uniform(tokens(4_000), tokens(8_000)),
      ]);
      const launchFeeMax = random.pick([tokens(1_000), tokens(1_000), tokens(1_000) - 1n]);
      const preview = previewLaunch(asPlan(bundleFlock, 0n, launchFeeMax), conditions);
      const bundleMtMin = preview.bundleMt + random.pick([0n, 0n, 1n]);
      const plan = asPlan(bundleFlock, bundleMtMin, launchFeeMax);
      const refused = sentenceOf(() => {
        checkPayment(plan, conditions);
      });
      const launching = f.offering
        .connect(f.alice)
        .launch(workedExample({ symbol: `S${i}` }), launchPayment({ bundleFlock, bundleMtMin, launchFeeMax }));
      if (refused !== undefined) {
        const name = refused.split(":", 1)[0]!;
        refusals.add(name);
        await expect(launching).to.be.revertedWithCustomError(f.offering, name);
        continue;
      }
      await expect(launching).to.emit(f.offering, "ModelLaunched");
      const launched = await f.lens.raiseOf(await f.registry.modelCount());
      expect([launched.virtualFlock, launched.bundleMt, launched.bundleNet]).to.deep.equal([
        ...[preview.virtualFlock, preview.bundleMt, preview.bundleNet],
      ]);
      expect([launched.raised, launched.gross]).to.deep.equal([preview.bundleNet, preview.due - launchFee]);
    }
    expect([...refusals].sort()).to.deep.equal([
      ...["Offering_BundleAboveCap", "Offering_LaunchFeeAboveMax", "Offering_OutputBelowMin", "Offering_YieldsNothing"],
    ]);
  });

  it(`a graduated model: shares that vest and discounts of a stake at ${SECONDS} random seconds`, async () => {
    const random = new QuickRandom("quotes of a stake");
    const f = await networkHelpers.loadFixture(earningFixture);
    await f.staking.connect(f.bob).stake(f.modelId, tokens(400));
    for (let i = 0; i < SECONDS; ++i) {
      const { pool } = await f.lens.raiseOf(f.modelId);
      const [record, supply] = [await f.staking.stakeRecordOf(f.modelId, f.bob), await f.mt.totalSupply()];
      const { multiplier, capBps } = await f.staking.discountSettings();
      const later = (await now()) + random.pick([1n, random.uniform(1n, DAY), random.uniform(1n, A_WHILE)]);
      const time = i < 2 ? record.warmAt - 1n + BigInt(i) : later;
      await until(time);
      const mtTotals = pool.shares.slice(0, 3).map(({ total }) => total);
      const unvested = unvestedAt(mtTotals, pool.graduatedAt, time);
      expect(unvested).to.equal(await f.vault.unvested(f.modelId));
      for (const [share, { total, released }] of pool.shares.entries()) {
        const releasable = releasableAt({ total, released }, pool.graduatedAt, time);
        expect(releasable).to.equal(await f.vault.releasable(f.modelId, share));
      }
      const counts = stakeThatCounts(record, time);
      expect(counts).to.equal(await f.staking.stakeOf(f.modelId, f.bob));
      const discount = discountOf(counts, { circulating: supply - unvested, multiplier, capBps });
      expect(discount).to.equal(await f.staking.discountOf(f.modelId, f.bob));
      if (random.pick([true, false, false])) await f.vault.release(f.modelId, random.pick([0n, 1n, 3n]));
    }
  });

  it(`rewards of ${DAYS} epochs: what closing one comes to, and what each user earns, before anybody has closed it`, async () => {
    const random = new QuickRandom("quotes of epochs");
    const f = await networkHelpers.loadFixture(earningFixture);
    for (let day = 0; day < DAYS; ++day) {
      const uses = [f.bob, f.carol].map((user) => {
        const list = random.magnitude(usdc(1), usdc(20_000));
        return { user, list, paid: list - random.uniform(0n, list / 5n), units: random.pick([1n, list / 2n, list]) };
      });
      const net = await settle(f, f.modelId, uses);
      const owns = await Promise.all(uses.map(({ user }) => f.emissions.weightOf(user, f.modelId)));
      const model = await f.emissions.modelRewardsOf(f.modelId);
      const totals = await f.emissions.epochTotalsOf(model.openEpoch);
      const { nextDailyRate } = await f.emissions.emissionSettings();
      expect(totals.emission).to.equal(emissionFor(totals.totalScore, totals.cap, nextDailyRate, 6));
      expect(net).to.equal(owns.reduce((sum, own) => sum + own.net, 0n));
      const closed = closeEpoch(model, {
        totals,
        graduatedAt: (await f.vault.recordOf(f.modelId)).startAt,
        fund: (await f.vault.allocationOf(f.modelId, 4n)).total,
        reserve: (await f.vault.allocationOf(f.modelId, 2n)).total,
        usdcDecimals: 6,
      });
      await toNoonIn(1n);
      for (const [index, { user }] of uses.entries()) {
        const { flock, mt } = rewardOf(closed.pool, owns[index]!, 6);
        expect(await f.emissions.claimableOf(user, f.modelId)).to.deep.equal([flock, mt]);
      }
      expect(await f.emissions.issuerBonusOf(f.modelId)).to.equal(model.issuerBonus + closed.bonus);
      await f.emissions.claim(f.bob, [f.modelId]);
      await f.emissions.claim(f.carol, [f.modelId]);
      const rolled = await lastRollOf(f, f.modelId);
      expect([rolled.share, rolled.issuerBonus, rolled.fund, rolled.emission]).to.deep.equal([
        ...[closed.share, closed.bonus, closed.released.fund, closed.released.emission],
      ]);
      const { flock, mt, weight, price, cap } = rolled.pool;
      expect(closed.pool).to.deep.equal({ flock, mt, weight, price, cap });
      expect(closed.carriedEmission).to.equal(rolled.totals.carriedEmission);
    }
  });

  it("the price floor of a tier, whatever its compute cost", async () => {
    const random = new QuickRandom("quotes of price floors");
    const f = await networkHelpers.loadFixture(protocolFixture);
    const { minMinimumRaise, open, maxTarget, guaranteesHash } = await f.registry.tierOf(1n);
    const bounds = [await f.registry.MIN_COMPUTE_COST(), await f.registry.MAX_COMPUTE_COST()] as const;
    for (const computeCost of [...bounds, random.magnitude(...bounds), random.magnitude(...bounds)]) {
      const terms = { computeCost, minMinimumRaise, open, maxTarget, guaranteesHash };
      const change = f.registry.interface.encodeFunctionData("changeTier", [1n, terms, "https://example.org/tier"]);
      await govern(f, f.addresses.registry, change);
      expect(priceFloorOf(computeCost)).to.equal(await f.registry.priceFloorOf(1n));
    }
  });

  it("a voucher that a balance covers in part: units, list spend and net go with it", async () => {
    const f = await networkHelpers.loadFixture(earningFixture);
    const { available } = await f.lens.accountOf(f.dave, []);
    const use = { units: 777_777_777n, list: available * 2n, paid: (available * 3n) / 2n };
    const rows = await voucherRows(f, f.modelId, [{ user: f.dave, ...use }]);
    const { computeCost } = await f.registry.usageTermsOf(f.modelId);
    const { units, list, paid, net } = partOfRow(use, available, computeCost);
    const settling = f.meter.connect(f.platform).settle(f.modelId, rows);
    await expect(settling).to.emit(f.meter, "UsageSettled").withArgs(f.modelId, false, units, list, paid, net);
  });
});

function sentenceOf(act: () => void): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof FomoError) return error.message;
    throw error;
  }
  return undefined;
}

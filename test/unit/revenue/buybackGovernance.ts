import { expect } from "chai";
import { encodeBytes32String } from "ethers";

import {
  FLOCK_SEAT,
  WAIT,
  createPool,
  decide,
  earn,
  earningFixture,
  modelSeat,
  observe,
} from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { at, now } from "../../support/clock.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { DAY, NO_DEADLINE } from "../../support/time.ts";
import { tokens, usdc } from "../../support/units.ts";

/** The local settings. */
const SETTINGS = { bucketBps: 15n, bandBps: 9_800n, modelMinReserve: tokens(250) };

describe("Buyback: what governance and the guardian can do", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
  });

  const encode = (name: "setRoute" | "setBuybackSettings", argument: unknown) =>
    f.buyback.interface.encodeFunctionData(name as "setRoute", [argument as never]);
  const routed = (route: readonly { pair: string; minReserve: bigint }[]) =>
    decide(f, f.buyback, encode("setRoute", route));
  const settled = (settings: object) =>
    decide(f, f.buyback, encode("setBuybackSettings", { ...SETTINGS, ...settings }));

  it("takes the route and the settings from governance alone, and pauses from the guardian alone", async () => {
    for (const caller of [f.stranger, f.keeper, f.platform, f.treasury, f.guardian, f.deployer]) {
      const buyback = f.buyback.connect(caller);
      for (const call of [buyback.setRoute([]), buyback.setBuybackSettings(SETTINGS)]) {
        await expect(call).to.be.revertedWithCustomError(f.buyback, "AccessManagedUnauthorized").withArgs(caller);
      }
      if (caller === f.guardian) continue;
      for (const call of [buyback.pauseBuybacks(), buyback.unpauseBuybacks()]) {
        await expect(call).to.be.revertedWithCustomError(f.buyback, "AccessManagedUnauthorized").withArgs(caller);
      }
    }
  });

  describe("setRoute", () => {
    const MIN = usdc(1_000);
    let other: string;
    let weth: string;
    let toWeth: string;
    let fromWeth: string;

    /** Two more ways to FLOCK: over WETH, and a pair of the model's token that leads nowhere. */
    beforeEach(async () => {
      weth = await (await ethers.deployContract("PlainToken", ["WETH", 18, tokens(1_000_000)])).getAddress();
      toWeth = await createPool(f.dexFactory, f.deployer, [
        { token: f.addresses.usdc, amount: usdc(1_000_000) },
        { token: weth, amount: tokens(400) },
      ]);
      fromWeth = await createPool(f.dexFactory, f.deployer, [
        { token: weth, amount: tokens(400) },
        { token: f.addresses.flock, amount: tokens(1_000_000) },
      ]);
      other = f.modelPair;
    });

    it("reverts above three pairs", async () => {
      const pairs = [toWeth, fromWeth, f.routePair, other].map((pair) => ({ pair, minReserve: MIN }));
      await expect(routed(pairs)).to.be.revertedWithCustomError(f.buyback, "Buyback_BadRouteLength").withArgs(4n, 3n);
    });

    it("reverts if a pair does not continue the route", async () => {
      await expect(routed([{ pair: fromWeth, minReserve: MIN }]))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_RouteBroken")
        .withArgs(fromWeth, f.addresses.usdc);
      await expect(routed([toWeth, f.routePair].map((pair) => ({ pair, minReserve: MIN }))))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_RouteBroken")
        .withArgs(f.routePair, weth);
    });

    it("reverts if the route ends at another token", async () => {
      await expect(routed([{ pair: toWeth, minReserve: MIN }]))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_RouteEndsElsewhere")
        .withArgs(weth);
    });

    it("reverts if a pair stands in it twice, also in the other direction", async () => {
      await expect(routed([toWeth, toWeth, f.routePair].map((pair) => ({ pair, minReserve: MIN }))))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_PairRepeated")
        .withArgs(toWeth);
    });

    it("replaces the whole route and reports both", async () => {
      const route = [
        { pair: toWeth, minReserve: usdc(10_000) },
        { pair: fromWeth, minReserve: tokens(4) },
      ];
      const plain = (pairs: typeof route) => pairs.map(({ pair, minReserve }) => [pair, minReserve]);
      const before = [{ pair: f.routePair, minReserve: usdc(1_000) }];
      await expect(routed(route)).to.emit(f.buyback, "RouteChanged").withArgs(plain(before), plain(route));
      expect(await f.buyback.routePairs()).to.deep.equal(plain(route));
      // A shorter one leaves nothing of a longer one.
      await routed(before);
      expect(await f.buyback.routePairs()).to.deep.equal(plain(before));
    });

    it("keeps what waits: the credit is spent over the new route", async () => {
      await routed([
        { pair: toWeth, minReserve: MIN },
        { pair: fromWeth, minReserve: 0n },
      ]);
      expect((await f.buyback.nextFlockLot(0n)).wait).to.equal(WAIT.NoObservation);
      await observe(f);
      const supply = await f.flock.totalSupply();
      const lot = await f.buyback.buyFlock.staticCall(0n, 0n, NO_DEADLINE);
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      expect(await f.flock.totalSupply()).to.equal(supply - lot.amountOut);
      expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.equal(usdc(3_000) - lot.amountIn);
    });

    it("takes an empty route: the money waits", async () => {
      await routed([]);
      expect(await f.buyback.routePairs()).to.deep.equal([]);
      expect((await f.buyback.nextFlockLot(0n)).wait).to.equal(WAIT.NoRoute);
    });

    it("keeps the buckets of pairs that come back", async () => {
      await earn(f, usdc(90_000));
      const pairs = [{ pair: f.routePair, minReserve: MIN }];
      const manager = f.accessManager.connect(f.administrator);
      await manager.schedule(f.buyback, encode("setRoute", pairs), 0);
      await networkHelpers.time.increase(2n * DAY);
      await observe(f);
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      await manager.execute(f.buyback, encode("setRoute", pairs));
      const { amountIn } = await f.buyback.nextFlockLot(0n);
      expect(amountIn < usdc(100)).to.equal(true);
    });
  });

  describe("setBuybackSettings", () => {
    const bounds = [
      ["bucketBps", 26n, 0n, 25n],
      ["bandBps", 9_499n, 9_500n, 9_940n],
      ["bandBps", 9_941n, 9_500n, 9_940n],
      ["modelMinReserve", tokens(500) + 1n, 0n, tokens(500)],
    ] as const;
    for (const [setting, value, min, max] of bounds) {
      it(`reverts with ${setting} at ${value}`, async () => {
        await expect(settled({ [setting]: value }))
          .to.be.revertedWithCustomError(f.buyback, "Bounds_OutOfRange")
          .withArgs(encodeBytes32String(setting), value, min, max);
      });
    }

    it("takes every setting at its bounds", async () => {
      for (const settings of [
        { bucketBps: 0n, bandBps: 9_500n, modelMinReserve: 0n },
        { bucketBps: 25n, bandBps: 9_940n, modelMinReserve: tokens(500) },
      ]) {
        await settled(settings);
        expect(await f.buyback.buybackSettings()).to.deep.equal(Object.values(settings));
      }
    });

    it("asks no more of a model's pool than half of the smallest minimum of any tier", async () => {
      await settled({ modelMinReserve: tokens(50) }); // or the registry would refuse the tier
      const tier = { computeCost: usdc(1), minMinimumRaise: tokens(100), open: true, maxTarget: tokens(1_000), guaranteesHash: FLOCK_SEAT }; // prettier-ignore
      await decide(f, f.registry, f.registry.interface.encodeFunctionData("addTier", [tier, f.provider.address, "ipfs://small"])); // prettier-ignore
      await expect(settled({ modelMinReserve: tokens(50) + 1n }))
        .to.be.revertedWithCustomError(f.buyback, "Bounds_OutOfRange")
        .withArgs(encodeBytes32String("modelMinReserve"), tokens(50) + 1n, 0n, tokens(50));
      await settled({ modelMinReserve: tokens(50) });
    });

    it("is reported with the former ones", async () => {
      const settings = { bucketBps: 12n, bandBps: 9_700n, modelMinReserve: tokens(400) };
      await expect(settled(settings))
        .to.emit(f.buyback, "BuybackSettingsChanged")
        .withArgs(Object.values(SETTINGS), Object.values(settings));
    });

    it("changes lot and bound from then on", async () => {
      await earn(f, usdc(90_000));
      await settled({ bucketBps: 5n, bandBps: 9_500n });
      await observe(f);
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.amountIn).to.equal(usdc(1_000));
      expect(lot.amountOutMin).to.be.closeTo(tokens(950), 1_000n);
    });
  });

  describe("pauses", () => {
    it("last 7 days at most, and are reported", async () => {
      await expect(f.buyback.connect(f.guardian).pauseBuybacks())
        .to.emit(f.buyback, "BuybacksPaused")
        .withArgs((time: bigint) => time > 0n);
      const endsAt = (await f.buyback.nextFlockLot(0n)).nextAt;
      expect(endsAt).to.equal((await now()) + 7n * DAY);
      await networkHelpers.time.increaseTo(endsAt);
      await observe(f);
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    });

    it("cannot follow each other within 30 days", async () => {
      await f.buyback.connect(f.guardian).pauseBuybacks();
      const earliestAt = (await now()) + 37n * DAY;
      await expect(f.buyback.connect(f.guardian).pauseBuybacks())
        .to.be.revertedWithCustomError(f.buyback, "Pause_TooSoon")
        .withArgs(earliestAt);
      await networkHelpers.time.increaseTo(earliestAt);
      await f.buyback.connect(f.guardian).pauseBuybacks();
    });

    it("end early, and are reported", async () => {
      await f.buyback.connect(f.guardian).pauseBuybacks();
      await expect(f.buyback.connect(f.guardian).unpauseBuybacks()).to.emit(f.buyback, "BuybacksUnpaused");
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    });

    it("cannot be ended when there is none", async () => {
      await expect(f.buyback.connect(f.guardian).unpauseBuybacks()).to.be.revertedWithCustomError(
        f.buyback,
        "Pause_NotPaused",
      );
    });
  });

  describe("buybacksPausedUntil", () => {
    const pausedUntil = () => f.buyback.buybacksPausedUntil();
    const guarded = () => f.buyback.connect(f.guardian);
    const PAUSE = 7n * DAY;

    it("is 0 before the first pause", async () => {
      expect(await pausedUntil()).to.equal(0n);
    });

    it("is the end of a pause that runs, to its last second, and 0 from the next on", async () => {
      await guarded().pauseBuybacks();
      const endsAt = (await now()) + PAUSE;
      expect(await pausedUntil()).to.equal(endsAt);
      await networkHelpers.time.increaseTo(endsAt - 1n);
      expect(await pausedUntil()).to.equal(endsAt);
      await networkHelpers.time.increaseTo(endsAt);
      expect(await pausedUntil()).to.equal(0n);
      await networkHelpers.time.increase(30n * DAY);
      expect(await pausedUntil()).to.equal(0n);
    });

    it("is 0 once the pause was ended, in the very second too", async () => {
      await guarded().pauseBuybacks();
      const startedAt = await now();
      await at(startedAt + 100n);
      await guarded().unpauseBuybacks();
      expect(await pausedUntil()).to.equal(0n);
      await networkHelpers.time.increaseTo(startedAt + PAUSE - 1n);
      expect(await pausedUntil()).to.equal(0n);
    });

    it("is the end of the newest pause after an earlier one", async () => {
      await guarded().pauseBuybacks();
      await guarded().unpauseBuybacks();
      await networkHelpers.time.increase(30n * DAY);
      await guarded().pauseBuybacks();
      expect(await pausedUntil()).to.equal((await now()) + PAUSE);
    });

    it("knows nothing of the other pauses", async () => {
      await f.offering.connect(f.guardian).pauseLaunches();
      await f.offering.connect(f.guardian).pauseBuys();
      await f.meter.connect(f.guardian).pauseDeposits();
      expect(await pausedUntil()).to.equal(0n);
    });
  });

  describe("another holder of a buyback seat, named by governance", () => {
    const named = (seat: string) =>
      decide(f, f.registry, f.registry.interface.encodeFunctionData("nameBuybackHolder", [seat, f.dave.address]));

    it("takes the credit that waits, and view and call say that there is none", async () => {
      await named(FLOCK_SEAT);
      await observe(f);
      const lot = await f.buyback.nextFlockLot(0n);
      expect([lot.wait, lot.credit]).to.deep.equal([WAIT.NoCredit, 0n]);
      await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.NoCredit, ethers.ZeroAddress);
      await expect(f.waterfall.connect(f.dave).claim(FLOCK_SEAT, usdc(3_000), f.dave)).to.changeTokenBalance(
        ethers,
        f.usdc,
        f.dave,
        usdc(3_000),
      );
    });

    it("leaves the other seats to the buyback, and what it has bought for a model", async () => {
      await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
      const waiting = await f.buyback.flockOf(f.modelId);
      await named(modelSeat(f.modelId));
      await observe(f);
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
      expect(await f.buyback.flockOf(f.modelId)).to.equal(waiting);
      await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE);
    });

    it("can give the seat back", async () => {
      await named(FLOCK_SEAT);
      const back = f.registry.interface.encodeFunctionData("nameBuybackHolder", [FLOCK_SEAT, f.addresses.buyback]);
      await decide(f, f.registry, back);
      await observe(f);
      await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    });
  });
});

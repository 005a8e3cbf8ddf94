import { expect } from "chai";
import { ZeroAddress, encodeBytes32String } from "ethers";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import { LOCAL_LOTS, LOCAL_TIER, deployMock, govern, deployAs } from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { SEAT } from "../../support/seats.ts";
import { DAY } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

const MIN_COST = 1_000n; // 0.001 USDC
const MAX_COST = 1_000_000_000n; // 1,000 USDC
/** Bounds of the raises that a tier may allow [FLOCK wei]. */
const MIN_MINIMUM = tokens(1);
/** What the local parameters ask of a model's pool before the buyback uses it [FLOCK wei]. */
const LOCAL_RESERVE = tokens(250);
const URI = "https://example.org/tiers/fast.json";

/** A tier as it stands on the chain, in the order of its struct. */
const asTuple = (terms: typeof LOCAL_TIER) => [
  terms.computeCost,
  terms.minMinimumRaise,
  terms.open,
  terms.maxTarget,
  terms.guaranteesHash,
];

describe("ModelRegistry: tiers", () => {
  let f: ProtocolScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(protocolFixture);
  });

  const add = (terms = LOCAL_TIER, provider: string = f.bob.address) =>
    govern(f, f.addresses.registry, f.registry.interface.encodeFunctionData("addTier", [terms, provider, URI]));
  const change = (terms = LOCAL_TIER, tierId = 1n) =>
    govern(f, f.addresses.registry, f.registry.interface.encodeFunctionData("changeTier", [tierId, terms, URI]));
  const name = (tierId: bigint, provider: string) =>
    govern(f, f.addresses.registry, f.registry.interface.encodeFunctionData("nameProvider", [tierId, provider]));

  describe("constructor", () => {
    it("takes the bounds of compute costs in the units of the network's USDC", async () => {
      expect(await f.registry.MIN_COMPUTE_COST()).to.equal(MIN_COST);
      expect(await f.registry.MAX_COMPUTE_COST()).to.equal(MAX_COST);
    });

    it("scales them for a USDC of 18 decimals, as on BSC", async () => {
      const usdc18 = await deployMock("NoReturnFlock");
      const registry = await deployAs("registry", [f.accessManager, usdc18, f.treasury], f.deployer);
      expect(await registry.MIN_COMPUTE_COST()).to.equal(10n ** 15n);
      expect(await registry.MAX_COMPUTE_COST()).to.equal(10n ** 21n);
    });

    it("reverts without a holder of the treasury's seat", async () => {
      const deployment = deployAs("registry", [f.accessManager, f.usdc, ZeroAddress], f.deployer);
      await expect(deployment).to.be.revertedWithCustomError(f.registry, "Seat_NoHolder").withArgs(SEAT.treasury);
    });

    it("fills the treasury's seat", async () => {
      expect(await f.registry.treasury()).to.equal(f.treasury.address);
      expect(await f.registry.holderOf(SEAT.treasury)).to.equal(f.treasury.address);
      const filled = await f.registry.queryFilter(f.registry.filters.SeatFilled(SEAT.treasury));
      expect(filled.map(({ args }) => args.holder)).to.deep.equal([f.treasury.address]);
    });

    it("reads six decimals from the local USDC", async () => {
      expect(await connectAs("usdc", f.addresses.usdc, f.keeper).decimals()).to.equal(6n);
    });
  });

  for (const fn of ["addTier", "changeTier"] as const) {
    const call = (terms: typeof LOCAL_TIER) => (fn === "addTier" ? add(terms) : change(terms));

    describe(`${fn}: the reserve of the buyback`, () => {
      it("reverts when the smallest minimum is one wei below twice what the buyback asks of a pool, and accepts twice that", async () => {
        const min = 2n * LOCAL_RESERVE;
        expect((await f.buyback.buybackSettings()).modelMinReserve).to.equal(LOCAL_RESERVE);
        for (const minMinimumRaise of [MIN_MINIMUM, min - 1n]) {
          await expect(call({ ...LOCAL_TIER, minMinimumRaise }))
            .to.be.revertedWithCustomError(f.registry, "Bounds_OutOfRange")
            .withArgs(encodeBytes32String("minMinimumRaise"), minMinimumRaise, min, LOCAL_TIER.maxTarget);
        }
        await call({ ...LOCAL_TIER, minMinimumRaise: min });
        const tierId = fn === "addTier" ? 2n : 1n;
        expect((await f.registry.tierOf(tierId)).minMinimumRaise).to.equal(min);
      });

      it("follows the buyback's setting of that reserve", async () => {
        const settings = { ...LOCAL_LOTS, modelMinReserve: tokens(400) };
        await govern(f, f.addresses.buyback, f.buyback.interface.encodeFunctionData("setBuybackSettings", [settings]));
        await expect(call({ ...LOCAL_TIER, minMinimumRaise: tokens(800) - 1n }))
          .to.be.revertedWithCustomError(f.registry, "Bounds_OutOfRange")
          .withArgs(encodeBytes32String("minMinimumRaise"), tokens(800) - 1n, tokens(800), LOCAL_TIER.maxTarget);
        await call({ ...LOCAL_TIER, minMinimumRaise: tokens(800) });
      });

      it("asks no reserve before there is a buyback, and asks it from the wiring on", async () => {
        const registry = await deployAs("registry", [f.accessManager, f.usdc, f.treasury], f.deployer);
        const small = { ...LOCAL_TIER, minMinimumRaise: MIN_MINIMUM };
        const encode = (tierFn: typeof fn) =>
          tierFn === "addTier"
            ? registry.interface.encodeFunctionData("addTier", [small, f.bob.address, URI])
            : registry.interface.encodeFunctionData("changeTier", [1n, small, URI]);
        const address = await registry.getAddress();
        await govern(f, address, encode("addTier"));
        if (fn === "changeTier") await govern(f, address, encode("changeTier"));
        expect((await registry.tierOf(1n)).minMinimumRaise).to.equal(MIN_MINIMUM);
        await registry.wire(f.offering, f.buyback);
        await expect(govern(f, address, encode(fn)))
          .to.be.revertedWithCustomError(registry, "Bounds_OutOfRange")
          .withArgs(encodeBytes32String("minMinimumRaise"), MIN_MINIMUM, 2n * LOCAL_RESERVE, LOCAL_TIER.maxTarget);
      });
    });
  }

  describe("leastMinimumRaise", () => {
    const least = () => f.registry.leastMinimumRaise();

    it("is the largest target before there is a tier, and then the first tier's minimum", async () => {
      const registry = await deployAs("registry", [f.accessManager, f.usdc, f.treasury], f.deployer);
      expect(await registry.leastMinimumRaise()).to.equal(tokens(500_000_000));
      expect(await least()).to.equal(LOCAL_TIER.minMinimumRaise);
    });

    it("falls with a smaller minimum of any tier, a closed one too, and is reported", async () => {
      const smaller = { ...LOCAL_TIER, minMinimumRaise: tokens(900), open: false };
      await expect(add(smaller))
        .to.emit(f.registry, "TierAdded")
        .withArgs(2n, asTuple(smaller), SEAT.provider(2n, 0n), f.bob, URI, tokens(900));
      expect(await least()).to.equal(tokens(900));
      const smallest = { ...LOCAL_TIER, minMinimumRaise: tokens(800) };
      await expect(change(smallest))
        .to.emit(f.registry, "TierChanged")
        .withArgs(1n, asTuple(LOCAL_TIER), asTuple(smallest), URI, tokens(800));
      expect(await least()).to.equal(tokens(800));
    });

    it("never rises again: models of the smaller minimum still exist", async () => {
      await change({ ...LOCAL_TIER, minMinimumRaise: tokens(800) });
      await change({ ...LOCAL_TIER, minMinimumRaise: tokens(5_000), open: false });
      await add({ ...LOCAL_TIER, minMinimumRaise: tokens(9_000) });
      expect(await least()).to.equal(tokens(800));
    });
  });

  describe("addTier", () => {
    it("reverts without a provider", async () => {
      await expect(add(LOCAL_TIER, ZeroAddress))
        .to.be.revertedWithCustomError(f.registry, "Seat_NoHolder")
        .withArgs(SEAT.provider(2n, 0n));
    });

    it("counts ids on from the first tier and stores the terms", async () => {
      const terms = { ...LOCAL_TIER, computeCost: 5_000n, open: false };
      await add(terms);
      expect(await f.registry.tierCount()).to.equal(2n);
      expect(await f.registry.tierOf(2n)).to.deep.equal(asTuple(terms));
    });

    it("returns the id of the new tier, counted on", async () => {
      const data = f.registry.interface.encodeFunctionData("addTier", [LOCAL_TIER, f.bob.address, URI]);
      for (const tierId of [2n, 3n]) {
        // What is scheduled and due can be called directly too, and then the answer is not the AccessManager's.
        await f.accessManager.connect(f.administrator).schedule(f.registry, data, 0);
        await networkHelpers.time.increase(2n * DAY);
        const addTier = f.registry.connect(f.administrator).addTier;
        expect(await addTier.staticCall(LOCAL_TIER, f.bob, URI)).to.equal(tierId);
        await addTier(LOCAL_TIER, f.bob, URI);
        expect(await f.registry.tierCount()).to.equal(tierId);
      }
    });

    it("leaves other tiers alone", async () => {
      await add({ ...LOCAL_TIER, computeCost: 5_000n });
      expect(await f.registry.tierOf(1n)).to.deep.equal(asTuple(LOCAL_TIER));
    });

    it("fills the provider's seat and reports both", async () => {
      const tx = add();
      await expect(tx)
        .to.emit(f.registry, "TierAdded")
        .withArgs(2n, asTuple(LOCAL_TIER), SEAT.provider(2n, 0n), f.bob, URI, LOCAL_TIER.minMinimumRaise);
      await expect(tx).to.emit(f.registry, "SeatFilled").withArgs(SEAT.provider(2n, 0n), f.bob);
      expect(await f.registry.providerSeatOf(2n)).to.equal(SEAT.provider(2n, 0n));
      expect(await f.registry.holderOf(SEAT.provider(2n, 0n))).to.equal(f.bob.address);
    });
  });

  describe("changeTier", () => {
    it("reverts for an unknown tier", async () => {
      for (const tierId of [0n, 2n]) {
        await expect(change(LOCAL_TIER, tierId))
          .to.be.revertedWithCustomError(f.registry, "Registry_UnknownTier")
          .withArgs(tierId);
      }
    });

    it("stores the new terms and reports old and new", async () => {
      const terms = { ...LOCAL_TIER, computeCost: 300_000n, open: false };
      await expect(change(terms))
        .to.emit(f.registry, "TierChanged")
        .withArgs(1n, asTuple(LOCAL_TIER), asTuple(terms), URI, LOCAL_TIER.minMinimumRaise);
      expect(await f.registry.tierOf(1n)).to.deep.equal(asTuple(terms));
    });

    it("keeps the provider", async () => {
      await change({ ...LOCAL_TIER, computeCost: 300_000n });
      expect(await f.registry.providerSeatOf(1n)).to.equal(SEAT.provider(1n, 0n));
      expect(await f.registry.tierCount()).to.equal(1n);
    });
  });

  describe("nameProvider", () => {
    it("reverts for an unknown tier", async () => {
      for (const tierId of [0n, 2n]) {
        await expect(name(tierId, f.bob.address))
          .to.be.revertedWithCustomError(f.registry, "Registry_UnknownTier")
          .withArgs(tierId);
      }
    });

    it("reverts without a provider", async () => {
      await expect(name(1n, ZeroAddress))
        .to.be.revertedWithCustomError(f.registry, "Seat_NoHolder")
        .withArgs(SEAT.provider(1n, 1n));
    });

    it("opens a new seat and leaves the former with its holder", async () => {
      const tx = name(1n, f.bob.address);
      await expect(tx)
        .to.emit(f.registry, "ProviderNamed")
        .withArgs(1n, SEAT.provider(1n, 0n), SEAT.provider(1n, 1n), f.bob);
      expect(await f.registry.providerSeatOf(1n)).to.equal(SEAT.provider(1n, 1n));
      expect(await f.registry.holderOf(SEAT.provider(1n, 1n))).to.equal(f.bob.address);
      expect(await f.registry.holderOf(SEAT.provider(1n, 0n))).to.equal(f.provider.address);
    });

    it("opens a new seat even for the same provider", async () => {
      await name(1n, f.provider.address);
      await name(1n, f.provider.address);
      expect(await f.registry.providerSeatOf(1n)).to.equal(SEAT.provider(1n, 2n));
    });
  });

  describe("views", () => {
    it("revert for an unknown tier", async () => {
      for (const tierId of [0n, 2n]) {
        for (const view of [
          () => f.registry.tierOf(tierId),
          () => f.registry.providerSeatOf(tierId),
          () => f.registry.priceFloorOf(tierId),
        ]) {
          await expect(view()).to.be.revertedWithCustomError(f.registry, "Registry_UnknownTier").withArgs(tierId);
        }
      }
    });

    it("give a price floor at which 70% of it covers 110% of the cost, and one unit less does not", async () => {
      const floor = await f.registry.priceFloorOf(1n);
      expect(floor * 7_000n >= 200_000n * 11_000n).to.equal(true);
      expect((floor - 1n) * 7_000n >= 200_000n * 11_000n).to.equal(false);
      expect(floor).to.equal(314_286n); // 0.20 USDC * 1.1 / 0.7 = 0.314285...
    });
  });
});

import { expect } from "chai";
import { encodeBytes32String } from "ethers";

import type { FlatTerms } from "../../../scripts/lib/offering/workedExample.ts";
import { at, now } from "../../support/clock.ts";
import { virtualFlockOf } from "../../support/expected.ts";
import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import { LOCAL_SETTINGS, MODE, OUTCOME, govern } from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { commitmentOf, tokenOfLaunch } from "../../support/modelTokens.ts";
import { ANTI_SNIPE_WINDOW, DAY } from "../../support/time.ts";
import { WAD, tokens } from "../../support/units.ts";

const G = tokens(50_000);

describe("RealModelOffering: launch", () => {
  let f: ProtocolScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(protocolFixture);
  });

  const launch = (overrides = {}, payment = {}) =>
    f.offering.connect(f.alice).launch(workedExample(overrides), launchPayment(payment));

  describe("guards", () => {
    it("reverts one second after the deadline, not in its last", async () => {
      const deadline = (await now()) + 100n;
      await at(deadline + 1n);
      await expect(launch({}, { deadline }))
        .to.be.revertedWithCustomError(f.offering, "Offering_DeadlinePassed")
        .withArgs(deadline, deadline + 1n);
      await at(deadline + 2n);
      await launch({}, { deadline: deadline + 2n });
    });

    it("reverts when the launch fee is above what the issuer accepts", async () => {
      await expect(launch({}, { launchFeeMax: tokens(1_000) - 1n }))
        .to.be.revertedWithCustomError(f.offering, "Offering_LaunchFeeAboveMax")
        .withArgs(tokens(1_000), tokens(1_000) - 1n);
    });

    it("counts the bytes of name and symbol, not their letters", async () => {
      const [long, fits] = [`${"x".repeat(28)}🦆`, `${"x".repeat(27)}🦆`];
      for (const key of ["name", "symbol"]) {
        await expect(launch({ [key]: long }))
          .to.be.revertedWithCustomError(f.registry, "Bounds_OutOfRange")
          .withArgs(encodeBytes32String(`${key}Length`), 32n, 1n, 31n);
      }
      await launch({ name: fits, symbol: fits });
      const { name, symbol } = await f.lens.raiseOf(1n);
      expect([name, symbol]).to.deep.equal([fits, fits]);
    });

    it("reverts when the metadata's hash or address is missing", async () => {
      for (const missing of [{ metadataHash: `0x${"00".repeat(32)}` }, { metadataUri: "" }]) {
        const { identity, metadataUri } = workedExample(missing);
        await expect(launch(missing))
          .to.be.revertedWithCustomError(f.offering, "Offering_MetadataMissing")
          .withArgs(identity.metadataHash, metadataUri);
      }
    });

    it("rounds the quarter up", async () => {
      const target = G + 1n;
      await expect(launch({ target, minimumRaise: G / 4n }))
        .to.be.revertedWithCustomError(f.offering, "Bounds_OutOfRange")
        .withArgs(encodeBytes32String("minimumRaise"), G / 4n, G / 4n + 1n, target);
    });

    it("reverts when the target is not above what the sale brings at its first price", async () => {
      for (const startPriceWad of [WAD / 8n, WAD]) {
        await expect(launch({ startPriceWad }))
          .to.be.revertedWithCustomError(f.offering, "BondingCurve_Infeasible")
          .withArgs(G, startPriceWad);
      }
    });

    it("reverts when S P0 is below 50% or above 99% of the target", async () => {
      // S P0 / G = 8 P0: the bounds are 0.0625 and 0.12375 FLOCK per MT.
      for (const startPriceWad of [WAD / 16n - 1n, (99n * WAD) / 800n + 1n]) {
        await expect(launch({ startPriceWad }))
          .to.be.revertedWithCustomError(f.offering, "Bounds_OutOfRange")
          .withArgs(encodeBytes32String("saleAtStartPrice"), 400_000n * startPriceWad, G / 2n, (G * 99n) / 100n);
      }
    });

    it("accepts 50% and 99% exactly", async () => {
      for (const startPriceWad of [WAD / 16n, (99n * WAD) / 800n]) await launch({ startPriceWad });
      expect((await f.lens.raiseOf(1n)).virtualFlock).to.equal(G);
      expect((await f.lens.raiseOf(2n)).virtualFlock).to.equal(99n * G);
    });

    const REFUSED_BY_REGISTRY: [what: string, terms: Partial<FlatTerms>, error: string, args: bigint[]][] = [
      ["a tier that does not exist", { usage: { tierId: 9n, minimumPrice: 1_000_000n } }, "Registry_UnknownTier", [9n]],
      [
        "a price below the floor",
        { usage: { tierId: 1n, minimumPrice: 314_285n } },
        "Registry_PriceBelowFloor",
        [314_285n, 314_286n],
      ],
      [
        "a target above the tier's",
        { target: tokens(10_000_000) + 1n, minimumRaise: tokens(10_000_000) + 1n, startPriceWad: 20n * WAD },
        "Registry_TargetAboveTier",
        [tokens(10_000_000) + 1n, tokens(10_000_000)],
      ],
      [
        "a minimum below the tier's",
        { target: tokens(2_000), minimumRaise: tokens(999), startPriceWad: WAD / 250n },
        "Registry_MinimumBelowTier",
        [tokens(999), tokens(1_000)],
      ],
    ];
    for (const [what, terms, error, args] of REFUSED_BY_REGISTRY) {
      it(`passes on that the registry refuses ${what}`, async () => {
        await expect(launch(terms))
          .to.be.revertedWithCustomError(f.registry, error)
          .withArgs(...args);
      });
    }

    it("reverts when the issuer cannot pay the launch fee", async () => {
      await expect(f.offering.connect(f.stranger).launch(workedExample(), launchPayment()))
        .to.be.revertedWithCustomError(f.flock, "ERC20InsufficientAllowance")
        .withArgs(f.addresses.offering, 0n, tokens(1_000));
    });

    it("leaves nothing behind when it reverts", async () => {
      await expect(launch({ name: "" })).to.revert(ethers);
      expect(await f.registry.modelCount()).to.equal(0n);
      expect(await f.offering.unclaimedLaunchFees()).to.equal(0n);
    });
  });

  describe("given good terms", () => {
    it("returns the model's id, from 1, and the token's address", async () => {
      const [modelId, token] = await f.offering.connect(f.alice).launch.staticCall(workedExample(), launchPayment());
      expect(modelId).to.equal(1n);
      expect(token).to.equal(tokenOfLaunch(f, 1n, f.alice.address, workedExample()));
      await launch();
      const [second] = await f.offering.connect(f.bob).launch.staticCall(workedExample(), launchPayment());
      expect(second).to.equal(2n);
    });

    it("makes the caller the issuer", async () => {
      await launch();
      expect(await f.registry.issuerOf(1n)).to.equal(f.alice.address);
    });

    it("stores the whole configuration", async () => {
      const start = (await now()) + 50n;
      await at(start);
      await launch({ openingMode: MODE.CurvePrice, saleDuration: 3n * DAY });
      const view = await f.lens.raiseOf(1n);
      expect(view.outcome).to.equal(OUTCOME.Open);
      expect(view.openingMode).to.equal(MODE.CurvePrice);
      expect(view.raised).to.equal(0n);
      expect(view.gross).to.equal(0n);
      expect(view.sold).to.equal(0n);
      expect(view.target).to.equal(G);
      expect(view.minimumRaise).to.equal(tokens(20_000));
      expect(view.virtualFlock).to.equal(virtualFlockOf(G, WAD / 10n));
      expect(view.startsAt).to.equal(start);
      expect(view.endsAt).to.equal(start + 3n * DAY);
      expect(view.failableAt).to.equal(start + 3n * DAY);
      expect(view.bundleMt).to.equal(0n);
      expect(view.bundleNet).to.equal(0n);
      expect(view.metadataHash).to.equal(`0x${"a1".repeat(32)}`);
      expect(view.name).to.equal("QwenALICE");
      expect(view.symbol).to.equal("QALICE");
    });

    it("lasts seven days if the issuer names no duration", async () => {
      const start = (await now()) + 50n;
      await at(start);
      await launch({ saleDuration: 0n });
      expect((await f.lens.raiseOf(1n)).endsAt).to.equal(start + 7n * DAY);
    });

    it("takes exactly the launch fee and keeps it apart for the treasury", async () => {
      await expect(launch({}, { launchFeeMax: tokens(5_000) })).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.alice, f.offering],
        [-tokens(1_000), tokens(1_000)],
      );
      expect(await f.offering.unclaimedLaunchFees()).to.equal(tokens(1_000));
      expect(await f.offering.unclaimedFeesOf(1n)).to.deep.equal([0n, 0n]);
      await launch();
      expect(await f.offering.unclaimedLaunchFees()).to.equal(tokens(2_000));
    });

    it("takes nothing when the launch fee is zero", async () => {
      const data = f.offering.interface.encodeFunctionData("setOfferingSettings", [
        { ...LOCAL_SETTINGS, launchFee: 0n },
      ]);
      await govern(f, f.addresses.offering, data);
      await expect(launch({}, { launchFeeMax: 0n })).to.changeTokenBalances(ethers, f.flock, [f.alice], [0n]);
    });

    it("reports the whole configuration", async () => {
      const start = (await now()) + 50n;
      await at(start);
      const terms = workedExample();
      const tx = launch();
      const token = tokenOfLaunch(f, 1n, f.alice.address, terms);
      await expect(tx)
        .to.emit(f.offering, "ModelLaunched")
        .withArgs(
          1n,
          f.alice,
          token,
          [
            [terms.identity.name, terms.identity.symbol, terms.identity.metadataHash],
            terms.metadataUri,
            [1n, 1_000_000n],
            terms.minimumRaise,
            terms.target,
            terms.startPriceWad,
            terms.saleDuration,
            terms.openingMode,
          ],
          [tokens(1_000), 30n, 95n, 9_900n, ANTI_SNIPE_WINDOW, 2_500n],
          commitmentOf(f, 1n, f.alice.address, terms),
          tokens(200_000),
          start,
          start + 7n * DAY,
          tokens(1_000),
        );
      const view = await f.lens.raiseOf(1n);
      expect([view.token, view.virtualFlock, view.startsAt, view.endsAt]).to.deep.equal([
        token,
        tokens(200_000),
        start,
        start + 7n * DAY,
      ]);
    });

    it("leaves no token behind before graduation", async () => {
      await launch();
      const { token } = await f.lens.raiseOf(1n);
      expect(await ethers.provider.getCode(token)).to.equal("0x");
    });
  });

  describe("given the paper's examples", () => {
    it("derives virtualFlock = 200,000 and virtualMt = 2,000,000 (section 3.3.4)", async () => {
      await launch();
      const view = await f.lens.raiseOf(1n);
      expect(view.virtualFlock).to.equal(tokens(200_000));
      expect(view.virtualMt).to.equal(tokens(2_000_000));
      expect(view.priceWad).to.equal(WAD / 10n);
    });

    it("takes QwenALICE's raise of 100,000 at P0 = 0.2 (section 4.1)", async () => {
      await launch({ target: tokens(100_000), minimumRaise: tokens(25_000), startPriceWad: WAD / 5n });
      const view = await f.lens.raiseOf(1n);
      expect(view.virtualFlock).to.equal(tokens(400_000));
      expect(view.virtualMt).to.equal(tokens(2_000_000));
      expect(view.priceWad).to.equal(WAD / 5n);
      const first = await f.lens.quoteExactOut(1n, 1n);
      expect(first.mtOut >= 1n).to.equal(true);
    });
  });
});

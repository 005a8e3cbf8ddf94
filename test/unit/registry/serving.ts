import { expect } from "chai";
import { ZeroAddress, ZeroHash, encodeBytes32String } from "ethers";

import { behavesLikeBounds } from "../../behaviours/bounds.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { encodeTexts } from "../../support/plainText.ts";
import { DAY } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { SEATS } from "../../support/usage/seatNames.ts";
import { governed, stakedModelsFixture, timeOf } from "../../support/usage/serving.ts";
import type { StakedScene } from "../../support/usage/serving.ts";

/** Models 1 and 2 have graduated and are not served yet; the raise of model 3 is open. */
describe("ModelRegistry: serving", () => {
  let f: StakedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(stakedModelsFixture);
  });

  const registry = () => f.registry.connect(f.platform);

  describe("setApiId", () => {
    it("reverts for models that do not exist", async () => {
      for (const modelId of [0n, 4n]) {
        await expect(registry().setApiId(modelId, "qwen-alice"))
          .to.be.revertedWithCustomError(f.registry, "Registry_UnknownModel")
          .withArgs(modelId);
      }
    });

    it("reverts for a model that has not graduated", async () => {
      await expect(registry().setApiId(3n, "qwen-alice"))
        .to.be.revertedWithCustomError(f.registry, "Registry_NotGraduated")
        .withArgs(3n);
    });

    it("reverts for a model whose raise has failed", async () => {
      await networkHelpers.time.increase(8n * DAY);
      await f.offering.fail(3n);
      await expect(registry().setApiId(3n, "qwen-alice"))
        .to.be.revertedWithCustomError(f.registry, "Registry_NotGraduated")
        .withArgs(3n);
    });

    behavesLikeBounds({
      fixture: stakedModelsFixture,
      contractOf: () => f.registry,
      bounds: [["apiIdLength", 1n, 64n]],
      give: (_, __, length) => registry().setApiId(1n, "x".repeat(Number(length))),
      expectAccepted: async (_, __, length) => {
        await registry().setApiId(1n, "x".repeat(Number(length)));
        expect(await f.registry.apiIdOf(1n)).to.equal("x".repeat(Number(length)));
      },
    });

    it("counts bytes: letters of two bytes count twice", async () => {
      await expect(registry().setApiId(1n, "é".repeat(33)))
        .to.be.revertedWithCustomError(f.registry, "Bounds_OutOfRange")
        .withArgs(encodeBytes32String("apiIdLength"), 66n, 1n, 64n);
      await registry().setApiId(1n, "é".repeat(32));
      expect(await f.registry.apiIdOf(1n)).to.equal("é".repeat(32));
    });

    it("reverts for an id that is not plain text", async () => {
      await expect(registry().setApiId(1n, "qwen-alice\n"))
        .to.be.revertedWithCustomError(f.registry, "PlainText_Invisible")
        .withArgs(encodeBytes32String("API id"), 10n, 0x0an);
      const broken = encodeTexts("setApiId(uint256,string)", [1n, "0x7177656eff"]);
      await expect(f.platform.sendTransaction({ to: f.registry, data: broken }))
        .to.be.revertedWithCustomError(f.registry, "PlainText_Malformed")
        .withArgs(encodeBytes32String("API id"), 4n);
    });

    it("makes the model live with its first id, and reports it", async () => {
      const tx = await registry().setApiId(1n, "qwen-alice");
      const liveAt = await timeOf(tx);
      await expect(tx).to.emit(f.registry, "ApiIdRecorded").withArgs(1n, "", "qwen-alice", liveAt);
      expect((await f.registry.usageTermsOf(1n)).liveAt).to.equal(liveAt);
      expect(await f.registry.apiIdOf(1n)).to.equal("qwen-alice");
      expect((await f.registry.usageTermsOf(2n)).liveAt).to.equal(0n);
    });

    it("records another id later, and does not make the model young again", async () => {
      const liveAt = await timeOf(await registry().setApiId(1n, "qwen-alice"));
      await networkHelpers.time.increase(100n * DAY);
      await expect(registry().setApiId(1n, "qwen-alice-2"))
        .to.emit(f.registry, "ApiIdRecorded")
        .withArgs(1n, "qwen-alice", "qwen-alice-2", liveAt);
      expect((await f.registry.usageTermsOf(1n)).liveAt).to.equal(liveAt);
      expect(await f.registry.apiIdOf(1n)).to.equal("qwen-alice-2");
    });

    it("reverts for an empty id when there is one: nobody can take it away", async () => {
      await registry().setApiId(1n, "qwen-alice");
      await expect(registry().setApiId(1n, "")).to.be.revertedWithCustomError(f.registry, "Bounds_OutOfRange");
    });
  });

  describe("usageTermsOf", () => {
    it("is zeros for models that do not exist", async () => {
      for (const modelId of [0n, 4n, 2n ** 255n]) {
        expect(await f.registry.usageTermsOf(modelId)).to.deep.equal([0n, 0n, 0n, ZeroHash]);
      }
    });

    it("gives price floor, compute cost, moment and provider's seat", async () => {
      expect(await f.registry.usageTermsOf(1n)).to.deep.equal([usdc(1), 200_000n, 0n, SEATS.provider(1n)]);
      const liveAt = await timeOf(await registry().setApiId(1n, "qwen-alice"));
      expect(await f.registry.usageTermsOf(1n)).to.deep.equal([usdc(1), 200_000n, liveAt, SEATS.provider(1n)]);
    });

    it("follows the tier's cost, also above what the price floor can bear, and the tier's provider", async () => {
      const tier = await f.registry.tierOf(1n);
      const terms = (computeCost: bigint) => ({
        computeCost,
        minMinimumRaise: tier.minMinimumRaise,
        open: tier.open,
        maxTarget: tier.maxTarget,
        guaranteesHash: tier.guaranteesHash,
      });
      const uri = "https://example.org/tier";
      for (const cost of [100_000n, 636_363n, 636_364n, usdc(1_000)]) {
        await governed(f, f.registry, "changeTier", [1n, terms(cost), uri]);
        expect((await f.registry.usageTermsOf(1n)).computeCost).to.equal(cost);
        expect(await f.registry.computeCostOf(1n)).to.equal(cost);
      }
      await governed(f, f.registry, "nameProvider", [1n, f.carol.address]);
      expect((await f.registry.usageTermsOf(1n)).providerSeat).to.equal(SEATS.provider(1n, 1n));
    });
  });

  describe("seats of the buyback", () => {
    it("belong to the buyback from the start, for every model that is or will be", async () => {
      for (const seat of [SEATS.buybackFlock, SEATS.buybackModel(1n), SEATS.buybackModel(99n)]) {
        expect(await f.registry.holderOf(seat)).to.equal(f.addresses.buyback);
      }
      for (const seat of [SEATS.issuer(99n), SEATS.provider(9n), ZeroHash]) {
        expect(await f.registry.holderOf(seat)).to.equal(ZeroAddress);
      }
    });

    it("cannot be offered by anybody else", async () => {
      await expect(f.registry.connect(f.administrator).offerSeat(SEATS.buybackFlock, f.administrator))
        .to.be.revertedWithCustomError(f.registry, "Seat_NotHolder")
        .withArgs(SEATS.buybackFlock, f.administrator, f.addresses.buyback);
    });
  });

  describe("nameBuybackHolder", () => {
    it("reverts for every other seat: governance takes nobody's income", async () => {
      for (const seat of [SEATS.issuer(1n), SEATS.treasury, SEATS.provider(1n), ZeroHash, `0x06${"00".repeat(31)}`]) {
        await expect(governed(f, f.registry, "nameBuybackHolder", [seat, f.bob.address]))
          .to.be.revertedWithCustomError(f.registry, "Registry_NotBuybackSeat")
          .withArgs(seat);
      }
    });

    it("reverts for the zero address", async () => {
      await expect(governed(f, f.registry, "nameBuybackHolder", [SEATS.buybackFlock, ZeroAddress]))
        .to.be.revertedWithCustomError(f.registry, "Seat_NoHolder")
        .withArgs(SEATS.buybackFlock);
    });

    it("gives the seat to somebody else, and back, and reports both", async () => {
      for (const seat of [SEATS.buybackFlock, SEATS.buybackModel(1n)]) {
        await expect(governed(f, f.registry, "nameBuybackHolder", [seat, f.bob.address]))
          .to.emit(f.registry, "SeatHandedOver")
          .withArgs(seat, f.addresses.buyback, f.bob);
        expect(await f.registry.holderOf(seat)).to.equal(f.bob.address);
        await expect(governed(f, f.registry, "nameBuybackHolder", [seat, f.addresses.buyback]))
          .to.emit(f.registry, "SeatHandedOver")
          .withArgs(seat, f.bob, f.addresses.buyback);
        expect(await f.registry.holderOf(seat)).to.equal(f.addresses.buyback);
      }
      expect(await f.registry.holderOf(SEATS.buybackModel(2n))).to.equal(f.addresses.buyback);
    });

    it("voids an offer of the former holder", async () => {
      await governed(f, f.registry, "nameBuybackHolder", [SEATS.buybackFlock, f.bob.address]);
      await f.registry.connect(f.bob).offerSeat(SEATS.buybackFlock, f.carol);
      await governed(f, f.registry, "nameBuybackHolder", [SEATS.buybackFlock, f.issuer.address]);
      await expect(f.registry.connect(f.carol).acceptSeat(SEATS.buybackFlock))
        .to.be.revertedWithCustomError(f.registry, "Seat_NotOffered")
        .withArgs(SEATS.buybackFlock, f.carol, ZeroAddress);
    });

    it("lets the new holder hand the seat over like any other", async () => {
      await governed(f, f.registry, "nameBuybackHolder", [SEATS.buybackFlock, f.bob.address]);
      await f.registry.connect(f.bob).offerSeat(SEATS.buybackFlock, f.carol);
      await f.registry.connect(f.carol).acceptSeat(SEATS.buybackFlock);
      expect(await f.registry.holderOf(SEATS.buybackFlock)).to.equal(f.carol.address);
    });
  });
});

import { expect } from "chai";
import { ZeroAddress, encodeBytes32String } from "ethers";

import { ethers, networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import { LOCAL_TIER, govern } from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { SEAT } from "../../support/seats.ts";
import { tokens } from "../../support/units.ts";

const FLOOR = 314_286n;
const IDENTITY = { name: "QwenALICE", symbol: "QALICE", metadataHash: `0x${"a1".repeat(32)}` };
const TERMS = { tierId: 1n, minimumPrice: 1_000_000n };
const MINIMUM = tokens(1_000);
const TARGET = tokens(4_000);

/** The protocol, with the offering's account as a signer. */
async function asOfferingFixture() {
  const f = await protocolFixture();
  await networkHelpers.impersonateAccount(f.addresses.offering);
  await networkHelpers.setBalance(f.addresses.offering, tokens(1));
  return { ...f, asOffering: f.registry.connect(await ethers.getSigner(f.addresses.offering)) };
}

describe("ModelRegistry: models", () => {
  let f: Awaited<ReturnType<typeof asOfferingFixture>>;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(asOfferingFixture);
  });

  const changeTier = (scene: ProtocolScene, terms: typeof LOCAL_TIER) =>
    govern(scene, scene.addresses.registry, scene.registry.interface.encodeFunctionData("changeTier", [1n, terms, ""]));

  describe("register", () => {
    it("reverts for everybody but the offering", async () => {
      for (const caller of [f.stranger, f.alice, f.administrator, f.guardian, f.deployer]) {
        await expect(f.registry.connect(caller).register(f.alice, IDENTITY, TERMS, MINIMUM, TARGET))
          .to.be.revertedWithCustomError(f.registry, "Registry_NotOffering")
          .withArgs(caller);
      }
    });

    for (const field of ["name", "symbol"] as const) {
      const register = (text: string) => {
        const identity = { ...IDENTITY, [field]: "?".repeat(text.length / 2) };
        const args = [f.alice.address, identity, TERMS, MINIMUM, TARGET] as const;
        const data = f.registry.interface.encodeFunctionData("register", [...args]);
        // ethers encodes well-formed texts only.
        const marker = Buffer.from(identity[field]).toString("hex").padEnd(64, "0");
        return f.asOffering.runner!.sendTransaction!({
          to: f.registry,
          data: data.replace(marker, text.padEnd(64, "0")),
        });
      };

      it(`reverts when the ${field} is not well-formed UTF-8`, async () => {
        await expect(register("4142c3"))
          .to.be.revertedWithCustomError(f.registry, "PlainText_Malformed")
          .withArgs(encodeBytes32String(field), 2n);
      });

      it(`reverts when the ${field} has a character that cannot be seen`, async () => {
        await expect(register("41421b5b324a"))
          .to.be.revertedWithCustomError(f.registry, "PlainText_Invisible")
          .withArgs(encodeBytes32String(field), 2n, 0x1bn);
        await expect(register("e280ae41"))
          .to.be.revertedWithCustomError(f.registry, "PlainText_Invisible")
          .withArgs(encodeBytes32String(field), 0n, 0x202en);
      });

      it(`stores a ${field} in any script, up to 31 bytes`, async () => {
        for (const text of ["小爱", "~", "Ökonom 🤖", "é".repeat(15) + "x"]) {
          await f.asOffering.register(f.alice, { ...IDENTITY, [field]: text }, TERMS, MINIMUM, TARGET);
          expect((await f.registry.identityOf(await f.registry.modelCount()))[field]).to.equal(text);
        }
      });
    }

    it("reverts for an unknown tier", async () => {
      for (const tierId of [0n, 2n, 65_536n, 2n ** 256n - 1n]) {
        await expect(f.asOffering.register(f.alice, IDENTITY, { ...TERMS, tierId }, MINIMUM, TARGET))
          .to.be.revertedWithCustomError(f.registry, "Registry_UnknownTier")
          .withArgs(tierId);
      }
    });

    it("reverts when the tier takes no new models", async () => {
      await changeTier(f, { ...LOCAL_TIER, open: false });
      await expect(f.asOffering.register(f.alice, IDENTITY, TERMS, MINIMUM, TARGET))
        .to.be.revertedWithCustomError(f.registry, "Registry_TierClosed")
        .withArgs(1n);
    });

    it("reverts when the minimum is one wei below the tier's", async () => {
      await expect(f.asOffering.register(f.alice, IDENTITY, TERMS, MINIMUM - 1n, TARGET))
        .to.be.revertedWithCustomError(f.registry, "Registry_MinimumBelowTier")
        .withArgs(MINIMUM - 1n, MINIMUM);
    });

    it("reverts when the target is one wei above the tier's", async () => {
      const largest = tokens(10_000_000);
      await expect(f.asOffering.register(f.alice, IDENTITY, TERMS, MINIMUM, largest + 1n))
        .to.be.revertedWithCustomError(f.registry, "Registry_TargetAboveTier")
        .withArgs(largest + 1n, largest);
    });

    it("reverts when the price is one unit below the floor", async () => {
      await expect(f.asOffering.register(f.alice, IDENTITY, { ...TERMS, minimumPrice: FLOOR - 1n }, MINIMUM, TARGET))
        .to.be.revertedWithCustomError(f.registry, "Registry_PriceBelowFloor")
        .withArgs(FLOOR - 1n, FLOOR);
    });

    it("reverts when the price is above what 96 bits hold, and stores the highest that they do", async () => {
      const max = 2n ** 96n - 1n;
      for (const minimumPrice of [max + 1n, 2n ** 256n - 1n]) {
        await expect(f.asOffering.register(f.alice, IDENTITY, { ...TERMS, minimumPrice }, MINIMUM, TARGET))
          .to.be.revertedWithCustomError(f.registry, "Registry_PriceTooHigh")
          .withArgs(minimumPrice, max);
      }
      await f.asOffering.register(f.alice, IDENTITY, { ...TERMS, minimumPrice: max }, MINIMUM, TARGET);
      expect(await f.registry.modelOf(1n)).to.deep.equal([1n, max]);
    });

    it("accepts the tier's bounds and the floor themselves", async () => {
      await f.asOffering.register(f.alice, IDENTITY, { tierId: 1n, minimumPrice: FLOOR }, MINIMUM, tokens(10_000_000));
      expect(await f.registry.modelCount()).to.equal(1n);
    });

    it("reverts without an issuer", async () => {
      await expect(f.asOffering.register(ZeroAddress, IDENTITY, TERMS, MINIMUM, TARGET))
        .to.be.revertedWithCustomError(f.registry, "Seat_NoHolder")
        .withArgs(SEAT.issuer(1n));
    });

    it("counts ids from 1 and stores the terms", async () => {
      await f.asOffering.register(f.alice, IDENTITY, TERMS, MINIMUM, TARGET);
      await f.asOffering.register(f.bob, IDENTITY, { ...TERMS, minimumPrice: 2_000_000n }, MINIMUM, TARGET);
      expect(await f.registry.modelCount()).to.equal(2n);
      expect(await f.registry.modelOf(1n)).to.deep.equal([1n, 1_000_000n]);
      expect(await f.registry.modelOf(2n)).to.deep.equal([1n, 2_000_000n]);
    });

    it("stores what the model is called", async () => {
      await f.asOffering.register(f.alice, IDENTITY, TERMS, MINIMUM, TARGET);
      expect(await f.registry.identityOf(1n)).to.deep.equal(Object.values(IDENTITY));
    });

    it("fills the issuer's seat", async () => {
      await expect(f.asOffering.register(f.alice, IDENTITY, TERMS, MINIMUM, TARGET))
        .to.emit(f.registry, "SeatFilled")
        .withArgs(SEAT.issuer(1n), f.alice);
      expect(await f.registry.issuerOf(1n)).to.equal(f.alice.address);
      expect(await f.registry.holderOf(SEAT.issuer(1n))).to.equal(f.alice.address);
    });

    it("reports the model", async () => {
      await expect(f.asOffering.register(f.alice, IDENTITY, TERMS, MINIMUM, TARGET))
        .to.emit(f.registry, "ModelRegistered")
        .withArgs(1n, f.alice, 1n, 1_000_000n, Object.values(IDENTITY), SEAT.issuer(1n));
    });
  });

  describe("modelOf, identityOf and computeCostOf", () => {
    for (const view of ["modelOf", "identityOf", "computeCostOf"] as const) {
      it(`revert for an unknown model: ${view}`, async () => {
        for (const modelId of [0n, 1n]) {
          await expect(f.registry.getFunction(view)(modelId))
            .to.be.revertedWithCustomError(f.registry, "Registry_UnknownModel")
            .withArgs(modelId);
        }
      });
    }

    it("give the tier's cost while the model can afford it", async () => {
      await f.asOffering.register(f.alice, IDENTITY, TERMS, MINIMUM, TARGET);
      expect(await f.registry.computeCostOf(1n)).to.equal(200_000n);
      await changeTier(f, { ...LOCAL_TIER, computeCost: 150_000n });
      expect(await f.registry.computeCostOf(1n)).to.equal(150_000n);
    });

    it("take the cost of the tier of now, whatever the model's price covers", async () => {
      await f.asOffering.register(f.alice, IDENTITY, TERMS, MINIMUM, TARGET);
      await changeTier(f, { ...LOCAL_TIER, computeCost: 1_000_000_000n });
      expect(await f.registry.computeCostOf(1n)).to.equal(1_000_000_000n);
    });

    it("never lose money at the floor", async () => {
      await f.asOffering.register(f.alice, IDENTITY, { tierId: 1n, minimumPrice: FLOOR }, MINIMUM, TARGET);
      const cost = await f.registry.computeCostOf(1n);
      expect(cost).to.equal(200_000n);
      expect(cost * 11_000n <= FLOOR * 7_000n).to.equal(true);
    });
  });

  describe("issuerOf", () => {
    it("is nobody for an unknown model", async () => {
      expect(await f.registry.issuerOf(1n)).to.equal(ZeroAddress);
    });

    it("reverts for an id that would reach into the kind of the seat", async () => {
      for (const view of [() => f.registry.issuerOf(2n ** 248n), () => f.registry.issuerSeatOf(2n ** 248n)]) {
        await expect(view())
          .to.be.revertedWithCustomError(f.registry, "SafeCastOverflowedUintDowncast")
          .withArgs(248n, 2n ** 248n);
      }
    });
  });
});

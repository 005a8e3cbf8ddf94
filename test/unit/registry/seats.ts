import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { networkHelpers, openOfferingFixture } from "../../support/fixtures.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { SEAT } from "../../support/seats.ts";

describe("SeatHolders", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(openOfferingFixture);
  });

  /** Every kind of seat and who holds it in the fixture. */
  const seats = () => [
    { seat: SEAT.issuer(1n), holder: f.alice },
    { seat: SEAT.treasury, holder: f.treasury },
    { seat: SEAT.provider(1n, 0n), holder: f.provider },
  ];

  describe("offerSeat", () => {
    it("reverts for everybody but the holder", async () => {
      for (const { seat, holder } of seats()) {
        for (const caller of [f.stranger, f.administrator, f.guardian, f.deployer]) {
          await expect(f.registry.connect(caller).offerSeat(seat, caller))
            .to.be.revertedWithCustomError(f.registry, "Seat_NotHolder")
            .withArgs(seat, caller, holder);
        }
      }
    });

    it("reverts for a seat that does not exist", async () => {
      await expect(f.registry.connect(f.alice).offerSeat(SEAT.issuer(2n), f.alice))
        .to.be.revertedWithCustomError(f.registry, "Seat_NotHolder")
        .withArgs(SEAT.issuer(2n), f.alice, ZeroAddress);
    });

    it("records the offer, reports it, and changes nothing else", async () => {
      for (const { seat, holder } of seats()) {
        await expect(f.registry.connect(holder).offerSeat(seat, f.bob))
          .to.emit(f.registry, "SeatOffered")
          .withArgs(seat, holder, f.bob);
        expect(await f.registry.offeredTo(seat)).to.equal(f.bob.address);
        expect(await f.registry.holderOf(seat)).to.equal(holder.address);
      }
    });

    it("replaces an offer that was not accepted", async () => {
      await f.registry.connect(f.alice).offerSeat(SEAT.issuer(1n), f.bob);
      await f.registry.connect(f.alice).offerSeat(SEAT.issuer(1n), f.carol);
      await expect(f.registry.connect(f.bob).acceptSeat(SEAT.issuer(1n)))
        .to.be.revertedWithCustomError(f.registry, "Seat_NotOffered")
        .withArgs(SEAT.issuer(1n), f.bob, f.carol);
    });

    it("withdraws an offer with the zero address", async () => {
      await f.registry.connect(f.alice).offerSeat(SEAT.issuer(1n), f.bob);
      await expect(f.registry.connect(f.alice).offerSeat(SEAT.issuer(1n), ZeroAddress))
        .to.emit(f.registry, "SeatOffered")
        .withArgs(SEAT.issuer(1n), f.alice, ZeroAddress);
      await expect(f.registry.connect(f.bob).acceptSeat(SEAT.issuer(1n)))
        .to.be.revertedWithCustomError(f.registry, "Seat_NotOffered")
        .withArgs(SEAT.issuer(1n), f.bob, ZeroAddress);
    });
  });

  describe("acceptSeat", () => {
    it("reverts when nothing was offered", async () => {
      for (const { seat } of seats()) {
        await expect(f.registry.connect(f.stranger).acceptSeat(seat))
          .to.be.revertedWithCustomError(f.registry, "Seat_NotOffered")
          .withArgs(seat, f.stranger, ZeroAddress);
      }
    });

    it("reverts for everybody but the one it was offered to, the holder included", async () => {
      await f.registry.connect(f.alice).offerSeat(SEAT.issuer(1n), f.bob);
      for (const caller of [f.alice, f.stranger, f.administrator]) {
        await expect(f.registry.connect(caller).acceptSeat(SEAT.issuer(1n)))
          .to.be.revertedWithCustomError(f.registry, "Seat_NotOffered")
          .withArgs(SEAT.issuer(1n), caller, f.bob);
      }
    });

    it("hands the seat over, reports it, and closes the offer", async () => {
      for (const { seat, holder } of seats()) {
        await f.registry.connect(holder).offerSeat(seat, f.bob);
        await expect(f.registry.connect(f.bob).acceptSeat(seat))
          .to.emit(f.registry, "SeatHandedOver")
          .withArgs(seat, holder, f.bob);
        expect(await f.registry.holderOf(seat)).to.equal(f.bob.address);
        expect(await f.registry.offeredTo(seat)).to.equal(ZeroAddress);
      }
    });

    it("cannot be repeated", async () => {
      await f.registry.connect(f.alice).offerSeat(SEAT.issuer(1n), f.bob);
      await f.registry.connect(f.bob).acceptSeat(SEAT.issuer(1n));
      await expect(f.registry.connect(f.bob).acceptSeat(SEAT.issuer(1n)))
        .to.be.revertedWithCustomError(f.registry, "Seat_NotOffered")
        .withArgs(SEAT.issuer(1n), f.bob, ZeroAddress);
    });

    it("takes the former holder's rights away", async () => {
      await f.registry.connect(f.alice).offerSeat(SEAT.issuer(1n), f.bob);
      await f.registry.connect(f.bob).acceptSeat(SEAT.issuer(1n));
      await expect(f.registry.connect(f.alice).offerSeat(SEAT.issuer(1n), f.alice))
        .to.be.revertedWithCustomError(f.registry, "Seat_NotHolder")
        .withArgs(SEAT.issuer(1n), f.alice, f.bob);
      expect(await f.registry.issuerOf(1n)).to.equal(f.bob.address);
    });
  });
});

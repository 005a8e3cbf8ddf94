import { expect } from "chai";

import { ModelToken__factory } from "../../../typechain-types/index.ts";
import { ethers, networkHelpers, openOfferingFixture } from "../../support/fixtures.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { MT_SUPPLY } from "../../support/units.ts";

describe("ModelTokenFactory", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(openOfferingFixture);
  });

  describe("deploy", () => {
    it("puts the token where `predict` said, reports it, and gives the caller the whole supply", async () => {
      const predicted = await f.tokenFactory.predict(f.bob, 7n, "Name", "SYM");
      await expect(f.tokenFactory.connect(f.bob).deploy(7n, "Name", "SYM"))
        .to.emit(f.tokenFactory, "TokenDeployed")
        .withArgs(f.bob, 7n, predicted);
      const mt = ModelToken__factory.connect(predicted, f.keeper);
      expect(await mt.name()).to.equal("Name");
      expect(await mt.symbol()).to.equal("SYM");
      expect(await mt.balanceOf(f.bob)).to.equal(MT_SUPPLY);
    });

    it("returns the address of the token", async () => {
      const returned = await f.tokenFactory.connect(f.bob).deploy.staticCall(7n, "Name", "SYM");
      expect(await ethers.provider.getCode(returned)).to.equal("0x");
      await f.tokenFactory.connect(f.bob).deploy(7n, "Name", "SYM");
      expect(await ModelToken__factory.connect(returned, f.keeper).balanceOf(f.bob)).to.equal(MT_SUPPLY);
    });

    it("reverts when the caller has deployed it before", async () => {
      await f.tokenFactory.connect(f.bob).deploy(7n, "Name", "SYM");
      await expect(f.tokenFactory.connect(f.bob).deploy(7n, "Name", "SYM")).to.be.revertedWithoutReason(ethers);
    });

    it("cannot take the address of another caller's token", async () => {
      const announced = (await f.lens.raiseOf(1n)).token;
      await f.tokenFactory.connect(f.stranger).deploy(1n, "QwenALICE", "QALICE");
      expect(await ethers.provider.getCode(announced)).to.equal("0x");
    });
  });

  describe("predict", () => {
    it("depends on every argument", async () => {
      const addresses = await Promise.all([
        f.tokenFactory.predict(f.bob, 1n, "Name", "SYM"),
        f.tokenFactory.predict(f.carol, 1n, "Name", "SYM"),
        f.tokenFactory.predict(f.bob, 2n, "Name", "SYM"),
        f.tokenFactory.predict(f.bob, 1n, "Names", "SYM"),
        f.tokenFactory.predict(f.bob, 1n, "Name", "SYMS"),
      ]);
      expect(new Set(addresses).size).to.equal(addresses.length);
    });

    it("is what the launch announced, for the graduation contract", async () => {
      const predicted = await f.tokenFactory.predict(f.graduation, 1n, "QwenALICE", "QALICE");
      expect((await f.lens.raiseOf(1n)).token).to.equal(predicted);
      expect(await f.graduation.tokenAddress(1n, "QwenALICE", "QALICE")).to.equal(predicted);
    });
  });
});

import { expect } from "chai";
import { keccak256, zeroPadBytes } from "ethers";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { ethers, launchPayment, networkHelpers, openOfferingFixture, workedExample } from "../../support/fixtures.ts";
import { CODE_HASH, SALT, asGraduation, commitmentOf, saltOf, tokenOfLaunch } from "../../support/modelTokens.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { MODE, soldOutFixture } from "../../support/scenes.ts";
import { MT_SUPPLY, WAD, tokens } from "../../support/units.ts";

describe("ModelTokenFactory", () => {
  let f: OpenScene;
  let factory: Awaited<ReturnType<typeof asGraduation>>;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(openOfferingFixture);
    factory = await asGraduation(f);
  });

  describe("deploy", () => {
    it("reverts for everybody but graduation", async () => {
      for (const caller of [f.stranger, f.alice, f.deployer, f.administrator, f.guardian, f.treasury]) {
        await expect(f.tokenFactory.connect(caller).deploy(1n, SALT, "Name", "SYM"))
          .to.be.revertedWithCustomError(f.tokenFactory, "TokenFactory_NotGraduation")
          .withArgs(caller);
      }
    });

    it("puts the token where `predict` said, reports it, and gives graduation the whole supply", async () => {
      const predicted = await f.tokenFactory.predict(SALT);
      await expect(factory.deploy(7n, SALT, "Name", "SYM"))
        .to.emit(f.tokenFactory, "TokenDeployed")
        .withArgs(7n, predicted, SALT, "Name", "SYM");
      const mt = connectAs("modelToken", predicted, f.keeper);
      expect([await mt.name(), await mt.symbol()]).to.deep.equal(["Name", "SYM"]);
      expect(await mt.balanceOf(f.graduation)).to.equal(MT_SUPPLY);
    });

    it("returns the address of the token", async () => {
      expect(await factory.deploy.staticCall(7n, SALT, "Name", "SYM")).to.equal(await f.tokenFactory.predict(SALT));
    });

    it("gives each token its own name, the longest one too", async () => {
      const names = ["a".repeat(31), "b"];
      for (const [index, name] of names.entries()) {
        await factory.deploy(1n, zeroPadBytes(`0x0${index}`, 32), name, name);
      }
      for (const [index, name] of names.entries()) {
        const address = await f.tokenFactory.predict(zeroPadBytes(`0x0${index}`, 32));
        const mt = connectAs("modelToken", address, f.keeper);
        expect([await mt.name(), await mt.symbol()]).to.deep.equal([name, name]);
      }
    });

    it("reverts when the name does not fit one slot", async () => {
      const long = "x".repeat(32);
      for (const names of [
        [long, "SYM"],
        ["Name", long],
      ] as const) {
        await expect(factory.deploy(1n, SALT, ...names))
          .to.be.revertedWithCustomError(f.tokenFactory, "StringTooLong")
          .withArgs(long);
      }
    });

    it("reverts when there is a token with this salt", async () => {
      await factory.deploy(7n, SALT, "Name", "SYM");
      await expect(factory.deploy(8n, SALT, "Other", "OTH")).to.be.revertedWithoutReason(ethers);
    });

    it("leaves no name behind", async () => {
      await factory.deploy(7n, SALT, "Name", "SYM");
      expect([await f.tokenFactory.tokenName(), await f.tokenFactory.tokenSymbol()]).to.deep.equal(["", ""]);
    });

    it("is called by graduation with the commitment to the launch", async () => {
      const sold = await networkHelpers.loadFixture(soldOutFixture);
      const commitment = commitmentOf(sold, 1n, sold.alice.address, workedExample());
      expect((await sold.offering.raiseOf(1n)).terms.commitment).to.equal(commitment);
      await expect(sold.offering.graduate(1n))
        .to.emit(sold.tokenFactory, "TokenDeployed")
        .withArgs(1n, await sold.offering.tokenOf(1n), saltOf(commitment), "QwenALICE", "QALICE");
    });
  });

  describe("predict", () => {
    it("follows from the salt and the one creation code", async () => {
      expect(await f.tokenFactory.TOKEN_CODE_HASH()).to.equal(CODE_HASH);
      const addresses = [SALT, zeroPadBytes("0x08", 32)].map((salt) => f.tokenFactory.predict(salt));
      expect(new Set(await Promise.all(addresses)).size).to.equal(2);
    });
  });

  describe("the address that a launch announces", () => {
    const announced = async (issuer: typeof f.alice, terms = {}) => {
      const launch = f.offering.connect(issuer).launch;
      return (await launch.staticCall(workedExample(terms), launchPayment())).token;
    };

    it("is worked out from the number, the issuer and the terms alone", async () => {
      expect(await f.offering.tokenOf(1n)).to.equal(tokenOfLaunch(f, 1n, f.alice.address, workedExample()));
      expect(await announced(f.bob)).to.equal(tokenOfLaunch(f, 2n, f.bob.address, workedExample()));
    });

    it("is another for another number, another issuer, and each other term", async () => {
      const others = [
        { name: "QwenALICES" },
        { symbol: "QALICES" },
        { metadataHash: keccak256("0x01") },
        { metadataUri: "ipfs://other" },
        { usage: { tierId: 1n, minimumPrice: 1_000_001n } },
        { minimumRaise: tokens(20_001) },
        { target: tokens(50_001) },
        { startPriceWad: WAD / 10n + 1n },
        { saleDuration: 86_400n },
        { openingMode: MODE.CurvePrice },
      ];
      const addresses = [await f.offering.tokenOf(1n), await announced(f.alice), await announced(f.bob)];
      for (const terms of others) addresses.push(await announced(f.alice, terms));
      expect(new Set(addresses).size).to.equal(3 + others.length);
    });
  });
});

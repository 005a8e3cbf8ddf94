import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { fillExactIn, fillExactOut } from "../support/expected.ts";
import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../support/fixtures.ts";
import { tokenOfLaunch } from "../support/modelTokens.ts";
import { EXAMPLE, govern, soldOutFixture } from "../support/scenes.ts";
import type { ProtocolScene } from "../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE } from "../support/time.ts";
import { tokens } from "../support/units.ts";

/** Alice's launch, which people read about, and another issuer's. */
const ALICES = workedExample();
const OTHER = workedExample({ name: "Other", symbol: "OTHER" });

describe("Threats: numbered launches (C10)", () => {
  let f: ProtocolScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(protocolFixture);
  });

  const launch = async (issuer: typeof f.alice, terms: typeof ALICES) => {
    await f.offering.connect(issuer).launch(terms, launchPayment());
  };
  const afterWindow = () => networkHelpers.time.increase(ANTI_SNIPE_WINDOW);

  /** What Bob signs when he has seen a launch: only for the model with this token. */
  const PURCHASES = {
    buyExactIn: (token: string) => [
      f.offering.interface.encodeFunctionData("expectToken", [1n, token]),
      f.offering.interface.encodeFunctionData("buyExactIn", [1n, tokens(100), 0n, f.bob.address, NO_DEADLINE]),
    ],
    buyExactOut: (token: string) => [
      f.offering.interface.encodeFunctionData("expectToken", [1n, token]),
      f.offering.interface.encodeFunctionData("buyExactOut", [
        1n,
        tokens(100),
        tokens(100),
        f.bob.address,
        NO_DEADLINE,
      ]),
    ],
  };

  for (const [fn, callsFor] of Object.entries(PURCHASES)) {
    describe(`given ${fn}, signed for Alice's launch with the number 1`, () => {
      let announced: string;
      let signed: string[];
      beforeEach(async () => {
        const before = await networkHelpers.takeSnapshot();
        await launch(f.alice, ALICES);
        announced = await f.offering.tokenOf(1n);
        signed = callsFor(announced);
        await before.restore();
      });

      /** The purchase lands nowhere, and costs nothing. */
      const expectRefused = async () => {
        await afterWindow();
        const held = await f.flock.balanceOf(f.bob);
        await expect(f.offering.connect(f.bob).multicall(signed))
          .to.be.revertedWithCustomError(f.offering, "Offering_AnotherToken")
          .withArgs(1n, await f.offering.tokenOf(1n), announced);
        expect(await f.flock.balanceOf(f.bob)).to.equal(held);
        for (let id = 1n; id <= (await f.registry.modelCount()); id++) {
          expect(await f.offering.positionOf(id, f.bob)).to.deep.equal([0n, 0n]);
        }
      };

      it("it lands in hers", async () => {
        await launch(f.alice, ALICES);
        await launch(f.carol, OTHER);
        await afterWindow();
        await f.offering.connect(f.bob).multicall(signed);
        const fill =
          fn === "buyExactIn" ? fillExactIn(EXAMPLE, 0n, tokens(100)) : fillExactOut(EXAMPLE, 0n, tokens(100));
        expect(await f.offering.positionOf(1n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
      });

      it("it is refused when two launches have swapped their places", async () => {
        await launch(f.carol, OTHER);
        await launch(f.alice, ALICES);
        await expectRefused();
      });

      it("it is refused when a copy with the same terms by another issuer is in front", async () => {
        await launch(f.carol, ALICES);
        await launch(f.alice, ALICES);
        await expectRefused();
      });

      it("it is refused when she launches with other terms than those that were seen", async () => {
        await launch(f.alice, workedExample({ target: tokens(50_001) }));
        await expectRefused();
      });

      it("it is refused when there is no such launch yet", async () => {
        await expect(f.offering.connect(f.bob).multicall(signed))
          .to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel")
          .withArgs(1n);
      });
    });
  }

  describe("expectToken and tokenOf", () => {
    it("revert for a model that does not exist, whatever is expected", async () => {
      for (const id of [0n, 1n, 2n ** 256n - 1n]) {
        for (const call of [f.offering.tokenOf(id), f.offering.expectToken(id, ZeroAddress)]) {
          await expect(call).to.be.revertedWithCustomError(f.offering, "Offering_UnknownModel").withArgs(id);
        }
      }
    });

    it("go on with the same token after graduation, which has the address that was announced", async () => {
      const sold = await networkHelpers.loadFixture(soldOutFixture);
      const announced = tokenOfLaunch(sold, 1n, sold.alice.address, ALICES);
      expect(await sold.offering.tokenOf(1n)).to.equal(announced);
      await sold.offering.graduate(1n);
      expect(await sold.offering.tokenOf(1n)).to.equal(announced);
      await sold.offering.expectToken(1n, announced);
      expect((await ethers.provider.getCode(announced)).length).to.be.above(2);
    });
  });

  it("an address names one launch: a copy has another token, and so has the next launch of the same issuer", async () => {
    for (const issuer of [f.alice, f.carol, f.alice]) await launch(issuer, ALICES);
    const announced = [await f.offering.tokenOf(1n), await f.offering.tokenOf(2n), await f.offering.tokenOf(3n)];
    expect(new Set(announced).size).to.equal(3);
  });

  it("an announced address cannot be taken before: nobody but graduation deploys by the factory", async () => {
    await launch(f.alice, ALICES);
    const { terms } = await f.offering.raiseOf(1n);
    const salt = `${terms.commitment}${"00".repeat(12)}`;
    expect(await f.tokenFactory.predict(salt)).to.equal(await f.offering.tokenOf(1n));
    for (const caller of [f.stranger, f.alice, f.deployer, f.administrator]) {
      await expect(f.tokenFactory.connect(caller).deploy(1n, salt, "QwenALICE", "QALICE"))
        .to.be.revertedWithCustomError(f.tokenFactory, "TokenFactory_NotGraduation")
        .withArgs(caller);
    }
    // Not even by the governor's way.
    const data = f.tokenFactory.interface.encodeFunctionData("deploy", [1n, salt, "QwenALICE", "QALICE"]);
    await expect(govern(f, f.addresses.tokenFactory, data)).to.revert(ethers);
  });
});

import { expect } from "chai";
import { encodeBytes32String } from "ethers";

import { RealModelOffering__factory } from "../../../typechain-types/index.ts";
import { fillExactIn, tokens } from "../../support/expected.ts";
import { NO_DEADLINE, ethers, launchPayment, networkHelpers, openOfferingFixture, workedExample } from "../../support/fixtures.ts"; // prettier-ignore
import { EXAMPLE, LOCAL_SETTINGS, govern } from "../../support/scenes.ts";
import type { OpenScene } from "../../support/scenes.ts";

type Settings = typeof LOCAL_SETTINGS;

/** Setting, least and most (decision 27). The anti-sniping start is not below the base fee. */
const BOUNDS: [keyof Settings, bigint, bigint][] = [
  ["launchFee", 0n, tokens(100_000)],
  ["creatorFeeBps", 0n, 100n],
  ["protocolFeeBps", 0n, 200n],
  ["antiSnipeStartBps", 125n, 9_900n],
  ["antiSnipeWindow", 0n, 21_600n],
  ["bundleCapBps", 0n, 2_500n],
];

const asTuple = (settings: Settings) => [
  settings.launchFee,
  settings.creatorFeeBps,
  settings.protocolFeeBps,
  settings.antiSnipeStartBps,
  settings.antiSnipeWindow,
  settings.bundleCapBps,
];

describe("RealModelOffering: setOfferingSettings", () => {
  let f: OpenScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(openOfferingFixture);
  });

  const set = (overrides: Partial<Settings>) =>
    govern(
      f,
      f.addresses.offering,
      f.offering.interface.encodeFunctionData("setOfferingSettings", [{ ...LOCAL_SETTINGS, ...overrides }]),
    );

  it("reverts for a caller without the role", async () => {
    await expect(f.offering.connect(f.stranger).setOfferingSettings(LOCAL_SETTINGS))
      .to.be.revertedWithCustomError(f.offering, "AccessManagedUnauthorized")
      .withArgs(f.stranger);
  });

  for (const [setting, least, most] of BOUNDS) {
    it(`reverts when ${setting} is outside its bounds`, async () => {
      for (const value of [most + 1n, ...(least === 0n ? [] : [least - 1n])]) {
        await expect(set({ [setting]: value }))
          .to.be.revertedWithCustomError(f.offering, "Offering_SettingOutOfBounds")
          .withArgs(encodeBytes32String(setting), value, least, most);
      }
    });

    it(`accepts both bounds of ${setting}, stores and reports them with the former value`, async () => {
      let previous = LOCAL_SETTINGS;
      for (const value of [least, most]) {
        const next = { ...LOCAL_SETTINGS, [setting]: value };
        await expect(set(next))
          .to.emit(f.offering, "OfferingSettingsChanged")
          .withArgs(asTuple(previous), asTuple(next));
        expect(await f.offering.offeringSettings()).to.deep.equal(asTuple(next));
        previous = next;
      }
    });
  }

  it("checks the same bounds at deployment", async () => {
    const { accessManager, flock, registry, graduation } = f.addresses;
    const settings = { ...LOCAL_SETTINGS, creatorFeeBps: 101n };
    await expect(
      new RealModelOffering__factory(f.deployer).deploy(accessManager, flock, registry, graduation, settings),
    )
      .to.be.revertedWithCustomError(f.offering, "Offering_SettingOutOfBounds")
      .withArgs(encodeBytes32String("creatorFeeBps"), 101n, 0n, 100n);
  });

  describe("given a raise that was launched before", () => {
    it("changes nothing about it", async () => {
      await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
      const before = await f.offering.offeringOf(2n);
      await set({ creatorFeeBps: 100n, protocolFeeBps: 200n, antiSnipeWindow: 21_600n, bundleCapBps: 0n });
      const after = await f.offering.offeringOf(2n);
      expect([after.endsAt, after.virtualFlock, after.target]).to.deep.equal([
        before.endsAt,
        before.virtualFlock,
        before.target,
      ]);
      await f.offering.connect(f.bob).buyExactIn(2n, tokens(1_000), 0n, f.bob, NO_DEADLINE);
      const fill = fillExactIn(EXAMPLE, 0n, tokens(1_000));
      expect(await f.offering.positionOf(2n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
      expect((await f.offering.unclaimedFeesOf(2n)).creatorFee).to.equal((tokens(1_000) * 30n) / 10_000n);
    });
  });

  describe("given a launch afterwards", () => {
    it("copies the new settings", async () => {
      await set({ launchFee: tokens(5), creatorFeeBps: 100n, protocolFeeBps: 200n, antiSnipeWindow: 0n });
      await expect(f.offering.connect(f.alice).launch(workedExample(), launchPayment())).to.changeTokenBalances(
        ethers,
        f.flock,
        [f.alice],
        [-tokens(5)],
      );
      await f.offering.connect(f.bob).buyExactIn(2n, tokens(1_000), 0n, f.bob, NO_DEADLINE);
      const fill = fillExactIn(EXAMPLE, 0n, tokens(1_000), 3n * 10n ** 16n);
      expect(await f.offering.positionOf(2n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
      expect(await f.offering.unclaimedFeesOf(2n)).to.deep.equal([tokens(10), tokens(20)]);
    });

    it("takes no fee at all when all are set to zero", async () => {
      await set({ creatorFeeBps: 0n, protocolFeeBps: 0n, antiSnipeStartBps: 0n });
      await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
      await f.offering.connect(f.bob).buyExactIn(2n, tokens(1_000), 0n, f.bob, NO_DEADLINE);
      expect((await f.offering.positionOf(2n, f.bob)).flockNet).to.equal(tokens(1_000));
      expect(await f.offering.unclaimedFeesOf(2n)).to.deep.equal([0n, 0n]);
    });
  });
});

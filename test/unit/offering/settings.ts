import { expect } from "chai";

import { at, now } from "../../support/clock.ts";
import { feesOf, fillExactIn, rateAt } from "../../support/expected.ts";
import { ethers, launchPayment, networkHelpers, openOfferingFixture, workedExample } from "../../support/fixtures.ts";
import { EXAMPLE, LOCAL_SETTINGS, govern, viewOf } from "../../support/scenes.ts";
import type { OpenScene } from "../../support/scenes.ts";
import { DAY, NO_DEADLINE } from "../../support/time.ts";
import { BPS, WAD, tokens } from "../../support/units.ts";

type Settings = typeof LOCAL_SETTINGS;

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

  describe("given a raise whose anti-sniping window still runs", () => {
    /** The change waits for 48 hours, the window lasts 98 minutes: the launch comes a minute before the change can. */
    const launchInWindow = async (bundleFlock: bigint) => {
      const settings = {
        ...LOCAL_SETTINGS,
        creatorFeeBps: 100n,
        protocolFeeBps: 200n,
        antiSnipeStartBps: 5_000n,
        antiSnipeWindow: 21_600n,
        bundleCapBps: 0n,
      };
      const data = f.offering.interface.encodeFunctionData("setOfferingSettings", [settings]);
      const manager = f.accessManager.connect(f.administrator);
      await manager.schedule(f.offering, data, 0);
      const start = (await now()) + 2n * DAY - 60n;
      await at(start);
      await f.offering.connect(f.alice).launch(workedExample(), launchPayment({ bundleFlock }));
      const change = async () => {
        await at(start + 61n);
        return manager.execute(f.offering, data);
      };
      return { start, settings, change };
    };

    it("changes nothing about it: every term and its bundle stay, and the fee falls on as it did", async () => {
      const { settings, change } = await launchInWindow(tokens(4_000));
      const before = await viewOf(f, 2n);
      await change();
      expect(await f.offering.offeringSettings()).to.deep.equal(asTuple(settings));
      const after = await viewOf(f, 2n);
      expect(after).to.deep.equal({ ...before, feeRateWad: rateAt(61n) });
    });

    it("takes the fee of its own window, and divides it by its own parts", async () => {
      const { start, change } = await launchInWindow(0n);
      await change();
      await at(start + 120n);
      await f.offering.connect(f.bob).buyExactIn(2n, tokens(1_000), 0n, f.bob, NO_DEADLINE);
      const fill = fillExactIn(EXAMPLE, 0n, tokens(1_000), rateAt(120n));
      expect(await f.offering.positionOf(2n, f.bob)).to.deep.equal([fill.mtOut, fill.flockNet]);
      const fees = feesOf(tokens(1_000), fill.flockNet);
      expect(await f.offering.unclaimedFeesOf(2n)).to.deep.equal([fees.creator, fees.protocol]);
    });
  });

  describe("given a launch afterwards", () => {
    it("copies the new settings", async () => {
      await set({
        launchFee: tokens(5),
        creatorFeeBps: 100n,
        protocolFeeBps: 200n,
        antiSnipeStartBps: 5_000n,
        antiSnipeWindow: 21_600n,
      });
      await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
      const view = await f.lens.raiseOf(2n);
      expect([view.creatorFeeBps, view.protocolFeeBps, view.antiSnipeStartBps]).to.deep.equal([100n, 200n, 5_000n]);
      expect(view.antiSnipeEndsAt).to.equal(view.startsAt + 21_600n);
      expect(view.feeRateWad).to.equal((5_000n * WAD) / BPS);
    });

    it("takes the new launch fee and the new fees of purchases", async () => {
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

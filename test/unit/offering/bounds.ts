import { expect } from "chai";
import { encodeBytes32String } from "ethers";

import { behavesLikeBounds, behavesLikeSettings } from "../../behaviours/bounds.ts";
import { launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import { LOCAL_SETTINGS, LOCAL_TIER, govern, structOf, deployAs } from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { DAY } from "../../support/time.ts";
import { SALE_SUPPLY, WAD, tokens } from "../../support/units.ts";

/** The target of the worked example. */
const TARGET = tokens(50_000);
/** The largest target, whatever the tier [FLOCK wei]. */
const MAX_TARGET = 5n * 10n ** 26n;
/** The highest start price: that at which the whole sale brings the largest target [WAD]. */
const MAX_START_PRICE = (MAX_TARGET * WAD) / SALE_SUPPLY;
const UINT256_MAX = 2n ** 256n - 1n;

describe("RealModelOffering: bounds of setOfferingSettings", () => {
  behavesLikeSettings({
    fixture: protocolFixture,
    contractOf: (f) => f.offering,
    // The anti-sniping start is not below the base fee, 125 bps here.
    bounds: [
      ["launchFee", 0n, tokens(100_000)],
      ["creatorFeeBps", 0n, 100n],
      ["protocolFeeBps", 0n, 200n],
      ["antiSnipeStartBps", 125n, 9_900n],
      ["antiSnipeWindow", 0n, 21_600n],
      ["bundleCapBps", 0n, 2_500n],
    ],
    read: async (f) => structOf(await f.offering.offeringSettings()),
    set: (f, name, value) => {
      const settings = { ...LOCAL_SETTINGS, [name]: value };
      const data = f.offering.interface.encodeFunctionData("setOfferingSettings", [settings]);
      return govern(f, f.addresses.offering, data);
    },
    event: "OfferingSettingsChanged",
  });

  it("are checked at deployment too", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    const { accessManager, flock, registry, graduation } = f.addresses;
    const settings = { ...LOCAL_SETTINGS, creatorFeeBps: 101n };
    await expect(deployAs("offering", [accessManager, flock, registry, graduation, settings], f.deployer))
      .to.be.revertedWithCustomError(f.offering, "Bounds_OutOfRange")
      .withArgs(encodeBytes32String("creatorFeeBps"), 101n, 0n, 100n);
  });
});

describe("RealModelOffering: bounds of a launch", () => {
  /** The protocol with a tier that allows every target. */
  async function anyTargetFixture() {
    const f = await protocolFixture();
    const terms = { ...LOCAL_TIER, maxTarget: MAX_TARGET };
    await govern(f, f.addresses.registry, f.registry.interface.encodeFunctionData("changeTier", [1n, terms, ""]));
    return f;
  }

  /** The terms that have a value, with a minimum and a start price that suit a target. */
  const TERMS = {
    nameLength: (value: bigint) => ({ name: "x".repeat(Number(value)) }),
    symbolLength: (value: bigint) => ({ symbol: "y".repeat(Number(value)) }),
    saleDuration: (value: bigint) => ({ saleDuration: value }),
    target: (value: bigint) => ({
      target: value,
      minimumRaise: value,
      startPriceWad: (value * WAD * 8n) / (SALE_SUPPLY * 10n),
    }),
    minimumRaise: (value: bigint) => ({ minimumRaise: value }),
    startPriceWad: (value: bigint) => ({ startPriceWad: value }),
  };
  type Term = keyof typeof TERMS;

  const launch = (f: ProtocolScene, name: Term, value: bigint) =>
    f.offering.connect(f.alice).launch(workedExample(TERMS[name](value)), launchPayment());

  /** Values within their bounds with which there is no curve: another rule refuses them. */
  const WITHOUT_CURVE: Partial<Record<Term, bigint[]>> = { target: [1n], startPriceWad: [0n, MAX_START_PRICE] };

  behavesLikeBounds({
    fixture: anyTargetFixture,
    contractOf: (f) => f.offering,
    bounds: [
      ["nameLength", 1n, 31n, [5_000n]],
      ["symbolLength", 1n, 31n, [5_000n]],
      ["target", 1n, MAX_TARGET, [2n ** 96n, UINT256_MAX]],
      ["minimumRaise", TARGET / 4n, TARGET, [0n]],
      ["startPriceWad", 0n, MAX_START_PRICE, [UINT256_MAX]],
      ["saleDuration", DAY, 30n * DAY, [1n, 2n ** 32n, UINT256_MAX]],
    ],
    give: launch,
    expectAccepted: async (f, name, value) => {
      const launching = launch(f, name, value);
      if (WITHOUT_CURVE[name]?.includes(value) === true) {
        const { target, startPriceWad } = workedExample(TERMS[name](value));
        await expect(launching)
          .to.be.revertedWithCustomError(f.offering, "BondingCurve_Infeasible")
          .withArgs(target, startPriceWad);
        return;
      }
      await launching;
      const view = await f.lens.raiseOf(1n);
      const stored: Record<Term, unknown> = {
        nameLength: BigInt(view.name.length),
        symbolLength: BigInt(view.symbol.length),
        target: view.target,
        minimumRaise: view.minimumRaise,
        startPriceWad: view.priceWad,
        saleDuration: view.endsAt - view.startsAt,
      };
      expect(stored[name]).to.equal(value);
    },
  });
});

import { expect } from "chai";
import { encodeBytes32String } from "ethers";

import { behavesLikeSettings } from "../../behaviours/bounds.ts";
import { networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import { govern, structOf, deployAs } from "../../support/scenes.ts";
import { tokens, usdc } from "../../support/units.ts";

const SETTINGS = { dailyRate: tokens(1), maxFlockPerUsdc: tokens(1), maxRewardBps: 1n };

/** Under which names a change waits for the next epoch. */
const NEXT = {
  dailyRate: "nextDailyRate",
  maxFlockPerUsdc: "nextMaxFlockPerUsdc",
  maxRewardBps: "nextMaxRewardBps",
} as const;

describe("EmissionDistributor: bounds of setEmissionSettings", () => {
  behavesLikeSettings({
    fixture: protocolFixture,
    contractOf: (f) => f.emissions,
    bounds: [
      ["dailyRate", 0n, tokens(1_000_000)],
      ["maxFlockPerUsdc", 0n, tokens(1_000)],
      ["maxRewardBps", 0n, 10_000n],
    ],
    // A change holds from the next epoch on.
    read: async (f) => structOf(await f.emissions.emissionSettings()),
    fieldOf: (name) => NEXT[name],
    set: async (f, name, value) => {
      const settings = await f.emissions.emissionSettings();
      const of = (other: keyof typeof SETTINGS) => (name === other ? value : settings[NEXT[other]]);
      const data = f.emissions.interface.encodeFunctionData("setEmissionSettings", [
        of("dailyRate"),
        of("maxFlockPerUsdc"),
        of("maxRewardBps"),
      ]);
      return govern(f, f.addresses.emissions, data);
    },
    event: "EmissionSettingsChanged",
  });
});

describe("EmissionDistributor: bounds of setMinimumStake", () => {
  behavesLikeSettings({
    fixture: protocolFixture,
    contractOf: (f) => f.emissions,
    bounds: [["minimumStake", 0n, tokens(1_000)]],
    read: async (f) => ({ minimumStake: await f.emissions.minimumStake() }),
    set: (f, _, value) =>
      govern(f, f.addresses.emissions, f.emissions.interface.encodeFunctionData("setMinimumStake", [value])),
    event: "MinimumStakeChanged",
    eventArgs: (former, next) => [former.minimumStake, next.minimumStake],
  });
});

describe("EmissionDistributor: bounds of its deployment", () => {
  const CASES = [
    ["dailyRate", tokens(1_000_000)],
    ["maxFlockPerUsdc", tokens(1_000)],
    ["maxRewardBps", 10_000n],
    ["minimumStake", tokens(1_000)],
  ] as const;
  for (const [name, max] of CASES) {
    it(`reverts when ${name} is above its maximum`, async () => {
      const f = await networkHelpers.loadFixture(protocolFixture);
      const { accessManager, flock, registry, vault, graduation, staking, buyback } = f.addresses;
      const rooms = { registry, vault, graduation, staking, buyback };
      const parts = { flock, flockBurns: true, usdcUnit: usdc(1), ...rooms };
      const settings = { ...SETTINGS, minimumStake: 1n, [name]: max + 1n };
      await expect(deployAs("emissions", [accessManager, parts, settings], f.deployer))
        .to.be.revertedWithCustomError(f.emissions, "Bounds_OutOfRange")
        .withArgs(encodeBytes32String(name), max + 1n, 0n, max);
    });
  }
});

import { deployAs } from "../../support/scenes.ts";
import { behavesLikeWired } from "../../behaviours/wiring.ts";
import type { WiredCase } from "../../behaviours/wiring.ts";
import { usdc } from "../../support/units.ts";

/** The contracts with links. */
const WIRED: Record<string, WiredCase> = {
  ModelRegistry: {
    links: ["offering", "buyback"],
    deployedIn: (f) => f.registry,
    deploy: ({ deployer, treasury, addresses: { accessManager, usdc } }) =>
      deployAs("registry", [accessManager, usdc, treasury], deployer),
  },
  ModelTokenFactory: {
    links: ["graduation"],
    deployedIn: (f) => f.tokenFactory,
    deploy: ({ deployer }) => deployAs("tokenFactory", [], deployer),
  },
  Graduation: {
    links: ["offering"],
    deployedIn: (f) => f.graduation,
    deploy: ({ deployer, addresses: { flock, dexFactory, tokenFactory, vault, locker, registry, buyback } }) =>
      deployAs("graduation", [flock, dexFactory, tokenFactory, vault, locker, registry, buyback], deployer),
  },
  VestingVault: {
    links: ["graduation", "emissions"],
    deployedIn: (f) => f.vault,
    deploy: ({ deployer, addresses: { flock, registry } }) => deployAs("vault", [flock, registry], deployer),
  },
  RevenueWaterfall: {
    links: ["meter"],
    deployedIn: (f) => f.waterfall,
    deploy: ({ deployer, addresses: { usdc, registry } }) => deployAs("waterfall", [usdc, registry], deployer),
  },
  EmissionDistributor: {
    links: ["meter"],
    deployedIn: (f) => f.emissions,
    deploy: ({ deployer, addresses: { accessManager, flock, registry, vault, graduation, staking, buyback } }) =>
      deployAs(
        "emissions",
        [
          accessManager,
          { flock, flockBurns: true, usdcUnit: usdc(1), registry, vault, graduation, staking, buyback },
          { dailyRate: 1n, maxFlockPerUsdc: 1n, maxRewardBps: 0n, minimumStake: 1n },
        ],
        deployer,
      ),
  },
};

describe("OneShotWiring", () => {
  for (const [contract, wired] of Object.entries(WIRED)) {
    describe(`wire of ${contract}`, () => {
      behavesLikeWired(wired);
    });
  }
});

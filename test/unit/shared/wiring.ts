import {
  EmissionDistributor__factory,
  Graduation__factory,
  ModelRegistry__factory,
  ModelTokenFactory__factory,
  RevenueWaterfall__factory,
  VestingVault__factory,
} from "../../../typechain-types/index.ts";
import { behavesLikeWired } from "../../behaviours/wiring.ts";
import type { WiredCase } from "../../behaviours/wiring.ts";
import { usdc } from "../../support/units.ts";

/** The contracts with links. */
const WIRED: Record<string, WiredCase> = {
  ModelRegistry: {
    links: ["offering", "buyback"],
    deployedIn: (f) => f.registry,
    deploy: ({ deployer, treasury, addresses: { accessManager, usdc } }) =>
      new ModelRegistry__factory(deployer).deploy(accessManager, usdc, treasury),
  },
  ModelTokenFactory: {
    links: ["graduation"],
    deployedIn: (f) => f.tokenFactory,
    deploy: ({ deployer }) => new ModelTokenFactory__factory(deployer).deploy(),
  },
  Graduation: {
    links: ["offering"],
    deployedIn: (f) => f.graduation,
    deploy: ({ deployer, addresses: { flock, dexFactory, tokenFactory, vault, locker, registry, buyback } }) =>
      new Graduation__factory(deployer).deploy(flock, dexFactory, tokenFactory, vault, locker, registry, buyback),
  },
  VestingVault: {
    links: ["graduation", "emissions"],
    deployedIn: (f) => f.vault,
    deploy: ({ deployer, addresses: { flock, registry } }) =>
      new VestingVault__factory(deployer).deploy(flock, registry),
  },
  RevenueWaterfall: {
    links: ["meter"],
    deployedIn: (f) => f.waterfall,
    deploy: ({ deployer, addresses: { usdc, registry } }) =>
      new RevenueWaterfall__factory(deployer).deploy(usdc, registry),
  },
  EmissionDistributor: {
    links: ["meter"],
    deployedIn: (f) => f.emissions,
    deploy: ({ deployer, addresses: { accessManager, flock, registry, vault, graduation, staking, buyback } }) =>
      new EmissionDistributor__factory(deployer).deploy(
        accessManager,
        { flock, flockBurns: true, usdcUnit: usdc(1), registry, vault, graduation, staking, buyback },
        { dailyRate: 1n, maxFlockPerUsdc: 1n, maxRewardBps: 0n, minimumStake: 1n },
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

import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { ZeroAddress, encodeBytes32String } from "ethers";
import type { AddressLike } from "ethers";

import {
  EmissionDistributor__factory,
  Graduation__factory,
  ModelRegistry__factory,
  RevenueWaterfall__factory,
  VestingVault__factory,
} from "../../../typechain-types/index.ts";
import { networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import type { ProtocolScene } from "../../support/scenes.ts";

/** Fresh, unwired contracts beside a protocol, deployed by its deployer. */
async function unwiredFixture() {
  const f = await protocolFixture();
  const { accessManager, flock, usdc, dexFactory, tokenFactory, vault, locker, graduation, registry, staking, buyback } = f.addresses; // prettier-ignore
  return {
    ...f,
    unwired: {
      ModelRegistry: await new ModelRegistry__factory(f.deployer).deploy(accessManager, usdc, f.treasury),
      Graduation: await new Graduation__factory(f.deployer).deploy(
        flock,
        dexFactory,
        tokenFactory,
        vault,
        locker,
        registry,
        buyback,
      ),
      VestingVault: await new VestingVault__factory(f.deployer).deploy(flock, registry),
      RevenueWaterfall: await new RevenueWaterfall__factory(f.deployer).deploy(usdc, registry),
      EmissionDistributor: await new EmissionDistributor__factory(f.deployer).deploy(
        accessManager,
        { flock, usdcUnit: 10n ** 6n, registry, vault, graduation, staking },
        { dailyRate: 1n, maxFlockPerUsdc: 1n, minimumStake: 1n },
      ),
    },
  };
}

type Unwired = Awaited<ReturnType<typeof unwiredFixture>>;

/** The contracts with a link: its name, how it is wired to a target, and what the deployment put there. */
const LINKED = [
  {
    name: "ModelRegistry",
    link: "offering",
    wired: (f: ProtocolScene) => f.registry,
    present: (f: ProtocolScene) => f.addresses.offering,
    wire: (f: Unwired, target: AddressLike, by: HardhatEthersSigner) =>
      f.unwired.ModelRegistry.connect(by).wire(target, f.buyback),
    wireAgain: (f: ProtocolScene, target: AddressLike) => f.registry.connect(f.deployer).wire(target, f.buyback),
  },
  {
    name: "Graduation",
    link: "offering",
    wired: (f: ProtocolScene) => f.graduation,
    present: (f: ProtocolScene) => f.addresses.offering,
    wire: (f: Unwired, target: AddressLike, by: HardhatEthersSigner) => f.unwired.Graduation.connect(by).wire(target),
    wireAgain: (f: ProtocolScene, target: AddressLike) => f.graduation.connect(f.deployer).wire(target),
  },
  {
    name: "VestingVault",
    link: "graduation",
    wired: (f: ProtocolScene) => f.vault,
    present: (f: ProtocolScene) => f.addresses.graduation,
    wire: (f: Unwired, target: AddressLike, by: HardhatEthersSigner) =>
      f.unwired.VestingVault.connect(by).wire(target, f.emissions),
    wireAgain: (f: ProtocolScene, target: AddressLike) => f.vault.connect(f.deployer).wire(target, f.emissions),
  },
  {
    name: "RevenueWaterfall",
    link: "meter",
    wired: (f: ProtocolScene) => f.waterfall,
    present: (f: ProtocolScene) => f.addresses.meter,
    wire: (f: Unwired, target: AddressLike, by: HardhatEthersSigner) =>
      f.unwired.RevenueWaterfall.connect(by).wire(target),
    wireAgain: (f: ProtocolScene, target: AddressLike) => f.waterfall.connect(f.deployer).wire(target),
  },
  {
    name: "EmissionDistributor",
    link: "meter",
    wired: (f: ProtocolScene) => f.emissions,
    present: (f: ProtocolScene) => f.addresses.meter,
    wire: (f: Unwired, target: AddressLike, by: HardhatEthersSigner) =>
      f.unwired.EmissionDistributor.connect(by).wire(target),
    wireAgain: (f: ProtocolScene, target: AddressLike) => f.emissions.connect(f.deployer).wire(target),
  },
] as const;

describe("OneShotWiring", () => {
  for (const { name, link, wired, present, wire, wireAgain } of LINKED) {
    describe(`wire of ${name}`, () => {
      const linkName = encodeBytes32String(link);

      describe("given a contract that was never wired", () => {
        let f: Unwired;
        beforeEach(async () => {
          f = await networkHelpers.loadFixture(unwiredFixture);
        });

        it("knows its deployer", async () => {
          expect(await f.unwired[name].DEPLOYER()).to.equal(f.deployer.address);
        });

        it("reverts when somebody else than the deployer wires it", async () => {
          for (const actor of [f.stranger, f.administrator, f.guardian]) {
            await expect(wire(f, f.offering, actor))
              .to.be.revertedWithCustomError(f.unwired[name], "Wiring_NotDeployer")
              .withArgs(actor, f.deployer);
          }
        });

        it("reverts when the target has no code", async () => {
          for (const target of [ZeroAddress, f.stranger.address]) {
            await expect(wire(f, target, f.deployer))
              .to.be.revertedWithCustomError(f.unwired[name], "Wiring_NotAContract")
              .withArgs(linkName, target);
          }
        });

        it("says that the link is missing", async () => {
          await expect(f.unwired[name].requireWired())
            .to.be.revertedWithCustomError(f.unwired[name], "Wiring_Missing")
            .withArgs(linkName);
        });

        it("stores the link, reports it, and is complete", async () => {
          await expect(wire(f, f.offering, f.deployer))
            .to.emit(f.unwired[name], "Wired")
            .withArgs(linkName, f.addresses.offering);
          await expect(wire(f, f.graduation, f.deployer))
            .to.be.revertedWithCustomError(f.unwired[name], "Wiring_AlreadyWired")
            .withArgs(linkName, f.addresses.offering);
          expect(await f.unwired[name].requireWired()).to.equal(true);
        });
      });

      describe("given the deployed protocol", () => {
        let f: ProtocolScene;
        beforeEach(async () => {
          f = await networkHelpers.loadFixture(protocolFixture);
        });

        it("reverts when the deployer wires it again", async () => {
          const contract = wired(f);
          await expect(wireAgain(f, f.flock))
            .to.be.revertedWithCustomError(contract, "Wiring_AlreadyWired")
            .withArgs(linkName, present(f));
        });

        it("is complete", async () => {
          expect(await wired(f).requireWired()).to.equal(true);
        });
      });
    });
  }

  describe("the second links of registry and vault", () => {
    it("revert while the target has no code, and are reported and stored", async () => {
      const f = await networkHelpers.loadFixture(unwiredFixture);
      const { ModelRegistry: registry, VestingVault: vault } = f.unwired;
      await expect(registry.wire(f.offering, f.stranger))
        .to.be.revertedWithCustomError(registry, "Wiring_NotAContract")
        .withArgs(encodeBytes32String("buyback"), f.stranger);
      await expect(registry.wire(f.offering, f.buyback))
        .to.emit(registry, "Wired")
        .withArgs(encodeBytes32String("buyback"), f.addresses.buyback);
      expect(await registry.buyback()).to.equal(f.addresses.buyback);
      await expect(vault.wire(f.graduation, f.stranger))
        .to.be.revertedWithCustomError(vault, "Wiring_NotAContract")
        .withArgs(encodeBytes32String("emissions"), f.stranger);
      await expect(vault.wire(f.graduation, f.emissions))
        .to.emit(vault, "Wired")
        .withArgs(encodeBytes32String("emissions"), f.addresses.emissions);
      expect(await vault.emissions()).to.equal(f.addresses.emissions);
    });
  });
});

import { expect } from "chai";
import { ZeroAddress, encodeBytes32String } from "ethers";

import { Graduation__factory, ModelRegistry__factory, VestingVault__factory } from "../../../typechain-types/index.ts";
import { networkHelpers, protocolFixture } from "../../support/fixtures.ts";
import type { ProtocolScene } from "../../support/scenes.ts";

/** Fresh, unwired contracts beside a protocol, deployed by its deployer. */
async function unwiredFixture() {
  const f = await protocolFixture();
  const { accessManager, flock, usdc, dexFactory, tokenFactory, vault, locker, registry } = f.addresses;
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
      ),
      VestingVault: await new VestingVault__factory(f.deployer).deploy(flock, registry),
    },
  };
}

/** The three contracts with a link, the link's name, its getter and what the deployment put there. */
const LINKED = [
  { name: "ModelRegistry", wired: (f: ProtocolScene) => f.registry, link: "offering" },
  { name: "Graduation", wired: (f: ProtocolScene) => f.graduation, link: "offering" },
  { name: "VestingVault", wired: (f: ProtocolScene) => f.vault, link: "graduation" },
] as const;

describe("OneShotWiring", () => {
  for (const { name, wired, link } of LINKED) {
    describe(`wire of ${name}`, () => {
      const linkName = encodeBytes32String(link);

      describe("given a contract that was never wired", () => {
        let f: Awaited<ReturnType<typeof unwiredFixture>>;
        beforeEach(async () => {
          f = await networkHelpers.loadFixture(unwiredFixture);
        });

        it("knows its deployer", async () => {
          expect(await f.unwired[name].DEPLOYER()).to.equal(f.deployer.address);
        });

        it("reverts when somebody else than the deployer wires it", async () => {
          for (const actor of [f.stranger, f.administrator, f.guardian]) {
            await expect(f.unwired[name].connect(actor).wire(f.offering))
              .to.be.revertedWithCustomError(f.unwired[name], "Wiring_NotDeployer")
              .withArgs(actor, f.deployer);
          }
        });

        it("reverts when the target has no code", async () => {
          for (const target of [ZeroAddress, f.stranger.address]) {
            await expect(f.unwired[name].wire(target))
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
          await expect(f.unwired[name].wire(f.offering))
            .to.emit(f.unwired[name], "Wired")
            .withArgs(linkName, f.addresses.offering);
          await expect(f.unwired[name].wire(f.graduation))
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
          const present = link === "offering" ? f.addresses.offering : f.addresses.graduation;
          await expect(contract.connect(f.deployer).wire(f.addresses.flock))
            .to.be.revertedWithCustomError(contract, "Wiring_AlreadyWired")
            .withArgs(linkName, present);
        });

        it("is complete", async () => {
          expect(await wired(f).requireWired()).to.equal(true);
        });
      });
    });
  }
});

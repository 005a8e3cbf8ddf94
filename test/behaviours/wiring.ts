import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { ZeroAddress, encodeBytes32String } from "ethers";
import type { BaseContract } from "ethers";

import { networkHelpers, protocolFixture } from "../support/fixtures.ts";
import type { ProtocolScene } from "../support/scenes.ts";

/** A contract with links to contracts that are deployed after it. */
export interface WiredCase {
  /** The links in the order in which `wire` takes them. A link, its getter and the contract behind it have one name. */
  links: readonly [LinkName, ...LinkName[]];
  /** The contract as the deployment wired it. */
  deployedIn: (f: ProtocolScene) => BaseContract;
  /** Another one, which nobody has wired. */
  deploy: (f: ProtocolScene) => Promise<BaseContract>;
}
type LinkName = "buyback" | "emissions" | "graduation" | "meter" | "offering";

/** Links are set once, by the deployer, to contracts; then they are stored, reported and complete. */
export function behavesLikeWired({ links, deployedIn, deploy }: WiredCase): void {
  let f: ProtocolScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(protocolFixture);
  });

  const wire = (contract: BaseContract, targets: readonly string[], by: HardhatEthersSigner = f.deployer) =>
    contract
      .connect(by)
      .getFunction("wire")
      .send(...targets);
  const read = async (contract: BaseContract, view: string): Promise<unknown> =>
    contract.getFunction(view).staticCall();
  /** The protocol's contracts, which belong at the links. */
  const targets = () => links.map((link) => f.addresses[link]);

  /** Wiring again fails at the first link, whatever the target. */
  async function expectWiredForGood(contract: BaseContract) {
    for (const again of [targets(), links.map(() => f.addresses.flock)]) {
      await expect(wire(contract, again))
        .to.be.revertedWithCustomError(contract, "Wiring_AlreadyWired")
        .withArgs(encodeBytes32String(links[0]), f.addresses[links[0]]);
    }
  }

  describe("given that it was never wired", () => {
    let contract: BaseContract;
    beforeEach(async () => {
      contract = await deploy(f);
    });

    it("knows its deployer", async () => {
      expect(await read(contract, "DEPLOYER")).to.equal(f.deployer.address);
    });

    it("says that a link is missing", async () => {
      await expect(read(contract, "requireWired"))
        .to.be.revertedWithCustomError(contract, "Wiring_Missing")
        .withArgs(encodeBytes32String(links[0]));
    });

    it("reverts when somebody else than the deployer wires it", async () => {
      for (const caller of [f.stranger, f.administrator, f.guardian]) {
        await expect(wire(contract, targets(), caller))
          .to.be.revertedWithCustomError(contract, "Wiring_NotDeployer")
          .withArgs(caller, f.deployer);
      }
    });

    for (const [index, link] of links.entries()) {
      it(`reverts when there is no code where ${link} should be`, async () => {
        for (const nobody of [ZeroAddress, f.stranger.address]) {
          await expect(wire(contract, targets().with(index, nobody)))
            .to.be.revertedWithCustomError(contract, "Wiring_NotAContract")
            .withArgs(encodeBytes32String(link), nobody);
        }
      });

      it(`stores and reports ${link}`, async () => {
        await expect(wire(contract, targets()))
          .to.emit(contract, "Wired")
          .withArgs(encodeBytes32String(link), f.addresses[link]);
        expect(await read(contract, link)).to.equal(f.addresses[link]);
      });
    }

    it("is complete once it was wired", async () => {
      await wire(contract, targets());
      expect(await read(contract, "requireWired")).to.equal(true);
    });

    it("reverts the second time, for another target too", async () => {
      await wire(contract, targets());
      await expectWiredForGood(contract);
    });
  });

  describe("given the deployed protocol", () => {
    it("is complete, with the contracts of the protocol", async () => {
      expect(await read(deployedIn(f), "requireWired")).to.equal(true);
      for (const link of links) expect(await read(deployedIn(f), link)).to.equal(f.addresses[link]);
    });

    it("reverts when the deployer wires it again", async () => {
      await expectWiredForGood(deployedIn(f));
    });
  });
}

import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { Interface } from "ethers";

import { functionsOf } from "../support/abi.ts";
import { networkHelpers, protocolFixture } from "../support/fixtures.ts";
import { deployedRooms } from "../support/scenes.ts";
import type { ProtocolScene } from "../support/scenes.ts";

/** A1 and A2 are in test/roles/: the table of every restricted function, and what the guardian cannot stop. */
describe("Threats: roles", () => {
  let f: ProtocolScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(protocolFixture);
  });

  const rooms = (): Record<string, Interface> => ({
    ModelRegistry: f.registry.interface,
    RealModelOffering: f.offering.interface,
    Graduation: f.graduation.interface,
    VestingVault: f.vault.interface,
    LiquidityLocker: f.locker.interface,
    ModelTokenFactory: f.tokenFactory.interface,
    ModelStaking: f.staking.interface,
    InferenceMeter: f.meter.interface,
    RevenueWaterfall: f.waterfall.interface,
    Buyback: f.buyback.interface,
    EmissionDistributor: f.emissions.interface,
    ProtocolLens: f.lens.interface,
  });

  it("A3 looks at every room that is deployed", () => {
    const ours = deployedRooms(f).filter(([name]) => name !== "accessManager");
    expect(Object.keys(rooms())).to.have.length(ours.length);
  });

  it("A3 a target and calldata from the caller: no function takes bytes, but multicall, which calls itself alone, and signatures", () => {
    const takingBytes = Object.entries(rooms()).flatMap(([room, abi]) =>
      functionsOf(abi)
        .filter(({ inputs }) => inputs.some(({ type }) => type.startsWith("bytes") && !/^bytes\d/.test(type)))
        .map(({ name }) => `${room}.${name}`),
    );
    const multicalls = ["RealModelOffering.multicall", "ModelStaking.multicall", "InferenceMeter.multicall"];
    // A signature is handed to the token, or to the wallet that is said to have signed, by a call that changes nothing.
    const signatures = ["InferenceMeter.authorizeKeyBySig", "InferenceMeter.depositWithAuthorization"];
    expect(takingBytes).to.have.members([...multicalls, ...signatures]);
  });

  it("A3 multicall keeps the caller: it cannot borrow a room's own authority or approvals", async () => {
    const register = f.registry.interface.encodeFunctionData("register", [
      f.bob.address,
      { name: "x", symbol: "x", metadataHash: ZeroHash },
      { tierId: 1n, minimumPrice: 10n ** 6n },
      1n,
      1n,
    ]);
    await expect(f.offering.connect(f.bob).multicall([register])).to.be.revertedWithCustomError(
      f.offering,
      "FailedCall",
    );
    const pause = f.offering.interface.encodeFunctionData("pauseBuys");
    await expect(f.offering.connect(f.bob).multicall([pause]))
      .to.be.revertedWithCustomError(f.offering, "AccessManagedUnauthorized")
      .withArgs(f.bob);
    const settle = f.meter.interface.encodeFunctionData("settle", [1n, []]);
    await expect(f.meter.connect(f.bob).multicall([settle]))
      .to.be.revertedWithCustomError(f.meter, "AccessManagedUnauthorized")
      .withArgs(f.bob);
    const set = f.staking.interface.encodeFunctionData("setDiscountSettings", [{ capBps: 0n, multiplier: 1n }]);
    await expect(f.staking.connect(f.bob).multicall([set]))
      .to.be.revertedWithCustomError(f.staking, "AccessManagedUnauthorized")
      .withArgs(f.bob);
  });

  it("A3 no room delegates, pays out ether or can be destroyed by a call: none is payable", () => {
    for (const abi of Object.values(rooms())) {
      expect(functionsOf(abi).filter(({ payable }) => payable)).to.deep.equal([]);
      expect(abi.receive).to.equal(false);
      expect(abi.fallback).to.equal(null);
    }
  });
});

import { expect } from "chai";
import { AbiCoder, toBeHex } from "ethers";
import type { ContractRunner } from "ethers";

import { abiOf } from "../../sdk/src/reads/abis.ts";
import type { ContractName } from "../../sdk/src/reads/abis.ts";
import { SDK_SOURCES } from "../../scripts/build/sdkSources.ts";
import { KNOWN_DEPLOYMENTS } from "../../sdk/src/deployments/known.ts";
import { connectAs, connectProtocol, connectToken, interfaceAs } from "../../sdk/src/ethers/index.ts";
import { ethers, graduatedFixture, networkHelpers } from "../support/fixtures.ts";
import { tokens } from "../support/units.ts";

const { addresses } = KNOWN_DEPLOYMENTS[31_337]!;
const names = Object.keys(SDK_SOURCES) as ContractName[];

describe("contracts of the SDK for ethers", () => {
  it("are bound by their names, with every function and event of their ABI", () => {
    for (const name of names) {
      const contract = connectAs(name, addresses.offering);
      expect(contract.target).to.equal(addresses.offering);
      const known = abiOf(name).filter(({ type }) => type === "function" || type === "event");
      expect(contract.interface.fragments.filter(({ type }) => type === "function" || type === "event")).to.have.length(
        known.length,
      );
      expect(interfaceAs(name)).to.equal(contract.interface);
    }
  });

  it("are those of a deployment all at once, each bound when it is first used", () => {
    const protocol = connectProtocol(addresses);
    expect(protocol.addresses).to.equal(addresses);
    const isBound = () => Object.getOwnPropertyDescriptor(protocol, "meter")!.get === undefined;
    expect(isBound()).to.equal(false);
    expect(protocol.meter.target).to.equal(addresses.meter);
    expect(isBound()).to.equal(true);
    expect(protocol.meter).to.equal(protocol.meter);
    for (const [name, address] of Object.entries(addresses)) {
      expect(protocol[name as keyof typeof addresses].target, name).to.equal(address);
    }
  });

  it("read and write with the types of what they take and answer", async () => {
    const f = await networkHelpers.loadFixture(graduatedFixture);
    const protocol = connectProtocol(f.addresses, f.bob);
    const { token }: { token: string } = await protocol.lens.raiseOf(f.modelId);
    const mt = connectAs("modelToken", token, ethers.provider);
    await protocol.offering.claim(f.modelId, f.bob);
    const balance: bigint = await mt.balanceOf(f.bob);
    expect(balance).to.be.greaterThan(0n);
    expect(await connectToken(token, ethers.provider).balanceOf(f.bob)).to.equal(balance);
    await protocol.flock.transfer(f.carol, tokens(1));
    // @ts-expect-error -- the offering has no such function
    expect(protocol.offering.launchPad).to.equal(undefined);
    const pair = connectAs("pair", await protocol.dexFactory.getPair(f.addresses.flock, token), ethers.provider);
    expect([await pair.token0(), await pair.token1()]).to.have.members([f.addresses.flock, token]);
  });

  it("decode text that is not well-formed", async () => {
    const answer = AbiCoder.defaultAbiCoder().encode(
      ["tuple(bytes, bytes, bytes32)"],
      [["0x41ff", "0x42", toBeHex(1n, 32)]],
    );
    const runner = { provider: null, call: () => Promise.resolve(answer) } as unknown as ContractRunner;
    const { name, symbol } = await connectAs("registry", addresses.registry, runner).identityOf(1n);
    expect([name, symbol]).to.deep.equal(["A\ufffd", "B"]);
  });
});

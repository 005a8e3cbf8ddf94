import { expect } from "chai";
import hre from "hardhat";

import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { compiled, declarationsIn } from "../../scripts/lib/deployment/check/artifacts.ts";
import { codeComparisons } from "../../scripts/lib/deployment/check/code.ts";
import { agrees } from "../../scripts/lib/deployment/check/comparison.ts";
import {
  expectedImmutables,
  immutableComparisons,
  showImmutable,
  tokenCodeHashOf,
} from "../../scripts/lib/deployment/check/immutables.ts";
import type { Declaration } from "../../scripts/lib/deployment/check/immutables.ts";
import { PROTOCOL_CONTRACTS } from "../../scripts/lib/deployment/recordFormat.ts";
import { ethers, networkHelpers, protocolFixture } from "../support/fixtures.ts";
import type { ProtocolScene } from "../support/scenes.ts";

/** Code with another byte at one place. */
const spoiled = (code: string, place: number) => {
  const at = 2 + 2 * place;
  const byte = Number.parseInt(code.slice(at, at + 2), 16) ^ 1;
  return code.slice(0, at) + byte.toString(16).padStart(2, "0") + code.slice(at + 2);
};

describe("Deployment: code and immutables, read back", function () {
  this.timeout(60_000);

  let f: ProtocolScene;
  let expected: Record<string, string>;
  const runs = new Map<string, Map<string, Declaration>>();
  before(async () => {
    f = await networkHelpers.loadFixture(protocolFixture);
    expected = expectedImmutables({
      addresses: f.addresses,
      parameters: localParameters(),
      deployer: f.deployer.address,
      usdcDecimals: 6,
      tokenCodeHash: tokenCodeHashOf((await hre.artifacts.readArtifact("ModelToken")).bytecode),
    });
  });

  for (const contract of PROTOCOL_CONTRACTS) {
    it(`are what they must be in ${contract}, and a change of each of its immutables is found`, async () => {
      const build = await compiled(hre.artifacts, contract);
      const code = await ethers.provider.getCode(f.addresses[contract]);
      if (!runs.has(build.buildInfoId)) {
        runs.set(build.buildInfoId, await declarationsIn(hre.artifacts, build.buildInfoId));
      }
      const declarations = runs.get(build.buildInfoId)!;
      const compare = (present: string) =>
        immutableComparisons(contract, present, build.immutableReferences, declarations, expected);
      const references = Object.entries(build.immutableReferences);
      expect(compare(code).filter((one) => !agrees(one))).to.deep.equal([]);
      expect(compare(code)).to.have.length(references.length);

      for (const [id, places] of references) {
        const key = `${contract}.${declarations.get(id)!.name}`;
        for (const { start, length } of places) {
          const differing = compare(spoiled(code, start + length - 1)).filter((one) => !agrees(one));
          expect(differing.map((one) => one.key)).to.deep.equal([key]);
        }
      }
    });

    it(`differ in ${contract} when a byte does that is no immutable's`, async () => {
      const build = await compiled(hre.artifacts, contract);
      const code = await ethers.provider.getCode(f.addresses[contract]);
      const differing = (present: string) =>
        codeComparisons(contract, present, build, ethers.keccak256(code)).map(agrees);
      expect(differing(code)).to.deep.equal([true, true]);
      expect(differing(spoiled(code, 4))).to.deep.equal([false, false]);
      expect(differing(`${code}00`)).to.deep.equal([false, false]);
      expect(differing("0x")).to.deep.equal([false, false]);
    });
  }

  it("are shown as what they are", () => {
    const address = `0x${"00".repeat(12)}${f.addresses.flock.slice(2).toLowerCase()}`;
    expect(showImmutable("contract IERC20", address)).to.equal(f.addresses.flock);
    expect(showImmutable("address", `0x${"11".repeat(32)}`)).to.equal(`0x${"11".repeat(32)}`);
    expect(showImmutable("uint256", `0x${"00".repeat(31)}1e`)).to.equal("30");
    expect(showImmutable("bool", `0x${"00".repeat(31)}01`)).to.equal("true");
    expect(showImmutable("bool", `0x${"00".repeat(31)}02`)).to.equal(`0x${"00".repeat(31)}02`);
  });
});

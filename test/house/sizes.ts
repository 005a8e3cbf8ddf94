import { expect } from "chai";
import { artifacts } from "hardhat";

import { DEPLOYED_CONTRACTS } from "../../deploy/config/deployed.ts";

/** A chain takes 24,576 bytes (EIP-170). What remains is for the changes to come. */
const MAX_CODE_SIZE = 21_000;

describe("The size of deployed code", () => {
  const deployed = Object.values(DEPLOYED_CONTRACTS)
    .filter((id) => !id.startsWith("Chain#"))
    .map((id) => id.split("#")[1]!);

  for (const name of [...deployed, "ModelToken"]) {
    it(`of ${name} is below ${MAX_CODE_SIZE.toLocaleString("en-US")} bytes`, async () => {
      const { deployedBytecode } = await artifacts.readArtifact(name);
      const size = (deployedBytecode.length - 2) / 2;
      expect(size).to.be.greaterThan(0).and.lessThan(MAX_CODE_SIZE);
    });
  }
});

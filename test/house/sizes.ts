import { expect } from "chai";
import { artifacts } from "hardhat";

import { DEPLOYED_CONTRACTS } from "../../deploy/config/deployed.ts";
import { LARGEST_CONTRACT } from "../../scripts/bench/budgets.ts";

describe("The size of deployed code", () => {
  const deployed = Object.values(DEPLOYED_CONTRACTS)
    .filter((id) => !id.startsWith("Chain#"))
    .map((id) => id.split("#")[1]!);

  for (const name of [...deployed, "ModelToken"]) {
    it(`of ${name} is below ${LARGEST_CONTRACT.toLocaleString("en-US")} bytes`, async () => {
      const { deployedBytecode } = await artifacts.readArtifact(name);
      const size = BigInt(deployedBytecode.length - 2) / 2n;
      expect(size > 0n && size < LARGEST_CONTRACT, `${size} bytes`).to.equal(true);
    });
  }
});
